"""一次告知: only what was named is open, all of it is answered, fields and papers alike."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case
from openhall.cases.terms import Channel, Stage
from openhall.catalogue.models import Form, Material
from openhall.files.models import Upload
from tests.factories.cases import WANG


def photograph(colour="white", name="章程.png"):
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue())


@pytest.fixture
def asked(cast, doing) -> Case:
    for key, name in (("charter", "章程草案"), ("list", "会员名单")):
        Material.objects.create(version=cast.version, key=key, name=name)
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[{"key": "name", "kind": "text", "label": "社团名称", "required": True}],
    )
    case = actions.submit(
        "MZ-XK-0001",
        WANG,
        {"name": "锦江读书会"},
        Channel.ONLINE,
        doing(cast.wang_fang, "2026-11-18 09:00"),
    )
    points = [
        Point("名称与已登记社团相同，请更换。", field="name"),
        Point("章程缺少终止条款，请补充后重新提交。", material="charter"),
    ]
    actions.ask_for_supplement(case.pk, points, doing(cast.li_chuang, "2026-11-19 09:00"))
    return case


def sent(client, case, **typed):
    return client.post(reverse("portal:supplement", args=[case.number]), typed)


def test_the_page_opens_only_what_the_notice_named(client, cast, asked):
    client.force_login(cast.wang_fang)
    page = client.get(reverse("portal:case", args=[asked.number])).text
    assert "章程缺少终止条款" in page
    assert 'name="charter"' in page
    assert 'name="list"' not in page


def test_a_missing_paper_is_asked_for_by_name_and_nothing_typed_is_lost(client, cast, asked):
    client.force_login(cast.wang_fang)
    page = sent(client, asked, name="锦官读书会")
    assert page.status_code == 422
    assert "请补交“章程草案”" in page.text
    assert "锦官读书会" in page.text
    assert Case.objects.get(pk=asked.pk).stage == Stage.SUPPLEMENT_ASKED


def test_field_and_paper_together_answer_the_notice(client, cast, asked):
    client.force_login(cast.wang_fang)
    assert sent(client, asked, name="锦官读书会", charter=photograph()).status_code == 303
    case = Case.objects.get(pk=asked.pk)
    assert case.stage == Stage.SUPPLEMENTED
    assert "锦官读书会" in case.answers
    assert case.uploads.get().material == "charter"


def test_a_paper_that_was_not_asked_for_is_refused(client, cast, asked):
    client.force_login(cast.wang_fang)
    page = sent(client, asked, name="锦官读书会", list=photograph())
    assert "不在补正告知书所列内容中" in page.text
    assert not Upload.objects.exists()


def test_a_disguised_paper_is_refused_beside_its_field(client, cast, asked):
    client.force_login(cast.wang_fang)
    wrong = SimpleUploadedFile("章程.pdf", b"MZ\x90\x00 a program of some kind")
    page = sent(client, asked, name="锦官读书会", charter=wrong)
    assert 'id="fault-charter"' in page.text
    assert Case.objects.get(pk=asked.pk).stage == Stage.SUPPLEMENT_ASKED


def test_the_window_takes_what_is_brought_on_paper(client, cast, asked):
    client.force_login(cast.li_chuang)
    address = reverse("office:act", args=[cast.organ.code, "window", asked.number, "supplement"])
    typed = {"supplement-field-name": "锦官读书会", "seen": "2", "key": "k1"}
    assert "请补交“章程草案”" in client.post(address, typed).text
    client.post(address, typed | {"supplement-paper-charter": "on", "key": "k2"})
    assert Case.objects.get(pk=asked.pk).stage == Stage.SUPPLEMENTED


def test_who_answers_a_second_time_is_led_to_what_stands_and_nothing_is_done(client, cast, asked):
    client.force_login(cast.wang_fang)
    sent(client, asked, name="锦官读书会", charter=photograph())
    before = Case.objects.get(pk=asked.pk)
    again = sent(client, asked, name="别的名称", charter=photograph())
    assert (again.status_code, again.url) == (303, reverse("portal:case", args=[asked.number]))
    after = Case.objects.get(pk=asked.pk)
    assert (after.seq, after.answers) == (before.seq, before.answers)
