"""Halls for the public: where and when, a ticket by phone, screens and the state they read."""

import gzip
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.hall.actions import turns
from openhall.hall.models import HallState, Ticket
from openhall.hall.state.presser import Presser
from openhall.hall.state.served import HallStates
from tests.factories.hall import doing, furnished
from tests.factories.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    return furnished()


def at(name, *args):
    return reverse(f"portal:{name}", args=args)


def test_every_hall_is_listed_with_its_hours(there, client):
    page = client.get(at("halls"))
    assert "锦江区政务服务中心" in page.content.decode()


def test_a_ticket_by_phone_knows_its_place_and_can_be_given_back(there, client):
    there.taken()
    form = read(client, at("hall", "jinjiang")).form("取号")
    answer = form.fill({"办什么": "A 综合"}).send()
    mine = Ticket.objects.get(source="phone")
    assert str(mine.uid) in answer.address
    assert "前面还有（人）： 1" in answer.words
    given = read(client, answer.address).form("退号").send()
    mine.refresh_from_db()
    assert mine.state == "left"
    assert "已经退号" in given.words


def test_the_page_of_a_ticket_is_found_by_its_own_number_only(there, client):
    one = there.taken()
    assert client.get(at("hall_ticket", "jinjiang", one.uid)).status_code == 200
    assert client.get(at("hall_ticket", "other", one.uid)).status_code == 404
    other = "00000000-0000-4000-8000-000000000000"
    assert client.get(at("hall_ticket", "jinjiang", other)).status_code == 404


def test_screens_stand_and_say_no_name(there, client):
    for page in (at("hall_display", "jinjiang"), at("window_display", "jinjiang", 1)):
        assert client.get(page).status_code == 200
    assert client.get(at("window_display", "jinjiang", 99)).status_code == 404
    assert client.get(at("hall_voice")).json()["clips"]["chime"]


def asked(states, path, **environ):
    """Status, headers and body of one WSGI request."""
    said = {}

    def start(status, headers):
        said["status"], said["headers"] = status, dict(headers)

    raw = b"".join(states({"PATH_INFO": path, "REQUEST_METHOD": "GET", **environ}, start))
    return said["status"][:3], said["headers"], raw


def inner(environ, start):
    start("299 Django", [])
    return [b"django"]


def test_the_state_is_pressed_and_answered_before_django(there, tmp_path):
    states, presser = HallStates(inner, tmp_path), Presser(tmp_path)
    path = "/hall/jinjiang/state.json"
    assert asked(states, path)[0] == "299"  # nothing is pressed yet: Django answers
    one = there.taken()
    assert presser.look(0) == 1
    assert presser.look(1) == 0
    status, headers, raw = asked(states, path)
    told = json.loads(raw)
    assert (status, told["lines"][0]["wait"], told["lines"][0]["open"]) == ("200", ["A001"], 2)
    again = asked(states, path, HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (again[0], again[2]) == ("304", b"")
    turns.call_next(there.windows[1], doing(there.clerks[0]))
    assert presser.look(2) == 1
    status, _headers, raw = asked(
        states, path, HTTP_IF_NONE_MATCH=headers["ETag"], HTTP_ACCEPT_ENCODING="gzip"
    )
    told = json.loads(gzip.decompress(raw))
    assert (status, told["calls"][0]["n"], told["calls"][0]["w"]) == ("200", str(one), 1)
    assert asked(states, "/hall/nowhere/state.json")[0] == "404"
    for other in ("/hall/../x/state.json", "/hall/a/b/state.json", "/", "/hall/jinjiang/"):
        assert asked(states, other)[0] == "299"


def test_a_restored_backup_counts_from_below_and_is_pressed_anew(there, tmp_path):
    presser = Presser(tmp_path)
    presser.look(0)
    HallState.objects.update(gen=1)
    assert presser.look(1) == 1


def test_two_bodies_of_one_length_have_two_tags(there, tmp_path):
    states, presser = HallStates(inner, tmp_path), Presser(tmp_path)
    tags = set()
    for _ in range(3):
        there.taken("B")
        presser.look(0)
        tags.add(asked(states, "/hall/jinjiang/state.json")[1]["ETag"])
    assert len(tags) == 3


def test_without_a_presser_django_says_the_same(there, client):
    there.taken()
    told = client.get(at("hall_state", "jinjiang")).json()
    assert told["lines"][0]["wait"] == ["A001"]
    assert told["day"] == timezone.localdate().isoformat()
    assert client.get(at("hall_state", "nowhere")).status_code == 404


def test_a_ticket_by_phone_is_for_the_item_or_the_case_one_comes_for(db, cast, client, walk):
    there = furnished(cast.item, cast.organ)
    code = cast.item.code
    guide = client.get(at("guide", code)).text
    assert f"{at('halls')}?item={code}" in guide
    listed = read(client, f"{at('halls')}?item={code}")
    assert f"{at('hall', 'jinjiang')}?item={code}" in str(listed.soup)
    page = read(client, f"{at('hall', 'jinjiang')}?item={code}")
    assert page.form("取号").send().done  # its line is chosen already
    assert Ticket.objects.get().item == cast.item

    case = walk.submitted()
    about = f"{at('hall', 'jinjiang')}?case={case.number}"
    assert case.number not in read(client, about).words  # who does not hold it is told nothing
    client.force_login(cast.wang_fang)
    page = read(client, about)
    assert case.number in page.words
    sent = page.form("取号").send()
    assert sent.done, sent.words
    one, two = Ticket.objects.order_by("pk")
    assert (two.case, two.line, two.visit) == (case, there.lines["A"], one.visit)
    assert two.at > one.at  # one more matter does not go before who waits in its line already
    again = read(client, about).form("取号").send()  # asked again it is the same ticket
    assert again.done
    assert Ticket.objects.count() == 2


def test_without_a_line_for_it_the_hall_says_so(there, client, cast):
    page = read(client, f"{at('halls')}?item={cast.item.code}")
    assert "没有大厅设这一事项的窗口" in page.words
    page = read(client, f"{at('hall', 'jinjiang')}?item={cast.item.code}")
    assert "本大厅没有办这一事项的队列" in page.words
