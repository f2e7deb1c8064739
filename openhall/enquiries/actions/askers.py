"""What the asker does, with the code: add something, withdraw, say whether it helped."""

from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Refused, only, worded
from openhall.deeds.writer import deed, write
from openhall.enquiries.actions.steps import onward
from openhall.enquiries.kinds import ENQUIRY
from openhall.enquiries.models import Enquiry
from openhall.enquiries.queries import limits_on
from openhall.enquiries.rules.asking import REASON_AT_LEAST, TEXT_AT_MOST
from openhall.enquiries.terms import EnquiryAct, EnquiryKind
from openhall.glossary import Said
from openhall.workdays.queries import calendar

ASKER = Said("凭查询码的提问人", "the asker, with the code,")


@deed(ENQUIRY, EnquiryAct.CLARIFY)
def clarify(enquiry: Enquiry, words: str, doing: Doing, *, holds_code: bool) -> Deed:
    """补充说明: the limit begins anew, since only now can the unit answer."""
    only(holds_code, ASKER, Said("补充说明", "add something"))
    state = onward(enquiry, EnquiryAct.CLARIFY)
    what = Said("要补充的情况", "what you add")
    written = worded(words, REASON_AT_LEAST, what, most=TEXT_AT_MOST)
    due = calendar().add_workdays(doing.day, limits_on(doing.day).answer_days).on
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.CLARIFY,
        doing,
        changes={"state": state, "added": written, "due": due},
        facts={"due": due.isoformat()},
        detail={"words": written},
        state=state,
    )


@deed(ENQUIRY, EnquiryAct.WITHDRAW)
def withdraw(enquiry: Enquiry, doing: Doing, *, holds_code: bool) -> Deed:
    """撤回, at any time before the answer."""
    only(holds_code, ASKER, Said("撤回", "withdraw it"))
    state = onward(enquiry, EnquiryAct.WITHDRAW)
    call = enquiry.call
    if call is not None and doing.day > call.until:
        raise Refused(
            Said(
                "征集已经截止，意见已计入，不能撤回。可以不同意公开。",
                "The call has ended and the opinion is counted; it is not withdrawn any more. "
                "You may still refuse its publication.",
            )
        )
    changes = {"state": state, "ended_at": doing.at}
    return write(ENQUIRY, enquiry, EnquiryAct.WITHDRAW, doing, changes=changes, state=state)


@deed(ENQUIRY, EnquiryAct.FIND_HELPFUL)
def find_helpful(enquiry: Enquiry, helped: bool, doing: Doing, *, holds_code: bool) -> Deed:
    """Whether the answer helped, said once."""
    only(holds_code, ASKER, Said("评价答复", "say whether it helped"))
    state = onward(enquiry, EnquiryAct.FIND_HELPFUL)
    if enquiry.helpful is not None:
        raise Refused(
            Said("您已经评价过这个答复。", "You have said already whether it helped."),
        )
    facts = {} if enquiry.kind == EnquiryKind.OPINION else {"helpful": helped}
    changes = {"helpful": helped}
    act = EnquiryAct.FIND_HELPFUL
    return write(ENQUIRY, enquiry, act, doing, changes=changes, facts=facts, state=state)


@deed(ENQUIRY, EnquiryAct.LAPSE)
def lapse(enquiry: Enquiry, doing: Doing) -> Deed:
    """Nothing was added in time: it ends, and counts for nobody."""
    state = onward(enquiry, EnquiryAct.LAPSE)
    if enquiry.clarify_due is None or doing.day <= enquiry.clarify_due:
        raise Refused(
            Said(
                "提问人补充的期限还没有届满。",
                "Wait until the asker's time to add something is over.",
            )
        )
    changes = {"state": state, "ended_at": doing.at}
    return write(ENQUIRY, enquiry, EnquiryAct.LAPSE, doing, changes=changes, state=state)
