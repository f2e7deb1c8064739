"""Which document an agent, a signatory and an account showed stands beside its number. bugs 8."""

import pytest

from openhall.applying.actions.sending import send
from openhall.applying.actions.signing import ask_to_sign
from openhall.applying.actions.uploading import attach
from openhall.applying.applicants import ApplicantForm, CounterForm, SignatoryForm
from openhall.cases.application import applied_with
from openhall.cases.models import Case
from openhall.cases.terms import ActingFor
from openhall.deeds.refusals import Refused
from openhall.organs.actions import introduce
from openhall.organs.forms import ResidentSignup
from openhall.organs.models import Account
from openhall.organs.terms import IdentityKind
from tests.rooms.applying.conftest import CHEN, WANG, photograph

SHOWN = [
    ("hk_macao_permit", "h 1234 5678", "H12345678"),
    ("hk_macao_permit", "Ｍ０１２３４５６７８９", "M0123456789"),
    ("taiwan_permit", "１２３４５６７８", "12345678"),
    ("passport", "e‑1234‑5678", "E12345678"),
    ("foreign_resident", "911124198108030024", "911124198108030024"),
    ("foreign_resident", "USA 1101 9901 0101", "USA110199010101"),
    ("residence_permit", "810000199408230021", "810000199408230021"),
    ("resident_id", "11010519491231002ｘ", WANG),
]
NOT_SHOWN = [
    ("resident_id", "H12345678"),
    ("resident_id", "E12345678"),
    ("passport", "护照"),
    ("taiwan_permit", "H12345678"),
    ("residence_permit", WANG),
    ("hk_macao_permit", "H1234567"),
]
FOR_CHEN = {"name": "陈伟", "identity": "resident_id", "number": CHEN, "phone": "13900000000",
            "agent_name": "欧阳娜", "agent_phone": "13800000000", "scope": "代为申请",
            "notices_to": "applicant"}  # fmt: skip


def forms_with(kind: str, number: str):
    """Every form that asks a person's number, filled; with the names of its two fields."""
    agent = FOR_CHEN | {"agent_identity": kind, "agent_number": number}
    yield ApplicantForm(ActingFor.PERSON, agent), "agent_identity", "agent_number"
    yield CounterForm(agent | {"kind": "person"}), "agent_identity", "agent_number"
    own = FOR_CHEN | {"agent_name": "", "identity": kind, "number": number}
    yield ApplicantForm(ActingFor.SELF, own), "identity", "number"
    said = {"name": "欧阳娜", "identity": kind, "number": number}
    yield SignatoryForm(said), "identity", "number"
    said = {"real_name": "欧阳娜", "id_kind": kind, "id_number": number, "phone": "13800138000"}
    yield ResidentSignup(said), "id_kind", "id_number"


@pytest.fixture
def known(settings):
    settings.PROOF_OF_WORK = 0


@pytest.mark.parametrize(("kind", "typed", "kept"), SHOWN)
def test_every_form_takes_every_document_in_any_dress(db, known, kind, typed, kept):
    for form, asked, number in forms_with(kind, typed):
        assert form.is_valid(), (type(form).__name__, form.errors)
        assert (form.cleaned_data[asked], form.cleaned_data[number]) == (kind, kept)


@pytest.mark.parametrize(("kind", "typed"), NOT_SHOWN)
def test_the_number_of_another_document_is_told_beside_it(db, known, kind, typed):
    for form, _asked, number in forms_with(kind, typed):
        assert not form.is_valid(), type(form).__name__
        (said,) = form.errors[number]
        assert "证件" in said
        assert "确保" not in said


@pytest.mark.parametrize("kind", ["credit_code", "x", "resident_id\x00", "护照"])
def test_what_is_no_document_of_a_person_is_no_choice(db, known, kind):
    for form, asked, _number in forms_with(kind, CHEN):
        assert asked in form.errors


def test_a_program_that_does_not_say_the_document_is_read_by_the_number(db, known):
    form = SignatoryForm({"name": "欧阳娜", "number": "H12345678"})
    assert form.is_valid()
    assert form.cleaned_data["identity"] == "hk_macao_permit"


def test_the_case_keeps_and_prints_what_the_agent_showed(scene):
    account = introduce(
        Account.objects.create_user("ouyang"),
        real_name="欧阳娜",
        id_number="E12345678",
        id_kind=IdentityKind.PASSPORT,
        phone="13800000000",
    )
    scene.draft.account = account
    scene.draft.save()
    scene.filled(
        **FOR_CHEN | {"acting": "person", "agent_identity": "passport", "agent_number": "e12345678"}
    )
    for key, colour in (("authorisation", "green"), ("charter", "white"), ("id", "red")):
        attach(scene.draft, key, photograph(colour))
    case = Case.objects.get(pk=send(scene.draft, account).pk)
    assert (case.agent_identity, case.agent_number) == ("passport", "E12345678")
    assert ("其护照", "E12345678") in applied_with(case).applicant
    Case.objects.filter(pk=case.pk).update(agent_identity="resident_id")
    assert not applied_with(Case.objects.get(pk=case.pk)).intact


def test_a_signatory_and_an_account_keep_theirs(scene):
    scene.filled()
    one = ask_to_sign(scene.draft, "欧阳娜", "12345678", IdentityKind.TAIWAN_PERMIT)
    assert (one.identity, one.number) == ("taiwan_permit", "12345678")
    with pytest.raises(Refused, match=r"不是居民身份证的号码|应为18位"):
        ask_to_sign(scene.draft, "某某", "12345679", IdentityKind.RESIDENT_ID)
    assert scene.wang.id_kind == "resident_id"
