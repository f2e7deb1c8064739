"""The list as a file, at the desk: every bad row told, a trial that changes nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from openhall.catalogue.models import ItemVersion
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.pages import asked_by

pytestmark = pytest.mark.django_db
PAGE = "/office/cd-civil/catalogue/exchange/"
TAKE_IN = f"{PAGE}do/import/"


@pytest.fixture
def clerk(cast, client):
    account = Account.objects.create_user("clerk")
    appoint(account, cast.organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    client.force_login(account)
    return client


def sent(content, **more):
    file = SimpleUploadedFile("list.jsonl", content, "application/jsonl")
    return asked_by("import", {"file": file, **more})


def test_what_goes_out_comes_back_and_changes_nothing(clerk):
    for ending in ("csv", "xlsx", "json", "jsonl"):
        out = b"".join(clerk.get(f"{PAGE}{ending}/"))
        back = {"file": SimpleUploadedFile(f"list.{ending}", out), "try_only": "on"}
        answer = clerk.post(TAKE_IN, asked_by("import", back))
        assert answer.status_code == 200, answer.content.decode()
        assert answer.context["done"].unchanged == 1
    assert ItemVersion.objects.count() == 1


def test_a_trial_tells_and_changes_nothing_then_it_is_taken(clerk):
    out = b"".join(clerk.get(f"{PAGE}jsonl/")).replace(b'"promised_days": 8', b'"promised_days": 6')
    answer = clerk.post(TAKE_IN, sent(out, try_only="on"))
    assert answer.context["done"].changed == 1
    assert ItemVersion.objects.count() == 1
    assert clerk.post(TAKE_IN, sent(out), follow=True).status_code == 200
    assert ItemVersion.objects.get(number=2).promised_days == 6


def test_a_bad_row_stands_on_the_page_with_its_row_column_and_what_to_write(clerk):
    out = b"".join(clerk.get(f"{PAGE}jsonl/")).replace(
        b'"promised_days": 8', b'"promised_days": "x"'
    )
    answer = clerk.post(TAKE_IN, sent(out))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“x”不是0或正整数。" in page
    assert "承诺办结时限" in page
    assert ItemVersion.objects.count() == 1


@pytest.mark.parametrize("name", ["list.doc", "names.csv"])
def test_another_file_is_refused_beside_its_field(clerk, name):
    file = SimpleUploadedFile(name, b"a,b\n1,2\n")
    answer = clerk.post(TAKE_IN, asked_by("import", {"file": file}))
    assert answer.status_code == 422
    assert answer.context["tried"].errors["file"]


def test_only_the_clerk_of_the_unit_and_the_legal_office_reach_it(cast, client):
    for who in (cast.wang_fang, cast.li_chuang, cast.sun_pi, cast.zhou_wai):
        client.force_login(who)
        assert client.get(PAGE).status_code in (302, 403)
        assert client.get(f"{PAGE}csv/").status_code in (302, 403)
    client.logout()
    assert client.get(PAGE).status_code == 302
