"""一次提交: A and B serve again with consent, for one application, until it is taken back."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from openhall.applying.actions.applicant import party_of
from openhall.applying.actions.drafting import save_draft, start_draft
from openhall.applying.actions.reusing import (
    revoke,
    use_answers,
    use_document,
    use_party,
    verify_original,
)
from openhall.applying.actions.sending import send
from openhall.applying.actions.uploading import attach, hand_files_over
from openhall.applying.holdings import documents_of, fitting, offers, usable
from openhall.applying.models import Consent, HeldDocument
from openhall.applying.queries import content_of, live_uploads
from openhall.cases import actions
from openhall.cases.models import CaseEvent
from openhall.cases.terms import Channel, Delivery, Opinion, Outcome
from openhall.deeds.refusals import Refused
from openhall.files.judges import drawn
from openhall.files.models import Upload
from openhall.files.rules.pdfs import look_into
from openhall.files.watermark import mark_of
from openhall.ledger.models import Entry
from openhall.organs.models import Account
from tests.rooms.applying.conftest import photograph


@pytest.fixture
def sent(scene):
    scene.filled()
    attach(scene.draft, "charter", photograph())
    attach(scene.draft, "id", photograph("red", "身份证.png"))
    return send(scene.draft, scene.wang)


@pytest.fixture
def now():
    serial = count(1)
    return lambda account, desk="window": actions.Doing(
        account, timezone.now(), f"now-{next(serial)}", desk
    )


@pytest.fixture
def held(scene, sent, now):
    """Her identity document, whose original the window has seen."""
    upload = sent.uploads.get(material="id")
    return verify_original(upload, now(scene.cast.li_chuang))


def test_the_window_makes_a_copy_b_and_says_who_and_when(scene, sent, held):
    upload = sent.uploads.get(material="id")
    assert (upload.trust, upload.verified_by) == ("B", scene.cast.li_chuang)
    assert (held.trust, held.name, held.organ) == ("B", "申请人身份证件", scene.cast.organ)
    assert Entry.objects.filter(kind="document").count() == 1


@pytest.mark.parametrize("who", ["wang_fang", "zhao_cheng", "sun_pi", "zhou_wai"])
def test_nobody_but_the_window_of_the_unit_verifies(scene, sent, now, who):
    upload = sent.uploads.get(material="id")
    with pytest.raises(Refused, match="只有本单位窗口"):
        verify_original(upload, now(getattr(scene.cast, who)))
    assert not HeldDocument.objects.exists()
    assert Upload.objects.get(pk=upload.pk).trust == "C"


def test_a_granted_result_becomes_an_a_document_of_its_owner(scene, sent, now):
    cast = scene.cast
    actions.accept(sent.pk, now(cast.li_chuang))
    actions.hand_over(sent.pk, cast.zhao_cheng, [], now(cast.li_chuang))
    actions.review(sent.pk, Opinion.GRANT, "材料齐全，同意。", now(cast.zhao_cheng, "handler"))
    actions.decide(sent.pk, Outcome.GRANTED, "", "", now(cast.sun_pi, "decider"))
    actions.issue(sent.pk, now(cast.li_chuang))
    actions.deliver(sent.pk, Delivery.IN_PERSON, "王芳", now(cast.li_chuang))
    (held,) = documents_of(scene.wang, timezone.localdate())
    assert (held.trust, held.paper.kind) == ("A", "grant")
    again = start_draft(cast.version, scene.wang)
    upload = use_document(again, "charter", held, scene.wang)
    assert upload.trust == "A"
    assert mark_of(upload).startswith("此件由市民政局提供")


def test_a_document_is_used_again_with_a_recorded_consent_and_its_watermark(scene, held):
    again = start_draft(scene.cast.version, scene.wang)
    material = scene.cast.version.materials.get(key="id")
    assert fitting(material, usable(documents_of(scene.wang, timezone.localdate()), held.since))
    upload = use_document(again, "id", held, scene.wang)
    use_document(again, "id", held, scene.wang)  # a second click
    (consent,) = Consent.objects.all()
    assert "申请人身份证件" in consent.words
    assert (upload.trust, upload.sha256) == ("B", held.sha256)
    assert mark_of(upload) == "此件经市民政局与原件核对无误，仅供办理政务服务事项时使用"
    with upload.file.open("rb") as file:
        copy = drawn(file.read(), upload.media_type, mark_of(upload))
    assert look_into("copy.pdf", copy).pages == 1


def test_a_consent_is_taken_back_before_sending_and_the_document_goes(scene, held):
    again = start_draft(scene.cast.version, scene.wang)
    use_document(again, "id", held, scene.wang)
    consent = Consent.objects.get()
    with pytest.raises(Refused, match="作出同意的本人"):
        revoke(again, consent.pk, scene.chen)
    revoke(again, consent.pk, scene.wang)
    assert live_uploads(again) == []
    assert Consent.objects.get().revoked_at is not None
    assert HeldDocument.objects.get().upload.file  # the first case keeps its own


def test_after_sending_a_consent_stands(scene, held):
    again = start_draft(scene.cast.version, scene.wang)
    save_draft(again, {"party": scene.party(), "answers": {"name": "书会"}}, "papers")
    use_document(again, "id", held, scene.wang)
    attach(again, "charter", photograph("blue"))
    case = send(again, scene.wang)
    assert Consent.objects.get().case == case
    assert CaseEvent.objects.get(case=case).facts["reused"] == {"B": 1}
    with pytest.raises(Refused, match="已经提交"):
        revoke(again, Consent.objects.get().pk, scene.wang)


def test_nobody_uses_the_documents_of_another(scene, held):
    theirs = start_draft(scene.cast.version, scene.chen)
    for who in (scene.chen, scene.cast.li_chuang, Account.objects.create_user(username="li_si")):
        with pytest.raises(Refused, match="只能使用本人"):
            use_document(theirs, "id", held, who)
    assert documents_of(scene.chen, timezone.localdate()) == []
    assert not Consent.objects.exists()


def test_an_expired_or_withdrawn_document_serves_no_more(scene, held):
    again = start_draft(scene.cast.version, scene.wang)
    held.until = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="有效期"):
        use_document(again, "id", held, scene.wang)
    held.until, held.withdrawn_at = None, timezone.now()
    with pytest.raises(Refused, match="停用"):
        use_document(again, "id", held, scene.wang)


def test_a_company_agent_uses_the_companys_documents_while_the_agency_lasts(scene, company, doing):
    said = {
        "acting": "company", "name": company.name, "number": company.credit_code,
        "phone": "13900000000", "agent_name": "陈伟", "agent_number": scene.chen.id_number,
    }  # fmt: skip
    case = actions.submit(
        "MZ-XK-0001", party_of({"party": said}), {"name": "锦江读书会"}, Channel.ONLINE,
        doing(scene.chen, "2026-11-18 09:00"),
    )  # fmt: skip
    mine = start_draft(scene.cast.version, scene.chen)
    upload = attach(mine, "id", photograph("green"))
    hand_files_over(mine, case)
    seen = Upload.objects.get(pk=upload.pk)
    held = verify_original(seen, doing(scene.cast.li_chuang, "2026-11-19 09:00", desk="window"))
    assert documents_of(scene.chen, timezone.localdate()) == [held]
    company.agencies.update(until=timezone.localdate() - timedelta(days=1))
    assert documents_of(scene.chen, timezone.localdate()) == []


def test_earlier_answers_fill_what_is_empty_and_nothing_that_was_typed(scene, sent):
    again = start_draft(scene.cast.version, scene.wang)
    (offer,) = offers(again, scene.wang)
    assert (offer.case, offer.keys) == (sent, ("name",))
    use_answers(again, sent, offer.keys, scene.wang)
    assert content_of(again)["answers"] == {"name": "锦江读书会"}
    revoke(again, Consent.objects.get().pk, scene.wang)
    assert content_of(again)["answers"] == {}
    save_draft(again, {"answers": {"name": "自己填的"}}, "questions")
    use_answers(again, sent, offer.keys, scene.wang)
    assert content_of(again)["answers"] == {"name": "自己填的"}


def test_answers_and_applicant_of_another_are_refused(scene, sent):
    theirs = start_draft(scene.cast.version, scene.chen)
    for deed in (
        lambda: use_answers(theirs, sent, ["name"], scene.chen),
        lambda: use_party(theirs, sent, scene.chen),
    ):
        with pytest.raises(Refused, match="只能使用本人"):
            deed()
    assert offers(theirs, scene.chen) == []
