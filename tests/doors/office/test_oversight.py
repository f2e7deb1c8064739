"""The oversight desks: who sees what, and nothing of another unit or of a complainant leaks."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.ledger.actions import seal
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.supervision import actions
from openhall.supervision.models import Card, CaseFileReview
from openhall.supervision.terms import ComplaintAbout, SheetLine
from tests.factories.pages import read
from tests.factories.traces import no_trace, once
from tests.rooms.supervision.conftest import *  # noqa: F403

PAGES = (
    "oversight",
    "oversight_cards",
    "oversight_complaints",
    "oversight_issues",
    "oversight_draws",
    "oversight_scores",
    "oversight_rules",
    "oversight_late",
)


@pytest.fixture
def card(decided):
    decided("2024-03-20")
    actions.observe()
    return Card.objects.get(code="over-promise")


def at(name, organ, desk, *more):
    return reverse(f"office:{name}", args=[organ.code, desk, *more])


def test_each_oversight_desk_reads_every_page(client, card, bureau, legal_office, cast):
    for organ, desk in (
        (bureau, "supervision"),
        (bureau, "inspector"),
        (legal_office, "legal"),
    ):
        account = Account.objects.create_user(username=f"{desk}-1")
        appoint(account, organ, Desk(desk), date(2003, 1, 1))
        client.force_login(account)
        for name in PAGES:
            assert client.get(at(name, organ, desk)).status_code == 200, (desk, name)
        assert card.number in client.get(at("oversight_cards", organ, desk)).text
        page = client.get(at("oversight_card", organ, desk, card.number)).text
        assert "超过3个工作日" in page


@pytest.mark.parametrize("desk", ["window", "handler", "decider"])
def test_other_desks_have_no_part(client, cast, card, desk):
    client.force_login(
        {"window": cast.li_chuang, "handler": cast.zhao_cheng}.get(desk, cast.sun_pi)
    )
    assert client.get(at("oversight", cast.organ, desk)).status_code == 403


def test_a_head_answers_for_his_own_unit_and_reads_no_other(client, card, cast, he_jie, bureau):
    client.force_login(he_jie)
    address = at("oversight_card_act", cast.organ, "head", card.number, "explain")
    short = client.post(address, {"explain-words": "短", "key": "k1"})
    assert (short.status_code, "不少于10个字" in short.text, "短" in short.text) == (
        422,
        True,
        True,
    )
    long = client.post(address, {"explain-words": "经核查属实，已调整岗位。", "key": "k2"})
    assert long.status_code == 303
    assert f'action="{address}"' in short.text  # also from the page of a refusal
    card.refresh_from_db()
    assert card.state == "explained"
    other = Account.objects.create_user(username="other-head")
    appoint(other, bureau, Desk.HEAD, date(2003, 1, 1))
    client.force_login(other)
    assert client.get(at("oversight_card", bureau, "head", card.number)).status_code == 403
    assert card.number not in client.get(at("oversight_cards", bureau, "head")).text


def test_the_head_has_no_ruling_to_click(client, card, cast, he_jie):
    client.force_login(he_jie)
    page = client.get(at("oversight_card", cast.organ, "head", card.number)).text
    assert at("oversight_card_act", cast.organ, "head", card.number, "explain") in page
    assert "uphold/" not in page
    posted = client.post(
        at("oversight_card_act", cast.organ, "head", card.number, "uphold"),
        {"uphold-words": "情况属实，认定成立，请整改。"},
    )
    assert posted.status_code == 404
    card.refresh_from_db()
    assert card.state == "raised"


def test_a_complainant_is_masked_at_every_desk(client, cast, doing, bureau, song_jian, he_jie):
    said = actions.Grievance(
        ComplaintAbout.WINDOW,
        cast.organ,
        "三号窗口一直空着没有人。",
        name="欧阳丽华",
        phone="13812345678",
    )
    complaint = actions.complain(said, doing(None, "2026-11-19 09:00"))
    client.force_login(song_jian)
    page = client.get(at("oversight_complaint", bureau, "supervision", complaint.number)).text
    assert "欧***" in page
    assert "欧阳丽华" not in page
    assert "13812345678" not in page
    assert complaint.code not in page
    client.force_login(he_jie)  # not accepted yet: the unit does not see it
    address = at("oversight_complaint", cast.organ, "head", complaint.number)
    assert client.get(address).status_code == 403


def test_a_sheet_is_prefilled_signed_once_and_then_only_read(
    client, decided, legal_office, zheng_fa, doing, he_jie
):
    case = decided("2024-03-12")
    draw = actions.announce_draw(
        date(2024, 3, 1), 1, timezone.now(), doing(zheng_fa, "2026-11-20 09:00")
    )
    seal()
    client.force_login(zheng_fa)
    take = read(client, at("oversight_draw", legal_office, "legal", draw.number))
    assert once(take.form("抽取")).done
    review = CaseFileReview.objects.get(case=case)
    sheet = read(client, at("oversight_sheet", legal_office, "legal", review.pk))
    assert "办件记录显示" in sheet.words
    form = sheet.form("签字")
    for line in SheetLine:
        form.typed[f"sign-{line.value}"] = review.lines[line.value]["auto"] or "yes"
        form.typed[f"sign-remark-{line.value}"] = "与案卷比对属实。"
    whole = dict(form.typed)
    first, second = list(SheetLine)[:2]
    form.typed |= {f"sign-{first.value}": "", f"sign-{second.value}": ""}
    with no_trace():
        unanswered = form.send(key="s1")
    assert unanswered.status == 422
    for line in (first, second):  # all at once, each beside its own line
        assert f"请填写“{line.zh}”" in unanswered.words
    form.typed = whole
    assert once(form).done
    assert not read(client, sheet.address).offers("签字")
    client.force_login(he_jie)
    assert client.get(at("oversight_draws", he_jie.posts.get().organ, "head")).status_code == 403


def test_the_list_of_cards_costs_the_same_for_one_and_for_many(
    client, decided, bureau, song_jian, django_assert_num_queries
):
    client.force_login(song_jian)
    address = at("oversight_cards", bureau, "supervision")
    decided("2024-03-20")
    actions.observe()
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    for n in range(2, 8):
        decided("2024-03-20", n=n)
    actions.observe()
    assert Card.objects.count() > 25
    with django_assert_num_queries(QUERIES):
        page = client.get(address)
    assert "after=" in page.text


QUERIES = 4  # session, account, post, the page
