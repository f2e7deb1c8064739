"""Papers: numbered without gaps, frozen, genuine or not, and nobody else's to read."""

import shutil
import subprocess

import pytest
from django.db import transaction
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, Reveal
from openhall.cases.terms import Channel
from openhall.deeds.refusals import Refused
from openhall.papers.models import Paper
from openhall.papers.pdf import pdf_of
from openhall.papers.terms import PaperKind
from tests.factories.cases import WANG_BY_PHONE as WANG
from tests.factories.cases import Walk


@pytest.fixture
def submitted(cast, doing) -> Case:
    return Walk(cast, doing, WANG).submitted()


def accepted(cast, doing, case) -> Paper:
    actions.accept(case.pk, doing(cast.li_chuang, "2024-03-05 10:00"))
    return Paper.objects.get(about=case.number, kind=PaperKind.ACCEPTANCE.value)


def test_each_act_gives_its_paper(cast, doing, submitted):
    accepted(cast, doing, submitted)
    given = Paper.objects.values_list("kind", "number")
    assert list(given) == [
        ("receipt", "成民政收〔2024〕1号"),
        ("acceptance", "成民政受〔2024〕1号"),
    ]


def test_an_act_that_is_rolled_back_leaves_no_gap(cast, doing, submitted):
    class Crash(Exception):
        pass

    def act():
        actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(None, "2024-03-04 10:00"))
        raise Crash

    with pytest.raises(Crash), transaction.atomic():
        act()
    with pytest.raises(Refused):
        actions.submit("none", WANG, {}, Channel.ONLINE, doing(None, "2024-03-04 10:30"))
    actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(None, "2024-03-04 11:00"))
    assert list(Paper.objects.values_list("serial", flat=True)) == [1, 2]


def test_the_words_are_frozen_when_it_is_given(cast, doing, submitted):
    paper = accepted(cast, doing, submitted)
    before = pdf_of(paper)
    cast.version.name = "另一个名称"
    cast.version.save()
    assert pdf_of(Paper.objects.get(pk=paper.pk)) == before


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is absent")
def test_the_pdf_says_what_the_law_wants_said(cast, doing, submitted, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(pdf_of(accepted(cast, doing, submitted)))
    told = (
        subprocess.run(
            ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
        )
        .stdout.replace(" ", "")
        .replace("\n", "")
    )
    for words in ("市民政局", "受理通知书", "王芳", "2024年3月15日", "2024年4月2日", "查询码"):
        assert words in told


def test_a_paper_opens_to_its_holder_and_the_unit_and_to_nobody_else(
    client, cast, doing, submitted
):
    paper = Paper.objects.get()
    address = reverse("portal:paper", args=[submitted.number, paper.pk])
    assert client.get(address).status_code == 403
    client.force_login(cast.zhou_wai)
    assert client.get(address).status_code == 403
    for allowed in (cast.wang_fang, cast.li_chuang):
        client.force_login(allowed)
        assert client.get(address).content.startswith(b"%PDF-")


def test_the_check_page_tells_genuine_from_forged_and_names_nobody(client, submitted):
    paper = Paper.objects.get()
    page = client.get(reverse("portal:check", args=[paper.check_code]))
    assert paper.number in page.text
    assert "王芳" not in page.text
    assert "王*" in page.text
    tracked = client.post(reverse("portal:track"), {"code": submitted.query_code})
    assert tracked.url == reverse("portal:case", args=[submitted.number])
    assert f'action="{reverse("portal:track")}"' in page.text
    forged = client.get(reverse("portal:check", args=["2" * 12]))
    assert (forged.status_code, "没有这个校验码" in forged.text) == (404, True)


def test_the_hand_over_slip_is_not_shown_to_the_applicant(client, cast, doing, submitted):
    accepted(cast, doing, submitted)
    actions.hand_over(
        submitted.pk, cast.zhao_cheng, ["申请表"], doing(cast.li_chuang, "2024-03-05 10:05")
    )
    client.force_login(cast.wang_fang)
    page = client.get(reverse("portal:case", args=[submitted.number])).text
    assert "受理通知书" in page
    assert "物料流转凭证" not in page
    slip = Paper.objects.get(kind=PaperKind.HAND_OVER.value)
    address = reverse("portal:paper", args=[submitted.number, slip.pk])
    assert client.get(address).status_code == 403


def test_an_official_who_reads_a_paper_is_recorded(client, cast, doing, submitted):
    client.force_login(cast.li_chuang)
    client.get(reverse("portal:paper", args=[submitted.number, Paper.objects.get().pk]))
    assert "接收回执" in Reveal.objects.get(account=cast.li_chuang).reason


def test_the_slip_that_stays_inside_carries_neither_name_nor_query_code(cast, doing, submitted):
    accepted(cast, doing, submitted)
    actions.hand_over(
        submitted.pk, cast.zhao_cheng, ["申请表"], doing(cast.li_chuang, "2024-03-05 10:05")
    )
    slip = Paper.objects.get(kind=PaperKind.HAND_OVER.value)
    assert "王芳" not in slip.content
    assert submitted.query_code not in slip.content
    assert pdf_of(slip).startswith(b"%PDF-")
