"""What a desk may do to a call for opinions; the act decides. 重大行政决策程序暂行条例 15, 18."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.rules.tables import acts_at
from openhall.design.forms import DateInput
from openhall.desk.offers import NOTE, Offer, in_words
from openhall.enquiries import actions
from openhall.enquiries.queries import Call
from openhall.enquiries.rules.lifecycle import CALLS
from openhall.enquiries.terms import CallAct, CallState
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk

WRITERS, LEADERS = (Desk.EDITOR, Desk.HANDLER), (Desk.DECIDER, Desk.HEAD)


class OfWords(Offer):
    """What a call says."""

    name = TextField(label=_("What it is called"), max_length=120, required=False)
    name_en = TextField(label=_("In English"), max_length=200, required=False)
    text = TextField(
        label=_("The text, or what it is about"),
        max_length=20000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    decides = TextField(label=_("Who decides in the end"), max_length=200, required=False)
    until = forms.DateField(label=_("Last day"), widget=DateInput)
    urgent = TextField(
        label=_("If it is open for fewer days: why it is urgent"),
        widget=NOTE,
        max_length=500,
        required=False,
    )
    ways = TextField(
        label=_("Other ways to answer"),
        widget=NOTE,
        max_length=1000,
        required=False,
        help_text=_("By post, by telephone, at a meeting: where and when."),
    )

    def words(self) -> actions.Words:
        typed = self.cleaned_data
        return actions.Words(
            typed["name"],
            typed["text"],
            typed["decides"],
            typed["until"],
            title_en=typed["name_en"],
            ways=typed["ways"],
            urgent=typed["urgent"],
        )

    def refuse(self, refusal: Any) -> None:
        """The act's title is the name of the call; an offer's title is its own."""
        for fault in refusal.faults or (refusal,):
            field = "name" if fault.field == "title" else fault.field
            self.add_error(field if field in self.fields else None, in_words(fault))


class Begin(OfWords):
    act, tone, section = CallAct.BEGIN, "primary", "begin"
    effect = _("Somebody who leads the unit reads it and announces it.")
    done = _("It lies with who announces it.")
    file = forms.FileField(label=_("A file beside it"), required=False)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return who.desk in WRITERS

    def does(self, doing: Doing) -> Call:
        file = self.cleaned_data["file"]
        return actions.begin_call(self.who.organ, self.words(), [file] if file else [], doing)


class OnCall(Offer):
    act: ClassVar[CallAct]
    desks: ClassVar[tuple[str, ...]] = LEADERS

    @classmethod
    def offered(cls, subject: Call, who: Any) -> bool:
        return cls.act in acts_at(CALLS, CallState(subject.state))

    @property
    def pk(self) -> int:
        pk: int = self.subject.pk
        return pk


class Rewrite(OnCall, OfWords):
    act, desks, tone = CallAct.REWRITE, WRITERS, "primary"

    def ask(self) -> None:
        call: Call = self.subject
        self.initial.update(
            {
                "name": call.title,
                "name_en": call.title_en,
                "text": call.text,
                "decides": call.decides,
                "until": call.until,
                "ways": call.ways,
            }
        )

    def does(self, doing: Doing) -> None:
        actions.rewrite_call(self.pk, self.words(), doing)


class _WithReason(OnCall):
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500, required=False)

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


class SendBack(_WithReason):
    act, effect = CallAct.SEND_BACK, _("Its writers read this and write it anew.")

    def does(self, doing: Doing) -> None:
        actions.send_back_call(self.pk, self.why, doing)


class Drop(_WithReason):
    act, desks, tone, seldom = CallAct.DROP, WRITERS, "grave", True
    effect = _("It is not announced; the record stays.")

    def does(self, doing: Doing) -> None:
        actions.drop_call(self.pk, self.why, doing)


class Announce(OnCall):
    act, tone = CallAct.ANNOUNCE, "primary"
    effect = _("Everybody reads and answers it. It is never shortened.")

    @classmethod
    def offered(cls, subject: Call, who: Any) -> bool:
        return subject.written_by_id != who.account.pk and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.announce_call(self.pk, doing)


class Prolong(_WithReason):
    act, seldom = CallAct.PROLONG, True
    effect = _("Everybody reads the new last day and why.")
    until = forms.DateField(label=_("New last day"), widget=DateInput)

    @classmethod
    def offered(cls, subject: Call, who: Any) -> bool:
        return who.day <= subject.until and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.prolong_call(self.pk, self.cleaned_data["until"], self.why, doing)


class DraftReport(OnCall):
    act, desks, tone = CallAct.DRAFT_REPORT, WRITERS, "primary"
    effect = _("Somebody who leads the unit publishes it. The figures are counted by themselves.")
    words = TextField(
        label=_("What was said, what was taken up, what was not and why"),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    @classmethod
    def offered(cls, subject: Call, who: Any) -> bool:
        return who.day > subject.until and super().offered(subject, who)

    def ask(self) -> None:
        self.initial["words"] = self.subject.report

    def does(self, doing: Doing) -> None:
        actions.draft_report(self.pk, self.cleaned_data["words"], doing)


class ReturnReport(_WithReason):
    act, effect = CallAct.RETURN_REPORT, _("Its writers read this and write it anew.")

    def does(self, doing: Doing) -> None:
        actions.return_report(self.pk, self.why, doing)


class Report(OnCall):
    act, tone = CallAct.REPORT, "grave"
    effect = _("Everybody reads it with the figures, which stand in the public log.")

    @classmethod
    def offered(cls, subject: Call, who: Any) -> bool:
        return subject.report_by_id != who.account.pk and super().offered(subject, who)

    def does(self, doing: Doing) -> None:
        actions.publish_report(self.pk, doing)


CALL_OFFERS: tuple[type[Offer], ...] = (
    Rewrite,
    Announce,
    SendBack,
    DraftReport,
    Report,
    ReturnReport,
    Prolong,
    Drop,
)
