"""Whoever applies online uploads, prints and signs no form: what they answer is the form. B1."""

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.applying.application import Application
from openhall.applying.models import Draft
from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case
from openhall.cases.terms import Channel
from openhall.catalogue.models import Material
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from tests.doors.portal.test_applying import PARTY, at, item, photograph, started  # noqa: F401
from tests.doors.portal.test_joining import filled, matter, sent  # noqa: F401
from tests.doors.portal.test_joining import started as begun
from tests.factories.cases import WANG

pytestmark = pytest.mark.django_db
SHEET = "社团登记申请书"


@pytest.fixture
def printed(item, cast):  # noqa: F811
    """The item with its printed form among the papers, required as a guide has it."""
    Material.objects.create(version=cast.version, key="form", name=SHEET, kind="form", originals=1)
    return item


def answered(client, item) -> Draft:  # noqa: F811
    draft = started(client, item)
    client.post(at(draft, "applicant"), PARTY)
    client.post(at(draft, "questions"), {"name": "锦江读书会"})
    client.post(at(draft, "papers"), {"charter": photograph()})
    return draft


def test_no_step_asks_for_the_printed_form_and_it_is_sent_without(client, printed):
    draft = answered(client, printed)
    for step in ("papers", "review"):
        assert SHEET not in client.get(at(draft, step)).text
    sent_to = client.post(at(draft, "review"))
    assert sent_to.url == reverse("portal:sent", args=[Case.objects.get().number])


def test_a_printed_form_sent_along_by_hand_is_not_taken(client, printed):
    draft = answered(client, printed)
    client.post(at(draft, "papers"), {"form": photograph()})
    assert not Upload.objects.filter(material="form").exists()


def test_an_item_without_questions_still_asks_for_its_printed_form(client, cast):
    Material.objects.create(version=cast.version, key="form", name=SHEET, kind="form")
    draft = started(client, cast.item)
    client.post(at(draft, "applicant"), PARTY)
    assert SHEET in client.get(at(draft, "papers")).text
    refused = client.post(at(draft, "review"))
    assert refused.status_code == 422
    assert f"还缺少必要材料“{SHEET}”" in refused.text
    assert [one.material.key for one in Application(draft, None, timezone.localdate()).papers] == [
        "form"
    ]


@pytest.mark.parametrize("channel", list(Channel))
def test_the_sheet_can_be_asked_for_again_only_where_it_came_on_paper(
    printed, cast, doing, channel
):
    came, asked = (f"2024-03-04 {hour}" for hour in ("09:00", "10:00"))
    who = doing(cast.wang_fang, came)
    case = actions.submit("MZ-XK-0001", WANG, {"name": "锦江读书会"}, channel, who)
    point = Point("申请书没有签名，请签名后重新交来。", material="form")

    def ask():
        return actions.ask_for_supplement(case.pk, [point], doing(cast.li_chuang, asked))

    if channel in (Channel.WINDOW, Channel.POST):
        assert ask().act == "ask_for_supplement"
    else:
        with pytest.raises(Refused, match="不另交表"):
            ask()


def test_a_joint_application_asks_for_none_of_its_sheets(client, matter):  # noqa: F811
    draft = begun(client)
    filled(client, draft)
    rows = client.get(at(draft, "papers")).context["rows"]
    assert not [row for row in rows if row["material"].kind == "form"]
    whole = sent(client, draft)
    assert not Upload.objects.filter(material="form").exists()
    assert whole.tasks.count() == 2
