"""The inbox is its account's; the check page tells genuine, taken back and altered apart."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openhall.cases import actions
from openhall.cases.models import Case
from openhall.deeds.doing import Doing
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.outbox.models import Message, Preference
from openhall.papers.actions.handing_out import hand_out
from openhall.papers.actions.sealing import take_back
from openhall.papers.models import Paper
from tests.factories.cases import WANG_BY_PHONE as WANG
from tests.factories.cases import Walk


@pytest.fixture
def submitted(cast, doing) -> Case:
    return Walk(cast, doing, WANG).submitted()


def test_a_message_is_marked_unread_until_its_account_opens_it(client, cast, submitted):
    inside = Message.objects.get(channel="account")
    address = reverse("portal:message", args=[inside.pk])
    client.force_login(cast.li_chuang)
    assert client.get(address).status_code == 404
    client.force_login(cast.wang_fang)
    assert "未读" in client.get(reverse("portal:messages")).text
    assert submitted.number in client.get(address).text
    assert "未读" not in client.get(reverse("portal:messages")).text


def test_the_inbox_asks_a_stranger_to_sign_in(client, db):
    assert "login" in client.get(reverse("portal:messages")).url
    assert "login" in client.post(reverse("portal:message_preference")).url


def test_the_choice_is_kept_and_a_wrong_address_comes_back_beside_its_field(client, cast):
    client.force_login(cast.wang_fang)
    choice = reverse("portal:message_preference")
    wrong = client.post(choice, {"sms": "12", "language": "zh"})
    assert (wrong.status_code, "手机号码" in wrong.text) == (422, True)
    client.post(choice, {"sms": "", "email": "wang@example.org", "language": "en"})
    assert (Preference.objects.get().email, Preference.objects.get().language) == (
        "wang@example.org",
        "en",
    )


def test_the_case_page_says_what_was_told_and_to_whom_masked(client, cast, submitted):
    client.force_login(cast.wang_fang)
    page = client.get(reverse("portal:case", args=[submitted.number])).text
    assert "申请已收到" in page
    assert "138****0000" in page


def test_a_code_is_typed_into_a_form(client, submitted):
    code = Paper.objects.get().check_code
    asked = client.get(reverse("portal:check_form"), {"code": code.lower()})
    assert asked.url == reverse("portal:check", args=[code])
    assert client.get(reverse("portal:check_form"), {"code": "22"}).status_code == 422


def test_a_file_is_compared_by_its_digest_or_by_itself(client, submitted):
    paper = Paper.objects.get()
    made = hand_out(paper)
    page = reverse("portal:check", args=[paper.check_code])
    same = client.post(page, {"digest": hashlib.sha256(made).hexdigest()})
    assert "完全一致" in same.text
    sent = SimpleUploadedFile("paper.pdf", made + b" ", "application/pdf")
    assert "不一致" in client.post(page, {"file": sent}).text
    assert "请先选择" in client.post(page).text


def test_a_paper_taken_back_says_so_and_which_one_stands_instead(client, submitted, doing, cast):
    actions.accept(submitted.pk, doing(cast.li_chuang, "2024-03-05 10:00"))
    old, new = Paper.objects.order_by("pk")
    head = Account.objects.create_user(username="head")
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    take_back(old.pk, "文号印错。", Doing(head, timezone.now(), "p:once", "head"), instead=new)
    page = client.get(reverse("portal:check", args=[old.check_code])).text
    assert "已被收回" in page
    assert new.number in page
