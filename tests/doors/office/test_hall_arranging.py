"""The hall arranged on a page, and two colleagues who swap their shifts on theirs."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from openhall.hall.actions import duty
from openhall.hall.models import Line, Serves, Window, Zone
from openhall.hall.queries import items_of, residents_of
from tests.factories.hall import doing, furnished

pytestmark = pytest.mark.django_db

AT = "/office/cd-zx/centre_manager/hall/arranging/"


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ, signed_in=False)


def sent(client, at, act, key="c-1", **typed):
    fields = {f"{act}-{name}": value for name, value in typed.items()}
    return client.post(f"{at}{act}/", {"key": key, **fields})


def test_zones_windows_and_lines_are_written_changed_and_closed(client, there, cast):
    client.force_login(there.clerks[0])
    assert client.get(AT).status_code == 403
    client.force_login(there.manager)
    assert client.get(AT).status_code == 200
    assert client.get(f"{AT}window/").status_code == 200
    assert sent(client, AT, "zone", "z", code_of="f1", name="一楼", floor="1").status_code == 303
    typed = {"letter": "C", "name": "不动产", "most": "50", "items": [str(cast.item.pk)]}
    assert sent(client, AT, "line", "l", **typed).status_code == 303
    typed = {
        "number_of": "9",
        "name": "不动产窗口",
        "zone": "f1",
        "lines": ["C"],
        "wheelchair": "on",
    }
    assert sent(client, AT, "window", "w", **typed).status_code == 303
    zone, line = Zone.objects.get(code="f1"), Line.objects.get(letter="C")
    window = Window.objects.get(number=9)
    assert (window.zone, window.wheelchair, window.general) == (zone, True, False)
    assert (items_of(line), line.most) == ([cast.item.pk], 50)
    assert Serves.objects.get(window=window, until=None).line == line

    # A line in which somebody waits is not closed over their head.
    there.lines["C"] = line
    there.taken("C")
    typed = {"name": "不动产", "most": "50", "items": [], "closed": "on"}
    act = f"change_line-{line.pk}"
    refused = sent(client, AT, act, "c1", **typed)
    assert refused.status_code == 422
    assert "还有人在等" in refused.content.decode()
    there.hall.tickets.update(state="left")
    assert sent(client, AT, act, "c2", **typed).status_code == 303
    line.refresh_from_db()
    assert line.closed
    act = f"change_window-{window.pk}"
    typed = {"name": "综合窗口", "lines": ["A"], "closed": "on"}
    assert sent(client, AT, act, "c3", **typed).status_code == 303
    window.refresh_from_db()
    assert (window.closed, window.name) == (True, "综合窗口")


def test_a_unit_leaves_the_hall(client, there):
    client.force_login(there.manager)
    (resident,) = residents_of(there.hall, timezone.localdate())
    act, day = f"leave-{resident.pk}", timezone.localdate()
    assert sent(client, AT, act, last_day=day.isoformat()).status_code == 303
    assert list(residents_of(there.hall, day + timedelta(days=1))) == []


def test_a_swap_is_asked_agreed_and_confirmed_on_three_pages(client, there):
    tomorrow = timezone.localdate() + timedelta(days=1)
    one, two = (
        duty.plan(there.windows[n], who, tomorrow, time(9), time(17), doing(there.manager))
        for n, who in zip((1, 2), there.clerks[:2], strict=True)
    )
    first, second, third = there.clerks
    at = f"/office/{there.unit.code}/window/shifts/"
    client.force_login(first)
    assert "我的班次" in client.get(at).content.decode()
    assert sent(client, at, f"ask_swap-{one.pk}", "a", other=str(two.pk)).status_code == 303
    client.force_login(third)
    assert sent(client, at, f"agree-{one.pk}", "b").status_code == 404
    client.force_login(second)
    assert "同意换班" in client.get(at).content.decode()
    assert sent(client, at, f"agree-{one.pk}", "c").status_code == 303
    roster = "/office/cd-zx/centre_manager/hall/roster/"
    client.force_login(there.manager)
    assert "确认换班" in client.get(roster).content.decode()
    assert sent(client, roster, f"swap-{one.pk}", "d").status_code == 303
    for shift in (one, two):
        shift.refresh_from_db()
    assert [one.account, two.account] == [second, first]
    assert not one.swap_agreed
