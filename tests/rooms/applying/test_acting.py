"""代理: the agent is who signed in, brings the letter, and the one chosen is told."""

import pytest

from openhall.applying.actions.sending import send
from openhall.applying.actions.uploading import attach
from openhall.applying.application import Application
from openhall.cases.models import CaseEvent
from openhall.deeds.refusals import Refused
from openhall.outbox.models import Message
from tests.rooms.applying.conftest import CHEN, WANG, photograph

FOR_CHEN = {
    "acting": "person", "name": "陈伟", "number": CHEN, "phone": "13900000000",
    "agent_name": "王芳", "agent_number": WANG, "agent_phone": "13800000000",
    "scope": "代为申请、补正和领取结果", "notices_to": "applicant",
}  # fmt: skip


def ready(scene, *keys):
    for key, colour in zip(keys, ("white", "red", "blue"), strict=False):
        attach(scene.draft, key, photograph(colour))


def test_an_agent_for_a_person_brings_the_letter(scene):
    scene.filled(**FOR_CHEN)
    keys = [
        one.material.key
        for one in Application(scene.draft, scene.wang, scene.cast.version.effective_from).papers
    ]
    assert keys == ["authorisation", "charter", "id"]
    ready(scene, "charter", "id")
    with pytest.raises(Refused, match="授权委托书"):
        send(scene.draft, scene.wang)
    attach(scene.draft, "authorisation", photograph("green"))
    case = send(scene.draft, scene.wang)
    assert (case.applicant_name, case.agent_name) == ("陈伟", "王芳")
    assert case.acting.scope == "代为申请、补正和领取结果"
    assert CaseEvent.objects.get(case=case).facts["acting"] == "person"


@pytest.mark.parametrize(("to", "phone"), [("applicant", "13900000000"), ("agent", "13800000000")])
def test_the_one_chosen_before_sending_is_told(scene, to, phone):
    scene.filled(**FOR_CHEN | {"notices_to": to})
    ready(scene, "authorisation", "charter", "id")
    case = send(scene.draft, scene.wang)
    told = Message.objects.get(about=case.number, channel="sms")
    assert told.to == phone


def test_nobody_is_agent_under_another_number_than_that_of_the_account(scene):
    scene.filled(**FOR_CHEN | {"agent_number": "510104199001010027", "name": "陈伟"})
    ready(scene, "authorisation", "charter", "id")
    with pytest.raises(Refused) as refused:
        send(scene.draft, scene.wang)
    assert refused.value.field == "agent_number"


def test_a_company_on_record_needs_no_letter_and_another_company_does(scene, company):
    said = {
        "acting": "company", "kind": "company", "name": company.name,
        "number": company.credit_code, "agent_name": "陈伟", "agent_number": CHEN,
        "agent_phone": "13900000000", "notices_to": "agent",
    }  # fmt: skip
    scene.filled(**said)
    day = scene.cast.version.effective_from.replace(year=2026)
    assert "authorisation" not in [
        one.material.key for one in Application(scene.draft, scene.chen, day).papers
    ]
    assert "authorisation" in [
        one.material.key for one in Application(scene.draft, scene.wang, day).papers
    ]
    company.agencies.update(until=day.replace(year=2025))
    assert "authorisation" in [
        one.material.key for one in Application(scene.draft, scene.chen, day).papers
    ]
