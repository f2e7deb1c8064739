"""The program on a kiosk against the real door: cuts, lost answers, crashes, days, hostility."""

from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.db.models import F
from django.utils import timezone

from openhall.hall.actions import kiosks
from openhall.hall.actions.kiosks import A_MINUTE
from openhall.hall.models import Clash, KioskDay, Ticket
from openhall.hall.queries import kiosks_of, minutes_heard
from openhall.terminal.copying import copied
from openhall.terminal.disk import Disk, InUse
from openhall.terminal.machine import NoNumber
from tests.factories.hall import doing, furnished
from tests.factories.kiosk import kiosk_in

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23 09:00+08:00"


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ, signed_in=False)


def test_seven_days_with_fifty_cuts_give_no_number_twice_and_lose_none(db, tmp_path):
    dice, seconds = Random(11), [0.0]
    with time_machine.travel(MONDAY, tick=False) as now:
        hall = furnished(signed_in=False)
        one = kiosk_in(hall, tmp_path, lambda: seconds[0])
        papers, cuts, restarts = [], 0, 0
        for _day in range(7):
            for step in range(15):
                one.wire.cut = dice.choice(("before", "after")) if step % 2 == 0 else ""
                cuts += step % 2 == 0
                one.machine.last_beat = float("-inf")
                one.machine.round()
                if dice.random() < 0.6:
                    try:
                        paper = one.machine.give(dice.choice("AB"))
                        papers.append((paper.day, paper.line, paper.no, paper.uid))
                    except NoNumber:
                        pass
                if dice.random() < 0.2:
                    hall.taken("A")
                if dice.random() < 0.15:
                    one.restarted()
                    restarts += 1
                moved(now, seconds, minutes=20)
            moved(now, seconds, minutes=24 * 60 - 15 * 20)
        one.wire.cut = ""
        one.machine.round()
    assert cuts >= 50
    assert restarts >= 5
    assert len(papers) > 40
    assert len({one[:3] for one in papers}) == len(papers)
    assert one.machine.disk.journal.waiting == {}
    told = {(f"{t.day}", t.letter, t.no, str(t.uid)) for t in Ticket.objects.filter(source="kiosk")}
    assert set(papers) <= told
    assert list(Clash.objects.all()) == []


def moved(now, seconds, minutes):
    now.shift(timedelta(minutes=minutes))
    seconds[0] += minutes * 60


def test_a_locked_machine_gives_nothing_and_says_where_to_go(there, tmp_path):
    one = kiosk_in(there, tmp_path)
    one.machine.round()
    assert one.machine.give("A").no == 1
    kiosks.lock(one.kiosk.pk, "换纸", doing(there.manager))
    one.machine.last_beat = float("-inf")
    one.machine.round()
    with pytest.raises(NoNumber, match="locked"):
        one.machine.give("A")
    page = one.screen.send(f"/kiosk/{there.hall.slug}/ticket/", b"line=A")
    assert "换纸" in page.body.decode()
    assert "@why@" not in page.body.decode()
    # What it printed before it was locked is taken in all the same.
    assert Ticket.objects.filter(source="kiosk").count() == 1


def test_while_the_server_is_away_it_gives_tickets_and_says_as_of_when_its_pages_are(
    there, tmp_path
):
    one, slug = kiosk_in(there, tmp_path), there.hall.slug
    one.machine.round()
    screen = one.screen
    assert copied(screen.copy, one.machine.centre)
    one.wire.cut = "before"
    page = screen.read(f"/kiosk/{slug}/take/")
    assert page.status == 200
    assert "内容截至" in page.body.decode()
    assert "as of" in screen.read(f"/en/kiosk/{slug}/take/").body.decode()
    given = screen.send(f"/kiosk/{slug}/ticket/", b"line=A&item=").body.decode()
    assert "A001" in given
    assert "<svg" in given
    assert "@" not in given.split("<main")[1].split("</main>")[0]
    asked = screen.send(f"/kiosk/{slug}/track/", b"code=ABCD").body.decode()
    assert "网络" in asked
    assert Ticket.objects.count() == 0
    one.wire.cut = ""
    one.machine.round()
    assert Ticket.objects.get().no == 1
    assert "内容截至" not in screen.read(f"/kiosk/{slug}/take/").body.decode()


def test_nothing_but_the_pages_of_this_kiosk_is_let_through(there, tmp_path):
    one, slug = kiosk_in(there, tmp_path), there.hall.slug
    one.machine.round()
    one.wire.asked.clear()
    for address in (
        *("/", "/office/", "/services/", "/accounts/login/", f"/kiosk/{slug}/../../office/"),
        *(f"/kiosk/{slug}/%2e%2e/office/", "//evil.example/", f"/kiosk/{slug}/device/beat"),
        *(
            "/kiosk/another/",
            "/static/../office/",
            f"/kiosk/{slug}\\office",
            "http://evil.example/",
        ),
    ):
        answer = one.screen.read(address)
        assert (answer.status, answer.headers["location"]) == (303, f"/kiosk/{slug}/"), address
    assert one.wire.asked == []
    page = one.screen.read(f"/kiosk/{slug}/")
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers


def test_a_signature_is_of_this_machine_this_body_and_this_moment(there, tmp_path):
    one, slug = kiosk_in(there, tmp_path), there.hall.slug
    one.machine.round()
    now, centre = timezone.now().timestamp(), one.machine.centre
    assert centre.ask("beat", {}, now).status == 200
    assert centre.ask("beat", {}, now - 3600).status == 403
    assert one.wire.client.post(f"/kiosk/{slug}/device/beat").status_code == 403
    stolen: dict = {}
    real = centre.transport
    centre.transport = lambda method, address, headers, body: (
        stolen.update(headers) or real(method, address, headers, body + b" ")
    )
    assert centre.ask("beat", {}, now).status == 403
    assert real("POST", f"/kiosk/{slug}/device/lease", stolen, b"{}").status == 403
    centre.transport = real
    kiosks.retire(one.kiosk.pk, doing(there.manager))
    assert centre.ask("beat", {}, now).status == 403


def test_hostile_bodies_of_a_machine_are_refused_and_never_a_fault_of_ours(there, tmp_path):
    one = kiosk_in(there, tmp_path)
    one.machine.round()
    now, centre = timezone.now().timestamp(), one.machine.centre
    odd = [None, [], {}, {"papers": 1}, {"papers": [1, None, {"uid": "x"}]}, {"line": "Ω"}]
    odd += [{"line": "A", "many": "9" * 40, "request": "r"}, {"left": {"A": "x" * 999}}, "x"]
    odd += [{"papers": [{"uid": "0" * 32, "block": 9**99, "no": 1, "at": 1e300}]}]
    for told in odd:
        for what in ("beat", "lease", "merge"):
            assert centre.ask(what, told, now).status in (200, 422), (what, told)
    assert Ticket.objects.count() == 0


def test_two_programs_do_not_write_one_journal_and_a_torn_line_is_cut(tmp_path):
    disk = Disk(tmp_path)
    disk.append('{"heard": 5.0, "clock": 1.0, "day": "2026-11-23"}')
    with pytest.raises(InUse):
        Disk(tmp_path)
    disk.close()
    with (tmp_path / "journal").open("ab") as file:
        file.write(b'{"paper": {"uid"')
    again = Disk(tmp_path)
    assert again.journal.heard == 5.0
    again.append('{"heard": 9.0, "clock": 1.0, "day": "2026-11-24"}')
    again.close()
    assert Disk(tmp_path).journal.day == "2026-11-24"


def test_its_heartbeat_is_seen_by_who_manages_the_hall(there, tmp_path):
    one, yesterday = kiosk_in(there, tmp_path), timezone.localdate() - timedelta(days=1)

    def beats():
        one.machine.last_beat = float("-inf")
        one.machine.round()

    beats()
    beats()  # within the same minute nothing is counted twice
    (kiosk,) = kiosks_of(there.hall)
    assert kiosk.heard.said["left"] == {"A": 8, "B": 8}
    (day,) = minutes_heard(there.hall, yesterday)[kiosk.pk]
    assert day.minutes == 1
    KioskDay.objects.update(first=F("first") - A_MINUTE, last=F("last") - A_MINUTE)
    beats()
    (day,) = minutes_heard(there.hall, yesterday)[kiosk.pk]
    assert day.minutes == 2
