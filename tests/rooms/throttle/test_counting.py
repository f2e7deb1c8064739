"""What is counted is shared by every process, survives a restart, and shuts nobody else out."""

import threading

import pytest
from django.db import connection
from django.test import Client

from openhall.supervision.models import Complaint
from openhall.throttle.actions import digest_of, forgive, spend, waiting
from openhall.throttle.limits import BY_ROUTE, COMPLAINTS, Guard
from openhall.throttle.models import Pace
from openhall.throttle.rules.pace import Limit
from openhall.throttle.tasks import forget_old

THREE = Limit("three", 3, 100.0)
TEXT = "窗口让我再来三次，没有说明原因。"


@pytest.mark.django_db
def test_three_pass_and_the_fourth_is_told_how_long():
    assert [spend(THREE, "a") for _ in range(3)] == [0, 0, 0]
    assert 95 <= spend(THREE, "a") <= 100
    assert spend(THREE, "b") == 0
    forgive(THREE, "a")
    assert waiting(THREE, "a") == 0


@pytest.mark.django_db
def test_asking_too_early_makes_nobody_wait_longer():
    for _turn in range(3):
        spend(THREE, "a")
    waits = [spend(THREE, "a") for _ in range(20)]
    assert max(waits) <= 100


@pytest.mark.django_db
def test_no_address_is_kept():
    spend(THREE, "n203.0.113.9")
    row = Pace.objects.get()
    assert row.who == digest_of("n203.0.113.9")
    assert "203.0.113.9" not in str(vars(row))


@pytest.mark.django_db
def test_what_is_over_is_forgotten():
    spend(Limit("short", 1, 0.001), "a")
    spend(THREE, "a")
    while Pace.objects.filter(limit="short").exists():
        forget_old.func()
    assert list(Pace.objects.values_list("limit", flat=True)) == ["three"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_twice():
    passed, begin = [], threading.Barrier(8)

    def ask():
        try:
            begin.wait()
            for _turn in range(5):
                passed.append(spend(THREE, "a") == 0)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert passed.count(True) == 3


def complain(client, organ, **more):
    said = {"complain-about": "window", "complain-organ": organ.pk, "complain-text": TEXT}
    return client.post("/complaints/new/", said, **more)


@pytest.mark.parametrize(("place", "words"), [("", "请在"), ("/en", "Try again in")])
def test_a_flood_of_complaints_ends_with_a_sentence_and_nothing_typed_is_lost(cast, place, words):
    client = Client()
    answers = [complain(client, cast.organ).status_code for _ in range(7)]
    assert answers == [303] * 6 + [429]  # the first came without a session, from a network only
    said = {"complain-about": "window", "complain-organ": cast.organ.pk, "complain-text": TEXT}
    refused = client.post(f"{place}/complaints/new/", said)
    assert refused.status_code == 429
    assert 600 < int(refused["Retry-After"]) <= 720
    assert words in refused.text
    assert "12345" in refused.text
    assert TEXT in refused.text
    assert Complaint.objects.count() == 6


def test_without_cookies_the_network_is_counted_and_no_other_is(cast):
    answers = [complain(Client(), cast.organ).status_code for _ in range(21)]
    assert answers == [303] * 20 + [429]
    elsewhere = complain(Client(), cast.organ, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 303


def test_who_is_signed_in_is_not_held_up_by_the_network(cast):
    for _turn in range(21):
        complain(Client(), cast.organ)
    client = Client()
    client.force_login(cast.wang_fang)
    assert complain(client, cast.organ).status_code == 303


def test_a_program_is_told_in_its_own_form(cast):
    client = Client(headers={"accept": "application/json"})
    for _turn in range(7):
        answer = complain(client, cast.organ)
    assert answer.status_code == 429
    assert answer.json()["retry_after"] == int(answer["Retry-After"])


def test_wrong_codes_are_counted_and_right_ones_are_not(cast, walk):
    case = walk.submitted()
    client = Client()
    for _turn in range(15):
        assert client.post("/track/", {"code": case.query_code}).status_code == 302
    answers = [client.post("/track/", {"code": "AAAA-AAAA-AAAA"}).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    assert client.post("/track/", {"code": case.query_code}).status_code == 429
    assert client.get("/check/AAAAAAAAAAAA/").status_code == 429
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.post("/track/", {"code": case.query_code}).status_code == 302


def test_a_forwarded_line_of_a_stranger_changes_no_counter(cast, settings):
    settings.PROXY_COUNT = 1
    for turn in range(20):
        lie = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{turn}"}
        complain(Client(REMOTE_ADDR="203.0.113.9"), cast.organ, **lie)
    lie = {"HTTP_X_FORWARDED_FOR": "198.51.100.99"}
    assert complain(Client(REMOTE_ADDR="203.0.113.9"), cast.organ, **lie).status_code == 429
    behind = {"HTTP_X_FORWARDED_FOR": "198.51.100.1"}
    assert complain(Client(REMOTE_ADDR="127.0.0.1"), cast.organ, **behind).status_code == 303


def test_every_route_that_is_limited_is_there():
    from django.urls import get_resolver

    from tests.doors.test_addresses import names

    there = {name.lstrip(":") for name, _view in names(get_resolver())}
    assert {name for name in BY_ROUTE if name not in there} == set()


def test_every_page_that_asks_for_a_proof_has_a_limit_of_its_own():
    """A proof slows one request down; only a limit says how many may come."""
    from django.urls import get_resolver

    from openhall.desk.pages import Subject
    from openhall.throttle.fields import ProofField

    def pages(resolver, space=""):
        for one in resolver.url_patterns:
            if hasattr(one, "url_patterns"):
                yield from pages(one, f"{space}{one.namespace or ''}:")
            elif isinstance(one.callback, Subject):
                yield f"{space}{one.name}".lstrip(":"), one.callback

    asking = {
        name
        for name, page in pages(get_resolver())
        if any(
            isinstance(field, ProofField)
            for offer in page.offers
            for field in offer.base_fields.values()
        )
    }
    assert {"portal:article_wrong", "portal:subscriptions", "portal:enquire"} <= asking
    assert {name for name in asking if name not in BY_ROUTE} <= {"portal:appointment"}


@pytest.mark.django_db
def test_nobody_makes_a_strangers_telephone_ring(client, rf):
    """Subscribing sends a message to whatever address is typed."""
    from openhall.outbox.models import Message
    from tests.factories.sites import furnished

    furnished()
    page = client.get("/subscriptions/").content.decode()
    topic = page.split('value="site:')[1].split('"')[0]
    typed = {"topic": f"site:{topic}", "channel": "sms"}
    dresses = [
        "13800138000",
        "+86 138 0013 8000",
        "0086-13800138000",
        "138-0013-8000",
        "１３８００１３８０００",
    ]
    for turn, address in enumerate(dresses):
        answer = client.post(
            "/subscriptions/subscribe/", typed | {"address": address, "key": f"k{turn}"}
        )
        assert answer.status_code in (303, 422, 429)
    assert Message.objects.filter(channel="sms").count() <= 3


def test_no_two_limits_share_a_counter():
    from openhall.throttle import limits

    found = [one for one in vars(limits).values() if isinstance(one, Limit)]
    for guard in vars(limits).values():
        if isinstance(guard, Guard):
            found += [guard.network, guard.visitor]
    assert len({one.code for one in found}) == len(found)
    assert COMPLAINTS.network in found
