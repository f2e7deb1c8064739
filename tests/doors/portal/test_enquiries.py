"""Asking in public: offered the answer first, asked, followed by code, published, counted."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from openhall.enquiries import actions
from openhall.enquiries.models import Enquiry
from tests.rooms.enquiries.conftest import *  # noqa: F403
from tests.rooms.enquiries.conftest import ANSWER, TEXT, TITLE


def ask(client, **more):
    typed = {"subject_line": TITLE, "text": TEXT, "told_by": "none"} | more
    sent = {f"enquire-{name}": value for name, value in typed.items()} | {"key": "q1"}
    return client.post(reverse("portal:enquire"), sent)


@pytest.fixture
def public(answered, bian_ji, doing):
    def make(**more):
        enquiry = answered(**more)
        found = actions.publishing.proposed(enquiry)
        places = frozenset(f"{part}:{one.place}" for part, one in found)
        by = doing(bian_ji, "2026-11-05 09:00")
        actions.publish(enquiry.pk, actions.Hiding(places, (), "无"), by)
        enquiry.refresh_from_db()
        return enquiry

    return make


def test_a_question_is_sent_followed_by_its_code_and_closed_to_others(client, cast, centre):
    wrong = ask(client, text="")
    assert (wrong.status_code, "请写明具体情况" in wrong.text) == (422, True)
    sent = ask(client, organ=cast.organ.pk)
    enquiry = Enquiry.objects.get()
    assert sent.url == reverse("portal:enquiry", args=[enquiry.number])
    assert ask(client, organ=cast.organ.pk).url == sent.url
    assert Enquiry.objects.count() == 1  # the second click
    code = "-".join(enquiry.code[n : n + 4] for n in (0, 4, 8))
    assert code in client.get(sent.url).text
    client.cookies.clear()
    assert client.get(sent.url).status_code == 403
    assert client.post(reverse("portal:track"), {"code": code.lower()}).url == sent.url
    assert client.get(sent.url).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"subject_line": ""}, "subject_line", "请写明想知道什么"),
        ({"subject_line": "问"}, "subject_line", "请用4到60个字"),
        ({"text": "急"}, "text", "至少写8个"),
        ({"told_by": "sms", "address": "028-12345"}, "address", "11位中国大陆手机号码"),
        ({"told_by": "email", "address": "wang"}, "address", "电子邮件地址不完整"),
    ],
)
def test_every_fault_stands_beside_its_field_and_nothing_is_lost(
    client, cast, centre, typed, field, sentence
):
    refused = ask(client, **({"name": "王小芳"} | typed))
    assert refused.status_code == 422
    assert sentence in str(refused.context["tried"].errors[field])
    assert 'value="王小芳"' in refused.text
    assert not Enquiry.objects.exists()


def test_a_published_answer_is_offered_before_one_asks_and_found_by_the_search(client, public):

    enquiry = public()
    page = reverse("portal:answer", args=[enquiry.number])
    first = client.get(reverse("portal:enquire"))
    assert first.context["begun"].ready is False
    offered = client.get(reverse("portal:enquire") + "?q=社会团体登记要多久")
    assert page in offered.text
    assert page in client.get(reverse("portal:enquiry_similar") + "?q=社会团体登记要多久").text
    assert page in client.get(reverse("portal:search") + "?q=社会团体登记要多久").text
    shown = client.get(page).text
    assert ANSWER in shown
    for private in ("王小芳", "13812345678"):
        assert private not in shown


def test_figures_open_and_what_is_overdue_stands_in_public(client, asked, cast, public):
    public()
    late = asked(at="2026-10-12 09:00", text=TEXT + "急。")
    figures = client.get(reverse("portal:enquiry_figures")).text
    for measure in ("asked", "on_time", "late", "overdue", "helped"):
        opens = reverse("portal:enquiry_figure", args=["cd-civil", measure])
        assert opens in figures
        assert client.get(opens).status_code == 200
    overdue = client.get(reverse("portal:enquiries_overdue")).text
    assert late.number in overdue
    assert TITLE not in overdue  # what was asked is nobody else's to read
    unit = client.get(reverse("portal:enquiry_unit", args=["cd-civil"])).text
    assert reverse("portal:enquiry_figure", args=["cd-civil", "overdue"]) in unit
    assert client.get(reverse("portal:enquiry_figure", args=["cd-civil", "x"])).status_code == 404


def test_every_public_page_answers_also_when_nothing_was_asked(client, db):
    names = ("enquiries", "enquire", "enquiry_figures", "enquiries_overdue", "calls")
    addresses = [reverse(f"portal:{name}") for name in names]
    with translation.override("zh-hans"):
        for address in addresses:
            assert client.get(address).status_code == 200, address
            assert client.get("/en" + address).status_code == 200, address


def test_the_asker_adds_says_whether_it_helped_follows_up_and_takes_consent_back(
    client, asked, cast, doing, public
):
    enquiry = asked(may_publish=False)
    client.post(reverse("portal:track"), {"code": enquiry.code})
    page = reverse("portal:enquiry", args=[enquiry.number])
    zhao, sun = cast.zhao_cheng, cast.sun_pi
    actions.ask_to_clarify(enquiry.pk, "请说明是哪一类组织。", doing(zhao, "2026-11-03 09:00"))
    assert "请说明是哪一类组织。" in client.get(page).text

    def act(name, key, **typed):
        sent = {f"{name}-{field}": value for field, value in typed.items()}
        return client.post(f"{page}{name}/", sent | {"key": key})

    assert act("clarify", "c", words="是志愿服务类的社会团体。").status_code == 303
    actions.draft(enquiry.pk, ANSWER, doing(zhao, "2026-11-20 09:10"))
    assert ANSWER not in client.get(page).text  # not before its review
    actions.send_answer(enquiry.pk, doing(sun, "2026-11-20 09:20"))
    assert ANSWER in client.get(page).text
    assert act("find_helpful", "h").status_code == 422
    assert act("find_helpful", "h2", helped="yes").status_code == 303
    assert act("follow_up", "f", words="急").status_code == 422
    assert act("follow_up", "f2", words="要多少会员才可以登记？").status_code == 303
    after = Enquiry.objects.get(follows=enquiry)
    assert after.number in client.get(page).text
    open_one = public(at="2026-11-02 10:00")
    client.post(reverse("portal:track"), {"code": open_one.code})
    gone = reverse("portal:answer", args=[open_one.number])
    assert client.get(gone).status_code == 200
    mine = reverse("portal:enquiry", args=[open_one.number])
    client.post(f"{mine}take_down/", {"key": "t"})
    assert client.get(gone).status_code == 404
    assert date(2026, 11, 20) >= after.due or after.due
