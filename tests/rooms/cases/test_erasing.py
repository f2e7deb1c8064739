"""删除个人信息: the data goes for good, the proofs stay. 个人信息保护法 47."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from openhall.cases import actions
from openhall.cases.actions import Party, erase
from openhall.cases.kinds import CASE
from openhall.cases.models import Case, CaseEvent, Erasure
from openhall.cases.public import opening_of
from openhall.cases.terms import ApplicantKind, Channel, ErasureGround, Outcome
from openhall.deeds.audit import of_kind
from openhall.deeds.refusals import Refused
from openhall.files.actions import folder_of
from openhall.files.models import Upload
from openhall.ledger.actions import begin_verification, seal, verify_all
from openhall.ledger.queries import latest_checkpoint, receipt_for
from openhall.ledger.rules.commitment import NotOpened, Opening, verify_opening
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk, IdentityKind
from openhall.papers.models import Paper

NUMBER = "11010519491231002X"
PARTY = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, NUMBER, "13812345678")
REASON = "依申请人书面请求删除"


@pytest.fixture
def head(cast):
    account = Account.objects.create_user(username="he_jie")
    appoint(account, cast.organ, Desk.HEAD, date(2003, 1, 1))
    return account


@pytest.fixture
def declined(cast, doing, settings, tmp_path):
    settings.RETENTION_DAYS, settings.DEMO = 30, True
    settings.PUBLISHED_ROOT = tmp_path
    case = actions.submit(
        cast.item.code,
        PARTY,
        {"subject": "秘密"},
        Channel.ONLINE,
        doing(cast.wang_fang, "2024-03-04 09:00"),
    )
    Upload.objects.create(
        folder_id=folder_of(case),
        given="attached",  # what was sent is compared with its sending
        material="id",
        name="身份证.png",
        media_type="image/png",
        size=3,
        sha256="a" * 64,
        file=SimpleUploadedFile("x", b"abc"),
        at=case.received_at,
    )
    window = doing(cast.li_chuang, "2024-03-05 10:00", desk="window")
    actions.decline(case.pk, Outcome.INELIGIBLE, "年龄未达到规定的条件。", window)
    seal()
    return Case.objects.get(pk=case.pk)


def test_what_the_applicant_opens_is_what_was_written_and_nothing_else(declined):
    receipt = receipt_for(CaseEvent.objects.get(case=declined, seq=1).entry)
    opening = opening_of(declined, 1)
    said = verify_opening(Opening.from_json(opening.to_json()), receipt.entry)
    assert said["applicant"] == "王芳"
    forged = Opening.from_json(opening.to_json().replace("王芳", "李四"))
    with pytest.raises(NotOpened, match="applicant"):
        verify_opening(forged, receipt.entry)
    other = Opening.from_json(opening_of(declined, 2).to_json())
    with pytest.raises(NotOpened, match="another step"):
        verify_opening(other, receipt.entry)


def test_proofs_made_before_hold_after_the_data_is_gone(
    declined, head, doing, client, django_capture_on_commit_callbacks
):
    receipt = receipt_for(CaseEvent.objects.get(case=declined, seq=1).entry).to_json()
    upload = Upload.objects.get()
    storage, kept = upload.file.storage, upload.file.name
    with django_capture_on_commit_callbacks(execute=True):
        done = erase(declined.pk, ErasureGround.ON_REQUEST, REASON, doing(head, "2024-05-06 09:00"))
    assert Erasure.objects.get() == done
    signed = verify_receipt(Receipt.from_json(receipt), public_verifier_key())
    assert signed == latest_checkpoint().size
    case = Case.objects.get(pk=declined.pk)
    assert (case.salt, case.applicant_name, case.identity_number, case.phone) == ("", "", "", "")
    assert [event.detail for event in CaseEvent.objects.filter(case=case)] == ["", "", ""]
    assert opening_of(case, 1) is None
    assert not storage.exists(kept)
    for paper in Paper.objects.filter(about=case.number):
        assert "王芳" not in paper.content
        assert "年龄" not in paper.content
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM cases_caseevent")
        assert all("王芳" not in (row[0] or "") for row in cursor.fetchall())
    seal()
    assert verify_all(begin_verification("test").pk) == 0
    page = client.get(f"/statistics/cases/{case.number}/")
    assert "个人信息已经删除" in page.text
    assert client.get(f"/check/{Paper.objects.first().check_code}/").status_code == 200


def test_who_and_when_is_refused(declined, head, cast, doing):
    for account in (cast.li_chuang, cast.sun_pi, cast.wang_fang, cast.zhou_wai):
        with pytest.raises(Refused, match="机关负责人"):
            erase(declined.pk, ErasureGround.ON_REQUEST, REASON, doing(account, "2024-05-06 09:00"))
    with pytest.raises(Refused, match="2024-04-03，尚未届满"):
        erase(declined.pk, ErasureGround.ON_REQUEST, REASON, doing(head, "2024-04-03 09:00"))
    with pytest.raises(Refused, match="不少于10个字"):
        erase(declined.pk, ErasureGround.ON_REQUEST, "删", doing(head, "2024-05-06 09:00"))
    Case.objects.filter(pk=declined.pk).update(closed_at=None, outcome="")
    with pytest.raises(Refused, match="尚未办结"):
        erase(declined.pk, ErasureGround.ON_REQUEST, REASON, doing(head, "2024-05-06 09:00"))


def test_it_is_done_once_and_its_record_stays(declined, head, doing):
    once = doing(head, "2024-05-06 09:00")
    first = erase(declined.pk, ErasureGround.RETENTION_OVER, REASON, once)
    assert erase(declined.pk, ErasureGround.RETENTION_OVER, REASON, once) == first
    with pytest.raises(Refused, match="不能重复"):
        erase(declined.pk, ErasureGround.RETENTION_OVER, REASON, doing(head, "2024-05-07 09:00"))
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        Erasure.objects.update(reason="x")
    assert list(of_kind(CASE)) == []  # what is left still fits what the log committed to


def test_the_opening_is_the_applicant_s_alone(declined, cast, client):
    address = f"/cases/{declined.number}/openings/1.json"
    assert client.get(address).status_code == 404
    client.force_login(cast.wang_fang)
    assert json.loads(client.get(address).text)["fields"]["applicant"]["value"] == "王芳"
    client.force_login(cast.li_chuang)
    assert client.get(address).status_code == 404
