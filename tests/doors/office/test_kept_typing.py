"""An official's session ends in mid-form: what was typed is offered again, and to who may."""

from datetime import date

import pytest
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case
from openhall.cases.terms import Channel
from openhall.catalogue.models import ItemVersion
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.questions.models import QuestionGuide, QuestionGuideVersion
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.forms import allowance_form, answers


@pytest.fixture
def asked(cast, doing) -> Case:
    """A case whose family table and story the window asked for once."""
    allowance_form(cast.version)
    said = answers()
    who = doing(cast.wang_fang, "2026-11-23 09:00")
    case = actions.submit("MZ-XK-0001", WANG, said, Channel.WINDOW, who)
    points = [Point("少写了一位家庭成员。", field="family")]
    actions.ask_for_supplement(case.pk, points, doing(cast.li_chuang, "2026-11-23 10:00"))
    return Case.objects.get(pk=case.pk)


def address(case, act):
    return reverse("office:act", args=[case.organ.code, "window", case.number, act])


def test_an_act_that_was_confirmed_after_the_session_ended_is_offered_again(
    client, cast, asked, doing
):
    here = address(asked, "supplement")
    typed = {
        "supplement-field-family-rows": "1",
        "supplement-field-family-0-name": "李小军",
        "supplement-field-family-0-income": "1500",
        "seen": str(asked.seq),
        "key": "k",
    }
    assert client.post(here, typed).url == f"/accounts/login/?next={here}"
    client.force_login(cast.zhou_wai)  # an official of another unit at the same machine
    assert client.get(here).status_code == 403  # nothing of it is shown to them
    client.logout()
    client.post(here, typed)
    client.force_login(cast.li_chuang)
    page = client.get(here)
    assert (page.status_code, page.context["said"][1]) == (
        200,
        ("supplement-field-family-0-name", "李小军"),
    )
    assert "重新提交" in page.text
    assert "重新提交" not in client.get(here).text  # once
    sent = client.post(here, dict(page.context["said"]))
    assert sent.status_code == 303
    asked.refresh_from_db()
    assert "李小军" in asked.answers


def test_a_row_is_added_and_taken_away_without_script(client, cast, asked):
    client.force_login(cast.li_chuang)
    here = address(asked, "supplement")
    name = "supplement-field-family"
    typed = {f"{name}-rows": "1", f"{name}-0-name": "李小军", f"{name}-0-income": "很多"}
    page = client.post(here, typed | {f"{name}-add": "1"})
    assert page.status_code == 200
    assert f'name="{name}-1-name"' in page.text
    assert 'value="李小军"' in page.text
    assert "请填写金额" not in page.text  # shown again, not judged
    two = typed | {f"{name}-rows": "2", f"{name}-1-name": "李秀英", f"{name}-remove": "0"}
    page = client.post(here, two).text
    assert 'value="李秀英"' in page
    assert 'value="李小军"' not in page
    asked.refresh_from_db()
    assert asked.stage == "supplement_asked"


def test_the_editor_of_an_item_leads_to_its_question_guides(client, cast):
    clerk = Account.objects.create_user(username="clerk")
    appoint(clerk, cast.organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    client.force_login(clerk)
    draft = ItemVersion.objects.create(item=cast.item, number=2, name=cast.version.name)
    page = reverse("office:catalogue_version", args=["cd-civil", draft.pk])
    assert "还没有问答式指南" in client.get(page).text
    guide = QuestionGuide.objects.create(slug="society", item=cast.item, organ=cast.organ)
    QuestionGuideVersion.objects.create(guide=guide, number=1, title="成立社团要办什么")
    event = QuestionGuide.objects.create(slug="old", topic="p-old", organ=cast.organ)
    content = {"results": [{"items": [{"item": cast.item.code}]}]}
    QuestionGuideVersion.objects.create(guide=event, number=1, title="养老", content=content)
    text = client.get(page).text
    there = reverse("office:question_guide", args=["cd-civil", "catalogue_clerk", "society"])
    assert f'<a href="{there}">成立社团要办什么</a>' in text
    assert "养老" in text
    typed = {"v-conditions": "写到一半"}
    client.logout()
    client.post(page, typed)
    client.force_login(clerk)
    assert client.get(page).context["said"] == [("v-conditions", "写到一半")]
