"""Supervision in public: every figure opens, nobody is named; complaining and following it."""

import pytest
from django.urls import reverse
from django.utils import translation

from openhall.ledger.actions import seal
from openhall.supervision import actions
from openhall.supervision.models import Card, Complaint
from tests.factories.pages import read
from tests.factories.traces import refused
from tests.rooms.supervision.conftest import *  # noqa: F403

WHY = "经办人员赵承临时变动，交接不及时。"


def test_the_overview_opens_to_the_unit_the_card_the_case_and_the_proof(
    client, decided, doing, he_jie
):
    case = decided("2024-03-20")
    actions.observe()
    card = Card.objects.get(code="over-promise")
    actions.explain(card.pk, WHY, doing(he_jie, "2026-11-20 09:00"))
    seal()
    overview = client.get(reverse("portal:oversight") + "?month=2024-03").text
    unit = reverse("portal:oversight_unit", args=["cd-civil", "2024-03"])
    assert unit in overview
    page = reverse("portal:oversight_card", args=[card.number])
    assert page in client.get(unit).text
    shown = client.get(page).text
    assert "超过3个工作日" in shown
    assert reverse("portal:public_case", args=[case.number]) in shown
    assert "赵承" not in shown  # what was written stays between unit and Bureau
    assert reverse("portal:entry", args=[0])[:-2] in shown


def test_every_public_page_answers_also_when_nothing_was_found(client, db):
    names = ("oversight", "oversight_rules", "draws", "rectification", "lag", "complain")
    addresses = [reverse(f"portal:{name}") for name in names]
    with translation.override("zh-hans"):  # a request leaves its language behind
        for address in addresses:
            assert client.get(address).status_code == 200, address
            assert client.get("/en" + address).status_code == 200, address


def test_late_entries_open_to_their_cases(client, decided):
    case = decided("2024-03-12")
    actions.measure()
    page = client.get(reverse("portal:lag") + "?month=2024-03").text
    unit = reverse("portal:lag_unit", args=["cd-civil", "2024-03"])
    assert unit in page
    assert case.number in client.get(unit).text


def complain(client, **more):
    typed = {"about": "window", "text": "三号窗口一直空着没有人。"} | more
    sent = {f"complain-{name}": value for name, value in typed.items()} | {"key": "c1"}
    return client.post(reverse("portal:complain"), sent)


def test_a_complaint_is_sent_followed_by_its_code_and_closed_to_others(client, cast):
    wrong = complain(client)
    assert (wrong.status_code, "请选择单位" in wrong.text) == (422, True)
    sent = complain(client, organ=cast.organ.pk, name="王芳", phone="13812345678")
    complaint = Complaint.objects.get()
    assert sent.url == reverse("portal:complaint", args=[complaint.number])
    assert complain(client, organ=cast.organ.pk, name="王芳", phone="13812345678").url == sent.url
    assert Complaint.objects.count() == 1  # the second click
    code = "-".join(complaint.code[n : n + 4] for n in (0, 4, 8))
    assert code in client.get(sent.url).text
    client.cookies.clear()
    assert client.get(sent.url).status_code == 403
    client.post(reverse("portal:follow_complaint"), {"code": code.lower()})
    assert client.get(sent.url).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"about": ""}, "about", "请说明是关于什么的"),
        ({"about": "case"}, "case", "请填写办件编号，编号在回执上。"),
        ({"about": "case", "case": "20240101-00000000"}, "case", "没有这个编号的办件"),
        ({"about": "item", "item": "X-1"}, "item", "没有这样的事项"),
        ({"about": "item"}, "item", "请写事项名称"),
        ({"text": ""}, "text", "请写明发生了什么。"),
        ({"text": "太慢了"}, "text", "至少写10个"),
    ],
)
def test_every_fault_of_a_complaint_stands_beside_its_field_and_nothing_is_lost(
    client, cast, typed, field, sentence
):
    typed = {"organ": cast.organ.pk, "window": "三号窗口"} | typed
    refused = complain(client, **typed)
    assert refused.status_code == 422
    assert sentence in str(refused.context["tried"].errors[field])
    assert 'value="三号窗口"' in refused.text
    assert not Complaint.objects.exists()


def test_a_matter_is_named_in_words_and_chosen_where_several_are_called_so(client, walk):
    version = walk.submitted().item_version
    wanted = {"about": "item", "item": version.name[:2]}
    sent = complain(client, **wanted)
    if sent.status_code == 422:  # several begin so: they are offered, each with its unit
        offered = dict(sent.context["tried"].fields["item"].choices)
        assert version.item.code in offered
        assert "请选择您说的那一个" in str(sent.context["tried"].errors["item"])
        sent = complain(client, **wanted | {"item": version.item.code})
    assert sent.status_code == 302 or sent.status_code == 303
    assert Complaint.objects.get().item == version.item
    page = client.get(reverse("portal:complain") + f"?item={version.item.code}")
    (offer,) = page.context["acts"]
    assert [code for code, _name in offer.fields["item"].choices] == [version.item.code]


def test_the_address_of_the_complaint_form_is_read_and_knows_what_it_is_about(client, walk):
    case = walk.submitted()
    page = client.get(reverse("portal:complain") + f"?case={case.number}")
    (offer,) = page.context["acts"]
    assert (offer.initial["about"], offer.initial["case"]) == ("case", case.number)
    assert "---------" not in page.text


def test_the_answer_is_read_only_after_its_review_and_the_complainant_decides(
    client, cast, doing, he_jie, song_jian
):
    complain(client, organ=cast.organ.pk)
    complaint = Complaint.objects.get()
    assert not complaint.real_name
    page = reverse("portal:complaint", args=[complaint.number])
    actions.accept_complaint(complaint.pk, doing(song_jian, "2026-11-20 09:00"))
    actions.answer_complaint(
        complaint.pk, "已增开窗口，并安排了轮值。", doing(he_jie, "2026-11-20 10:00")
    )
    assert "已增开窗口" not in client.get(page).text
    actions.pass_complaint(complaint.pk, True, doing(song_jian, "2026-11-20 11:00"))
    assert "已增开窗口" in client.get(page).text
    answered = read(client, page)
    again = answered.form("要求再办").fill({"没有解决": "没有"}).send()
    refused(again, "没有解决", "不少于")
    assert again.form("已经解决").send().done
    complaint.refresh_from_db()
    assert complaint.state == "satisfied"
    ledger = client.get(reverse("portal:rectification")).text
    assert "投诉属实" in ledger
    assert complaint.number not in ledger
