"""An earlier time is entered in the browser, with its reason, and is seen by everybody."""

import pytest
import time_machine
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import Act, Channel
from openhall.supervision import actions as watching
from openhall.supervision.models import Card, LateEntry
from tests.rooms.supervision.conftest import *  # noqa: F403

MONTH = "2026-11"


@pytest.fixture
def received(cast, doing):
    said = doing(cast.wang_fang, "2026-11-17 09:00")
    case = actions.submit("MZ-XK-0001", party(), {}, Channel.ONLINE, said)  # noqa: F405
    return Case.objects.get(pk=case.pk)


def accept(client, cast, case, **typed):
    address = reverse("office:act", args=[cast.organ.code, "window", case.number, "accept"])
    fields = {f"accept-{name}": value for name, value in typed.items()}
    with time_machine.travel("2026-11-20T10:00:00+08:00", tick=False):
        client.force_login(cast.li_chuang)  # no sign-in of a day to come holds
        return client.post(address, {"key": "k-1", "seen": case.seq} | fields)


def test_the_time_and_the_reason_are_kept_and_shown_as_entered_afterwards(
    client, cast, received, bureau, song_jian, he_jie
):
    client.force_login(cast.li_chuang)
    done = accept(
        client, cast, received, happened_at="2026-11-17T16:20", late_reason="网络中断，今日补录"
    )
    assert done.status_code == 303
    event = CaseEvent.objects.get(case=received, act=Act.ACCEPT.value)
    assert event.event_time.isoformat() == "2026-11-17T08:20:00+00:00"
    assert event.entry_time.isoformat() == "2026-11-20T02:00:00+00:00"
    assert event.facts["backfilled"] is True
    assert "网络中断" not in str(event.facts)
    client.force_login(cast.li_chuang)  # the one before ended when the clock came back
    page = client.get(reverse("office:matter", args=[cast.organ.code, "window", received.number]))
    assert "网络中断，今日补录" in page.text
    watching.observe()
    watching.measure()
    assert Card.objects.filter(code="entered-late", case=received).exists()
    client.force_login(song_jian)
    board = client.get(f"/office/{bureau.code}/supervision/oversight/?month={MONTH}").text
    one = f"/office/{bureau.code}/supervision/oversight/late/{cast.organ.code}/{MONTH}/"
    assert one in board
    opened = client.get(one).text
    assert received.number in opened
    assert "li_chuang" in opened
    assert "网络中断，今日补录" in opened
    public = client.get(reverse("portal:lag_unit", args=[cast.organ.code, MONTH])).text
    hours = f">{LateEntry.objects.get().hours}</td>"
    assert hours in opened
    assert hours in public  # one figure, wherever it is read
    listed = client.get(f"/office/{bureau.code}/supervision/oversight/late/?month={MONTH}").text
    assert one in listed
    client.force_login(he_jie)
    own = f"/office/{cast.organ.code}/head/oversight/late/"
    assert client.get(f"{own}{cast.organ.code}/{MONTH}/").status_code == 200
    assert client.get(f"{own}{bureau.code}/{MONTH}/").status_code == 403
    client.force_login(cast.wang_fang)
    mine = client.get(reverse("portal:case", args=[received.number])).text
    assert "补录" in mine
    assert "网络中断" not in mine


@pytest.mark.parametrize(
    ("happened_at", "late_reason", "said"),
    [
        ("2026-11-17T08:00", "网络中断", "受理时间不能早于收件时间"),
        ("2026-11-20T11:00", "网络中断", "不能晚于现在"),
        ("2026-11-17T16:00", "", "补录须说明原因"),
    ],
)
def test_a_wrong_time_or_no_reason_comes_back_beside_its_field(
    client, cast, received, happened_at, late_reason, said
):
    client.force_login(cast.li_chuang)
    answer = accept(client, cast, received, happened_at=happened_at, late_reason=late_reason)
    assert answer.status_code == 422
    assert said in answer.text
    assert happened_at in answer.text  # what was typed is still there
    assert CaseEvent.objects.filter(case=received).count() == 1


def test_a_page_of_late_steps_asks_three_questions_however_many(
    client, cast, received, doing, bureau, song_jian, django_assert_num_queries
):
    from openhall.supervision.queries import late_deeds

    client.force_login(cast.li_chuang)
    accept(client, cast, received, happened_at="2026-11-17T16:00", late_reason="网络中断")
    watching.measure()
    month = CaseEvent.objects.get(act="accept").event_time.date().replace(day=1)
    with django_assert_num_queries(2):
        rows = late_deeds(cast.organ, month)
        assert [row.reason for row in rows] == ["网络中断"]
    assert not rows.after
