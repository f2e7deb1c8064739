"""Recurring work: heads are reminded of reports that are due or late."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from openhall.deeds.sweeping import sweep
from openhall.organs.queries import officers_at
from openhall.organs.terms import Desk
from openhall.outbox.actions import send
from openhall.outbox.terms import Channel
from openhall.targets.models import TargetReport
from openhall.targets.queries import OPEN, reports
from openhall.targets.rules.reports import REMIND_BEFORE
from openhall.targets.terms import Period


@task()
def remind() -> int:
    """Once when a report is due soon, then each week it is late; how many were told."""
    today = timezone.localdate()
    due = reports(states=OPEN).filter(due__lte=today + timedelta(days=REMIND_BEFORE))
    told: list[int] = []

    def tell(report: TargetReport) -> None:
        late = (today - report.due).days
        week = max(late, 0) // 7 if late > 0 else -1
        period = Period(report.period).zh
        due = report.due.isoformat()
        words = (
            f"{report.year}年{period}目标报告应于{due}前报送，已逾期{late}天。请尽快报送。"
            if late > 0
            else f"{report.year}年{period}目标报告应于{due}前报送市政府办公厅。"
        )
        for account in officers_at(report.organ, Desk.HEAD.value, today):
            send(
                Channel.ACCOUNT,
                "",
                "目标报告报送提醒",
                words,
                about=report.number,
                key=f"target-report-{report.pk}-{account.pk}-{week}",
                account_id=account.pk,
            )
            told.append(account.pk)

    sweep("reports reminded of", due, tell, lambda one: one.number)
    return len(told)
