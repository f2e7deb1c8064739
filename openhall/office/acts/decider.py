"""The acts of who decides and of the head: decide, send back, re-assign, extend. 37–42."""

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.cases import actions
from openhall.cases.actions import Doing
from openhall.cases.queries import Case, takers
from openhall.cases.terms import Act, Outcome
from openhall.catalogue.rules.validity import choices_of
from openhall.catalogue.terms import ProjectType, ResultKind
from openhall.desk.offers import NOTE, said
from openhall.office.acts.form import ActForm
from openhall.organs.fields import TextField
from openhall.organs.remedies import remedy_of
from openhall.organs.terms import Desk


class Decide(ActForm):
    act, desks, shortcut, tone = Act.DECIDE, (Desk.DECIDER,), "d", "primary"
    paused = False
    effect = _("The decision is binding, and is delivered within ten working days.")
    outcome = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = TextField(
        label=_("Reason"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )
    remedy = TextField(
        label=_("Remedies"), widget=NOTE, required=False, help_text=_("Required for a refusal.")
    )

    def ask(self) -> None:
        outcomes = said(Outcome, (Outcome.GRANTED, Outcome.REFUSED))
        self.choose("outcome", outcomes)
        self._ask_term()
        for name in {"reason", "remedy", "term"} & self.fields.keys():
            self.fields[name].asked_for = True  # type: ignore[attr-defined]  # by the outcome
        self.fields["remedy"].initial = remedy_of(self.case.organ)  # by law; it may be mended
        if self.case.item_version.project_type == ProjectType.INSTANT:
            self.fields["at_once"] = forms.BooleanField(
                label=_("Issue at once: the applicant is waiting"), required=False, initial=True
            )

    def _ask_term(self) -> None:
        """Only where the guide leaves more than one answer to the decision."""
        version = self.case.item_version
        if version.result_kind != ResultKind.LICENCE:
            return
        choices = choices_of(version.result_validity) or []
        fixed = [one for one in choices if one.term is not None]
        if fixed and len(choices) == 1:
            return
        label = _("How long it is valid")
        if fixed and len(fixed) == len(choices):
            shown = [(one.words, str(one)) for one in fixed]
            self.fields["term"] = forms.ChoiceField(
                label=label, choices=shown, widget=forms.RadioSelect, required=False
            )
            return
        told = "；".join(str(one) for one in choices)
        hint = _("A term such as “3年” or “6个月”, “长期” for no end, or a day: “至2028-12-31”.")
        self.fields["term"] = TextField(
            label=label, max_length=60, required=False, help_text=f"{told} {hint}".strip()
        )

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        act = actions.decide_at_once if typed.get("at_once") else actions.decide
        act(
            self.case.pk,
            Outcome(typed["outcome"]),
            typed["reason"],
            typed["remedy"] if typed["outcome"] == Outcome.REFUSED else "",
            doing,
            term=typed.get("term", ""),
        )


class SendBack(ActForm):
    act, desks, shortcut = Act.SEND_BACK, (Desk.DECIDER,), "b"
    effect = _("The case returns to its handler.")
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)

    def does(self, doing: Doing) -> None:
        actions.send_back(self.case.pk, self.cleaned_data["reason"], doing)


class Reassign(ActForm):
    act, desks, shortcut = Act.REASSIGN, (Desk.DECIDER, Desk.HEAD), "w"
    effect = _("The case goes to another handler; a slip is left.")
    taker = forms.ChoiceField(label=_("Handler"))
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=300)

    def ask(self) -> None:
        others = [one for one in takers(self.case, self.day) if one.pk != self.case.handler_id]
        self.choose_rows("taker", others)

    def does(self, doing: Doing) -> None:
        reason = self.cleaned_data["reason"]
        actions.reassign(self.case.pk, self.chosen("taker"), reason, doing)


class AllowAgain(ActForm):
    """A second supplement notice, for facts that nobody could name the first time."""

    act, desks, shortcut, tone = Act.ALLOW_AGAIN, (Desk.HEAD,), "q", "grave"
    effect = _("The window may ask once more, and for the last time; supervision is alerted.")
    new_facts = TextField(
        label=_("New facts since the first notice"),
        widget=NOTE,
        max_length=500,
        help_text=_("What could have been asked the first time is no reason: then accept."),
    )

    def does(self, doing: Doing) -> None:
        actions.allow_again(self.case.pk, self.cleaned_data["new_facts"], doing)


def _asked(case: Case) -> bool:
    return case.extension_requests.filter(answered_at__isnull=True).exists()


class Extend(ActForm):
    act, desks, shortcut, tone = Act.EXTEND, (Desk.HEAD,), "x", "primary"
    effect = _("Both limits move; the applicant is told why in writing. Only once.")
    days = forms.IntegerField(label=_("Working days more"), min_value=1)
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)

    @classmethod
    def fits(cls, case: Case) -> bool:
        return _asked(case)

    def ask(self) -> None:
        asked = self.case.extension_requests.filter(answered_at__isnull=True).first()
        if asked is not None:
            self.fields["days"].initial = asked.days
            self.fields["reason"].initial = asked.reason

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        actions.extend(self.case.pk, typed["days"], typed["reason"], doing)


class RefuseExtension(ActForm):
    act, desks, shortcut = Act.REFUSE_EXTENSION, (Desk.HEAD,), "z"
    effect = _("The limits stay as they are.")
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500)

    @classmethod
    def fits(cls, case: Case) -> bool:
        return _asked(case)

    def does(self, doing: Doing) -> None:
        actions.refuse_extension(self.case.pk, self.cleaned_data["reason"], doing)
