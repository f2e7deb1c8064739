"""Following one joint application: one code, every unit, one timeline; one supplement for all."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openhall.cases.actions import Point
from openhall.joint import actions as joint
from openhall.joint.models import JointCase
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from tests.factories.odd_files import pdf
from tests.factories.restaurant import REASON, restaurant

pytestmark = pytest.mark.django_db
PDF = pdf()


def recent(days: int = 1, hour: int = 9) -> str:
    on = timezone.localdate() - timedelta(days=days)
    return f"{on:%Y-%m-%d} {hour:02d}:00"


def tracked(client, whole):
    answer = client.post(reverse("portal:track"), {"code": whole.query_code})
    assert answer.url == reverse("portal:joint_case", args=[whole.number])
    return client.get(answer.url)


def test_one_code_shows_every_unit_with_its_limit_its_opinion_the_fees_and_the_meeting(client):
    r = restaurant("meeting")
    whole = r.accepted(r.apply(recent(5)), recent(4))
    r.signed(whole, "消防", recent(4, 15))
    r.says(whole, "消防", moment=recent(3))
    joint.call_meeting(
        whole.pk,
        timezone.now() + timedelta(hours=2),
        "锦里1号",
        r.doing(r.of("市监", Desk.HANDLER), recent(2)),
    )
    page = tracked(client, whole).text
    for unit in ("市监", "消防", "水务"):
        task = r.task(whole, unit)
        assert task.organ.name in page
        assert reverse("portal:case", args=[task.case.number]) in page
        assert client.get(reverse("portal:case", args=[task.case.number])).status_code == 200
    for said in (
        "同意",
        "排水检测费",
        "川价发〔2003〕8号",
        "联审会议",
        "20个工作日",
        "收费一次告知书",
    ):
        assert said in page, said
    assert "锦里1号" not in page  # where officials meet is not the applicant's to attend


def test_no_code_no_page_and_a_stranger_is_refused(client):
    r = restaurant()
    whole = r.apply(recent(3))
    address = reverse("portal:joint_case", args=[whole.number])
    assert client.get(address).status_code == 403
    client.force_login(Account.objects.create_user(username="stranger"))
    assert client.get(address).status_code == 403
    client.force_login(r.wang)
    assert client.get(address).status_code == 200
    assert client.get(reverse("portal:joint_case", args=["L20240101-00000000"])).status_code == 404


def test_opinions_inside_the_house_stay_inside(client):
    r = restaurant()
    whole = r.accepted(r.apply(recent(3)), recent(2))
    r.signed(whole, "水务", recent(2, 15))
    r.says(whole, "水务", "disagree", REASON, moment=recent(1))
    page = tracked(client, whole).text
    assert "不同意" in page
    assert REASON not in page
    notice = Paper.objects.get(about=whole.tasks.get(position=3).case.number, kind="joint_notice")
    paper = reverse("portal:paper", args=[notice.about, notice.pk])
    assert client.get(paper).status_code == 403


def test_my_matters_lists_the_whole_once_and_its_receipt_says_the_one_code(client):
    r = restaurant()
    whole = r.apply(recent(1))
    client.force_login(r.wang)
    assert whole.number in client.get(reverse("portal:mine")).text
    page = client.get(reverse("portal:joint_sent", args=[whole.number])).text
    code = whole.query_code
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in page
    case = r.task(whole, "消防").case
    page = client.get(reverse("portal:case", args=[case.number])).text
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in page
    assert case.query_code[:4] + "-" + case.query_code[4:8] not in page


def test_what_is_missing_is_answered_unit_by_unit_and_sent_once(client):
    r = restaurant()
    whole = r.apply(recent(3))
    fire, water = r.task(whole, "消防").case, r.task(whole, "水务").case
    joint.ask_joint_supplement(
        whole.pk,
        {
            fire.pk: [Point("经营场所证明没有盖章，请更换。", material="premises")],
            water.pk: [Point("经营场所证明已经过期，请更换。", material="premises")],
        },
        r.doing(r.of("市监", Desk.WINDOW), recent(2)),
    )
    client.force_login(r.wang)
    here = reverse("portal:joint_supplement", args=[whole.number])
    page = client.get(here).text
    assert page.count("尚缺") == 2
    refused = client.post(here, {"key": "s-1"})
    assert refused.status_code == 422
    assert "请补交" in refused.text
    for case in (fire, water):
        sent = client.post(
            reverse("portal:supplement", args=[case.number]),
            {"premises": SimpleUploadedFile("证明.pdf", PDF), "key": f"k-{case.pk}"},
        )
        assert sent.url == here, sent.content
    assert "尚缺" not in client.get(here).text
    done = client.post(here, {"key": "s-2"})
    assert done.url == reverse("portal:joint_case", args=[whole.number])
    assert Paper.objects.filter(kind=PaperKind.SUPPLEMENTED.value).count() == 1
    fire.refresh_from_db()
    assert fire.stage == "supplemented"


def test_the_applicant_withdraws_the_whole(client):
    r = restaurant()
    whole = r.apply(recent(1))
    client.force_login(r.wang)
    address = reverse("portal:joint_act", args=[whole.number, "withdraw"])
    client.post(address, {"key": "w"})
    assert JointCase.objects.get(pk=whole.pk).closed_at is not None
    assert client.post(address, {"key": "w-again"}).status_code == 422


@pytest.mark.parametrize("in_english", [False, True])
def test_the_page_speaks_both_languages(client, in_english):
    r = restaurant()
    whole = r.accepted(r.apply(recent(3)), recent(2))
    client.force_login(r.wang)
    address = reverse("portal:joint_case", args=[whole.number])
    page = client.get(f"/en{address}" if in_english else address).text
    assert ("Opening a restaurant" in page) == in_english
    assert ("开办餐馆" in page) == (not in_english)


def test_what_the_applicant_did_is_not_put_down_to_the_lead(client):
    r = restaurant()
    whole = r.accepted(r.apply(recent(3)), recent(2))
    said = "".join(tracked(client, whole).text.split())
    assert "联合申请·申请人·" in said
    assert "统一受理并抄送联办通知·市市场监管局·" in said
