"""Applying for a joint matter through its pages: one form, one list, one receipt. norms 2.5."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openhall.applying.actions.signing import sign
from openhall.applying.models import Draft, Signatory
from openhall.applying.queries import digest_now
from openhall.applying.tasks import remove_old_drafts
from openhall.cases.kinds import CASE
from openhall.cases.models import Case
from openhall.catalogue.models import ItemVersion
from openhall.deeds.audit import of_kind
from openhall.files.models import Upload
from openhall.joint.actions.matters import Part
from openhall.joint.kinds import JOINT, MATTER
from openhall.joint.models import JointCase, JointMatterVersion, JointTask
from openhall.organs.models import Account
from tests.factories.joint import CODE, furnished, published
from tests.factories.odd_files import pdf

pytestmark = pytest.mark.django_db
PARTY = {
    "name": "王芳",
    "number": "11010519491231002X",
    "phone": "13800138000",
    "notices_to": "applicant",
}


@pytest.fixture
def matter() -> JointMatterVersion:
    return published(furnished())


def file(name: str = "证件.pdf") -> SimpleUploadedFile:
    """A sound file; another name, other bytes."""
    return SimpleUploadedFile(name, pdf(lambda one: one.docinfo.update({"/Title": name})))


def started(client, *need: str) -> Draft:
    address = reverse("portal:joint_apply", args=[CODE])
    assert client.get(address).status_code == 200
    answer = client.post(address, {"need": list(need)})
    assert answer.status_code == 303, answer.text
    return Draft.objects.get(combined=True, parent=None)


def step(client, draft: Draft, name: str, typed=None, *, status=303):
    draft.refresh_from_db()
    address = reverse("portal:draft", args=[draft.pk, name])
    page = client.get(address)
    assert page.status_code == 200, page.content
    answer = client.post(address, {"saved": str(draft.revision), **(typed or {})})
    assert answer.status_code == status, answer.text
    return answer


def filled(client, draft: Draft) -> None:
    """All steps up to the review, as a person would do them."""
    step(client, draft, "applicant", {"acting": "self", **PARTY})
    asked = client.get(reverse("portal:draft", args=[draft.pk, "questions"])).context["form"]
    sizes = {key: "80" for key in asked.fields if key != "name"}
    step(client, draft, "questions", {"name": "锦里小馆"} | sizes)
    rows = client.get(reverse("portal:draft", args=[draft.pk, "papers"])).context["rows"]
    papers = {row["material"].key: file(f"{n}.pdf") for n, row in enumerate(rows)}
    step(client, draft, "papers", papers)


def sent(client, draft: Draft) -> JointCase:
    answer = step(client, draft, "review")
    whole = JointCase.objects.get()
    assert answer.url == reverse("portal:joint_sent", args=[whole.number])
    return whole


def test_one_form_one_list_one_receipt(client, matter):
    account = Account.objects.create_user(username="wang")
    client.force_login(account)
    draft = started(client)
    filled(client, draft)
    page = client.get(reverse("portal:draft", args=[draft.pk, "papers"]))
    rows = page.context["rows"]
    assert [row["material"].name for row in rows] == [
        "经营者身份证件",
        "食品经营许可的图纸",
        "公共场所卫生许可的图纸",
    ]
    assert rows[0]["reason"] == "对全部单位只提交一次。"
    whole = sent(client, draft)
    tasks = list(JointTask.objects.filter(joint=whole).select_related("case__organ"))
    assert [task.case.organ.code for task in tasks] == ["cd-market", "cd-health"]
    assert [task.limit_days for task in tasks] == [10, 12]
    for task in tasks:
        answers = json.loads(task.case.answers)
        assert set(answers) == {"name", "size"}
        assert answers["name"] == "锦里小馆"
        assert sorted(task.case.uploads.values_list("material", flat=True)) == ["id", "own"]
    identity = Upload.objects.filter(material="id", given="sent")
    assert len({one.sha256 for one in identity}) == 1
    assert whole.account == account
    page = client.get(reverse("portal:joint_sent", args=[whole.number])).text
    assert "公共场所卫生许可" in page
    # The second click answers with the same application.
    assert client.get(reverse("portal:draft", args=[draft.pk, "review"])).url == reverse(
        "portal:joint_case", args=[whole.number]
    )
    assert Case.objects.count() == 2
    assert [*of_kind(JOINT), *of_kind(CASE), *of_kind(MATTER.kind)] == []


def test_a_part_by_choice_comes_and_goes_with_its_questions_and_papers(client, matter):
    draft = started(client)
    assert "size" not in client.get(reverse("portal:draft", args=[draft.pk, "questions"])).context
    before = len(client.get(reverse("portal:draft", args=[draft.pk, "papers"])).context["rows"])
    step(client, draft, "parts", {"need": ["GG-1"]})
    after = client.get(reverse("portal:draft", args=[draft.pk, "papers"])).context["rows"]
    assert len(after) == before + 1
    filled(client, draft)
    review = client.get(reverse("portal:draft", args=[draft.pk, "review"])).text
    assert "招牌费" in review
    step(client, draft, "parts", {})
    whole = sent(client, draft)
    assert JointTask.objects.filter(joint=whole).count() == 2
    left = Draft.objects.get(parent=draft, item_version__item__code="GG-1")
    assert left.ended == "discarded"


def test_what_is_wrong_is_said_beside_its_question_and_nothing_typed_is_lost(client, matter):
    draft = started(client)
    step(client, draft, "applicant", {"acting": "self", **PARTY})
    answer = step(client, draft, "questions", {"name": ""}, status=422)
    assert answer.context["form"].errors
    lacking = step(client, draft, "papers", {"x": ""}, status=422)
    assert [len(row["faults"]) for row in lacking.context["rows"]] == [1, 1, 1]
    step(client, draft, "papers", {"without": "1"})  # they may come later
    refused = step(client, draft, "review", status=422)
    assert refused.text.count("还缺少必要材料") == 3
    assert not Case.objects.exists()


def test_a_file_that_cannot_be_taken_leaves_the_others_where_they_are(client, matter):
    draft = started(client)
    rows = client.get(reverse("portal:draft", args=[draft.pk, "papers"])).context["rows"]
    keys = [row["material"].key for row in rows]
    bad = SimpleUploadedFile("run.exe", b"MZ" + b"0" * 99)
    answer = step(client, draft, "papers", {keys[0]: file(), keys[1]: bad}, status=422)
    shown = {row["material"].key: row for row in answer.context["rows"]}
    assert len(shown[keys[0]]["files"]) == 1
    assert shown[keys[1]]["faults"]
    assert Upload.objects.filter(material="id", replaced=False).count() == 2  # kept for both units
    one = shown[keys[0]]["files"][0]["upload"].pk
    shown = client.get(reverse("portal:draft_file", args=[draft.pk, one]))
    assert b"".join(shown.streaming_content).startswith(b"%PDF")
    step(client, draft, "papers", {"remove": str(one)})
    assert not Upload.objects.filter(material="id", replaced=False).exists()


def test_either_every_part_is_sent_or_none(client, matter):
    draft = started(client)
    filled(client, draft)
    ItemVersion.objects.filter(item__code="WS-1").update(effective_until=date(2026, 1, 1))
    answer = client.post(reverse("portal:draft", args=[draft.pk, "review"]))
    assert answer.status_code == 410
    assert not Case.objects.exists()
    assert not JointCase.objects.exists()


def test_an_agent_applies_with_one_authorisation_for_all_units(client, matter):
    draft = started(client)
    agent = {
        "acting": "person",
        **PARTY,
        "agent_name": "李强",
        "agent_number": "510104199001010019",
        "agent_phone": "13900139000",
        "scope": "代为申请开办餐饮店",
        "until": "2030-01-01",
    }
    step(client, draft, "applicant", agent)
    rows = client.get(reverse("portal:draft", args=[draft.pk, "papers"])).context["rows"]
    assert rows[0]["material"].name == "授权委托书"
    key = rows[0]["material"].key
    step(client, draft, "papers", {key: file("委托书.pdf"), "without": "1"})
    assert Upload.objects.filter(material=key, replaced=False).count() == 2


def test_several_sign_the_whole_and_a_change_to_any_part_voids_it(client, matter):
    draft = started(client)
    filled(client, draft)
    client.post(
        reverse("portal:draft", args=[draft.pk, "signatures"]),
        {"add": "1", "name": "李强", "number": "510104199001010019"},
    )
    person = Signatory.objects.get(draft=draft)
    draft.refresh_from_db()
    refused = step(client, draft, "review", status=422)
    assert "还没有签署" in refused.text
    sign(person, digest_now(draft), None, "李强", "510104199001010019")
    rows = client.get(reverse("portal:draft", args=[draft.pk, "papers"])).context["rows"]
    step(client, draft, "papers", {rows[2]["material"].key: file("新图纸.pdf")})
    refused = step(client, draft, "review", status=422)
    assert "还没有签署" in refused.text
    sign(person, digest_now(draft), None, "李强", "510104199001010019")
    whole = sent(client, draft)
    assert JointTask.objects.filter(joint=whole).count() == 2


def test_it_is_resumed_by_its_code_listed_once_and_removed_with_all_its_parts(client, matter):
    account = Account.objects.create_user(username="wang")
    client.force_login(account)
    draft = started(client)
    filled(client, draft)
    mine = client.get(reverse("portal:mine")).text
    assert mine.count(draft.name) >= 1
    assert len(client.get(reverse("portal:mine")).context["drafts"]) == 1
    client.logout()
    answer = client.post(reverse("portal:resume"), {"code": draft.resume_code})
    assert answer.url.startswith(f"/drafts/{draft.pk}/")
    part = Draft.objects.get(parent=draft)
    old = timezone.now() - timezone.timedelta(days=4000)
    Draft.objects.filter(pk=part.pk).update(saved_at=old)
    assert remove_old_drafts.func() == 0  # a part does not age by itself
    Draft.objects.filter(pk=draft.pk).update(saved_at=old)
    assert remove_old_drafts.func() == 1
    part.refresh_from_db()
    assert part.ended == "expired"
    assert not Upload.objects.filter(replaced=False).exists()


def test_a_matter_of_three_always_needed_has_no_page_of_choices(client):
    there = furnished()
    published(there, parts=[Part("SP-1", 10), Part("WS-1", 12)])
    draft = started(client)
    assert client.get(reverse("portal:draft", args=[draft.pk, "parts"])).status_code == 404


def test_a_stranger_cannot_open_a_part_by_its_own(client, matter):
    draft = started(client)
    filled(client, draft)
    part = Draft.objects.get(parent=draft)
    assert client.get(reverse("portal:draft", args=[part.pk, "papers"])).status_code == 403
    resumed = client.post(reverse("portal:resume"), {"code": part.resume_code})
    assert resumed.status_code == 200
    assert resumed.context["form"].errors


def test_the_papers_page_says_how_large_a_file_may_be_as_for_any_application(client, matter):
    draft = started(client)
    page = client.get(reverse("portal:draft", args=[draft.pk, "papers"])).text
    assert "每个文件不超过20MB" in page.replace(" ", "")


def test_the_review_of_nothing_typed_says_what_is_still_to_do_and_does_not_break(client, matter):
    draft = started(client)
    page = client.get(reverse("portal:draft", args=[draft.pk, "review"]))
    assert page.status_code == 200
    wrongs = page.context["wrongs"]
    assert ("questions", "name") in [(one.step, one.place) for one in wrongs]
    assert {one.step for one in wrongs} == {"applicant", "questions", "papers"}
    assert any("经营者身份证件" in one.sentence for one in wrongs)
    step(client, draft, "review", status=422)
    assert not JointCase.objects.exists()
