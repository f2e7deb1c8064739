"""What the applicant does on the page of a case: rate, withdraw, ask for a change or a renewal."""

import pytest
import time_machine
from django.urls import reverse

from openhall.appraisal.models import Rating
from openhall.permits.models import Licence, LicenceRequest
from tests.factories.pages import read
from tests.factories.traces import no_trace, once, refused, refused_to


@pytest.fixture
def mine(client, cast):
    """The page of a case as 王芳 has it."""
    return lambda case, *act: read(
        client,
        reverse("portal:case_act" if act else "portal:case", args=[case.number, *act]),
        cast.wang_fang,
    )


def test_the_service_is_rated_once_and_a_fault_stands_beside_its_field(mine, walk, cast):
    case = walk.delivered()
    with no_trace():
        refused(mine(case).form("提交评价").send(), "是否满意", "请选择")
        bad = mine(case).form("提交评价").fill({"是否满意": "非常不满意"}).send()
        assert bad.status == 422
    form = mine(case).form("提交评价").fill({"是否满意": "非常满意"})
    done = once(form)
    assert "非常满意" in done.words
    assert Rating.objects.get().score == 5
    assert not mine(case).offers("提交评价")


def test_who_was_served_may_withdraw_no_more_and_others_never(mine, walk, cast):
    case = walk.accepted()
    form = mine(case).form("撤回申请")
    refused_to(form, [cast.sun_pi, cast.zhou_wai])
    once(form)
    assert "撤回" in mine(case).words
    assert not mine(case).offers("撤回申请")


def test_the_address_of_an_act_shows_the_page_with_the_act_open(mine, walk):
    case = walk.accepted()
    page = mine(case, "withdraw")
    assert page.status == 200
    assert page.soup.select_one("form[action$='/withdraw/'] details").has_attr("open")
    assert mine(case, "crown").status == 404


@pytest.fixture
def permit(cast, walk) -> Licence:
    """A permit of one year, asked about in its last months."""
    cast.version.result_kind, cast.version.result_validity = "1", "1年"
    cast.version.save()
    walk.issued()
    return Licence.objects.get()


def test_a_change_and_a_renewal_are_asked_for_by_the_holder(mine, permit, client, cast):
    case = permit.case
    with time_machine.travel("2024-12-02T10:00:00+08:00", tick=False):
        page = mine(case)
        with no_trace():
            refused(page.form("申请变更").send(), "变更", "请填写")
        once(page.form("申请变更").fill({"变更": "住所变更为锦江区东大街1号。"}))
        asked = LicenceRequest.objects.get()
        assert (asked.kind, "东大街" in asked.words) == ("change", True)
        assert not mine(case).offers("申请延续")
        decided = reverse("office:licence", args=[cast.organ.code, "decider", permit.pk])
        form = read(client, decided, cast.sun_pi).form("确认：决定").fill({"决定": "准予"})
        refused_to(form, [cast.wang_fang, cast.li_chuang, cast.zhou_wai, None])
        once(form)
        assert LicenceRequest.objects.get().granted is True
        once(mine(case).form("申请延续"))
        assert LicenceRequest.objects.filter(kind="renewal").count() == 1


def test_a_permit_is_revoked_with_its_ground_and_the_page_keeps_what_was_typed(
    client, cast, permit
):
    address = reverse("office:licence", args=[cast.organ.code, "decider", permit.pk])
    page = read(client, address, cast.sun_pi)
    with no_trace():
        short = page.form("确认：撤销").fill({"事实和理由": "短"}).send()
    assert (short.status, "短" in str(short.soup)) == (422, True)
    assert short.soup.title.get_text(strip=True).startswith("未办理")
    assert read(client, f"{address}revoke/").status == 200
