"""Doing the detours of the plan through the real acts, and the records of the city they need."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.models import Case, Consultation, ExtensionRequest
from openhall.cases.terms import ConsultedOpinion
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.rules.validity import choices_of
from openhall.catalogue.terms import ResultKind
from openhall.deeds.keys import system_key
from openhall.demo.data import told
from openhall.demo.forms import questioned
from openhall.demo.rules import people
from openhall.demo.rules.plan import Step
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ, Post
from openhall.organs.terms import Desk
from openhall.permits.actions import permits as licensing
from openhall.permits.models import Licence
from openhall.permits.terms import RequestKind

if TYPE_CHECKING:
    from openhall.demo.drive import Driver

SAID: Final = told("detours")
SEED: Final = 42


LED = ("city", "district", "department", "bureau")


def term_for(case: Case) -> str:
    """The term that a decider of the demonstration states; empty where the guide fixes it."""
    version = case.item_version
    choices = choices_of(version.result_validity) or []
    fixed = [one.words for one in choices if one.term is not None]
    if version.result_kind != ResultKind.LICENCE or (fixed and len(choices) == 1):
        return ""
    if fixed:
        return fixed[case.pk % len(fixed)]
    return str(SAID["terms"].get(version.name, SAID["terms"][""]))


def arrange(today: date) -> None:
    """One limited number and one stand-in, for :func:`openhall.demo.city`."""
    limited = SAID["limited"]
    version = ItemVersion.objects.select_related("item").filter(name=limited["name"]).first()
    _heads()
    if version is not None:
        head = Post.objects.filter(desk=Desk.HEAD.value, organ=version.item.organ).latest("since")
        actions.set_quota(
            version.item,
            today - timedelta(days=500),
            today + timedelta(days=400),
            limited["number"],
            limited["basis"],
            Doing(head.account, timezone.now(), system_key("demo-quota"), Desk.HEAD.value),
        )
    handler = Account.objects.filter(username="zhaolei").first()
    if handler is None:
        return
    post = handler.posts.select_related("organ").get(desk=Desk.HANDLER.value)
    colleague = (
        Account.objects.filter(posts__organ=post.organ, posts__desk=Desk.HANDLER.value)
        .exclude(pk=handler.pk)
        .order_by("pk")
        .first()
    )
    leader = Account.objects.filter(username="hejie").first()
    if colleague is not None and leader is not None:
        actions.set_stand_in(
            handler,
            colleague,
            post.organ,
            Desk.HANDLER,
            today + timedelta(days=3),
            today + timedelta(days=7),
            SAID["absent"],
            Doing(leader, timezone.now(), system_key("demo-stand-in"), Desk.HEAD.value),
        )


def _heads() -> None:
    """A head for every unit of the city that the cast gave none; they cannot sign in."""
    rng = Random(SEED)
    led = Post.objects.filter(desk=Desk.HEAD.value).values("organ")
    units = list(Organ.objects.filter(kind__in=LED).exclude(pk__in=led))
    accounts = Account.objects.bulk_create(
        Account(
            username=f"{organ.code}-{Desk.HEAD.value}",
            real_name=people.name(rng),
            is_official=True,
            password="!",  # noqa: S106 - the mark of an unusable password
        )
        for organ in units
    )
    for account, organ in zip(accounts, units, strict=True):
        appoint(account, organ, Desk.HEAD, date(2020, 1, 1))


def _handler(driver: "Driver", case: int, step: Step) -> tuple[Case, Doing]:
    record = Case.objects.select_related("handler", "organ").get(pk=case)
    return record, driver.doing(step, record.handler, Desk.HANDLER)


def note(driver: "Driver", case: int, organ: int, step: Step) -> None:
    _record, doing = _handler(driver, case, step)
    actions.note(case, step.said["words"], doing)


def site_check(driver: "Driver", case: int, organ: int, step: Step) -> None:
    record, doing = _handler(driver, case, step)
    assert record.handler is not None
    others = [one for one in driver.people[organ][Desk.HANDLER.value] if one != record.handler]
    officers = [record.handler, others[0]]
    on = timezone.localtime(step.at).date()
    place = SAID["place"].format(organ=record.organ.name)
    actions.site_check(case, on, place, officers, SAID["found"], True, doing)


def consult(driver: "Driver", case: int, organ: int, step: Step) -> None:
    record, doing = _handler(driver, case, step)
    told_of = questioned(record, 0)
    units = list(Organ.objects.filter(kind="department").exclude(pk=organ).order_by("pk"))
    asked = units[step.said["unit"] % len(units)]
    due = timezone.localtime(step.at).date() + timedelta(days=7)
    actions.consult(
        case, asked, SAID["question"], due, doing, answers=[told_of.key] if told_of else []
    )


def opine(driver: "Driver", case: int, organ: int, step: Step) -> None:
    asked = Consultation.objects.filter(case=case, answered_at__isnull=True).first()
    if asked is None:
        return
    answering = driver.officer(asked.organ_id, Desk.HANDLER, step.case)
    agrees = step.said["agrees"]
    opinion = ConsultedOpinion.AGREE if agrees else ConsultedOpinion.DISAGREE
    reason = "" if agrees else SAID["disagrees"]
    actions.opine(asked.pk, opinion, reason, driver.doing(step, answering, Desk.HANDLER))


def ask_extension(driver: "Driver", case: int, organ: int, step: Step) -> None:
    _record, doing = _handler(driver, case, step)
    actions.ask_extension(case, step.said["days"], SAID["longer"], doing)


def _head(driver: "Driver", organ: int) -> Account | None:
    seated = driver.people[organ][Desk.HEAD.value]
    return seated[0] if seated else None


def extend(driver: "Driver", case: int, organ: int, step: Step) -> None:
    asked = ExtensionRequest.objects.filter(case=case, answered_at__isnull=True).first()
    head = _head(driver, organ)
    if asked is not None and head is not None:
        doing = driver.doing(step, head, Desk.HEAD)
        actions.extend(case, asked.days, asked.reason, doing)


def refuse_extension(driver: "Driver", case: int, organ: int, step: Step) -> None:
    head = _head(driver, organ)
    if head is not None:
        doing = driver.doing(step, head, Desk.HEAD)
        actions.refuse_extension(case, SAID["not_longer"], doing)


def ask_renewal(driver: "Driver", case: int, organ: int, step: Step) -> None:
    licence = Licence.objects.filter(case=case, valid_until__isnull=False).first()
    if licence is not None:
        clerk = driver.officer(organ, Desk.WINDOW, step.case)
        doing = driver.doing(step, clerk, Desk.WINDOW)
        licensing.ask(licence.pk, RequestKind.RENEWAL, "", doing)


def renew(driver: "Driver", case: int, organ: int, step: Step) -> None:
    licence = Licence.objects.filter(case=case, requests__decided_at__isnull=True).first()
    if licence is not None and licence.requests.filter(decided_at__isnull=True).exists():
        decider = driver.officer(organ, Desk.DECIDER, 0)
        licensing.answer(licence.pk, True, "", driver.doing(step, decider, Desk.DECIDER))


def tell_hearing(driver: "Driver", case: int, organ: int, step: Step) -> None:
    _record, doing = _handler(driver, case, step)
    actions.tell_hearing(case, SAID["neighbours"][step.said["whose"]][0], doing)


def ask_hearing(driver: "Driver", case: int, organ: int, step: Step) -> None:
    clerk = driver.officer(organ, Desk.WINDOW, step.case)
    name = people.name(Random(f"{SEED}-{step.case}-neighbour"))
    actions.ask_hearing(case, name, driver.doing(step, clerk, Desk.WINDOW))


def call_hearing(driver: "Driver", case: int, organ: int, step: Step) -> None:
    record, doing = _handler(driver, case, step)
    host = driver.officer(organ, Desk.DECIDER, 0)
    place = f"{record.organ.name}听证室"
    actions.call_hearing(case, date.fromisoformat(step.said["on"]), place, host, doing)


def hold_hearing(driver: "Driver", case: int, organ: int, step: Step) -> None:
    _record, doing = _handler(driver, case, step)
    actions.hold_hearing(case, SAID["neighbours"][step.said["whose"]][1], doing)


ACTS: Final = (note, site_check, consult, opine, ask_extension, extend, refuse_extension)
OF_HEARING: Final = (tell_hearing, ask_hearing, call_hearing, hold_hearing)
DETOURS: Final[dict[str, Callable[[Any, int, int, Step], None]]] = {
    act.__name__: act for act in (*ACTS, *OF_HEARING, ask_renewal, renew)
}
