"""Wrong passwords slow who sends them; nobody locks an official, or a city, out."""

import re
import threading

import pytest
from django.db import connection
from django.test import Client

from openhall.organs.models import Account
from openhall.organs.signing_in.guessing import COOKIE
from openhall.throttle.models import Pace
from tests.rooms.throttle.test_proof import answered

PASSWORD = "一个很长的密码 Aa1"
PAGE = "/accounts/login/"


@pytest.fixture
def yan_hui(db):
    return Account.objects.create_user("yanhui", "yan@example.org", PASSWORD)


def sign_in(client, login="yanhui", password=PASSWORD, **more):
    return client.post(PAGE, {"login": login, "password": password} | more)


def at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def guess(client, many: int, login="yanhui") -> list[int]:
    return [sign_in(client, login, f"falsch-{n}").status_code for n in range(many)]


@pytest.mark.parametrize(
    "typed",
    ["ｙａｎｈｕｉ", "ＹａｎＨＵＩ", " yanhui\u3000", "yan\u200bhui", "\ufeffyanhui",
     "ｙａｎ＠ｅｘａｍｐｌｅ．ｏｒｇ"],
)  # fmt: skip
def test_a_name_signs_in_however_a_keyboard_wrote_it(yan_hui, typed):
    assert sign_in(at("203.0.113.9"), typed).status_code == 302


def test_a_password_is_taken_to_the_letter(yan_hui):
    assert sign_in(at("203.0.113.9"), password=PASSWORD.replace("A", "Ａ")).status_code == 200


def test_names_in_another_width_are_one_name_to_the_counter(yan_hui):
    client = at("203.0.113.9")
    guess(client, 3)
    guess(client, 2, "ｙａｎｈｕｉ")
    assert sign_in(client).status_code == 429


def test_five_wrong_passwords_and_the_guessers_network_waits(yan_hui):
    client = at("203.0.113.9")
    assert guess(client, 5) == [200] * 5
    refused = sign_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "忘记密码" in refused.text
    assert PASSWORD not in refused.text


def test_the_sentence_is_there_in_english(yan_hui):
    client = at("203.0.113.9")
    guess(client, 5)
    refused = client.post("/en" + PAGE, {"login": "yanhui", "password": "x"})
    assert "you can sign in at once" in refused.text


def test_from_any_other_network_the_right_password_enters(yan_hui):
    guess(at("203.0.113.9"), 20)
    assert sign_in(at("203.0.113.10")).status_code == 302


def test_a_thousand_networks_lock_nobody_out(yan_hui, settings):
    settings.PROOF_OF_WORK = 4
    for turn in range(60):
        guess(at(f"198.51.100.{turn}"), 1)
    client = at("203.0.113.10")
    asked = sign_in(client)
    assert asked.status_code == 200
    assert "altcha-widget" in asked.text
    entered = sign_in(client, **{"proof-sum": answered(client)})
    assert entered.status_code == 302


def test_where_no_proof_is_asked_a_name_under_attack_stays_open(yan_hui):
    for turn in range(60):
        guess(at(f"198.51.100.{turn}"), 1)
    assert sign_in(at("203.0.113.10")).status_code == 302


def test_one_guesser_does_not_lock_the_network_of_everybody(yan_hui, settings):
    settings.PROOF_OF_WORK = 4
    others = at("203.0.113.9")
    for turn in range(40):
        guess(others, 1, login=f"nobody{turn}")
    client = at("203.0.113.9")
    assert "altcha-widget" in client.get(PAGE).text
    assert sign_in(client).status_code == 200  # without the proof
    assert sign_in(client, **{"proof-sum": answered(client)}).status_code == 302


def test_a_device_that_signed_in_before_enters_whatever_its_network_does(yan_hui):
    mine = at("203.0.113.9")
    assert sign_in(mine).status_code == 302
    mine.post("/accounts/logout/")
    guess(at("203.0.113.9"), 40)
    assert sign_in(mine).status_code == 302


def test_a_known_device_guesses_ten_times_and_is_a_stranger(yan_hui):
    mine = at("203.0.113.9")
    sign_in(mine)
    mine.post("/accounts/logout/")
    answers = guess(mine, 16)
    assert answers == [200] * 15 + [429]  # ten as a device, five as a stranger


@pytest.mark.parametrize("bent", ["", "x", "W10:x:y", "²", "a" * 5000])
def test_a_forged_device_is_a_strangers(yan_hui, bent):
    client = at("203.0.113.9")
    guess(client, 5)
    client.cookies[COOKIE] = bent
    assert sign_in(client).status_code == 429


def test_the_device_of_one_account_speaks_for_no_other(yan_hui):
    Account.objects.create_user("liming", password=PASSWORD)
    client = at("203.0.113.9")
    assert sign_in(client, "liming").status_code == 302
    client.post("/accounts/logout/")
    assert guess(client, 6) == [200] * 5 + [429]


@pytest.mark.parametrize("name", ["YANHUI", " yanhui ", "ｙａｎｈｕｉ", "yan@example.org"])
def test_every_spelling_of_a_name_is_one_name(yan_hui, name):
    client = at("203.0.113.9")
    guess(client, 5)
    assert sign_in(client, name).status_code == 429


def test_a_right_password_is_not_counted(yan_hui):
    for _turn in range(12):
        client = at("203.0.113.9")
        assert sign_in(client).status_code == 302
    assert Pace.objects.filter(limit="guess-network-name", whole_at__gt=4e9).count() == 0


def test_a_name_that_is_nobody_is_answered_alike(yan_hui):
    client = at("203.0.113.9")
    mine, nobody = guess(client, 6), guess(client, 6, login="nobody")
    assert mine == nobody == [200] * 5 + [429]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_no_more_than_one_after_another():
    Account.objects.create_user("yanhui", password=PASSWORD)
    answers, begin = [], threading.Barrier(6)

    def ask():
        try:
            begin.wait()
            answers.extend(guess(at("203.0.113.9"), 3))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [200] * 5 + [429] * 13


def test_the_session_is_new_and_the_device_cookie_closed_to_scripts(yan_hui):
    client = Client()
    client.get("/complaints/new/")
    answer = sign_in(client)
    cookie = answer.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not re.search("yanhui", cookie.value)
