"""A bank's own columns, from a day on: written at the fee window, put in force by finance. A12."""

from datetime import date

import pytest

from openhall.deeds.refusals import Refused
from openhall.fees.actions import begin_format, reconcile, save_format
from openhall.fees.kinds import FORMAT
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.versions import actions as versions

DAY = date(2024, 3, 8)
WORDS = {
    "columns": {"serial": "流水", "notice": "缴款码", "amount": "金额（元）", "paid_at": "时间"},
    "channel": "counter",
    "yuan": True,
    "skip_first": 1,
}
FILE = "锦城银行\n时间,金额（元）,流水,缴款码\n2024-03-08 10:00:00,80.00,S1,N1\n".encode("gb18030")


@pytest.fixture
def people(cast):
    made = []
    for name, desk in (("qian_li", Desk.CASHIER), ("song_cai", Desk.FINANCE)):
        made.append(Account.objects.create_user(username=name))
        appoint(made[-1], cast.organ, desk, date(2003, 1, 1))
    return made


def test_the_file_is_read_in_the_format_of_its_day(people, doing):
    qian, song = people
    with pytest.raises(Refused, match="第1行应为"):
        reconcile("CITYBANK", DAY, FILE, doing(qian, "2024-03-09 09:00"))
    draft = begin_format("CITYBANK", WORDS, doing(qian, "2024-03-01 09:00"))
    with pytest.raises(Refused, match=r"财政监管|起草"):
        versions.publish(FORMAT, draft.pk, DAY, doing(qian, "2024-03-01 10:00"))
    versions.publish(FORMAT, draft.pk, DAY, doing(song, "2024-03-01 10:00"))
    record = reconcile("CITYBANK", DAY, FILE, doing(qian, "2024-03-09 09:10"))
    line = record.lines.get()
    assert (line.serial, line.amount, line.state) == ("S1", 8000, "unknown")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"columns": {}}, "请填写流水号"),
        ({"channel": ""}, "请选择一种渠道"),
        ({"kind": "fixed"}, "起始字节"),
        ({"encoding": "gb99"}, "没有这种编码"),
        ({"back_column": "借贷"}, "标志值"),
    ],
)
def test_what_could_not_be_read_is_not_put_in_force(people, doing, words, says):
    qian, song = people
    draft = begin_format("CITYBANK", WORDS, doing(qian, "2024-03-01 09:00"))
    save_format(draft.pk, words, doing(qian, "2024-03-01 09:30"))
    with pytest.raises(Refused) as refused:
        versions.publish(FORMAT, draft.pk, DAY, doing(song, "2024-03-01 10:00"))
    assert says in "".join(str(one.said.zh) for one in refused.value.faults) + str(refused.value)
