"""What one can do to an unsent application: name it, take it in, delete it."""

import pytest
from django.urls import reverse

from openhall.applying.models import Draft
from openhall.organs.models import Account
from tests.factories.pages import read
from tests.factories.traces import no_trace


@pytest.fixture
def begin(client, cast):
    """Begin an application, as ``account`` or without one."""

    def make(account=None) -> Draft:
        if account is not None:
            client.force_login(account)
        client.post(reverse("portal:start", args=["MZ-XK-0001"]))
        return Draft.objects.latest("pk")

    return make


@pytest.fixture
def mine(client):
    return lambda: read(client, reverse("portal:mine"))


@pytest.fixture
def kept(client):
    """The page of one unsent application, with what its owner may do."""
    return lambda draft: read(client, reverse("portal:draft_kept", args=[draft.pk]))


def renamed(page, name):
    return page.form("改名").fill({"名称": name})


def test_a_draft_is_renamed_by_its_owner(begin, mine, kept, cast):
    draft = begin(cast.wang_fang)
    page = renamed(kept(draft), "读书会（第二份）").send()
    assert (page.done, page.status) == (True, 303)
    assert "读书会（第二份）" in mine().words
    assert "读书会（第二份）" in page.words
    draft.refresh_from_db()
    assert draft.name == "读书会（第二份）"


def test_a_name_of_nothing_is_refused_and_the_old_one_stays(begin, kept, cast):
    draft = begin(cast.wang_fang)
    with no_trace():
        page = renamed(kept(draft), "   ").send()
    assert page.status == 422
    assert "请填写名称" in page.beside("名称")
    draft.refresh_from_db()
    assert draft.name == "社会团体成立登记"


@pytest.mark.parametrize("button", ["改名", "删除"])
def test_nobody_else_touches_a_draft(begin, kept, cast, button):
    form = kept(begin(cast.wang_fang)).form(button)
    stranger = Account.objects.create_user(username="li_si")
    for account in (stranger, cast.li_chuang, cast.sun_pi, None):
        with no_trace():
            answer = form.send_as(account)
        assert answer.status in (302, 403), account
        assert "/accounts/login/" in answer.answer.headers.get("Location", "/accounts/login/")


def test_a_draft_begun_without_account_is_taken_into_it(begin, mine, kept, client, cast):
    draft = begin()
    assert not kept(draft).offers("存入")
    client.force_login(cast.wang_fang)
    adopt = reverse("portal:adopt_draft", args=[draft.pk])
    if not mine().soup.select(f'a[href="{adopt}"]'):
        client.post(reverse("portal:resume"), {"code": draft.resume_code})
    page = read(client, adopt).form("存入我的账号").send()
    assert page.done
    assert "已存入您的账号" in page.soup.get_text()
    draft.refresh_from_db()
    assert draft.account == cast.wang_fang
    assert not kept(draft).offers("存入我的账号")


def test_who_knows_no_code_takes_nothing_in(begin, cast, client):
    draft = begin()
    client.logout()
    address = reverse("portal:adopt_draft", args=[draft.pk])
    client.cookies.clear()
    client.force_login(Account.objects.create_user(username="li_si"))
    with no_trace():
        assert client.post(address).status_code in (302, 403)
    draft.refresh_from_db()
    assert draft.account is None


def test_a_draft_of_somebody_s_own_is_not_taken_by_who_holds_its_code(begin, cast, client):
    draft = begin(cast.wang_fang)
    client.logout()
    client.force_login(Account.objects.create_user(username="li_si"))
    client.post(reverse("portal:resume"), {"code": draft.resume_code})
    client.post(reverse("portal:adopt_draft", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.account == cast.wang_fang


def test_a_draft_is_deleted_with_all_that_was_typed_and_only_once(begin, kept, cast):
    draft = begin(cast.wang_fang)
    form = kept(draft).form("删除")
    page = form.send()
    assert page.done
    assert "已经清除" in page.soup.get_text()
    assert "社会团体成立登记" not in page.words
    draft.refresh_from_db()
    assert (draft.ended, draft.content) == ("discarded", "{}")
    with no_trace():
        form.send()


def test_a_deleted_draft_is_neither_renamed_nor_taken_in(begin, kept, cast, client):
    draft = begin(cast.wang_fang)
    rename = renamed(kept(draft), "新名称")
    kept(draft).form("删除").send()
    with no_trace():
        rename.send()
        client.post(reverse("portal:adopt_draft", args=[draft.pk]))
