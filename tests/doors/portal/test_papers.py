"""A paper is its holder's and its unit's; its check code tells everyone else only if it is true."""

import pytest
from django.test import Client
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case
from openhall.cases.terms import ApplicantKind, Channel
from openhall.organs.models import Account
from openhall.organs.terms import IdentityKind
from openhall.papers.models import Paper

WANG = actions.Party(
    ApplicantKind.PERSON,
    "王芳",
    IdentityKind.RESIDENT_ID,
    "11010519491231002X",
    "13800000000",
    "锦江区春熙路1号",
)
CREDIT_CODE = "91510100MA6ABCDE0L"  # its check sign is right; nobody's


@pytest.fixture
def submitted(cast, doing) -> Case:
    return actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-04 09:00")
    )


def address_of(paper: Paper) -> str:
    return reverse("portal:paper", args=[paper.about, paper.pk])


def checked(client: Client, code: str):
    return client.get(reverse("portal:check", args=[code]))


def test_another_applicant_and_another_unit_are_refused_the_paper(client, cast, submitted):
    paper = Paper.objects.get()
    for other in (Account.objects.create_user(username="zhang_san"), cast.zhou_wai):
        client.force_login(other)
        assert client.get(address_of(paper)).status_code == 403


def test_who_shows_the_query_code_holds_the_papers_of_that_case_and_no_other(
    client, doing, submitted
):
    other = actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(None, "2024-03-04 10:00"))
    assert client.get(address_of(submitted.papers.get())).status_code == 403
    client.post(reverse("portal:track"), {"code": submitted.query_code})
    assert client.get(address_of(submitted.papers.get())).content.startswith(b"%PDF-")
    assert client.get(address_of(other.papers.get())).status_code == 403


def test_a_paper_is_not_found_under_the_number_of_another_case(client, cast, doing, submitted):
    other = actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-04 10:00")
    )
    client.force_login(cast.wang_fang)
    crossed = reverse("portal:paper", args=[other.number, submitted.papers.get().pk])
    assert client.get(crossed).status_code == 404


def test_a_paper_is_kept_by_no_cache_and_its_name_tells_nothing(client, cast, submitted):
    client.force_login(cast.wang_fang)
    answer = client.get(address_of(Paper.objects.get()))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "王芳" not in answer.headers["Content-Disposition"]


def test_the_check_page_says_number_kind_unit_and_day_and_nothing_personal(client, submitted):
    paper = Paper.objects.get()
    page = checked(client, paper.check_code)
    assert page.status_code == 200
    for said in (paper.number, "接收回执", "市民政局", "王*"):
        assert said in page.text
    for hidden in (WANG.name, WANG.number, WANG.phone, WANG.address, submitted.query_code):
        assert hidden not in page.text


def test_a_company_is_masked_on_the_check_page_too(client, cast, doing):
    company = actions.Party(
        ApplicantKind.COMPANY, "成都锦江读书会有限公司", IdentityKind.CREDIT_CODE, CREDIT_CODE
    )
    actions.submit("MZ-XK-0001", company, {}, Channel.WINDOW, doing(None, "2024-03-04 09:00"))
    page = checked(client, Paper.objects.get().check_code).text
    assert company.name not in page
    assert "成都锦江***公司" in page
    assert CREDIT_CODE not in page


def test_a_code_is_read_as_printed_with_hyphens_and_in_small_letters(client, submitted):
    code = Paper.objects.get().check_code
    printed = f"{code[:4]}-{code[4:8]}-{code[8:]}".lower()
    assert checked(client, printed).status_code == 200


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("2" * 12, "没有这个校验码"),  # well formed or not, nobody was given it
        ("22", "应为12位"),
        ("O" * 12, "不含“O”"),
    ],
)
def test_a_forged_check_code_is_not_found_and_a_sentence_says_so(client, submitted, code, sentence):
    page = checked(client, code)
    assert page.status_code == 404
    assert sentence in page.text


def test_one_slip_of_the_pen_does_not_find_another_paper(client, submitted):
    code = Paper.objects.get().check_code
    slipped = code[:-1] + ("3" if code[-1] == "2" else "2")
    page = checked(client, slipped)
    assert page.status_code == 404
    assert "王" not in page.text
