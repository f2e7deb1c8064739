"""What the asker is told: that something happened, never what was asked or answered."""

from openhall.deeds.doing import Doing
from openhall.deeds.keys import within
from openhall.enquiries.models import Enquiry
from openhall.enquiries.terms import EnquiryKind, ToldBy
from openhall.glossary import Said
from openhall.outbox.actions import send
from openhall.outbox.terms import Channel

CHANNELS = {ToldBy.SMS.value: Channel.SMS, ToldBy.EMAIL.value: Channel.EMAIL}


def tell(enquiry: Enquiry, happened: Said, doing: Doing) -> None:
    """By the way the asker chose; to who chose none, the page behind the code says it."""
    channel = CHANNELS.get(enquiry.told_by)
    if channel is None:
        return
    what = "意见" if enquiry.kind == EnquiryKind.OPINION else "咨询"
    thing = "opinion" if enquiry.kind == EnquiryKind.OPINION else "question"
    words = Said(
        f"您的{what}{enquiry.number}{happened.zh}请凭查询码到门户“凭码查询”查看。",
        f"Your {thing} {enquiry.number} {happened.en} Open it on the portal with your code.",
    )
    subject = Said(f"{what}{enquiry.number}", f"Your {thing} {enquiry.number}")
    send(
        channel,
        enquiry.address,
        subject.said_in(enquiry.language),
        words.said_in(enquiry.language),
        about=enquiry.number,
        key=within(doing.key, "tell"),
        language=enquiry.language,
        at=doing.at,
    )
