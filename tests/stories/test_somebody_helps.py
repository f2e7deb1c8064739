"""帮办代办, 跨域通办: a named helper, a limit, papers handed on and received, the case linked."""

import pytest
from django.urls import reverse

from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.hall.actions import errands
from openhall.hall.kinds import ERRAND
from openhall.hall.models import Errand
from openhall.hall.terms import ErrandKind, ErrandState
from openhall.organs.actions import found as found_organ
from openhall.organs.terms import Desk
from tests.factories.hall import doing, furnished, seated
from tests.factories.hand_edits import unseen
from tests.factories.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ)


def taken(there, kind, organ, **more):
    clerk = there.clerks[0]
    words = "老人要办高龄津贴，行动不便"
    return errands.take_over(there.hall, kind, organ, clerk, words, doing(clerk), **more)


def test_papers_for_another_district_are_handed_on_received_and_told(there, client):
    other = found_organ(
        code="cd-510105-spj", kind="bureau", name="青羊区行政审批局", short_name="青审"
    )
    theirs = seated("qingyang", other, Desk.WINDOW)
    clerk = there.clerks[0]
    with pytest.raises(Refused, match="就在本大厅"):
        taken(there, ErrandKind.CROSS, there.unit, papers="身份证复印件")
    with pytest.raises(Refused, match="列出收到的材料"):
        taken(there, ErrandKind.CROSS, other)
    made = taken(there, ErrandKind.CROSS, other, papers="身份证复印件\n申请表", name="王芳")
    with pytest.raises(Refused, match="对方接收以后"):
        errands.finish(made.pk, "已经办好。", doing(clerk))
    with pytest.raises(Refused, match="帮办人员"):
        errands.hand_on(made.pk, doing(there.clerks[1]))
    errands.hand_on(made.pk, doing(clerk))
    with pytest.raises(Refused, match="接收单位"):
        errands.receive(made.pk, doing(clerk))

    client.force_login(theirs)
    at = "/office/cd-510105-spj/window/errands/"
    assert "申请表" in client.get(at).content.decode()
    act = f"receive-{made.pk}"
    assert client.post(f"{at}{act}/", {"key": "c-1"}).status_code == 303
    errands.finish(made.pk, "青羊区已受理，结果邮寄给本人。", doing(clerk))
    made.refresh_from_db()
    assert (made.state, made.received_by) == (ErrandState.DONE, theirs)


def test_who_goes_in_anothers_place_has_it_in_writing_and_links_the_case(there, walk, client):
    clerk = there.clerks[0]
    with pytest.raises(Refused, match="书面委托"):
        taken(there, ErrandKind.ERRAND, there.unit)
    with pytest.raises(Refused, match="本大厅的工作人员"):
        errands.take_over(
            there.hall, ErrandKind.HELP, there.unit, clerk, "陪同填表", doing(there.office)
        )
    client.force_login(clerk)
    at = f"/office/{there.unit.code}/window/errands/"
    assert client.get(at).status_code == 200
    typed = {"kind": "errand", "unit": str(there.unit.pk), "helper": str(clerk.pk)}
    typed |= {"what": "代办高龄津贴", "name": "王芳", "authorized": "on"}
    answer = client.post(f"{at}take/", {"key": "c", **{f"take-{k}": v for k, v in typed.items()}})
    assert answer.status_code == 303
    made = Errand.objects.get()
    case = walk.submitted()
    errands.link_case(made.pk, case, doing(clerk))
    errands.finish(made.pk, "已代为提交，等待受理。", doing(clerk))
    made.refresh_from_db()
    assert (made.case, made.name, made.state) == (case, "王芳", ErrandState.DONE)
    assert [one.place for one in audit.of_kind(ERRAND)] == []
    assert unseen(ERRAND) == []
    errands.forget(case, doing())
    made.refresh_from_db()
    assert (made.name, made.what, made.salt) == ("", "", "")


def test_the_whole_way_to_another_place_is_walked_on_pages(there, client):
    other = found_organ(
        code="cd-510105-spj", kind="bureau", name="青羊区行政审批局", short_name="青审"
    )
    theirs = seated("qingyang", other, Desk.WINDOW)
    clerk, colleague = there.clerks[0], there.clerks[1]
    here = reverse("office:errands", args=[there.unit.code, "window"])
    client.force_login(clerk)
    page = read(client, here).form("确认：受托登记")
    sent = {"帮办方式": ErrandKind.CROSS.zh, "有权办理的单位": other.name}
    sent |= {
        "帮办人员": str(clerk),
        "办什么事": "异地办理高龄津贴",
        "来人姓名": "王芳",
        "收到的材料": "身份证复印件",
    }
    page = page.fill(sent).send()
    assert page.done, page.words
    made = Errand.objects.get()
    assert "异地办理高龄津贴" in page.words
    assert page.form(f"确认：转交材料：{made.number}").send().done
    client.force_login(colleague)
    page = read(client, here)
    assert made.number in page.words
    assert "王芳" not in page.words  # whose matter it is, is the helper's and the management's
    client.force_login(theirs)
    there_ = reverse("office:errands", args=[other.code, "window"])
    page = read(client, there_)
    assert "异地办理高龄津贴" in page.words
    assert page.form(f"确认：接收材料：{made.number}").send().done
    client.force_login(clerk)
    page = read(client, here).form(f"确认：办结告知：{made.number}")
    assert page.fill({"结果": "青羊区已受理，结果邮寄给本人。"}).send().done
    made.refresh_from_db()
    assert (made.state, made.received_by) == (ErrandState.DONE, theirs)
