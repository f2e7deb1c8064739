"""Applications on their way in: named drafts, documents to use again, an agent, a co-signatory.

Everything is done by the real acts, so that what the cast finds at sign-in is what they would make.
"""

import io
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from openhall.applying.actions.applicant import party_of
from openhall.applying.actions.drafting import rename, save_draft, start_draft
from openhall.applying.actions.reusing import verify_original
from openhall.applying.actions.signing import ask_to_sign
from openhall.applying.actions.taking import Handed, take_in
from openhall.applying.actions.uploading import attach, hand_files_over
from openhall.applying.models import Draft
from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.application.seal import sealed_papers
from openhall.cases.terms import Channel, Delivery, Opinion, Outcome
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import versions_in_force
from openhall.catalogue.terms import Necessity
from openhall.demo.cast import CIVIL
from openhall.demo.detours import term_for
from openhall.demo.forms import answers_for
from openhall.files.models import Upload
from openhall.organs.models import Account, Agency
from openhall.workdays.queries import calendar

ALLOWANCE: Final = "高龄津贴发放"
RELIEF: Final = "最低生活保障金给付"
COMPANY_ITEM: Final = "有限责任公司设立登记"
RELIEF_WORDS: Final = {"subject": "家庭申请", "place": "锦江区春熙路", "delivery": "in_person"}


def picture(words: str) -> ContentFile:
    """A page that stands for a scan."""
    image = Image.new("RGB", (480, 300), "white")
    ImageDraw.Draw(image).rectangle((12, 12, 467, 287), outline="navy", width=3)
    drawn = io.BytesIO()
    image.save(drawn, "PNG")
    return ContentFile(drawn.getvalue(), name=f"{words}.png")


def party(account: Account) -> dict[str, str]:
    return {
        "acting": "self",
        "kind": "person",
        "name": account.real_name,
        "number": account.id_number,
        "phone": account.phone,
        "address": "锦江区春熙路1号",
        "notices_to": "applicant",
    }


def arrive(today: date) -> None:
    """Everything of this module, once."""
    people = {one.username: one for one in Account.objects.filter(is_active=True)}
    named = {one.name: one for one in versions_in_force(today).filter(item__inherits=None)}
    _delivered(named[ALLOWANCE], people, today)
    wang = people["wangfang"]
    sample = answers_for(named[ALLOWANCE], wang.real_name, today)
    _draft(named[ALLOWANCE], wang, "替母亲申领高龄津贴", party(wang), sample, step="papers")
    _draft(named[RELIEF], wang, "低保申请（未填完）", party(wang), {}, step="questions")
    _for_the_company(named[COMPANY_ITEM], people["chenwei"])
    waiting = _draft(
        named[RELIEF], wang, "与家人共同申请低保", party(wang), RELIEF_WORDS, step="signatures"
    )
    chen = people["chenwei"]
    ask_to_sign(waiting, chen.real_name, chen.id_number)
    _on_paper(named[ALLOWANCE], people, today)


def _draft(
    version: ItemVersion,
    account: Account,
    name: str,
    said: dict[str, str],
    answers: dict[str, Any],
    *,
    step: str,
) -> Draft:
    draft = start_draft(version, account)
    rename(draft, name)
    save_draft(draft, {"party": said, "answers": answers}, step)
    return draft


def _for_the_company(version: ItemVersion, chen: Account) -> None:
    company = Agency.objects.select_related("company").get(account=chen).company
    said = {
        "acting": "company",
        "kind": "company",
        "name": company.name,
        "number": company.credit_code,
        "phone": chen.phone,
        "agent_name": chen.real_name,
        "agent_number": chen.id_number,
        "agent_phone": chen.phone,
        "notices_to": "agent",
    }
    _draft(version, chen, f"{company.name}设立分公司", said, {}, step="questions")


def _delivered(version: ItemVersion, people: dict[str, Account], today: date) -> None:
    """A case of 王芳 that ended well: its result is an A document, her identity card a B one."""
    days = _workdays_before(today, 8)
    window, wang = people["liming"], people["wangfang"]

    def at(place: int, hour: int, who: Account | None, desk: str = "") -> Doing:
        moment = timezone.make_aware(datetime.combine(days[place], time(hour)))
        return Doing(who, moment, f"applications-{place}-{hour}", desk, entered=moment)

    said = {"party": party(wang)}
    draft = start_draft(version, wang)
    upload = attach(draft, "id-card", picture("身份证"))
    case = actions.submit(
        version.item.code,
        party_of(said),
        answers_for(version, wang.real_name, days[0]),
        Channel.ONLINE,
        at(0, 9, wang),
        folder_id=draft.folder_id,
        detail={"papers": sealed_papers([upload])},
    )
    hand_files_over(draft)
    Draft.objects.filter(pk=draft.pk).update(case=case)
    actions.accept(case.pk, at(1, 9, window, "window"))
    seen = Upload.objects.get(pk=upload.pk)
    verify_original(seen, at(1, 10, window, "window"))
    actions.hand_over(case.pk, people["zhaolei"], ["身份证复印件"], at(1, 11, window, "window"))
    note = "材料齐全，符合申领条件。"
    actions.review(case.pk, Opinion.GRANT, note, at(2, 10, people["zhaolei"], "handler"))
    decided = at(3, 10, people["sunping"], "decider")
    actions.decide(case.pk, Outcome.GRANTED, "", "", decided, term=term_for(case))
    actions.issue(case.pk, at(4, 10, window, "window"))
    actions.deliver(case.pk, Delivery.IN_PERSON, wang.real_name, at(5, 10, window, "window"))


def _on_paper(version: ItemVersion, people: dict[str, Account], today: date) -> None:
    """A letter that came by post on the last working day and was entered at the window now."""
    window = people["liming"]
    resident = people["resident-007"]
    draft = start_draft(version, None, organ=version.item.organ)
    assert draft.organ is not None
    assert draft.organ.code == CIVIL
    said = party(resident) | {"address": "武侯区浆洗街12号"}
    answers = answers_for(version, resident.real_name, today)
    save_draft(draft, {"party": said, "answers": answers}, "intake")
    came = timezone.make_aware(datetime.combine(_workdays_before(today, 1)[0], time(15, 40)))
    take_in(
        draft,
        Channel.POST,
        came,
        [
            Handed(one.key, originals=one.originals, copies=one.copies)
            for one in version.materials.filter(necessity=Necessity.REQUIRED.value)
        ],
        Doing(window, timezone.now(), draft.key, "window"),
        late_reason="邮件于下班前送达，次日上午统一拆封录入。",
    )


def _workdays_before(today: date, count: int) -> list[date]:
    """The last ``count`` working days before ``today``, in order."""
    found: list[date] = []
    worked, day = calendar(), today - timedelta(days=1)
    while len(found) < count:
        if worked.is_workday(day):
            found.append(day)
        day -= timedelta(days=1)
    return found[::-1]
