"""The seal of a unit's papers, kept by its head. 国务院关于国家行政机关印章管理的规定."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

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


def filled(page, picture: bytes = SVG, name: str = "seal.svg", day=None):
    day = day or timezone.localdate()
    typed = {"印章图形": SimpleUploadedFile(name, picture), "生效日期": day.isoformat()}
    return page.form("启用此印章").fill(typed)


def test_the_seal_is_kept_from_its_day_and_its_picture_is_shown(sealing, client, cast, head, walk):
    before = everything()
    done = filled(sealing()).send()
    assert (done.done, "印章已保存" in done.words) == (True, True)
    assert logged(before)
    shown = sealing()
    picture = shown.soup.select_one("main img")["src"]
    drawn = read(client, picture, head)
    assert drawn.status == 200
    assert "svg" in drawn.answer.headers["Content-Type"]
    assert "default-src 'none'" in drawn.answer.headers["Content-Security-Policy"]
    assert read(client, picture, cast.zhou_wai).status == 403


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


def test_a_seal_never_begins_in_the_past(sealing):
    yesterday = timezone.localdate() - timedelta(days=1)
    with no_trace():
        refused(filled(sealing(), day=yesterday).send(), "生效日期", "不能早于公布之日")
