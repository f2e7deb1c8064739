"""What supervision leaves is held against the log, and nobody spends the system's keys.

成府发〔2009〕53号. A complaint sent under a guessed key once opened a stranger's, and switched the
cards of a case off.
"""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.deeds import audit
from openhall.deeds.models import FailedRow
from openhall.ledger.actions import seal
from openhall.supervision import actions, recount
from openhall.supervision.actions import observing
from openhall.supervision.kinds import KINDS, RULE, WEIGHTS
from openhall.supervision.models import (
    Card,
    CaseFileReview,
    Complaint,
    Cursor,
    LagMonth,
    LateEntry,
    Score,
    ScoreWeight,
    SupervisionDeed,
    SupervisionRule,
)
from openhall.supervision.terms import (
    BonusKind,
    CardAct,
    ComplaintAbout,
    NoticeKind,
    ScorePart,
    SheetLine,
    Signal,
    Tick,
)
from tests.factories.hand_edits import unseen

MARCH = date(2024, 3, 1)
LONG = "经核查属实，已经纠正并落实到人。"


@pytest.fixture
def everything(decided, cast, doing, he_jie, song_jian, zheng_fa):
    """A row of every table that deeds of this room leave."""
    case = decided("2024-03-20")
    actions.observe()
    for card in Card.objects.order_by("pk"):
        actions.explain(card.pk, LONG, doing(he_jie, "2026-11-20 09:00"))
        actions.rule_on(card.pk, CardAct.UPHOLD, LONG, doing(song_jian, "2026-11-20 10:00"))
    actions.issue_notice(card.pk, NoticeKind.URGING, LONG, doing(song_jian, "2026-11-20 10:10"))
    said = actions.Grievance(ComplaintAbout.CASE, cast.organ, LONG, case=case, name="王芳")
    actions.complain(said, doing(None, "2026-11-20 10:20"))
    draw = actions.announce_draw(MARCH, 1, timezone.now(), doing(zheng_fa, "2026-11-20 10:30"))
    seal()
    actions.draw_sample(draw.pk, doing(zheng_fa, "2026-11-20 10:40"))
    score = actions.count_month(cast.organ, MARCH, doing(song_jian, "2026-11-20 11:00"))
    actions.freeze_score(score.pk, doing(song_jian, "2026-11-20 11:10"))
    rule = SupervisionRule.objects.get(code="over-promise")
    change = actions.Change(
        Signal.RED, {"from": 2}, rule.sentence, rule.sentence_en, "新依据", rule.deduction, 5
    )
    first = date(2026, 12, 1)
    actions.revise_rule(rule.pk, change, first, "放宽一日。", doing(song_jian, "2026-11-20 12:00"))
    actions.set_weights(
        dict.fromkeys(ScorePart, Decimal(11)) | {ScorePart.TIME: Decimal(12)},
        dict.fromkeys(BonusKind, Decimal(1)),
        "成府发〔2026〕1号",
        first,
        "更加重视期限",
        doing(song_jian, "2026-11-20 12:10"),
    )


def test_every_edit_by_hand_of_what_supervision_left_is_found(everything):
    assert [one.place for kind in KINDS.values() for one in audit.of_kind(kind)] == []
    passed = {name.value: unseen(kind) for name, kind in KINDS.items()}
    # The state of an event is its own column, and stands in its entry.
    assert passed == {name.value: [] for name in KINDS}


def test_what_a_city_begins_with_is_compared_with_the_programme(db):
    assert [*audit.of_kind(RULE), *audit.of_kind(WEIGHTS)] == []
    SupervisionRule.objects.filter(code="over-promise").update(deduction=0)
    ScoreWeight.objects.filter(part="time").update(points=1)
    SupervisionRule.objects.filter(code="other").delete()
    SupervisionRule.objects.create(
        code="slipped", trigger="other", signal="red", effective_from=MARCH, part="time"
    )
    found = {one.place: one.sentence_en for one in audit.of_kind(RULE)}
    assert set(found) == {
        "rule/over-promise/2010-01-01",
        "rule/other/2010-01-01",
        "rule/slipped/2024-03-01",
    }
    assert "is not what the system brings" in found["rule/over-promise/2010-01-01"]
    assert "it was removed" in found["rule/other/2010-01-01"]
    assert "slipped in" in found["rule/slipped/2024-03-01"]
    assert [one.place for one in audit.of_kind(WEIGHTS)] == ["weights/2010-01-01"]


def system_keys():
    return set(SupervisionDeed.objects.filter(key__startswith="s:").values_list("key", flat=True))


def send(client, key, **more):
    said = {"about": "window", "text": "三号窗口一直空着没有人办理。"} | more
    typed = {f"complain-{name}": value for name, value in said.items()}
    return client.post(reverse("portal:complain"), typed | {"key": key})


def test_no_key_of_the_system_can_be_spent_from_outside(
    client, accepted, cast, doing, song_jian, settings
):
    """B2: what is sent under the key of a card to come stops no card."""
    settings.THROTTLES = False  # they would stop it before the key does
    cases = [accepted(n) for n in (1, 2)]
    for case in cases:
        for key in (
            f"s:card-over-promise-{case.pk}-promise",
            f"card-over-promise-{case.pk}-promise",
        ):
            assert send(client, key, organ=cast.organ.pk).status_code == 303
    assert Complaint.objects.count() == 4
    assert not system_keys()
    assert {key[:2] for key in SupervisionDeed.objects.values_list("key", flat=True)} == {"p:"}
    at = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
    assert observing.breaches(date(2026, 11, 20), at) == 4  # promise and limit, each case
    assert observing.breaches(date(2026, 11, 20), at) == 0
    before = system_keys()
    assert len(before) == 4
    for key in before:
        send(client, key, organ=cast.organ.pk)
    assert system_keys() == before
    assert Complaint.objects.count() == 6  # two of these were sent before from here: repeated


def test_a_guessed_key_opens_no_complaint_of_a_stranger(client, django_user_model, cast):
    """B1: the same number from another session, or from an account, is another's."""
    first = send(client, "k-1", organ=cast.organ.pk)
    again = send(client, "k-1", organ=cast.organ.pk)
    assert first.headers["Location"] == again.headers["Location"]
    assert Complaint.objects.count() == 1
    mine = Complaint.objects.get()
    other = type(client)()
    answer = send(other, "k-1", organ=cast.organ.pk)
    assert Complaint.objects.count() == 2
    assert mine.number not in answer.headers["Location"]
    assert other.get(first.headers["Location"]).status_code == 403
    changed = send(client, "k-1", organ=cast.organ.pk, text="另外一件事，窗口人员态度恶劣。")
    assert changed.status_code == 422
    assert "编号已用于另一项办理" in changed.text
    assert Complaint.objects.count() == 2


def test_one_bad_row_stops_no_other(accepted, cast, monkeypatch):
    """A case at which the sweep fails is set aside where operators see it; the rest get cards."""
    good, bad = accepted(1), accepted(2)
    real = observing.write_card

    def breaks(rule, organ, occasion, doing, **more):
        if more["case"].pk == bad.pk:
            raise RuntimeError("a bad row")
        return real(rule, organ, occasion, doing, **more)

    monkeypatch.setattr(observing, "write_card", breaks)
    at = datetime.fromisoformat("2026-11-20T09:00:00+08:00")
    assert observing.breaches(date(2026, 11, 20), at) == 2
    assert set(Card.objects.values_list("case", flat=True)) == {good.pk}
    assert {row.row for row in FailedRow.objects.all()} == {str(bad)}
    monkeypatch.undo()
    assert observing.breaches(date(2026, 11, 20), at) == 2


def test_the_figure_of_late_entries_is_counted_anew(decided, cast):
    """C5: “entered late” made other by hand, and an event struck from the list behind it."""
    decided("2024-03-12")
    actions.measure()
    assert list(recount.faults(0, 0)) == []
    assert LateEntry.objects.exists()
    LagMonth.objects.update(late=0)
    (found,) = recount.faults(0, 0)
    assert found.place == "late-entry/cd-civil/2024-03"
    actions.measure()
    assert len(list(recount.faults(0, 0))) == 1
    Cursor.objects.filter(name=Cursor.LAG).update(calendar="")  # another calendar was loaded
    assert list(recount.faults(0, 0)) == []
    actions.measure()
    assert list(recount.faults(0, 0)) == []
    LateEntry.objects.filter(pk=LateEntry.objects.first().pk).delete()
    (found,) = recount.faults(0, 0)
    assert found.place.startswith("late-entry/case ")


@pytest.mark.usefixtures("sound")
def test_sheets_laid_out_and_signed_are_deeds(decided, doing, zheng_fa):
    decided("2024-03-12")
    draw = actions.announce_draw(MARCH, 1, timezone.now(), doing(zheng_fa, "2026-11-20 10:30"))
    seal()
    actions.draw_sample(draw.pk, doing(zheng_fa, "2026-11-20 10:40"))
    review = CaseFileReview.objects.get()
    ticks = dict.fromkeys(SheetLine, Tick.YES)
    remarks = dict.fromkeys(SheetLine, "与案卷比对属实。")
    actions.sign_review(review.pk, ticks, remarks, doing(zheng_fa, "2026-11-20 10:50"))
    acts = SupervisionDeed.objects.filter(subject="review").order_by("seq")
    assert list(acts.values_list("act", "state")) == [("lay_out", "laid_out"), ("sign", "signed")]
    assert not Score.objects.exists()
