"""A bad rating: assigned, verified, put right, fed back to who gave it, and revisited from outside.

The unit may object; supervision rules. 国办发〔2019〕51号: every bad rating is dealt with.
"""

from typing import Any

from django.utils import timezone

from openhall.appraisal.actions.rating import add_up
from openhall.appraisal.kinds import RATING
from openhall.appraisal.models import Rating
from openhall.appraisal.permissions import (
    may_assign,
    may_revisit,
    may_rule,
    may_verify,
    served_it,
)
from openhall.appraisal.rules.lifecycle import RATINGS
from openhall.appraisal.rules.packs import pack_called
from openhall.appraisal.terms import BadReason, Ground, RatingAct, RatingState
from openhall.cases.actions.telling import carry
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key, within
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, led, worded
from openhall.deeds.writer import deed, write
from openhall.glossary import Said
from openhall.organs.models import Account
from openhall.organs.permissions import works_for
from openhall.outbox.models import Preference
from openhall.supervision.actions import open_issue
from openhall.supervision.terms import IssueSource, Severity
from openhall.workdays.queries import calendar

LEAST = 10  # signs of what must be worded


def _led(rating: Rating, act: RatingAct) -> str:
    return str(led(RATINGS, RatingState(rating.state), act).value)


def _only(allowed: bool, zh: str, en: str) -> None:
    if not allowed:
        raise Refused(
            Said(
                f"只有{zh}（国办发〔2019〕51号）。", f"Only {en} may do this (国办发〔2019〕51号)."
            )
        )


def _on(day: Any, days: int) -> Any:
    return calendar().add_workdays(day, days).on


def _rated_on(rating: Rating) -> Any:
    return timezone.localtime(rating.at).date()


@deed(RATING, RatingAct.ASSIGN)
def assign(rating: Rating, officer: Account, doing: Doing) -> Deed:
    """交办: the head names who verifies; nobody who dealt with the case."""
    _only(
        may_assign(doing.actor, rating, doing.day),
        "被评价单位的负责人可以交办",
        "the head of the unit that was rated",
    )
    state = _led(rating, RatingAct.ASSIGN)
    if not works_for(officer, rating.organ, doing.day) or served_it(officer, rating):
        raise Refused(
            Said(
                "请交给本单位没有经办该件的人员核实。",
                "Give it to somebody of the unit who did not deal with the case.",
            ),
            "officer",
        )
    due = _on(_rated_on(rating), pack_called(rating.pack).verify_days)
    return write(
        RATING,
        rating,
        RatingAct.ASSIGN,
        doing,
        changes={"state": state, "assigned_to": officer, "due": due},
        facts={"due": due.isoformat()},
    )


@deed(RATING, RatingAct.VERIFY)
def verify(rating: Rating, words: str, doing: Doing, *, hard: bool = False) -> Deed:
    """核实属实: what happened; a hard one has more days. It enters the one rectification ledger."""
    _only(
        may_verify(doing.actor, rating, doing.day),
        "被指定、且没有经办该件的人员可以核实",
        "who was named, and did not deal with the case,",
    )
    state = _led(rating, RatingAct.VERIFY)
    written = worded(words, LEAST, Said("核实的情况", "what was verified"))
    return _to_be_put_right(rating, RatingAct.VERIFY, doing, state, {"finding": written}, hard)


def _to_be_put_right(
    rating: Rating, act: RatingAct, doing: Doing, state: str, changes: dict[str, Any], hard: bool
) -> Deed:
    pack = pack_called(rating.pack)
    days = pack.complex_days if hard else pack.simple_days
    due = _on(_rated_on(rating), days)
    event = write(
        RATING,
        rating,
        act,
        doing,
        changes={**changes, "state": state, "due": due, "fed_back_due": due},
        facts={"due": due.isoformat(), "days": days},
        detail={name: str(said) for name, said in changes.items() if isinstance(said, str)},
    )
    said = [BadReason(code) for code in rating.reasons]
    open_issue(
        IssueSource.RATING,
        rating.number or str(rating.pk),
        rating.organ,
        Said(
            "差评：" + "、".join(reason.zh for reason in said),
            "Bad rating: " + "; ".join(reason.en for reason in said),
        ),
        pack.basis.zh[:60],
        Severity.MINOR,
        Doing(None, doing.at, system_key("rating", rating.pk), entered=doing.entered),
        case=rating.served,
        due_workdays=days,
    )
    return event


@deed(RATING, RatingAct.OBJECT)
def object_to(rating: Rating, ground: Ground, words: str, doing: Doing) -> Deed:
    """申诉: the unit holds it for mistaken, malicious or without basis; supervision rules."""
    _only(
        may_assign(doing.actor, rating, doing.day),
        "被评价单位的负责人可以申诉",
        "the head of the unit that was rated",
    )
    state = _led(rating, RatingAct.OBJECT)
    last = _on(_rated_on(rating), pack_called(rating.pack).objection_days)
    if doing.day > last:
        raise Refused(
            Said(
                f"申诉应在{last.isoformat()}前提出，已经过期。请核实整改。",
                f"An objection was possible until {last.isoformat()}. Verify it and put it right.",
            )
        )
    written = worded(words, LEAST, Said("申诉的事实和证据", "the facts and the evidence"))
    return write(
        RATING,
        rating,
        RatingAct.OBJECT,
        doing,
        changes={
            "state": state,
            "ground": ground.value,
            "objection": written,
            "objected_by": doing.actor,
        },
        facts={"ground": ground.value},
        detail={"objection": written},
    )


def _ruling(rating: Rating, act: RatingAct, words: str, doing: Doing) -> tuple[str, str]:
    _only(
        may_rule(doing.actor, rating, doing.day),
        "监察机关中与被评价单位无关的人员可以复核",
        "the Supervision Bureau, and nobody of the unit,",
    )
    return _led(rating, act), worded(words, LEAST, Said("复核的理由", "the reasons of the review"))


@deed(RATING, RatingAct.UPHOLD)
def uphold(rating: Rating, words: str, doing: Doing) -> Deed:
    """复核维持: the rating stands and is put right."""
    state, written = _ruling(rating, RatingAct.UPHOLD, words, doing)
    changes = {"ruling": written, "ruled_by": doing.actor}
    return _to_be_put_right(rating, RatingAct.UPHOLD, doing, state, changes, hard=True)


@deed(RATING, RatingAct.SET_ASIDE)
def set_aside(rating: Rating, words: str, doing: Doing) -> Deed:
    """复核不计入: it counts in no figure; that it was given stays visible."""
    state, written = _ruling(rating, RatingAct.SET_ASIDE, words, doing)
    event = write(
        RATING,
        rating,
        RatingAct.SET_ASIDE,
        doing,
        changes={"state": state, "ruling": written, "ruled_by": doing.actor, "due": None},
        facts={"ground": rating.ground},
        detail={"ruling": written},
    )
    points = pack_called(rating.pack).points[rating.score]
    add_up(rating.organ_id, _rated_on(rating), set_aside=1, points=-points)
    return event


@deed(RATING, RatingAct.FEED_BACK)
def feed_back(rating: Rating, words: str, doing: Doing) -> Deed:
    """整改反馈: what was put right, in words the rater reads; told by the way of the case."""
    _only(
        may_assign(doing.actor, rating, doing.day),
        "被评价单位的负责人可以反馈",
        "the head of the unit that was rated",
    )
    state = _led(rating, RatingAct.FEED_BACK)
    written = worded(words, LEAST, Said("整改了什么", "what was put right"))
    due = _on(doing.day, pack_called(rating.pack).revisit_days)
    first = not rating.reply
    in_time = rating.fed_back_due is None or doing.day <= rating.fed_back_due
    event = write(
        RATING,
        rating,
        RatingAct.FEED_BACK,
        doing,
        changes={"state": state, "reply": written, "replied_by": doing.actor, "due": due},
        facts={"due": due.isoformat(), "in_time": in_time},
        detail={"reply": written},
    )
    if first:
        add_up(rating.organ_id, _rated_on(rating), replied=1)
    _tell(rating, doing)
    return event


def _tell(rating: Rating, doing: Doing) -> None:
    case = rating.served
    preference = None
    if case.account_id is not None:
        preference = Preference.objects.filter(account=case.account_id).first()
    language = preference.language if preference else "zh"
    subject = Said("您的评价有了回复", "Your rating was answered")
    words = Said(
        "您的评价已经核实整改，回复可以在办件页面查看。",
        "Your rating was verified and acted on; read the reply on the page of your case.",
    )
    told = (subject.said_in(language), words.said_in(language))
    carry(case, preference, told, language, within(doing.key, "rating"))


def _revisiting(rating: Rating, act: RatingAct, words: str, doing: Doing) -> tuple[str, str]:
    _only(
        may_revisit(doing.actor, rating, doing.day),
        "政务服务中心、监察机关中与被评价单位无关的人员可以回访",
        "a service centre or the Supervision Bureau, and nobody of the unit,",
    )
    what = Said("回访的情况", "what was said when revisited")
    return _led(rating, act), worded(words, LEAST, what)


@deed(RATING, RatingAct.REVISIT)
def revisit(rating: Rating, content: bool, words: str, doing: Doing) -> Deed:
    """回访办结: whether who rated is content with what was put right."""
    state, written = _revisiting(rating, RatingAct.REVISIT, words, doing)
    event = write(
        RATING,
        rating,
        RatingAct.REVISIT,
        doing,
        changes={"state": state, "revisited_by": doing.actor, "content": content, "due": None},
        facts={"content": content},
        detail={"words": written},
    )
    add_up(rating.organ_id, _rated_on(rating), revisited=1, content=int(content))
    return event


@deed(RATING, RatingAct.RETURN)
def return_it(rating: Rating, words: str, doing: Doing) -> Deed:
    """Not content: back to the unit, once; after that the revisit closes it as it is."""
    state, written = _revisiting(rating, RatingAct.RETURN, words, doing)
    if rating.returned:
        raise Refused(
            Said(
                "已经退回再整改过一次。请记录回访结果后办结。",
                "It was returned once. Write down what was said and close it.",
            )
        )
    due = _on(doing.day, pack_called(rating.pack).simple_days)
    return write(
        RATING,
        rating,
        RatingAct.RETURN,
        doing,
        changes={"state": state, "returned": 1, "due": due, "fed_back_due": due},
        facts={"due": due.isoformat()},
        detail={"words": written},
    )
