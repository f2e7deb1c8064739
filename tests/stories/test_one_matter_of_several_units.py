"""并联审批: an editor makes one matter of three units' approvals; a resident reads one list.

行政许可法 26 (joint handling), 31 (only what is needed), 42 (45 working days).
"""

from datetime import timedelta

import pytest
import time_machine

from openhall.applying.rules.combining import split_answers
from openhall.forms.rules import answers_of
from openhall.joint.matters import form_of_parts, matter_in_force, parts_in_force
from openhall.joint.models import JointMatterVersion
from openhall.ledger.models import Entry
from tests.factories.joint import AT, DAY, furnished

pytestmark = pytest.mark.django_db
CLERK = "/office/cd-market/catalogue_clerk/joint/"
OFFICE = "/office/cd-office/government_office/joint/"
MATTER = "open-a-restaurant/"
TYPED = {
    "kind": "life_event",
    "mode": "parallel",
    "topic": "bl-opening",
    "lead": "cd-market",
    "code": "open-a-restaurant",
    "title": "开办餐饮店“一件事”",
    "summary": "从执照到招牌，一次申请，几个单位一起办。",
    "limit_days": "15",
    "rows": "3",
    "parts-0-item": "SP-1",
    "parts-0-limit_days": "10",
    "parts-0-need": "always",
    "parts-1-item": "WS-1",
    "parts-1-limit_days": "20",
    "parts-1-need": "always",
    "parts-2-item": "GG-1",
    "parts-2-limit_days": "5",
    "parts-2-need": "if_chosen",
    "parts-2-question": "要设置户外招牌吗？",
    "parts-2-question_en": "Will you put up a sign?",
}


def test_an_editor_makes_one_matter_and_a_resident_reads_one_list(client):
    there = furnished()
    with time_machine.travel(AT, tick=False):
        # The clerk of the lead unit writes the matter; she forgets the English and asks too long.
        client.force_login(there.clerk)
        assert client.post(CLERK + "new/", TYPED | {"save": "1"}).url == CLERK + MATTER
        page = client.get(CLERK + MATTER).text
        for fault in (
            "还缺少英文名称",
            "还缺少英文说明",
            "“公共场所卫生许可”的时限应为1至15个工作日",
        ):
            assert fault in page

        # The Government Office cannot publish it so; nobody outside sees anything.
        client.force_login(there.office)
        publish = {"publish-first_day": DAY.isoformat(), "publish-note": "首次公布"}
        assert client.post(OFFICE + MATTER + "publish/", publish).status_code == 422
        client.logout()
        assert client.get("/joint/open-a-restaurant/").status_code == 404

        # She puts it right where the page says so, and the Government Office publishes it.
        client.force_login(there.clerk)
        right = {"title_en": "A restaurant", "summary_en": "One application."}
        mended = TYPED | right | {"parts-1-limit_days": "12", "seen": "0", "save": "1"}
        assert client.post(CLERK + MATTER + "edit/", mended).status_code == 302
        client.force_login(there.office)
        assert client.post(OFFICE + MATTER + "publish/", publish).status_code == 303
        client.logout()

        # A resident finds it at the guide of one approval, and reads one list of four papers, not
        # six; who puts up no sign has three, and no fee.
        assert "/joint/open-a-restaurant/" in client.get("/services/WS-1/").text
        page = client.get("/joint/open-a-restaurant/").text
        assert page.count("<strong>经营者身份证件</strong>") == 1
        assert "分别办理共需6份" in page
        assert "¥50.00" in page
        mine = client.get("/joint/open-a-restaurant/?mine=1").text
        assert "户外招牌设置审批的图纸" not in mine
        assert "¥50.00" not in mine

    # One form: the name is asked once, and each unit's case gets what its own form asks.
    version = matter_in_force("open-a-restaurant", DAY)
    parts = parts_in_force(version, DAY, {"GG-1"})
    form = form_of_parts(parts)
    size = form.keys["SP-1"]["size"]
    checked = answers_of(form.form, {"name": "玉林小馆", size: "80"}, DAY)
    assert checked.is_valid
    assert split_answers(form, checked.answers) == {
        "SP-1": {"name": "玉林小馆", "size": "80"},
        "WS-1": {"name": "玉林小馆"},
        "GG-1": {"name": "玉林小馆"},
    }

    # What binds three units stands in the public log, with who did it and when.
    acts = [one.act for one in version.events.all()]
    assert acts == ["begin", "publish"]
    assert Entry.objects.filter(kind="joint-matter").count() == 2

    # Next month the sign is taken out: the old version stays as it was, the new one is in force.
    later = AT + timedelta(days=30)
    with time_machine.travel(later, tick=False):
        client.force_login(there.clerk)
        client.post(CLERK + MATTER + "begin/")
        without = mended | {"rows": "2", "seen": "0"}
        assert client.post(CLERK + MATTER + "edit/", without).status_code == 302
        client.force_login(there.office)
        told = {"publish-first_day": later.date().isoformat(), "publish-note": "招牌改为备案"}
        assert client.post(OFFICE + MATTER + "publish/", told).status_code == 303
        client.logout()
        assert "招牌" not in client.get("/joint/open-a-restaurant/").text.replace("到招牌", "")
    versions = JointMatterVersion.objects.order_by("number")
    assert [(one.state, one.parts.count()) for one in versions] == [
        ("superseded", 3),
        ("published", 2),
    ]
