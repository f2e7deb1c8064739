"""网上申报 (B6) and 一次提交 (A11): applying, told through the pages people use.

王芳 applies on her telephone and goes on at home; what the city has seen once she need not bring
again; 陈伟 applies for another; two sign one content; a letter is entered for her; the window asks
once, and only what it named is open.
"""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openhall.applying.models import Consent, Draft
from openhall.cases import actions
from openhall.cases.actions import Party
from openhall.cases.actions.supplement_draft import attach_supplement
from openhall.cases.kinds import CASE
from openhall.cases.models import Case
from openhall.cases.terms import ApplicantKind, Channel
from openhall.catalogue.models import Form, Material
from openhall.deeds.audit import of_kind
from openhall.files.models import Upload
from openhall.organs.actions import introduce
from openhall.organs.models import Account
from openhall.organs.terms import IdentityKind
from openhall.outbox.models import Message
from openhall.papers.models import Paper
from openhall.papers.terms import PaperKind
from tests.rooms.applying.conftest import CHEN, WANG, photograph

NAME = {"key": "name", "kind": "text", "label": "社团名称", "required": True}
SEAT = {"key": "seat", "kind": "text", "label": "住所", "required": True}
SAID = {"name": "锦江读书会", "seat": "锦江区"}
HERSELF = {"acting": "self", "name": "王芳", "number": WANG, "phone": "13800000000"}
MORNING = "2026-11-23 09:00"
PARTY = Party(
    ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X", "13800138000"
)


@pytest.fixture
def people(cast):
    """王芳 and 陈伟, known by their numbers; the item asks two things and wants three papers."""
    for key, name, trust in (
        ("charter", "章程草案", "C"),
        ("id", "申请人身份证件", "C"),
        ("promise", "真实性承诺书", "D"),
    ):
        Material.objects.create(version=cast.version, key=key, name=name, trust=trust)
    Form.objects.create(version=cast.version, title="申请书", fields=[NAME, SEAT])
    introduce(cast.wang_fang, real_name="王芳", id_number=WANG, phone="13800000000")
    Account.objects.filter(pk=cast.wang_fang.pk).update(assurance="window")
    chen = Account.objects.create_user(username="chen_wei")
    introduce(chen, real_name="陈伟", id_number=CHEN, phone="13900000000")
    return cast.wang_fang, chen


def at(draft, step):
    return reverse("portal:draft", args=[draft.pk, step])


def begun(client, cast) -> Draft:
    client.post(reverse("portal:start", args=[cast.item.code]))
    return Draft.objects.latest("pk")


def filled(client, draft, party=HERSELF, papers=("charter", "id", "promise")):
    client.post(at(draft, "applicant"), party)
    client.post(at(draft, "questions"), SAID)
    for place, key in enumerate(papers):
        colour = ("white", "red", "green", "blue")[place]
        client.post(at(draft, "papers"), {key: photograph(colour, f"{key}.png")})


def sent(client, draft) -> Case:
    answer = client.post(at(draft, "review"))
    assert answer.status_code == 303, answer.text
    return Case.objects.latest("pk")


def at_window(client, cast, case):
    client.force_login(cast.li_chuang)
    return reverse("office:matter", args=[cast.organ.code, "window", case.number])


def test_what_was_begun_on_the_telephone_is_finished_at_home_and_sent_once(client, cast, people):
    draft = begun(client, cast)  # without an account: only the code leads back
    client.post(at(draft, "applicant"), HERSELF)
    saved = client.post(at(draft, "questions"), {"name": "锦江读书会", "later": "1"}, follow=True)
    assert "续填单" in saved.text
    code = draft.resume_code
    assert code[:4] in client.get(reverse("portal:slip", args=[draft.pk])).text
    slip = client.get(reverse("portal:slip_file", args=[draft.pk]))
    assert slip.content.startswith(b"%PDF-")

    home = Client()
    assert home.get(at(draft, "questions")).status_code == 403
    back = home.post(reverse("portal:resume"), {"code": code})
    assert back.url == at(draft, "questions")
    assert "锦江读书会" in home.get(back.url).text
    filled(home, draft)
    case = sent(home, draft)
    assert home.post(at(draft, "review")).url == reverse("portal:case", args=[case.number])
    assert Case.objects.count() == 1
    receipt = home.get(reverse("portal:sent", args=[case.number])).text
    assert f"{case.query_code[:4]}-" in receipt
    assert Paper.objects.get(about=case.number).kind == PaperKind.RECEIPT

    # The slip that is still in her bag leads to the case, not to a second application.
    late = Client().post(reverse("portal:resume"), {"code": code}, follow=True)
    assert case.number in late.text


def test_what_a_window_has_seen_is_used_again_only_when_she_agrees(client, cast, people):
    wang, _chen = people
    client.force_login(wang)
    draft = begun(client, cast)
    filled(client, draft)
    review = client.get(at(draft, "review")).text
    assert "需要带到窗口" in review
    first = sent(client, draft)
    levels = dict(first.uploads.values_list("material", "trust"))
    assert levels == {"charter": "C", "id": "C", "promise": "D"}  # uploaded; promised by herself

    page = at_window(client, cast, first)
    assert "须核验原件" in client.get(page).text
    seen = first.uploads.get(material="id")
    client.post(
        reverse("office:act", args=[cast.organ.code, "window", first.number, f"original-{seen.pk}"])
    )
    assert Upload.objects.get(pk=seen.pk).trust == "B"

    # Next time the identity card is offered, and nothing is taken without her word.
    client.force_login(wang)
    assert "申请人身份证件" in client.get(reverse("portal:documents")).text
    draft = begun(client, cast)
    filled(client, draft, papers=("charter", "promise"))
    offer = client.get(at(draft, "papers"))
    assert "您有一份“申请人身份证件”" in offer.text
    assert not Consent.objects.exists()
    (held, _trust) = next(row for row in offer.context["rows"] if row["offers"])["offers"][0]
    client.post(at(draft, "papers"), {"use": f"{held.pk}:id"})
    consent = Consent.objects.get()
    assert consent.words in client.get(at(draft, "review")).text
    client.post(reverse("portal:documents"), {"revoke": consent.pk})  # she thinks better of it
    refused = client.post(at(draft, "review"))
    assert "还缺少必要材料“申请人身份证件”" in refused.text
    client.post(at(draft, "papers"), {"use": f"{held.pk}:id"})
    second = sent(client, draft)
    shown = client.get(reverse("portal:sent", args=[second.number])).context["originals"]
    assert [one.name for one in shown] == ["章程草案"]
    assert "无须再验原件" in client.get(at_window(client, cast, second)).text
    given = Consent.objects.get(revoked_at=None)
    assert (given.case, given.account) == (second, wang)


def test_an_agent_applies_with_his_authorisation_and_the_principal_is_told(client, cast, people):
    _wang, chen = people
    client.force_login(chen)
    draft = begun(client, cast)
    client.post(at(draft, "applicant"), {"become": "person"})
    agent = HERSELF | {
        "acting": "person",
        "agent_name": "陈伟",
        "agent_number": WANG,
        "agent_phone": "13900000000",
        "scope": "代为申请、补正。",
        "notices_to": "applicant",
    }
    filled(client, draft, agent)
    assert "代理人不能与申请人是同一人" in client.post(at(draft, "review")).text
    client.post(at(draft, "applicant"), agent | {"agent_number": CHEN})
    assert "还缺少必要材料“授权委托书”" in client.post(at(draft, "review")).text
    client.post(at(draft, "papers"), {"authorisation": photograph("blue", "委托书.png")})
    case = sent(client, draft)
    assert "陈伟" in client.get(reverse("portal:case", args=[case.number])).text
    told = [one.to for one in Message.objects.filter(about=case.number, channel="sms")]
    assert told == ["13800000000"]
    principal = Client()
    found = principal.post(reverse("portal:track"), {"code": case.query_code}, follow=True)
    assert "受他人委托申请" in found.text


def test_all_who_apply_together_sign_one_content_and_a_change_asks_them_again(client, cast, people):
    wang, chen = people
    client.force_login(wang)
    draft = begun(client, cast)
    filled(client, draft)
    client.post(at(draft, "signatures"), {"add": "1", "name": "陈伟", "number": CHEN})
    assert "陈伟还没有签署" in client.post(at(draft, "review")).text
    person = draft.signatories.get()
    his = Client()
    his.force_login(chen)
    assert draft.item_version.name in his.get(reverse("portal:mine")).text
    page = reverse("portal:signing", args=[person.pk])
    read = his.get(page)
    assert "锦江读书会" in read.text
    his.post(page, {"sign": "1", "digest": read.context["digest"]})

    client.post(at(draft, "questions"), SAID | {"name": "锦官读书会"})
    assert "还没有签署" in client.post(at(draft, "review")).text
    stale = his.post(page, {"sign": "1", "digest": read.context["digest"]})
    assert "申请内容刚刚被修改" in stale.text
    his.post(
        page, {"decline": "1", "digest": his.get(page).context["digest"], "reason": "名称不妥。"}
    )
    assert "名称不妥。" in client.get(at(draft, "signatures")).text
    assert "拒绝签署" in client.post(at(draft, "review")).text
    client.post(at(draft, "questions"), SAID)  # the name they had agreed on
    his.post(page, {"sign": "1", "digest": his.get(page).context["digest"]})
    case = sent(client, draft)
    assert "陈" in client.get(at_window(client, cast, case)).text
    assert json.loads(case.answers)["name"] == "锦江读书会"


def test_a_letter_is_entered_for_her_and_she_is_told_by_whom_and_when(client, cast, people):
    wang, _chen = people
    client.force_login(cast.li_chuang)
    page = reverse("office:take_in", args=[cast.organ.code, "window", cast.item.code])
    came = timezone.localtime() - timedelta(days=1)
    typed = {
        "kind": "person",
        "name": "王芳",
        "number": WANG,
        "phone": "13800000000",
        "channel": "post",
        "received_at": f"{came:%Y-%m-%dT%H:%M}",
        "q-name": "锦江读书会",
        "q-seat": "锦江区",
        "h-charter-originals": "1",
        "key": "letter",
    }
    refused = client.post(page, typed)
    assert "收到当日没有录入的，须写明原因" in refused.text
    draft = Draft.objects.get()
    why = {"late_reason": "邮件下班后送达，次日拆封录入。", "draft": draft.pk}
    taken = client.post(page, typed | why, follow=True)
    assert "打印接收回执" in taken.text
    case = Case.objects.get()
    assert timezone.localtime(case.received_at).date() == came.date()

    client.force_login(wang)  # the account of who was verified: it is her matter
    mine = client.get(reverse("portal:mine")).text
    assert case.number in mine
    assert "窗口代为录入" in mine
    assert "邮寄" in client.get(reverse("portal:case", args=[case.number])).text
    assert Message.objects.filter(about=case.number, account=wang.pk).exists()


def test_the_window_asks_once_and_only_what_it_named_is_open(client, cast, people):
    wang, _chen = people
    client.force_login(wang)
    draft = begun(client, cast)
    filled(client, draft)
    case = sent(client, draft)
    desk = at_window(client, cast, case)
    ask = {"ask_for_supplement-field-name": "与已登记社团重名，请更换。", "key": "once"}
    client.post(desk + "ask_for_supplement/", ask | {"seen": case.seq})
    client.force_login(wang)
    here = reverse("portal:supplement", args=[case.number])
    page = client.get(here).text
    assert "与已登记社团重名" in page
    assert 'name="name"' in page
    assert 'name="seat"' not in page
    answered = {"name": "锦官读书会", "seat": "偷偷改到青羊区", "key": "s"}
    assert client.post(here, answered).status_code == 303
    case.refresh_from_db()
    assert json.loads(case.answers) == {"name": "锦官读书会", "seat": "锦江区"}
    again = client.post(at_window(client, cast, case) + "ask_for_supplement/", ask | {"key": "2"})
    assert again.status_code == 422  # one notice, 行政许可法 32(4)
    assert Case.objects.get().stage == "supplemented"
    assert list(of_kind(CASE)) == []  # the folder of what was sent, too


def test_a_case_without_files_gets_a_place_for_them_with_the_notice(cast, doing):
    case = actions.submit(
        "MZ-XK-0001", PARTY, {"name": "锦江读书会"}, Channel.ONLINE, doing(cast.wang_fang, MORNING)
    )
    assert case.folder_id is None
    points = [actions.Point("身份证模糊，请重新拍照。", material="id")]
    actions.ask_for_supplement(case.pk, points, doing(cast.li_chuang, "2026-11-23 10:00"))
    case.refresh_from_db()
    upload = attach_supplement(case, "id", photograph("green"))
    assert upload.folder_id == case.folder_id
    assert list(of_kind(CASE)) == []
