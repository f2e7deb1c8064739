"""Questions, calls and ratings on the desk: each act at its own desk, nothing lost, all masked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.appraisal.models import Rating
from openhall.enquiries.models import AnswerLimits, Call, Enquiry
from tests.factories.pages import read
from tests.rooms.appraisal.conftest import *  # noqa: F403
from tests.rooms.enquiries.conftest import *  # noqa: F403
from tests.rooms.enquiries.conftest import ANSWER

WHY = "属于供水水质，不是社会组织登记。"


def at(client, account, page, *args):
    account.is_official = True
    account.save()
    return read(client, reverse(f"office:{page}", args=args), account)


def acts(client, account, page, args, act, **typed):
    client.force_login(account)
    sent = {f"{act}-{name}": value for name, value in typed.items()}
    return client.post(reverse(f"office:{page}", args=[*args, act]), sent | {"key": f"k-{act}"})


@pytest.fixture
def official(cast, he_jie, bian_ji, qin_guan, lin_shui):
    people = [cast.li_chuang, cast.zhao_cheng, cast.sun_pi, he_jie, bian_ji, qin_guan, lin_shui]
    for one in people:
        one.is_official = True
        one.save()


def test_a_question_goes_from_the_queue_to_its_answer(client, cast, official, asked):
    enquiry = asked()
    listed = at(client, cast.zhao_cheng, "enquiries", "cd-civil", "handler")
    assert enquiry.number in listed.words
    args = ["cd-civil", "handler", enquiry.number]
    page = at(client, cast.zhao_cheng, "enquiry", *args)
    assert "王**" in page.words
    assert "138****5678" in page.words
    short = acts(client, cast.zhao_cheng, "enquiry_act", args, "draft", words="行")
    assert (short.status_code, "不少于10个字" in short.text) == (422, True)
    drafted = acts(client, cast.zhao_cheng, "enquiry_act", args, "draft", words=ANSWER)
    assert drafted.status_code == 303
    args = ["cd-civil", "decider", enquiry.number]
    assert acts(client, cast.sun_pi, "enquiry_act", args, "send").status_code == 303
    assert Enquiry.objects.get().state == "answered"


def test_another_unit_does_not_open_it_and_a_transfer_leaves_for_the_queue(
    client, cast, official, asked, water, lin_shui
):
    enquiry = asked()
    there = ["cd-water", "handler", enquiry.number]
    assert at(client, lin_shui, "enquiry", *there).status == 403
    args = ["cd-civil", "window", enquiry.number]
    typed = {"organ": water.pk, "reason": WHY}
    done = acts(client, cast.li_chuang, "enquiry_act", args, "transfer", **typed)
    assert done.url == reverse("office:enquiries", args=["cd-civil", "window"])
    assert at(client, lin_shui, "enquiry", *there).status == 200
    assert at(client, cast.li_chuang, "enquiry", *args).status == 403


def test_the_publisher_sees_what_is_hidden_and_confirms(client, official, answered, bian_ji):
    enquiry = answered()
    args = ["cd-civil", "editor", enquiry.number]
    page = at(client, bian_ji, "enquiry", *args)
    form = page.form("公开")
    assert "13812345678（电话" in page.words
    form.send()
    shown = Enquiry.objects.get()
    assert shown.public_text == "我叫〔姓名〕，电话〔电话〕，想成立一个志愿者协会，要办多久？"


def test_the_window_writes_down_a_call_and_reads_the_code_once(client, cast, official, centre):
    client.force_login(cast.li_chuang)
    typed = {
        "came_by": "phone",
        "subject_line": "登记要多长时间？",
        "text": "想成立一个志愿者协会，要办多久？",
        "organ": cast.organ.pk,
        "told_by": "none",
    }
    sent = {f"ask-{name}": value for name, value in typed.items()} | {"key": "t"}
    address = reverse("office:enquiry_take", args=["cd-civil", "window"])
    assert client.get(address).status_code == 200
    done = client.post(address, sent)
    enquiry = Enquiry.objects.get()
    assert done.url == reverse("office:enquiry_taken", args=["cd-civil", "window", enquiry.number])
    assert enquiry.code[:4] in client.get(done.url).text
    client.force_login(cast.zhao_cheng)
    other = reverse("office:enquiry_taken", args=["cd-civil", "handler", enquiry.number])
    assert client.get(other).status_code == 403


def test_the_centre_names_the_unit(client, cast, official, asked, qin_guan):
    enquiry = asked(organ=None)
    args = ["cd-hall", "centre_manager", enquiry.number]
    typed = {"organ": cast.organ.pk, "reason": "社会组织登记的事。"}
    assert acts(client, qin_guan, "enquiry_act", args, "assign", **typed).status_code == 303


def test_a_call_is_begun_by_one_and_announced_by_another(client, official, bian_ji, he_jie):
    listing = reverse("office:calls", args=["cd-civil", "editor"])
    client.force_login(bian_ji)
    assert client.get(listing).status_code == 200
    until = (timezone.localdate() + timedelta(days=40)).isoformat()
    words = {
        "name": "调整窗口服务时间的意见征集",
        "text": "拟将窗口服务时间调整为中午不间断，现征求社会各方面意见。" * 3,
        "decides": "由局务会决定",
        "until": until,
    }
    sent = {f"begin-{name}": value for name, value in words.items()} | {"key": "b"}
    address = reverse("office:calls_act", args=["cd-civil", "editor", "begin"])
    wrong = client.post(address, sent | {"begin-text": "太短"})
    assert wrong.status_code == 422
    assert client.post(address, sent | {"key": "b2"}).status_code == 303
    call = Call.objects.get()
    args = ["cd-civil", "head", call.number]
    assert acts(client, he_jie, "call_act", args, "announce").status_code == 303
    public = reverse("portal:call", args=[call.number])
    assert client.get(public).status_code == 200
    said = {"opinion-text": "中午不间断很好，方便上班的人。", "key": "o"}
    client.logout()
    assert client.post(public, said).status_code == 303
    assert "中午不间断很好" not in client.get(public).text


def test_the_government_office_sets_limits(client, fu_ban):
    fu_ban.is_official = True
    fu_ban.save()
    client.force_login(fu_ban)
    page = reverse("office:answer_limits", args=["cd-zfb"])
    assert client.get(page).status_code == 200
    typed = {
        "since": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "answer_days": 3,
        "clarify_days": 10,
        "transfers": 1,
        "call_days": 30,
        "report_days": 20,
        "basis": "成府办函〔2026〕8号",
    }
    sent = {f"publish-{name}": value for name, value in typed.items()} | {"key": "l"}
    done = client.post(reverse("office:answer_limits_act", args=["cd-zfb", "publish"]), sent)
    assert done.status_code == 303
    assert AnswerLimits.objects.get().answer_days == 3


def test_a_bad_rating_shows_no_rater_and_its_case_only_to_who_verifies(
    client, official, bad, cast, he_jie, kong_he
):
    kong_he.is_official = True
    kong_he.save()
    args = ["cd-civil", "head", bad.number]
    listed = at(client, he_jie, "ratings", "cd-civil", "head")
    assert bad.number in listed.words
    page = at(client, he_jie, "rating", *args)
    assert bad.case.number not in page.words
    assert "王芳" not in page.words
    done = acts(client, he_jie, "rating_act", args, "assign", officer=kong_he.pk)
    assert done.status_code == 303
    assert Rating.objects.get().state == "assigned"
    given = at(client, kong_he, "rating", "cd-civil", "handler", bad.number)
    assert bad.case.number in given.words
    assert at(client, cast.zhao_cheng, "rating", "cd-civil", "handler", bad.number).status == 403


def test_the_six_figures_open_in_both_languages(client, bad):
    names = ("good", "active", "unrated", "replied", "rectified", "content")
    overview = reverse("portal:ratings")
    opens = [reverse("portal:rating_figure", args=["cd-civil", "2024-03", one]) for one in names]
    for language in ("", "/en"):
        page = client.get(f"{language}{overview}?month=2024-03")
        assert page.status_code == 200
        for name, there in zip(names, opens, strict=True):
            # Who took part is told at once; how good it was is hidden here, and its page says so.
            assert (language + there in page.text) == (name in ("active", "unrated"))
            behind = client.get(language + there)
            assert behind.status_code == 200, (language, there)
            assert bad.case.number not in behind.text
