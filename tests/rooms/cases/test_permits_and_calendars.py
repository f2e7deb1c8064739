"""After a permit, who is barred, and what a new calendar does to open cases. 49, 50, 69–82."""

from dataclasses import replace
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.actions.recalendar import begin_recomputation, needs_recomputation, recompute
from openhall.cases.models import Case, CaseEvent
from openhall.cases.tasks import recompute_after_a_new_calendar
from openhall.cases.terms import Act, ApplicantKind, Channel, Opinion, Outcome
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.ledger.actions import seal
from openhall.ledger.queries import entry_bodies, latest_checkpoint
from openhall.ledger.rules.note import open_note, read_checkpoint
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.verify import verify_log
from openhall.organs.terms import IdentityKind
from openhall.papers.models import Paper
from openhall.permits.actions import bar
from openhall.permits.actions import permits as licensing
from openhall.permits.kinds import BAN, LICENCE
from openhall.permits.models import Ban, Licence, PermitDeed
from openhall.permits.tasks import renew_by_silence
from openhall.permits.terms import (
    BanGround,
    CancellationGround,
    LicenceState,
    RequestKind,
    RevocationGround,
)
from openhall.statistics.recount import differences
from openhall.workdays.queries import calendar
from tests.factories.calendar import notice
from tests.factories.hand_edits import unseen

WANG = Party(ApplicantKind.PERSON, "王芳芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
REMEDY = "可在60日内申请行政复议，或在6个月内提起行政诉讼。"
WHY = "经调查核实，事实清楚，证据充分。"


def brought(cast, doing, *, outcome=Outcome.GRANTED, day="2024-03-04") -> Case:
    """A case decided on ``day`` and, if granted, issued."""
    who = doing(cast.wang_fang, f"{day} 09:00")
    case = actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, who)
    actions.accept(case.pk, doing(cast.li_chuang, f"{day} 10:00"))
    actions.hand_over(case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, f"{day} 10:05"))
    actions.review(case.pk, Opinion.GRANT, "已审查。", doing(cast.zhao_cheng, f"{day} 11:00"))
    reason = "申请材料与事实不符。" if outcome == Outcome.REFUSED else ""
    actions.decide(case.pk, outcome, reason, REMEDY, doing(cast.sun_pi, f"{day} 12:00"))
    if outcome == Outcome.GRANTED:
        actions.issue(case.pk, doing(cast.li_chuang, f"{day} 14:00"))
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def licence(cast, doing) -> Licence:
    """Issued on 4 March 2024 for one year."""
    cast.version.result_kind, cast.version.result_validity = "1", "1年"
    cast.version.save()
    brought(cast, doing)
    return Licence.objects.get()


def test_a_permit_begins_at_issue_and_its_number_is_its_papers(licence):
    assert (licence.number, licence.valid_until) == ("成民政证〔2024〕1号", date(2025, 3, 3))
    assert list(PermitDeed.objects.values_list("act", flat=True)) == ["issue"]
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        PermitDeed.objects.update(act="renew")


def test_the_decision_states_the_term_that_the_guide_leaves_open(cast, doing):
    """No permit without a last day because nobody said one; and none against the guide."""
    cast.version.result_kind = "1"
    cast.version.result_validity = "未满16周岁：5年；46周岁以上：长期"
    cast.version.save()
    who = doing(cast.wang_fang, "2024-03-04 09:00")
    case = actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, who)
    actions.accept(case.pk, doing(cast.li_chuang, "2024-03-04 10:00"))
    actions.hand_over(case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-04 10:05"))
    actions.review(case.pk, Opinion.GRANT, "已审查。", doing(cast.zhao_cheng, "2024-03-04 11:00"))
    decides = doing(cast.sun_pi, "2024-03-04 12:00")
    for term, says in (("", "因情形而异"), ("8年", "不能另定"), ("看情况", "不能确定")):
        with pytest.raises(Refused, match=says) as refused:
            actions.decide(case.pk, Outcome.GRANTED, "", "", decides, term=term)
        assert refused.value.field == "term"
    actions.decide(case.pk, Outcome.GRANTED, "", "", decides, term="5年")
    assert "有效期：5年" in Paper.objects.get(kind="grant").content
    actions.issue(case.pk, doing(cast.li_chuang, "2024-03-04 14:00"))
    assert Licence.objects.get().valid_until == date(2029, 3, 3)


def test_a_renewal_asked_for_in_time_and_undecided_is_deemed_given(cast, doing, licence):
    """行政许可法 50: 逾期未作决定的,视为准予延续."""
    with pytest.raises(Refused, match="本人"):
        licensing.ask(licence.pk, RequestKind.RENEWAL, "", doing(None, "2025-01-10 09:00"))
    with pytest.raises(Refused, match="三十日前"):
        licensing.ask(
            licence.pk, RequestKind.RENEWAL, "", doing(cast.wang_fang, "2025-02-02 09:00")
        )
    licensing.ask(licence.pk, RequestKind.RENEWAL, "", doing(cast.wang_fang, "2025-02-01 09:00"))
    with time_machine.travel("2025-03-03T23:50:00+08:00", tick=False):
        assert renew_by_silence.func() == 0
    with time_machine.travel("2025-03-04T00:30:00+08:00", tick=False):
        assert renew_by_silence.func() == 1
        assert renew_by_silence.func() == 0
    licence.refresh_from_db()
    assert licence.valid_until == date(2026, 3, 3)
    assert licence.requests.get().deemed
    assert "视为准予延续" in Paper.objects.get(kind="renewal").content


def test_a_deed_on_a_permit_is_done_once_from_the_page_that_was_seen_and_entered_now(
    cast, doing, licence, settings
):
    asked = "法定代表人由王芳变更为李强，住所不变。"
    once = doing(cast.wang_fang, "2024-04-01 09:00")
    for _click in range(2):
        licensing.ask(licence.pk, RequestKind.CHANGE, asked, once)
    assert list(PermitDeed.objects.values_list("act", flat=True)) == ["issue", "ask_change"]
    with pytest.raises(Refused, match="编号已用于另一项办理"):
        licensing.revoke(licence.pk, RevocationGround.ABUSE, WHY, once)
    decides = doing(cast.sun_pi, "2024-04-02 09:00")
    for refused, sentence in (
        (replace(decides, seen=1), "刚刚办理了本件"),
        (replace(decides, at=decides.at.replace(year=2099)), "不能晚于现在"),
        (replace(decides, entered=decides.at), "录入时间由系统记录"),
    ):
        settings.DEMO = False
        with pytest.raises(Refused, match=sentence):
            licensing.answer(licence.pk, True, "", refused)
    licensing.answer(licence.pk, True, "", replace(decides, seen=2))


def test_every_edit_by_hand_of_a_permit_and_of_a_ban_is_found(cast, doing, licence):
    asked = "法定代表人由王芳变更为李强，住所不变。"
    licensing.ask(licence.pk, RequestKind.CHANGE, asked, doing(cast.wang_fang, "2024-04-01 09:00"))
    licensing.revoke(
        licence.pk, RevocationGround.DECEIT, WHY, doing(cast.sun_pi, "2024-05-06 09:00")
    )
    bar(licence.case_id, BanGround.DECEIT, WHY, doing(cast.sun_pi, "2024-05-06 10:00"))
    for kind in (LICENCE, BAN):
        assert [one.place for one in audit.of_kind(kind)] == []
        assert unseen(kind) == []


def test_who_took_a_request_in_does_not_decide_it_and_a_refusal_says_why(cast, doing, licence):
    asked = "法定代表人由王芳变更为李强，住所不变。"
    licensing.ask(licence.pk, RequestKind.CHANGE, asked, doing(cast.li_chuang, "2024-04-01 09:00"))
    with pytest.raises(Refused, match="批准人"):
        licensing.answer(licence.pk, True, "", doing(cast.li_chuang, "2024-04-02 09:00"))
    with pytest.raises(Refused, match="说明理由"):
        licensing.answer(licence.pk, False, "", doing(cast.sun_pi, "2024-04-02 09:00"))
    with pytest.raises(IntegrityError), transaction.atomic():
        licence.requests.update(decided_by=cast.li_chuang)
    licensing.answer(licence.pk, True, "", doing(cast.sun_pi, "2024-04-02 10:00"))
    licence.refresh_from_db()
    assert asked in licence.terms


def test_a_permit_got_by_deceit_is_revoked_and_bars_its_holder_three_years(cast, doing, licence):
    case = licence.case
    with pytest.raises(Refused, match="没有因欺骗"):
        bar(case.pk, BanGround.DECEIT, WHY, doing(cast.sun_pi, "2024-05-06 08:00"))
    for who, why in ((cast.zhao_cheng, WHY), (cast.sun_pi, "短")):
        with pytest.raises(Refused):
            licensing.revoke(
                licence.pk, RevocationGround.DECEIT, why, doing(who, "2024-05-06 09:00")
            )
    licensing.revoke(
        licence.pk, RevocationGround.DECEIT, WHY, doing(cast.sun_pi, "2024-05-06 09:00")
    )
    ban = bar(case.pk, BanGround.DECEIT, WHY, doing(cast.sun_pi, "2024-05-06 10:00"))
    assert ban.until == date(2027, 5, 6)
    again = doing(cast.wang_fang, "2026-05-06 09:00")
    with pytest.raises(Refused, match=r"2027-05-06.*不得再次申请") as refused:
        actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, again)
    assert refused.value.field == "number"
    licensing.cancel(
        licence.pk, CancellationGround.REVOKED, WHY, doing(cast.sun_pi, "2024-05-07 09:00")
    )
    licence.refresh_from_db()
    assert licence.state == LicenceState.CANCELLED
    with pytest.raises(Refused, match="已注销"):
        licensing.cancel(
            licence.pk, CancellationGround.OTHER, WHY, doing(cast.sun_pi, "2024-05-07 10:00")
        )


def test_false_materials_bar_one_year_also_at_the_acceptance(cast, doing):
    refused = brought(cast, doing, outcome=Outcome.REFUSED)
    waiting = actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-05 09:00")
    )
    with pytest.raises(Refused, match="批准人"):
        bar(refused.pk, BanGround.FALSE_MATERIALS, WHY, doing(cast.li_chuang, "2024-03-05 10:00"))
    ban = bar(refused.pk, BanGround.FALSE_MATERIALS, WHY, doing(cast.sun_pi, "2024-03-05 10:00"))
    assert (ban.until, Ban.objects.count()) == (date(2025, 3, 5), 1)
    with pytest.raises(Refused, match="行政许可法 78"):
        actions.accept(waiting.pk, doing(cast.li_chuang, "2024-03-06 09:00"))
    with pytest.raises(Refused, match="2025-03-05"):
        actions.submit(
            "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2025-03-05 09:00")
        )
    later = doing(cast.wang_fang, "2025-03-06 09:00")
    assert actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, later).pk


def test_golden_10_a_grant_is_public_at_once_and_names_nobody(client, cast, doing, licence):
    """APPROVED appears in the public register, with personal identifiers masked."""
    page = client.get(reverse("portal:decisions")).text
    number = Paper.objects.get(kind="grant").number
    assert number in page
    assert "王**" in page
    assert "王芳芳" not in page
    assert "11010519491231002X" not in page
    assert number in client.get(reverse("portal:decisions") + "?unit=cd-civil").text
    assert number not in client.get(reverse("portal:decisions") + "?unit=cd-water").text


def test_a_new_calendar_counts_open_cases_anew_with_an_event_each(cast, doing):
    """行政许可法 82: provisional due dates become firm when the year is announced."""
    last = calendar().announced_through.year
    day = f"{last}-12-21"
    with time_machine.travel(f"{day}T18:00:00+08:00", tick=False):
        cases = [
            actions.submit(
                "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, f"{day} 09:00")
            )
            for _case in range(3)
        ]
        for case in cases[:2]:
            actions.accept(case.pk, doing(cast.li_chuang, f"{day} 10:00"))
        assert recompute_after_a_new_calendar.func() == 0  # the calendar as it is
        assert not needs_recomputation()
        before = Case.objects.get(pk=cases[0].pk)
        assert before.due_is_provisional
        holidays = {date(last + 1, 1, n): (False, "元旦") for n in (1, 2, 3, 4, 5)}
        notice(holidays, last + 1)
        assert needs_recomputation()
        run = begin_recomputation("新的工作日历")
        assert begin_recomputation("again").pk == run.pk  # a run cut off goes on
        run = recompute(run)
        assert (run.looked_at, run.changed) == (3, 2)
        assert recompute_after_a_new_calendar.func() == 0
    after = Case.objects.get(pk=cases[0].pk)
    assert not after.due_is_provisional
    assert after.statutory_due == calendar().add_workdays(date(last, 12, 21), 20).on
    assert after.statutory_due > before.statutory_due
    event = CaseEvent.objects.get(case=after, act=Act.RECALENDAR.value)
    assert event.seq == after.seq
    assert event.facts["statutory_due_before"] == before.statutory_due.isoformat()
    assert list(differences()) == []
    seal()
    checkpoint = read_checkpoint(open_note(latest_checkpoint().note, public_verifier_key()))
    assert list(verify_log(entry_bodies(), checkpoint))[-1] == checkpoint.size
