"""The table of the procedure: every (rule pack, stage, act), and what each pack says of the act."""

import itertools
from datetime import date

import pytest
from chinese_calendar import constants

from openhall.cases.rules.clock import answer_due, statutory_limit, superior_days
from openhall.cases.rules.extension import longest, objection
from openhall.cases.rules.lifecycle import TABLE, NotInTheTable, lead
from openhall.cases.rules.packs import PACKS, pack_on
from openhall.cases.terms import Act, Stage
from openhall.workdays.rules.calendar import Calendar

EXCEPTIONS = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
CALENDAR = Calendar.of(EXCEPTIONS, 2004, 2026)
CASES = list(itertools.product(PACKS, [None, *Stage], Act))
REASON = "需要核实会员人数，原定期限内不能完成。"


@pytest.mark.parametrize(
    ("pack", "stage", "act"), CASES, ids=lambda one: getattr(one, "code", None) or str(one)
)
def test_an_act_is_in_the_table_or_refused_with_a_sentence(pack, stage, act):
    if (stage, act) not in TABLE:
        with pytest.raises(NotInTheTable, match=act.zh):
            lead(stage, act)
        return
    assert all(lead(stage, act, to) == to for to in TABLE[stage, act])
    day = pack.effective_from
    assert pack_on(day) == pack
    if act == Act.EXTEND:
        known = longest(pack, joint=False) is not None
        fault = objection(pack, 10, REASON, joint=False, limit_ends=None, today=day)
        assert (fault is None) == known
    if act == Act.DEEM_ACCEPTED:
        assert (answer_due(date(2024, 3, 4), pack, CALENDAR) is None) == (pack.answer_days is None)
    if act in (Act.ACCEPT, Act.ACCEPT_AT_ONCE):
        assert (statutory_limit(None, pack) is None) == (pack.decision_days is None)
    if act == Act.FORWARD:
        assert superior_days(pack) == 20


@pytest.mark.parametrize(
    ("joint", "days", "allowed"),
    [(False, 10, True), (False, 11, False), (True, 15, True), (True, 16, False), (False, 0, False)],
)
def test_the_statute_caps_an_extension_by_who_approves_it(joint, days, allowed):
    pack, today = pack_on(date(2024, 3, 4)), date(2024, 3, 4)
    found = objection(pack, days, REASON, joint=joint, limit_ends=None, today=today)
    assert (found is None) == allowed


def test_a_limit_that_has_run_out_is_not_extended():
    pack = pack_on(date(2024, 3, 4))
    ends = date(2024, 3, 15)
    for today, allowed in ((ends, True), (date(2024, 3, 16), False)):
        found = objection(pack, 10, REASON, joint=False, limit_ends=ends, today=today)
        assert (found is None) == allowed
