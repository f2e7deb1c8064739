"""A person and an operator issue, exchange and end a key on their pages; open data for people."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from openhall.clients.models import Key
from openhall.clients.rules.open_data import DATA_SETS
from tests.factories.clients import bearer, operator_of, own_key, unit_key
from tests.factories.pages import read

WHOLE = re.compile(r"oh_[0-9a-f]{16}-[A-Za-z0-9_-]{43}")


def shown(page):
    """The whole key on the page; empty where none stands."""
    found = WHOLE.search(page.words)
    return found[0] if found else ""


def opens(whole):
    return Client().get("/api/v1/cases", headers=bearer(whole)).status_code


def test_a_person_issues_exchanges_and_ends_a_key(client, cast, sound):
    page = read(client, "/my/keys/", cast.wang_fang)
    form = page.form("发放密钥").fill(
        {"给什么程序用": "手机上的小程序", "可以做什么": ["读取本人或本单位的办件"]}
    )
    made = form.send()
    assert made.status == 200
    first = shown(made)
    assert made.words.count("手机上的小程序") > 1  # in the list too
    assert opens(first) == 200
    assert shown(read(client, "/my/keys/")) == ""
    again = form.send()  # the same click: done once, and the key is not shown again
    assert (shown(again), Key.objects.count()) == ("", 1)
    second = shown(read(client, "/my/keys/").form("更换密钥").send())
    assert second not in ("", first)
    assert (opens(first), opens(second)) == (200, 200)
    assert read(client, "/my/keys/").form("停用").send().done
    assert (opens(first), opens(second)) == (401, 401)


def test_faults_stand_beside_their_fields(client, cast):
    page = read(client, "/my/keys/", cast.wang_fang).form("发放密钥")
    wrong = page.fill({"给什么程序用": "x", "可以做什么": ["读取本人或本单位的办件"]}).send()
    assert wrong.status == 422
    assert "2至80" in wrong.beside("给什么程序用")
    assert not Key.objects.exists()


def test_the_operator_issues_to_a_unit_and_nobody_else_does(client, cast, sound):
    where = reverse("office:operator_keys", args=[cast.organ.code])
    operator = operator_of(cast.organ)
    made = (
        read(client, where, operator)
        .form("发放密钥")
        .fill(
            {
                "给什么程序用": "民政业务系统",
                "所属单位": "市民政局",
                "可以做什么": ["读取本人或本单位的办件"],
            }
        )
        .send()
    )
    assert opens(shown(made)) == 200
    key = Key.objects.get()
    assert (key.organ, key.account, key.issued_by) == (cast.organ, None, operator)
    assert "民政业务系统" in read(client, where).words
    assert read(Client(), where, cast.li_chuang).status == 403


def test_anothers_key_is_not_on_ones_page(client, cast):
    own_key(cast.zhou_wai, "cases")
    unit_key(cast.organ, "cases")
    other = Key.objects.get(account=cast.zhou_wai)
    page = read(client, "/my/keys/", cast.wang_fang)
    assert other.name not in page.words
    client.force_login(cast.wang_fang)
    answer = client.post(f"/my/keys/end-{other.pk}/", {"key": "x"})
    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


def test_who_is_not_signed_in_is_led_to_it(client, db):
    assert client.get("/my/keys/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_people_read_what_there_is_and_how_to_use_it(client, db, prefix):
    page = read(client, f"{prefix}/open/")
    for one in DATA_SETS:
        assert one.name.said_in("en" if prefix else "zh") in page.words
        assert page.soup.select_one(f"#{one.code}") is not None
    assert page.soup.select_one('a[rel="license"]') is not None
    told = read(client, f"{prefix}/open/api/").words
    for word in ("curl", "Authorization: Bearer KEY", "webhook-signature", "cases", "oversight"):
        assert word in told
