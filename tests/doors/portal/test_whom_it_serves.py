"""Whom a matter serves is told at the first step, and the post asks for an address. B2, B5."""

import pytest
from django.test import Client
from django.urls import reverse

from openhall.applying.models import Draft
from openhall.cases.models import Case
from openhall.catalogue.models import CatalogueEntry, Form, Item, ItemVersion
from tests.doors.portal.test_applying import PARTY, at, started
from tests.doors.portal.test_joining import matter  # noqa: F401
from tests.factories.catalogue import BROUGHT

pytestmark = pytest.mark.django_db
POSTED = [
    {
        "key": "collect",
        "kind": "choice",
        "label": "怎样领证",
        "required": True,
        "options": [{"value": "window", "label": "窗口"}, {"value": "post", "label": "邮寄"}],
    }
]


def served(cast, *objects: str, **words) -> Item:
    ItemVersion.objects.filter(pk=cast.version.pk).update(service_objects=list(objects), **words)
    return cast.item


def like(cast, name: str, *objects: str) -> None:
    """Another matter of the same topic."""
    entry = CatalogueEntry.objects.create(
        code=f"E-{name}", name=name, kind="1", listed_from=cast.version.effective_from
    )
    ItemVersion.objects.create(
        item=Item.objects.create(code=f"I-{name}", entry=entry, organ=cast.organ),
        number=1,
        state="published",
        published_at=BROUGHT,
        name=name,
        effective_from=cast.version.effective_from,
        service_objects=list(objects),
        topics=["b-opening"],
    )


def test_a_matter_for_bodies_opens_for_a_body(client, cast):
    draft = started(client, served(cast, "2"))
    page = client.get(at(draft, "applicant"))
    assert page.context["acting"] == "company"
    assert page.context["others"] == []


def test_a_person_is_refused_at_the_first_step_and_shown_the_way(client, cast):
    like(cast, "个体社会团体成立登记", "1")
    like(cast, "企业名称登记", "2")
    draft = started(client, served(cast, "2", topics=["b-opening"]))
    page = client.post(at(draft, "applicant"), PARTY | {"acting": "self"})
    assert page.status_code == 422
    assert "只受理单位的申请" in page.text
    assert [one.name for one in page.context["instead"]] == ["个体社会团体成立登记"]
    client.post(at(draft, "applicant"), PARTY | {"acting": "self", "later": "1"})
    refused = client.post(at(draft, "review"))
    assert refused.status_code == 422
    assert not Case.objects.exists()


def test_a_body_is_refused_where_only_people_are_served(client, cast):
    draft = started(client, served(cast, "1"))
    company = {"acting": "company", "name": "成都某公司", "number": "91510100MA6ABCDE0L"}
    page = client.post(at(draft, "applicant"), PARTY | company)
    assert (page.status_code, "只受理个人的申请" in page.text) == (422, True)


def test_in_english_too(client, cast):
    draft = started(client, served(cast, "2", name_en="Registering an association"))
    page = client.post("/en" + at(draft, "applicant"), PARTY | {"acting": "self"})
    assert "is for companies and other bodies" in page.text


@pytest.mark.parametrize("objects", [(), ("1", "2"), ("1",)])
def test_whom_it_serves_goes_on(client, cast, objects):
    draft = started(client, served(cast, *objects))
    assert client.post(at(draft, "applicant"), PARTY | {"acting": "self"}).status_code == 303


def test_a_joint_matter_serves_whom_every_part_serves(client, matter):  # noqa: F811
    ItemVersion.objects.filter(item__code="WS-1").update(service_objects=["2"])
    client.post(reverse("portal:joint_apply", args=[matter.matter.code]), {})
    draft = Draft.objects.get(combined=True)
    page = client.get(at(draft, "applicant"))
    assert page.context["acting"] == "company"
    refused = client.post(at(draft, "applicant"), PARTY | {"acting": "self"})
    assert (refused.status_code, "公共场所卫生许可" in refused.text) == (422, True)


# ------------------------------------------------------------ the post
@pytest.fixture
def posting(client: Client, cast) -> Draft:
    Form.objects.create(version=cast.version, title="申请书", fields=POSTED)
    draft = started(client, cast.item)
    client.post(at(draft, "applicant"), PARTY)
    return draft


def test_the_post_without_an_address_is_refused_where_it_was_chosen(client, posting):
    page = client.post(at(posting, "questions"), {"collect": "post", "post_address": ""})
    assert page.status_code == 422
    assert "请填写收件地址" in page.context["where"].errors["post_address"][0]
    refused = client.post(at(posting, "review"))
    assert ("questions", "post_address") in [
        (one.step, one.place) for one in refused.context["wrongs"]
    ]
    assert not Case.objects.exists()


def test_the_address_given_there_is_the_applicants(client, posting):
    typed = {"collect": "post", "post_address": "锦江区春熙路1号"}
    assert client.post(at(posting, "questions"), typed).status_code == 303
    client.post(at(posting, "papers"), {})
    client.post(at(posting, "review"))
    assert Case.objects.get().address == "锦江区春熙路1号"


def test_who_fetches_it_at_the_window_needs_no_address(client, posting):
    answer = client.post(at(posting, "questions"), {"collect": "window", "post_address": ""})
    assert answer.status_code == 303


@pytest.mark.parametrize("phone", ["1380000", "abc电话", ""])
def test_a_telephone_that_is_none_stops_the_first_step(client, cast, phone):
    draft = started(client, cast.item)
    page = client.post(at(draft, "applicant"), PARTY | {"phone": phone})
    assert page.status_code == 422
    assert "phone" in page.context["form"].errors


def test_no_telephone_is_a_choice_that_asks_where_to_write(client, cast):
    draft = started(client, cast.item)
    without = PARTY | {"phone": "", "no_phone": "on"}
    assert "address" in client.post(at(draft, "applicant"), without).context["form"].errors
    answer = client.post(at(draft, "applicant"), without | {"address": "锦江区春熙路1号"})
    assert answer.status_code == 303


def test_every_field_of_a_person_says_how_it_is_filled_in(client, cast):
    draft = started(client, cast.item)
    page = client.get(at(draft, "applicant")).text
    assert 'type="tel"' in page
    for hint in ("name", "tel", "street-address"):
        assert f'autocomplete="{hint}"' in page
