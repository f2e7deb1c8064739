"""The seal of a unit: one brings it in, another uses it. 国务院关于国家行政机关印章管理的规定."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openhall.papers.models import SealImage
from tests.factories.pages import read
from tests.factories.traces import everything, logged, no_trace, refused, refused_to

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">'
    b'<circle cx="100" cy="100" r="90" fill="none" stroke="#c00" stroke-width="6"/></svg>'
)
SCRIPTED = SVG.replace(b"<circle", b"<script>alert(1)</script><circle")


@pytest.fixture
def head(cast, seat):
    return seat("he_jie", cast.organ, "head")


@pytest.fixture
def sealing(client, cast, head):
    return lambda who=head: read(client, reverse("office:seal", args=[cast.organ.code]), who)


def filled(page, picture: bytes = SVG, name: str = "seal.svg"):
    return page.form("上传此图形").fill({"印章图形": SimpleUploadedFile(name, picture)})


def test_one_brings_it_in_and_another_sees_a_sample_and_puts_it_in_use(sealing, client, cast, head):
    before = everything()
    done = filled(sealing()).send()
    assert (done.done, "等第二人确认" in done.words) == (True, True)
    assert logged(before)
    assert SealImage.objects.get().state == "draft"
    assert not sealing().offers("启用此印章")  # who brought it in does not confirm it
    second = sealing(cast.sun_pi)
    assert not second.offers("上传此图形")
    sample = second.soup.select_one("main a[href$='.pdf']")["href"]
    assert read(client, sample, cast.sun_pi).answer.content.startswith(b"%PDF-")
    today = timezone.localdate().isoformat()
    used = sealing(cast.sun_pi).form("启用此印章").fill({"生效日期": today}).send()
    assert (used.done, "印章已保存" in used.words) == (True, True)
    kept = SealImage.objects.get()
    assert (kept.state, kept.published_by, kept.writers) == ("published", cast.sun_pi, [head.pk])


def test_a_picture_is_shown_to_the_unit_alone(sealing, client, cast, head):
    filled(sealing()).send()
    picture = sealing().soup.select_one("main img")["src"]
    drawn = read(client, picture, head)
    assert drawn.status == 200
    assert "svg" in drawn.answer.headers["Content-Type"]
    assert "default-src 'none'" in drawn.answer.headers["Content-Security-Policy"]
    sample = picture.replace(".svg", ".pdf")
    for address in (picture, sample):
        assert read(client, address, cast.zhou_wai).status == 403


def test_who_brought_it_in_cannot_confirm_it_by_the_address_either(sealing, client, cast, head):
    filled(sealing()).send()
    seal = SealImage.objects.get()
    there = reverse("office:seal", args=[cast.organ.code]) + f"publish-{seal.pk}/"
    name = f"publish-{seal.pk}-first_day"
    client.force_login(head)
    answer = client.post(there, {"key": "k", name: timezone.localdate().isoformat()})
    assert answer.status_code == 422
    assert "参与起草的人员不能审核、公布同一版本" in answer.text
    assert SealImage.objects.get().state == "draft"


def test_nobody_but_the_head_changes_the_seal(sealing, cast, seat):
    clerk = seat("clerk", cast.organ, "catalogue_clerk")
    form = filled(sealing())
    people = cast.wang_fang, cast.li_chuang, cast.sun_pi, cast.zhou_wai, clerk, None
    refused_to(form, people)


@pytest.mark.parametrize(
    ("picture", "name", "words"),
    [
        (SCRIPTED, "seal.svg", ""),
        (b"GIF89a....", "seal.gif", ""),
        (b"\x89PNG\r\n\x1a\n....", "seal.png", "无法读取"),
        (b"\xff\xfe\xfd", "seal.svg", "PNG或SVG"),
        (SVG + b" " * 410_000, "seal.svg", "400 KB"),
    ],
)
def test_what_is_no_plain_picture_is_refused_beside_its_field(sealing, picture, name, words):
    with no_trace():
        answer = filled(sealing(), picture, name).send()
    assert answer.beside("印章图形")
    if words:
        refused(answer, "印章图形", words)


def test_a_seal_never_begins_in_the_past(sealing, cast):
    filled(sealing()).send()
    yesterday = timezone.localdate() - timedelta(days=1)
    with no_trace():
        form = sealing(cast.sun_pi).form("启用此印章").fill({"生效日期": yesterday.isoformat()})
        refused(form.send(), "生效日期", "不能早于公布之日")
