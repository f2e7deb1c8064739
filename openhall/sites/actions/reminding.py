"""Who looks after an article hears of its day to look it through, and each week after. B4."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.utils import timezone

from openhall.deeds.sweeping import by_key, sweep
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.organs.queries import officers_at
from openhall.organs.terms import Desk
from openhall.outbox.actions import send
from openhall.sites.models import Article
from openhall.sites.permissions import PUBLISHES
from openhall.sites.queries import editors, newest_editions, owed_looks
from openhall.supervision.alarming import ways_to

BEFORE: Final = timedelta(days=7)
HEAD_AFTER: Final = 4  # weeks late; from then on the head of the unit hears it too
SUBJECT: Final = Said("稿件复核提醒", "An article is to be looked through")


def remind_owners(today: date | None = None) -> int:
    """Once before the day, then once a week it is late; how many articles somebody is told of."""
    day = today or timezone.localdate()
    due = owed_looks(day + BEFORE + timedelta(days=1)).select_related("site__organ", "owner")
    return sweep("owners reminded", by_key(due), partial(_remind, day), lambda one: one.number)


def _remind(day: date, article: Article) -> None:
    assert article.look_by is not None
    late = (day - article.look_by).days
    week = late // 7 if late > 0 else -1
    title = newest_editions([article])[article.pk].title
    by = article.look_by.isoformat()
    words = (
        Said(
            f"《{title}》应于{by}前复核，已逾期{late}天。仍然正确的，请点“复核无误”；否则请修改或撤下。",
            f"“{title}” was to be looked through by {by}, {late} days ago. Say that it is still "
            "right, change it or withdraw it.",
        )
        if late > 0
        else Said(
            f"《{title}》应于{by}前复核：仍然正确的，请点“复核无误”；否则请修改或撤下。",
            f"“{title}” is to be looked through by {by}: say that it is still right, change it or "
            "withdraw it.",
        )
    )
    for account, desk in _whom(article, day, week):
        path = f"/office/{article.site.organ.code}/{desk.value}/site/articles/{article.number}/"
        for channel, to, language in ways_to(account):
            prefix = "/en" if language == "en" else ""
            send(
                channel,
                to,
                SUBJECT.said_in(language),
                f"{words.said_in(language)}\n{settings.BASE_URL}{prefix}{path}",
                about=article.number,
                key=f"look-{article.pk}-{by}-{week}-{account.pk}-{channel.value}",
                account_id=account.pk,
                language=language,
            )


def _whom(article: Article, day: date, week: int) -> Iterable[tuple[Account, Desk]]:
    """Its owner while he sits there, else the site's editors; long late, the head too."""
    there = list(editors(article.site, day))
    owner = [one for one in there if one.pk == article.owner_id]
    yield from ((one, Desk.EDITOR) for one in owner or there)
    if week >= HEAD_AFTER or not there:
        heads = officers_at(article.site.organ, PUBLISHES.value, day)
        yield from ((one, Desk.HEAD) for one in heads)
