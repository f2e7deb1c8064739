"""Weights are dated sets that supervision enters; bonuses are rows, each with its cases or item."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.supervision import actions
from openhall.supervision.models import (
    BonusRow,
    BonusRule,
    Score,
    ScoreWeight,
    SupervisionDeed,
    WeightSet,
)
from openhall.supervision.queries import bonuses_on, closed_early, weights_on
from openhall.supervision.terms import BonusKind, ScorePart
from tests.factories.pages import read

NEXT = date(2026, 12, 1)
FAIR = dict.fromkeys(ScorePart, Decimal(11)) | {ScorePart.TIME: Decimal(12)}
NONE = dict.fromkeys(BonusKind, Decimal(0))
BASIS_LABEL = "修改理由"
BASIS, WHY = "成府发〔2026〕1号", "更加重视期限"


@pytest.mark.usefixtures("sound")
def test_a_new_set_ends_the_old_and_reaches_no_month_that_began(doing, song_jian):
    actions.set_weights(FAIR, NONE, BASIS, NEXT, WHY, doing(song_jian, "2026-11-20 09:00"))
    assert weights_on(date(2026, 11, 30))[ScorePart.TIME] == 14
    assert weights_on(NEXT) == FAIR
    assert bonuses_on(date(2026, 11, 30))[BonusKind.SHORTER].points == 3
    assert bonuses_on(NEXT)[BonusKind.SHORTER].points == 0
    assert set(WeightSet.objects.values_list("effective_from", "effective_until")) == {
        (date(2010, 1, 1), date(2026, 11, 30)),
        (NEXT, None),
    }
    deed = SupervisionDeed.objects.get(subject="weights", act="set")
    assert deed.facts["weights"]["time"] == "12"
    assert deed.detail_under(WeightSet.objects.get(pk=deed.about).salt) == {"reason": WHY}
    body = bytes(Entry.objects.get(pk=deed.entry).body).decode()
    assert BASIS in body
    assert WHY not in body  # committed to, not said


@pytest.mark.parametrize(
    ("weights", "bonuses", "basis", "first", "why", "said", "field"),
    [
        (FAIR | {ScorePart.TIME: Decimal(13)}, NONE, BASIS, NEXT, WHY, "现在是101", ""),
        (FAIR | {ScorePart.TIME: Decimal(-1)}, NONE, BASIS, NEXT, WHY, "不小于0", "time"),
        (FAIR, NONE | {BonusKind.EARLY: Decimal(11)}, BASIS, NEXT, WHY, "0到10", "early"),
        (FAIR, NONE, " ", NEXT, WHY, "依据", "basis"),
        (FAIR, NONE, BASIS, date(2026, 11, 1), WHY, "不能溯及", "first_day"),
        (FAIR, NONE, BASIS, date(2026, 12, 2), WHY, "1日起施行", "first_day"),
        (FAIR, NONE, BASIS, NEXT, "改", "不少于5个字", "reason"),
    ],
)
def test_a_set_that_is_wrong_is_refused_beside_its_field(
    doing, song_jian, weights, bonuses, basis, first, why, said, field
):
    before = list(ScoreWeight.objects.values()), list(BonusRule.objects.values())
    with pytest.raises(Refused, match=said) as refused:
        actions.set_weights(
            weights, bonuses, basis, first, why, doing(song_jian, "2026-11-20 09:00")
        )
    assert refused.value.field == field
    assert (list(ScoreWeight.objects.values()), list(BonusRule.objects.values())) == before


def test_only_supervision_enters_a_set_and_one_key_enters_it_once(
    cast, doing, song_jian, zheng_fa, tang_dai, he_jie
):
    for who in (None, cast.wang_fang, cast.li_chuang, he_jie, zheng_fa, tang_dai):
        with pytest.raises(Refused, match="只有监察机关"):
            actions.set_weights(FAIR, NONE, BASIS, NEXT, WHY, doing(who, "2026-11-20 09:00"))
    once = doing(song_jian, "2026-11-20 09:00")
    first = actions.set_weights(FAIR, NONE, BASIS, NEXT, WHY, once)
    assert actions.set_weights(FAIR, NONE, BASIS, NEXT, WHY, once) == first
    with pytest.raises(Refused, match="已有一套权重"):
        actions.set_weights(FAIR, NONE, BASIS, NEXT, WHY, doing(song_jian, "2026-11-21 09:00"))
    assert WeightSet.objects.count() == 2


def test_every_point_of_a_bonus_opens_to_its_cases_or_its_item(
    client, cast, decided, doing, bureau, song_jian
):
    """Ten of twelve were closed before their day; the item promises 8 days of the law's 20."""
    for n in range(10):
        decided("2024-03-08", n + 1)
    for n in range(2):
        decided("2024-03-20", n + 11)
    march = date(2024, 3, 1)
    score = actions.count_month(cast.organ, march, doing(None, "2024-04-01 09:00"))
    told = {row.kind: (row.value, row.formula, row.reference) for row in BonusRow.objects.all()}
    assert told["early"] == (Decimal(8), "10/12 = 83.3% ≥ 10%：1 + 7 × 1", "")
    assert told["shorter"] == (Decimal(6), "12/20 = 60.0% ≥ 30%：3 + 3 × 1", "MZ-XK-0001")
    assert Score.objects.get().bonus == 14
    assert score.total == sum(Decimal(left) for left in score.parts.values()) + 14
    client.force_login(song_jian)
    at = [bureau.code, "supervision", cast.organ.code, "2024-03"]
    page = client.get(reverse("office:oversight_score", args=at)).text
    early = reverse("office:oversight_early", args=at)
    assert "10/12 = 83.3%" in page
    assert early in page
    listed = client.get(early).text
    assert sum(case.number in listed for case in closed_early(cast.organ, march)) == 10


def test_the_page_shows_what_is_in_force_and_takes_the_next_set(
    client, bureau, cast, song_jian, he_jie, zheng_fa, legal_office
):
    address = reverse("office:oversight_weights", args=[bureau.code, "supervision"])
    client.force_login(song_jian)
    page = client.get(address).text
    assert "期限合法" in page
    assert "通用绩效量化标准" in page
    form = read(client, address).form(BASIS_LABEL)
    said = {part.value: str(points) for part, points in FAIR.items()}
    said |= {"early": "0", "shorter": "3", "basis": BASIS, "reason": WHY, "first_day": "2099-01-01"}
    prefix = next(name for name in form.typed if name.endswith("-basis")).removesuffix("basis")
    form.typed |= {f"{prefix}{name}": value for name, value in (said | {"time": "13"}).items()}
    wrong = form.send()
    assert wrong.status == 422
    assert "现在是101" in wrong.words
    form.typed[f"{prefix}time"] = str(FAIR[ScorePart.TIME])
    assert form.send().done
    assert BASIS in client.get(address).text
    for who, organ, desk in ((he_jie, cast.organ, "head"), (zheng_fa, legal_office, "legal")):
        other = read(client, reverse("office:oversight_weights", args=[organ.code, desk]), who)
        assert BASIS_LABEL not in other.words
        assert form.send_as(who).status in (403, 404)
    assert WeightSet.objects.count() == 2
