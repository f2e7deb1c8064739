"""Publishing a question and its answer: an act of its own, after personal data was taken out.

The rules propose and the publisher confirms. What is published is what was written less what was
hidden; nothing is reworded. 个人信息保护法 15, 25, 28.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, only, worded
from openhall.deeds.writer import deed, write
from openhall.enquiries.actions.answering import after_the_last_day
from openhall.enquiries.actions.steps import onward
from openhall.enquiries.kinds import ENQUIRY
from openhall.enquiries.models import Enquiry
from openhall.enquiries.permissions import may_publish
from openhall.enquiries.queries import parts_of
from openhall.enquiries.rules.asking import REASON_AT_LEAST
from openhall.enquiries.rules.hiding import Found, also, found_in, hide
from openhall.enquiries.terms import EnquiryAct
from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class Hiding:
    """What the publisher confirmed: places such as ``text:12-23``, and more words to hide.

    ``why_kept`` says why something the rules proposed stays: the office's own number, a street
    that is the matter itself.
    """

    places: frozenset[str] = frozenset()
    more: tuple[str, ...] = ()
    why_kept: str = ""


@deed(ENQUIRY, EnquiryAct.PUBLISH)
def publish(enquiry: Enquiry, hiding: Hiding, doing: Doing) -> Deed:
    """公开 a question with its answer; only with the asker's consent."""
    only(
        may_publish(doing.actor, enquiry, doing.day),
        Said(
            "承办单位的编辑、批准人员、负责人中没有拟写答复的人",
            "the editor, or who decides or leads in the unit, and did not write the answer,",
        ),
        Said("公开问答", "publish it"),
    )
    state = onward(enquiry, EnquiryAct.PUBLISH)
    after_the_last_day(enquiry, doing)
    if not enquiry.may_publish:
        raise Refused(
            Said(
                "提问人没有同意公开，不能公开（个人信息保护法 13、25）。",
                "The asker did not consent to publication, so it is not published "
                "(Personal Information Protection Law, art. 13, 25).",
            )
        )
    if enquiry.is_public:
        raise Refused(Said("已经公开。", "It is published already."))
    shown: dict[str, str] = {}
    counts: dict[str, int] = {}
    kept = 0
    unused = set(hiding.more)
    for part, text in parts_of(enquiry).items():
        found = found_in(text, [enquiry.name])
        hidden = [one for one in found if f"{part}:{one.place}" in hiding.places]
        kept += len(found) - len(hidden)
        more = also(text, hiding.more)
        unused -= {one.words for one in more}
        shown[part] = hide(text, [*hidden, *more])
        for one in [*hidden, *more]:
            counts[one.kind.value] = counts.get(one.kind.value, 0) + 1
    if lost := sorted(word for word in unused if word.strip()):
        raise Refused(
            Said(
                f"正文里没有“{lost[0]}”。请核对要隐去的词。",
                f"“{lost[0]}” does not stand in the text. Check the words to hide.",
            ),
            "more",
        )
    why = hiding.why_kept.strip()
    if kept:
        what = Said("保留的内容为什么不是个人信息", "why what stays is no personal data")
        why = worded(why, REASON_AT_LEAST, what, "why_kept")
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.PUBLISH,
        doing,
        changes={
            "public_title": shown["title"],
            "public_text": shown["text"],
            "public_answer": shown["answer"],
            "published_by": doing.actor,
            "published_on": doing.day,
        },
        facts={"hidden": counts, "kept": kept},
        detail={"why_kept": why},
        state=state,
    )


def proposed(enquiry: Enquiry) -> Iterable[tuple[str, Found]]:
    """What the rules propose to hide, by part of the question."""
    for part, text in parts_of(enquiry).items():
        for one in found_in(text, [enquiry.name]):
            yield part, one


@deed(ENQUIRY, EnquiryAct.TAKE_DOWN)
def take_down(enquiry: Enquiry, reason: str, doing: Doing, *, holds_code: bool = False) -> Deed:
    """撤下: the asker takes the consent back, or the unit finds that something should not stand."""
    staff = may_publish(doing.actor, enquiry, doing.day)
    only(
        holds_code or staff,
        Said("提问人或者承办单位的公开人员", "the asker, or who publishes for the unit,"),
        Said("撤下公开的问答", "take it down"),
    )
    state = onward(enquiry, EnquiryAct.TAKE_DOWN)
    written = reason.strip()
    if holds_code:
        if not enquiry.may_publish:
            raise Refused(
                Said("您没有同意公开，本来就不公开。", "You did not consent; it is not public.")
            )
    else:
        if not enquiry.is_public:
            raise Refused(Said("没有公开，不必撤下。", "It is not public."))
        what = Said("撤下的理由", "why it is taken down")
        written = worded(reason, REASON_AT_LEAST, what, "reason")
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.TAKE_DOWN,
        doing,
        changes={
            "public_title": "",
            "public_text": "",
            "public_answer": "",
            "published_by": None,
            "published_on": None,
            "may_publish": enquiry.may_publish and not holds_code,
        },
        facts={"by": "asker" if holds_code else "unit"},
        detail={"reason": written},
        state=state,
    )
