"""The site check: 13 days are good, 15 are not; five columns fail the site. norms 6.1, 9b.12."""

from datetime import date, timedelta

import pytest

from openhall.sites.rules.columns import COLUMNS, TEMPLATE
from openhall.sites.rules.health import ColumnSeen, Seen, Visits, measures, verdict_of
from openhall.sites.rules.words import wrong_words
from openhall.sites.terms import LookPart, Verdict

DAY = date(2026, 11, 30)


def seen(ages=None, counts=None, **more):
    ages, counts = ages or {}, counts or {}
    columns = [
        ColumnSeen(
            column,
            counts.get(column.kind.value, 3),
            DAY - timedelta(days=ages.get(column.kind.value, 1)),
        )
        for column in TEMPLATE
    ]
    said = {"day": DAY, "made": date(2026, 1, 1), "columns": columns, "last_change": DAY}
    return Seen(**said | more)


def verdicts(found):
    return {one.part: one.verdict for one in measures(found)}


def test_a_site_that_is_kept_up_is_good_where_it_was_measured():
    found = verdicts(seen())
    assert found.pop(LookPart.REACH) == Verdict.UNKNOWN
    assert set(found.values()) == {Verdict.GOOD}
    assert verdict_of(measures(seen())) == Verdict.GOOD


@pytest.mark.parametrize(("days", "verdict"), [(13, "good"), (14, "good"), (15, "weak")])
def test_news_may_stay_for_two_weeks(days, verdict):
    assert verdicts(seen({"news": days}))[LookPart.DATED] == verdict


@pytest.mark.parametrize(("days", "verdict"), [(14, "good"), (15, "veto")])
def test_a_first_page_that_stands_still_fails_the_site(days, verdict):
    found = seen(last_change=DAY - timedelta(days=days))
    assert verdicts(found)[LookPart.HOME] == verdict


def test_every_moving_column_stale_fails_the_site():
    assert verdicts(seen({"news": 15, "notices": 184}))[LookPart.DATED] == Verdict.WEAK
    stale = seen({"news": 15, "notices": 184, "policies": 184})
    assert verdicts(stale)[LookPart.DATED] == Verdict.VETO


def test_five_empty_columns_fail_the_site_and_four_do_not():
    written = [one.kind.value for one in TEMPLATE if one.written]
    assert len(written) == 5
    assert verdicts(seen(counts=dict.fromkeys(written[:4], 0)))[LookPart.EMPTY] == Verdict.WEAK
    assert verdicts(seen(counts=dict.fromkeys(written, 0)))[LookPart.EMPTY] == Verdict.VETO


@pytest.mark.parametrize(("failed", "verdict"), [(6, "good"), (7, "veto"), (140, "veto")])
def test_one_visit_in_twenty_without_an_answer_fails_the_site(failed, verdict):
    assert verdicts(seen(visits=Visits(140, failed)))[LookPart.REACH] == verdict


def test_too_few_visits_judge_nothing():
    assert verdicts(seen(visits=Visits(139, 139)))[LookPart.REACH] == Verdict.UNKNOWN


def test_a_question_unanswered_for_three_months_fails_the_site():
    assert verdicts(seen(unanswered=["ZX-2026-00001"]))[LookPart.ANSWERS] == Verdict.VETO


def test_every_column_says_what_it_is_for_in_both_languages():
    assert all(one.told.zh and one.told.en for one in COLUMNS.values())
    assert len(TEMPLATE) == 11


def test_wrong_words_are_found_and_right_ones_are_not():
    assert list(wrong_words("请登陆系统查询帐户")) == [("帐户", "账户"), ("登陆系统", "登录系统")]
    assert list(wrong_words("10月份内办结；西部份额；登录系统；既使群众满意又方便企业")) == []
