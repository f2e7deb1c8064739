"""The public register: licences of companies in full, nothing of private life. 行政许可法 40."""

from datetime import date

import pytest
from django.urls import reverse

from openhall.cases.actions import Party, erase
from openhall.cases.terms import ApplicantKind, ErasureGround
from openhall.catalogue.models import CatalogueEntry, ItemVersion
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk, IdentityKind
from openhall.permits.actions.permits import cancel
from openhall.permits.models import Licence, RegisterLine
from openhall.permits.rules.publishing import Naming, naming_of, powers
from openhall.permits.terms import CancellationGround
from tests.factories.cases import WANG_FANGFANG, Walk
from tests.factories.pages import read

CODE = "91510100MA6ABCDE0L"
FIRM = Party(ApplicantKind.COMPANY, "成都浣花餐饮管理有限公司", IdentityKind.CREDIT_CODE, CODE)


@pytest.mark.parametrize(
    ("kind", "topics", "holder", "naming"),
    [
        ("1", ["b-opening"], "company", Naming.FULL),
        ("1", ["p-setting-up"], "person", Naming.MASKED),
        ("1", ["p-papers"], "company", Naming.FULL),
        ("1", ["p-abroad"], "person", Naming.NOT),
        ("1", ["pl-driving", "p-setting-up"], "person", Naming.NOT),
        ("5", ["p-assistance"], "person", Naming.NOT),
        ("7", ["p-marriage"], "person", Naming.NOT),
        ("5", [], "company", Naming.NOT),
        ("99", [], "company", Naming.NOT),
    ],
)
def test_what_is_public_is_data(kind, topics, holder, naming):
    assert naming_of(kind, topics, holder) == naming


def test_every_line_of_the_data_gives_its_basis_and_the_last_fits_everything():
    assert all(one.basis and one.zh and one.en for one in powers())
    assert powers()[-1].naming == Naming.NOT
    assert powers()[-1].fits("", (), "")


@pytest.fixture
def firm(cast, doing):
    return Walk(cast, doing, FIRM).granted()


def test_a_company_is_named_in_full_and_found_by_name_and_numbers(client, firm):
    register = reverse("portal:decisions")
    paper = firm.papers.get(kind="grant")
    for words in ("", "浣花餐饮", CODE, CODE.lower(), paper.number, firm.number):
        page = read(client, register + f"?q={words}")
        assert "成都浣花餐饮管理有限公司" in page.words, words
    for words in ("别的公司", "%", "_", "91510100MA6ABCDE0K"):
        assert "浣花" not in read(client, register + f"?q={words}").soup.select_one(
            "main"
        ).get_text().replace(words, ""), words
    opened = read(client, reverse("portal:decision", args=[firm.number]))
    assert paper.number in opened.words
    assert "准予" in opened.words


def test_a_person_is_masked_and_not_found_by_the_whole_name(client, cast, doing):
    case = Walk(cast, doing, WANG_FANGFANG).granted()
    page = read(client, reverse("portal:decisions"))
    assert "王**" in page.words
    for address in ("decisions", "decision"):
        shown = read(
            client,
            reverse(f"portal:{address}", args=[case.number] if address == "decision" else []),
        )
        assert "王芳芳" not in shown.answer.text
    assert case.number not in read(client, reverse("portal:decisions") + "?q=王芳芳").words
    assert not RegisterLine.objects.filter(holder__contains="芳").exists()


@pytest.mark.parametrize("change", ["kind", "topics"])
def test_benefits_and_passports_do_not_stand_in_it(client, cast, doing, change):
    if change == "kind":
        CatalogueEntry.objects.update(kind="5")
    else:
        ItemVersion.objects.update(topics=["p-abroad"])
    cast.version.refresh_from_db()
    case = Walk(cast, doing, WANG_FANGFANG).granted()
    assert not RegisterLine.objects.exists()
    assert "王**" not in read(client, reverse("portal:decisions")).words
    assert client.get(reverse("portal:decision", args=[case.number])).status_code == 404


def test_what_the_table_says_of_a_name_is_not_believed(client, firm):
    RegisterLine.objects.update(holder="某某公司")
    page = read(client, reverse("portal:decisions"))
    assert "成都浣花餐饮管理有限公司" in page.words
    assert "某某公司" not in page.words


def test_a_refusal_does_not_stand_in_it(client, cast, doing):
    walk = Walk(cast, doing, FIRM)
    walk.refused()
    assert not RegisterLine.objects.exists()


@pytest.mark.parametrize("party", [WANG_FANGFANG, FIRM])
def test_an_erased_decision_leaves_that_it_was_decided_and_no_person(
    client, cast, doing, party, settings
):
    settings.RETENTION_DAYS, settings.DEMO = 30, True
    case = Walk(cast, doing, party).delivered()
    head = Account.objects.create_user(username="head", real_name="何杰", is_official=True)
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    number = case.papers.get(kind="grant").number
    for licence in Licence.objects.filter(case=case):  # what still binds is not erased
        why = "持证人申请注销，已核对证件。"
        cancel(licence.pk, CancellationGround.OTHER, why, doing(cast.sun_pi, "2024-04-01 09:00"))
    erase(
        case.pk, ErasureGround.ON_REQUEST, "依申请人书面请求删除", doing(head, "2024-06-03 09:00")
    )
    shown = read(client, reverse("portal:decisions"))
    opened = read(client, reverse("portal:decision", args=[case.number]))
    for page in (shown, opened):
        assert number in page.words
        assert "王**" not in page.words
        assert (FIRM.name in page.words) == (party is FIRM)
    assert ("个人信息已删除" in shown.words) == (party is WANG_FANGFANG)
    assert client.get(reverse("portal:public_case", args=[case.number])).status_code == 200


REGISTER = 3  # units, lines with case, licence and version, decisions


@pytest.mark.parametrize("rows", [1, 3])
def test_the_register_asks_the_same_however_many_lines(
    client, cast, doing, rows, django_assert_num_queries
):
    walk = Walk(cast, doing, FIRM)
    for _ in range(rows):
        walk.granted()
    with django_assert_num_queries(REGISTER):
        page = client.get(reverse("portal:decisions"))
    assert len(page.context["decisions"]) == rows
