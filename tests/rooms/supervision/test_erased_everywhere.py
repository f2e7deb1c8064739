"""All that the house can hold of one person is made, then erased, then looked for in every column.

The one who looks has the database and the vault's keys: what is only encrypted is read. What law
keeps is refused first, with the law and the day. Every proof given before holds afterwards.
"""

import io
import json
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from PIL import Image

from openhall.applying.actions import reusing
from openhall.applying.actions.drafting import discard, save_draft, start_draft
from openhall.applying.actions.sending import send
from openhall.applying.actions.signing import ask_to_sign, sign
from openhall.applying.actions.uploading import attach
from openhall.applying.models import HeldDocument, Signatory
from openhall.applying.queries import digest_now
from openhall.appraisal.actions import rate
from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction
from openhall.cases import actions
from openhall.cases.actions.reveal import reveal
from openhall.cases.actions.supplement_draft import save_supplement
from openhall.cases.models import Case, CaseEvent
from openhall.cases.terms import (
    AttemptResult,
    ConsultedOpinion,
    Delivery,
    ErasureGround,
    Opinion,
    Outcome,
    SuspensionGround,
)
from openhall.catalogue.models import Form, Material
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from openhall.ledger.actions import begin_verification, seal, verify_all
from openhall.ledger.queries import receipt_for
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from openhall.organs.actions import introduce
from openhall.organs.models import Account, Organ
from openhall.outbox.models import Message
from openhall.papers.actions.handing_out import hand_out
from openhall.papers.models import Paper
from openhall.permits.actions import bar
from openhall.permits.actions import permits as licensing
from openhall.permits.models import PermitDeed
from openhall.permits.terms import BanGround, CancellationGround, RequestKind
from openhall.supervision import actions as watching
from openhall.supervision.actions.erasing import forget_old_complaints
from openhall.supervision.models import Complaint, SupervisionDeed, SupervisionRule
from openhall.supervision.queries import deeds_told
from openhall.supervision.terms import CardAct, ComplaintAbout, IssueAct, NoticeKind, Subject
from openhall.vault.fields import MARK, blind, decrypt
from tests.factories.catalogue import rewritten

NAME, PHONE, HOME = "欧阳绛雪", "13812345678", "梨花巷七十七号"
NUMBER, FRIEND, FRIENDS = "11010519491231002X", "司徒清秋", "510104199001010019"
SAID = f"经与{NAME}（{PHONE}）核实，其住{HOME}，情况属实。"
TOKENS = (NAME, PHONE, HOME, NUMBER, FRIEND, FRIENDS, blind(NUMBER), blind(FRIENDS))


def photograph(name):
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue())


def everything():
    """Every value of every table as its keys open it, with the place where it stands."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {table}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                number = dict(zip(columns, row, strict=True)).get("id", "")
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", opened(value, f"{table}.{column}", number)


def opened(value, place, row):
    if isinstance(value, memoryview | bytes):
        value = bytes(value).decode("utf-8", "replace")
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    if text.startswith(MARK):
        text = decrypt(text, place, row)
    return text + json.dumps(text) + json.dumps(text, ensure_ascii=False)


def found():
    """Where one of the tokens can be read, outside the person's own account."""
    escaped = [json.dumps(token)[1:-1] for token in TOKENS]
    return {
        place
        for place, text in everything()
        if not place.startswith("organs_account.")
        and any(token in text for token in (*TOKENS, *escaped))
    }


@pytest.fixture
def city(cast, settings, tmp_path):
    settings.RETENTION_DAYS, settings.DEMO = 30, True
    settings.PUBLISHED_ROOT = tmp_path
    for key, name in (("charter", "章程草案"), ("id", "申请人身份证件")):
        Material.objects.create(version=cast.version, key=key, name=name)
    asked = {"key": "name", "kind": "text", "label": "社团名称", "required": True}
    Form.objects.create(version=cast.version, title="申请书", fields=[asked])
    rewritten(cast.version, result_kind="1", result_validity="1年")
    introduce(cast.wang_fang, real_name=NAME, id_number=NUMBER, phone=PHONE)
    friend = Account.objects.create_user(username="friend")
    introduce(friend, real_name=FRIEND, id_number=FRIENDS, phone="13900000000")
    cast.friend = friend
    return cast


@pytest.fixture
def applied(city, doing):
    """Typed, signed by a friend, sent; the window asked for more and saw the originals."""
    with time_machine.travel("2024-03-04T09:00:00+08:00"):
        draft = start_draft(city.version, city.wang_fang)
        party = {
            "acting": "self",
            "kind": "person",
            "name": NAME,
            "number": NUMBER,
            "phone": PHONE,
            "address": HOME,
        }
        save_draft(draft, {"party": party, "answers": {"name": f"{NAME}读书会"}}, "papers")
        attach(draft, "charter", photograph(f"{NAME}章程.png"))
        attach(draft, "id", photograph(f"{NAME}身份证.png"))
        asked = ask_to_sign(draft, FRIEND, FRIENDS)
        sign(asked, digest_now(draft), city.friend)
        case = send(draft, city.wang_fang)
    point = actions.Point(f"{NAME}的名称与已登记社团相同，请更换。", field="name")
    actions.ask_for_supplement(case.pk, [point], doing(city.li_chuang, "2024-03-05 09:00"))
    case.refresh_from_db()
    save_supplement(case, {"name": f"{NAME}诗社"})
    actions.supplement(case.pk, {"name": f"{NAME}诗社"}, doing(city.wang_fang, "2024-03-05 10:00"))
    case.refresh_from_db()
    reusing.verify_original(
        case.uploads.get(material="id"), doing(city.li_chuang, "2024-03-05 11:00")
    )
    return case


@pytest.fixture
def examined(city, applied, doing):
    """Every act of the examination, each saying more of her than it should."""
    pk, handler = applied.pk, city.zhao_cheng
    actions.accept(pk, doing(city.li_chuang, "2024-03-06 09:00"))
    actions.hand_over(pk, handler, [f"{NAME}申请书"], doing(city.li_chuang, "2024-03-06 09:30"))
    head = doing(city.head, "2024-03-06 13:00")
    actions.ask_extension(pk, 5, SAID, doing(handler, "2024-03-06 10:00"))
    actions.refuse_extension(pk, SAID, head)
    actions.ask_extension(pk, 5, SAID, doing(handler, "2024-03-06 14:00"))
    actions.extend(pk, 5, SAID, doing(city.head, "2024-03-06 15:00"))
    actions.note(pk, SAID, doing(handler, "2024-03-06 16:00"))
    place = f"{HOME}{NAME}家"
    officers = [handler, city.sun_pi]
    actions.site_check(
        pk, date(2024, 3, 6), place, officers, SAID, True, doing(handler, "2024-03-06 17:00")
    )
    water = Organ.objects.get(code="cd-water")
    actions.consult(pk, water, SAID, date(2024, 3, 20), doing(handler, "2024-03-07 09:00"))
    asked = applied.consultations.get()
    actions.opine(
        asked.pk, ConsultedOpinion.DISAGREE, SAID, doing(city.adviser, "2024-03-07 10:00")
    )
    actions.tell_hearing(pk, SAID, doing(handler, "2024-03-07 11:00"))
    actions.ask_hearing(pk, FRIEND, doing(city.li_chuang, "2024-03-08 09:00"))
    host = (date(2024, 3, 20), place, city.head)
    actions.call_hearing(pk, *host, doing(handler, "2024-03-08 10:00"))
    actions.hold_hearing(pk, SAID, doing(handler, "2024-03-20 16:00"))
    actions.forward(pk, "四川省民政厅", SAID, doing(handler, "2024-03-21 09:00"))
    actions.reply(pk, SAID, doing(handler, "2024-03-22 09:00"))
    ground = (SuspensionGround.TESTING, "行政许可法 45", 2, "特1号")
    actions.suspend(pk, *ground, doing(handler, "2024-03-22 10:00"))
    actions.resume(pk, doing(handler, "2024-03-25 10:00"))
    actions.review(pk, Opinion.GRANT, SAID, doing(handler, "2024-03-25 11:00"))
    applied.refresh_from_db()
    with time_machine.travel("2024-03-25T12:00:00+08:00"):
        reveal(applied, f"需电话核实{NAME}住址", doing(city.sun_pi, "2024-03-25 11:59"))
    return applied


@pytest.fixture
def served(city, examined, doing):
    """Granted with a permit, posted in vain, delivered, rated badly; asked to be changed."""
    pk, window = examined.pk, city.li_chuang
    actions.decide(pk, Outcome.GRANTED, "", "", doing(city.sun_pi, "2024-03-26 09:00"))
    actions.issue(pk, doing(window, "2024-03-26 10:00"))
    for result, hour in ((AttemptResult.POSTED, 11), (AttemptResult.RETURNED, 12)):
        actions.attempt(
            pk,
            Delivery.POST,
            result,
            doing(window, f"2024-03-26 {hour}:00"),
            tracking="EX123456789CN",
            note=SAID,
        )
    actions.deliver(pk, Delivery.IN_PERSON, NAME, doing(window, "2024-03-27 09:00"))
    rated = doing(city.wang_fang, "2024-03-27 10:00")
    rate(pk, Satisfaction.BAD, [BadReason.SLOW], SAID, RatingSource.ONLINE, rated)
    examined.refresh_from_db()
    number = examined.licence.pk
    holder = doing(city.wang_fang, "2024-03-28 09:00")
    licensing.ask(number, RequestKind.CHANGE, SAID, holder)
    licensing.answer(number, False, SAID, doing(city.sun_pi, "2024-03-28 10:00"))
    for paper in Paper.objects.filter(about=examined.number):
        hand_out(paper)
    return examined


@pytest.fixture
def watched(city, served, doing, he_jie, song_jian, zheng_fa):
    """Complained about, carded and ruled on, drawn and reviewed, put right."""
    rule = SupervisionRule.objects.get(code="other")
    card = watching.raise_by_hand(
        rule, city.organ, SAID, doing(song_jian, "2024-03-28 11:00"), case=served
    )
    watching.explain(card.pk, SAID, doing(he_jie, "2024-03-28 12:00"))
    watching.rule_on(card.pk, CardAct.UPHOLD, SAID, doing(song_jian, "2024-03-28 13:00"))
    watching.issue_notice(card.pk, NoticeKind.URGING, SAID, doing(song_jian, "2024-03-28 14:00"))
    said = watching.Grievance(
        ComplaintAbout.CASE, city.organ, SAID, case=served, name=NAME, phone=PHONE
    )
    complaint = watching.complain(said, doing(None, "2024-03-28 15:00"))
    return {"card": card, "complaint": complaint, "song": song_jian, "he": he_jie}


def finish(watched, served, doing):
    """The complaint answered and confirmed, every finding struck off."""
    song, he, pk = watched["song"], watched["he"], watched["complaint"].pk
    watching.accept_complaint(pk, doing(song, "2024-03-29 09:00"))
    watching.answer_complaint(pk, SAID, doing(he, "2024-03-29 10:00"))
    watching.pass_complaint(pk, True, doing(song, "2024-03-29 11:00"))
    watching.confirm_complaint(pk, doing(None, "2024-03-29 12:00"), holds_code=True)
    for n, issue in enumerate(served.issues.order_by("pk")):
        watching.accept_issue(issue.pk, SAID, doing(he, f"2024-03-29 13:0{n}"))
        watching.start_issue(issue.pk, doing(he, f"2024-03-29 13:1{n}"))
        watching.submit_issue(issue.pk, SAID, doing(he, f"2024-03-29 13:2{n}"))
        watching.check_issue(issue.pk, IssueAct.VERIFY, SAID, doing(song, f"2024-03-29 13:3{n}"))
        watching.close_issue(issue.pk, "已经整改。", doing(song, f"2024-03-29 13:4{n}"))


@pytest.fixture(autouse=True)
def people(city, he_jie):
    from openhall.organs.actions import appoint
    from openhall.organs.terms import Desk

    city.head = he_jie
    city.adviser = Account.objects.create_user(username="adviser")
    appoint(city.adviser, Organ.objects.get(code="cd-water"), Desk.HANDLER, date(2003, 1, 1))


@pytest.mark.usefixtures("sound")
def test_nothing_is_found_after_all_of_it_was_made_and_every_proof_holds(
    city, served, watched, doing, django_capture_on_commit_callbacks
):
    erase = lambda moment: actions.erase(  # noqa: E731
        served.pk, ErasureGround.ON_REQUEST, "依申请人书面请求删除", doing(city.head, moment)
    )
    assert len(found()) > 20  # it is all there, and would be found
    with pytest.raises(Refused, match=r"有效期至2025-03-25.*行政许可法 61.*注销"):
        erase("2024-06-03 09:00")
    licensing.cancel(
        served.licence.pk, CancellationGround.OTHER, SAID, doing(city.sun_pi, "2024-04-01 09:00")
    )
    with pytest.raises(Refused, match=r"投诉.*尚未办结"):
        erase("2024-06-03 09:00")
    finish(watched, served, doing)
    with pytest.raises(Refused, match="2024-04-30，尚未届满"):
        erase("2024-04-30 09:00")
    with pytest.raises(Refused, match="不能写申请人的姓名") as told:
        actions.erase(
            served.pk,
            ErasureGround.ON_REQUEST,
            f"依{NAME}书面请求删除个人信息",
            doing(city.head, "2024-06-03 09:00"),
        )
    assert told.value.field == "reason"
    seal()
    entries = [
        *CaseEvent.objects.filter(case=served).values_list("entry", flat=True),
        *PermitDeed.objects.values_list("entry", flat=True),
        *SupervisionDeed.objects.values_list("entry", flat=True),
    ]
    receipts = [receipt_for(entry).to_json() for entry in entries]
    files = [
        (kept.storage, kept.name)
        for upload in Upload.objects.all()
        for kept in (upload.file, upload.thumbnail)
        if kept
    ]
    complaint = watched["complaint"].pk
    assert any(words for _deed, words in deeds_told(Subject.COMPLAINT, complaint))
    assert Message.objects.filter(about=served.number, state="queued").exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase("2024-06-03 10:00")
    assert found() == set()
    assert not any(storage.exists(name) for storage, name in files)
    assert not any(words for _deed, words in deeds_told(Subject.COMPLAINT, complaint))
    assert not any(words for _deed, words in deeds_told(Subject.CARD, watched["card"].pk))
    assert not Message.objects.filter(about=served.number, next_at__isnull=False).exists()
    for receipt in receipts:
        assert verify_receipt(Receipt.from_json(receipt), public_verifier_key())
    seal()
    verification = begin_verification("test")
    verify_all(verification.pk)
    verification.refresh_from_db()
    # The story travels to 2024 and back, so the times of some entries jump; nothing else is found.
    assert [one for one in verification.findings if "clock jumped" not in one["sentence_en"]] == []


def test_who_is_barred_is_kept_until_the_bar_ends(city, applied, doing):
    pk = applied.pk
    actions.accept(pk, doing(city.li_chuang, "2024-03-06 09:00"))
    actions.hand_over(pk, city.zhao_cheng, [], doing(city.li_chuang, "2024-03-06 09:30"))
    actions.review(pk, Opinion.REFUSE, SAID, doing(city.zhao_cheng, "2024-03-06 10:00"))
    remedy = "可在60日内申请行政复议，或在6个月内提起行政诉讼。"
    actions.decide(pk, Outcome.REFUSED, SAID, remedy, doing(city.sun_pi, "2024-03-06 11:00"))
    ground = BanGround.FALSE_MATERIALS
    bar(pk, ground, SAID, doing(city.sun_pi, "2024-03-06 12:00"))
    actions.deliver(pk, Delivery.IN_PERSON, NAME, doing(city.li_chuang, "2024-03-06 13:00"))

    def erase(moment):
        actions.erase(
            pk, ErasureGround.RETENTION_OVER, "档案保存期限已经届满", doing(city.head, moment)
        )

    with pytest.raises(Refused, match=r"2025-03-06以前不得再次申请.*行政许可法 78、79"):
        erase("2025-03-06 08:00")
    erase("2025-03-07 09:00")
    assert found() == set()


def test_a_document_in_use_elsewhere_is_kept_and_its_bytes_outlive_the_first_case(
    city, applied, doing, django_capture_on_commit_callbacks
):
    actions.withdraw(applied.pk, doing(city.wang_fang, "2024-03-05 12:00"))
    with time_machine.travel("2024-03-20T09:00:00+08:00"):
        other = start_draft(city.version, city.wang_fang)
        reusing.use_document(other, "id", HeldDocument.objects.get(), city.wang_fang)
        attach(other, "charter", photograph("章程.png"))
        party = {"acting": "self", "kind": "person", "name": NAME, "number": NUMBER, "phone": PHONE}
        save_draft(other, {"party": party, "answers": {"name": "诗社"}}, "papers")
        case = send(other, city.wang_fang)
    reason = "依申请人书面请求删除"

    def erase(pk, moment):
        actions.erase(pk, ErasureGround.ON_REQUEST, reason, doing(city.head, moment))

    with pytest.raises(Refused, match=f"正用于办件{case.number}"):
        erase(applied.pk, "2024-06-03 09:00")
    actions.withdraw(case.pk, doing(city.wang_fang, "2024-03-21 09:00"))
    kept = case.uploads.get(material="id")
    with django_capture_on_commit_callbacks(execute=True):
        erase(applied.pk, "2024-06-03 09:00")
    assert kept.file.storage.exists(kept.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        erase(case.pk, "2024-06-03 10:00")
    assert not kept.file.storage.exists(kept.file.name)
    assert found() == set()


def test_a_draft_that_was_never_sent_leaves_nothing_when_it_ends(
    city, django_capture_on_commit_callbacks
):
    draft = start_draft(city.version, city.wang_fang)
    save_draft(draft, {"party": {"name": NAME, "number": NUMBER, "phone": PHONE}}, "applicant")
    attach(draft, "id", photograph(f"{NAME}身份证.png"))
    ask_to_sign(draft, FRIEND, FRIENDS)
    assert found()
    with django_capture_on_commit_callbacks(execute=True):
        discard(draft)
    assert found() == set()
    assert Signatory.objects.get().number_blind.startswith("erased-")


@pytest.mark.usefixtures("sound")
def test_an_old_complaint_about_no_case_is_erased_by_its_age(city, doing, song_jian):
    said = watching.Grievance(
        ComplaintAbout.WINDOW, city.organ, SAID, window="3号窗口", name=NAME, phone=PHONE
    )
    complaint = watching.complain(said, doing(None, "2024-03-04 09:00"))
    assert forget_old_complaints(date(2024, 6, 3)) == 0  # it has not ended
    watching.reject_complaint(complaint.pk, SAID, doing(song_jian, "2024-03-05 09:00"))
    assert forget_old_complaints(date(2024, 4, 3)) == 0
    assert forget_old_complaints(date(2024, 4, 5)) == 1
    assert forget_old_complaints(date(2024, 4, 5)) == 0
    assert found() == set()
    assert Complaint.objects.get().state == "rejected"
    assert Complaint.objects.get().salt == ""
    assert Case.objects.count() == 0
