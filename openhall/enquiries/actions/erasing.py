"""Who asked, and in which words, goes when the time of keeping is over. 个人信息保护法 47.

What was published stays: it holds no personal data and the asker agreed to it.
"""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.models import Deed
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import deed, write
from openhall.enquiries.kinds import ENQUIRY
from openhall.enquiries.models import Enquiry
from openhall.enquiries.rules.lifecycle import ENDED
from openhall.enquiries.terms import EnquiryAct, ToldBy

GONE = "（个人信息已删除）"


@deed(ENQUIRY, EnquiryAct.FORGET)
def forget(enquiry: Enquiry, doing: Doing) -> Deed:
    """The row, its states and its days stay."""
    return write(
        ENQUIRY,
        enquiry,
        EnquiryAct.FORGET,
        doing,
        changes={
            "salt": "",
            "code": "",
            "code_blind": f"erased-{enquiry.pk}",
            "title": GONE,
            "text": GONE,
            "added": "",
            "asked_back": "",
            "name": "",
            "told_by": ToldBy.NONE.value,
            "address": "",
            "answer": GONE if enquiry.answer else "",
        },
        state=enquiry.state,
    )


def forget_old(today: date | None = None) -> int:
    """Questions that ended before the time of keeping; how many."""
    last = (today or timezone.localdate()) - timedelta(days=settings.RETENTION_DAYS)
    ended = Enquiry.objects.filter(state__in=[one.value for one in ENDED]).exclude(salt="")
    old = ended.filter(received_at__date__lt=last).values_list("pk", flat=True)
    now = timezone.now()
    return sweep(
        "old enquiries",
        list(old),
        lambda pk: forget(pk, Doing(None, now, system_key("enquiry-forgotten", pk))),
    )
