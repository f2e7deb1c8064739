"""What a desk may do to an inspection, its indicators and evidence; the acts decide."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.desk.offers import NOTE, Offer, said
from openhall.glossary import Said
from openhall.inspections import actions
from openhall.inspections.kinds import FRAMEWORK
from openhall.inspections.marking import ask_marks
from openhall.inspections.permissions import may_key_sheet
from openhall.inspections.queries import (
    Inspection,
    evidence_numbered,
    evidence_of,
    sheet_numbered,
    units_of,
)
from openhall.inspections.rules.indicators import (
    Indicator,
    as_text,
    indicators_in,
    indicators_of,
)
from openhall.inspections.rules.lifecycle import INSPECTIONS, Named, inspectors_of
from openhall.inspections.terms import (
    Category,
    EvidenceAct,
    EvidenceKind,
    InspectionAct,
    InspectionState,
    SheetAct,
    SheetState,
)
from openhall.lots.terms import DrawState
from openhall.office.acts.lots import Announcing
from openhall.office.acts.problems import OF_A_REPORT, WithProblems, listed
from openhall.office.acts.versions import OnVersion, offers_of
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.paging.typed import Unreadable
from openhall.versions.terms import VersionAct

PLANNERS, ANNOUNCERS = (Desk.SUPERVISION,), (Desk.GOVERNMENT_OFFICE,)
FILERS = (Desk.HEAD, Desk.EDITOR)
LINES = forms.Textarea(attrs={"rows": 9})


class Begin(Offer):
    act, tone, section = InspectionAct.BEGIN, "primary", "begin"
    effect = _("The City Government Office reads it and announces it together with its draw.")
    done = _("It lies with the City Government Office.")
    name = TextField(label=_("What it is called"), max_length=120, required=False)
    name_en = TextField(label=_("In English"), max_length=200, required=False)
    departments = forms.IntegerField(label=_("Departments to draw"), min_value=0, initial=8)
    districts = forms.IntegerField(label=_("Districts to draw"), min_value=0, initial=4)
    each = forms.IntegerField(label=_("Inspectors of each unit"), min_value=0, initial=3)
    window_from = forms.DateField(label=_("Visits from"), widget=DateInput)
    window_until = forms.DateField(label=_("Visits until"), widget=DateInput)
    people = TextField(label=_("Inspectors"), max_length=6000, widget=LINES, required=False)

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return who.desk in PLANNERS

    def ask(self) -> None:
        english = (get_language() or "").startswith("en")
        kinds = "; ".join(f"{one.value} = {one.en if english else one.zh}" for one in Category)
        self.fields["people"].help_text = _(
            "One line each: name | in English | category | codes of units in which there is an "
            "interest, apart by blanks. Categories: %(kinds)s"
        ) % {"kinds": kinds}

    def clean_people(self) -> list[Named]:
        try:
            return inspectors_of(self.cleaned_data["people"])
        except Unreadable as wrong:
            raise ValidationError(wrong.said.said_in(get_language())) from wrong

    def does(self, doing: Doing) -> Inspection:
        typed = self.cleaned_data
        names = ("departments", "districts", "each", "window_from", "window_until", "people")
        planned = actions.Planned(
            title=typed["name"], title_en=typed["name_en"], **{name: typed[name] for name in names}
        )
        return actions.begin_inspection(self.who.organ, planned, doing)

    def goes_to(self, left: Any) -> str:
        if left is None:
            return ""
        at = [self.who.organ.code, self.who.desk.value, left.number]
        return reverse("office:inspection", args=at)


class OnInspection(Offer):
    """Offered while the table of the law has the act."""

    act: ClassVar[InspectionAct]

    @classmethod
    def offered(cls, subject: Inspection, who: Any) -> bool:
        return (InspectionState(subject.state), cls.act) in INSPECTIONS


class Drop(OnInspection):
    act, desks, tone, seldom = InspectionAct.DROP, PLANNERS, "grave", True
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500, required=False)

    def does(self, doing: Doing) -> Any:
        return actions.drop_inspection(self.subject.pk, self.cleaned_data["reason"], doing)


class Announce(OnInspection, Announcing):
    act, desks, tone = InspectionAct.ANNOUNCE, ANNOUNCERS, "grave"
    effect = _("The indicators are frozen; the draw decides the units and the teams.")
    done = _("Announced. Hand each party its code; it commits on the public page.")

    def ask(self) -> None:
        self.ask_of_draw(self.subject.window_from)

    def does(self, doing: Doing) -> Any:
        row = self.subject
        title = Said(f"{row.title}：公开抽取"[:120], f"Draw of: {row.title_en or row.title}")
        return actions.announce_inspection(row.pk, self.asked(title), doing)


class Assign(OnInspection):
    act, desks, tone = InspectionAct.ASSIGN, PLANNERS, "primary"
    effect = _("Nobody chooses: the seed is the draw's. Interests are kept, loads are even.")

    @classmethod
    def offered(cls, subject: Inspection, who: Any) -> bool:
        drawn = subject.draw is not None and subject.draw.state == DrawState.DRAWN
        return drawn and super().offered(subject, who)

    def does(self, doing: Doing) -> Any:
        return actions.assign_teams(self.subject.pk, doing)


class NoteVisit(OnInspection):
    act, desks = InspectionAct.NOTE_VISIT, PLANNERS
    unit = forms.ChoiceField(label=_("Unit"))
    day = forms.DateField(label=_("Day of the visit"), widget=DateInput)  # type: ignore[assignment]
    attended = TextField(label=_("Who attended"), max_length=300, required=False)
    report = TextField(
        label=_("Heard: the unit's report"), widget=NOTE, max_length=3000, required=False
    )
    site = TextField(label=_("Seen on site"), widget=NOTE, max_length=3000, required=False)
    symposium = TextField(
        label=_("Said in the discussion"), widget=NOTE, max_length=3000, required=False
    )

    def ask(self) -> None:
        self.choose("unit", listed(one.organ for one in units_of(self.subject)))

    def does(self, doing: Doing) -> Any:
        typed = dict(self.cleaned_data)
        unit = typed.pop("unit")
        return actions.note_visit(self.subject.pk, unit, actions.Visit(**typed), doing)


class Unseal(OnInspection):
    act, desks, tone = InspectionAct.UNSEAL, PLANNERS, "grave"
    effect = _("The figures are reckoned once and enter the public log. No sheet changes after.")

    def does(self, doing: Doing) -> Any:
        return actions.unseal(self.subject.pk, doing)


class Publish(WithProblems, OnInspection):
    act, desks, tone = InspectionAct.PUBLISH, ANNOUNCERS, "grave"
    problem = actions.Problem
    words = TextField(label=_("What the inspection found"), **OF_A_REPORT)

    def units(self) -> Iterable[Any]:
        return [one.organ for one in units_of(self.subject)]

    def does(self, doing: Doing) -> Any:
        words = self.cleaned_data["words"]
        return actions.publish_inspection(self.subject.pk, words, self.problems(), doing)


INSPECTION_OFFERS: tuple[type[Offer], ...] = (
    Announce,
    Assign,
    NoteVisit,
    Unseal,
    Publish,
    Drop,
)


# ------------------------------------------------------------------------------------ indicators
class BeginFramework(Offer):
    code, title = "framework", _("Begin new indicators")
    desks, section = PLANNERS, "framework"
    done = _("The draft is begun.")

    def does(self, doing: Doing) -> Any:
        return actions.begin_framework(doing)

    def goes_to(self, left: Any) -> str:
        if left is None:
            return ""
        at = [self.who.organ.code, self.who.desk.value, FRAMEWORK.kind.name, left.pk]
        return reverse("office:version", args=at)


class WriteIndicators(OnVersion):
    """The indicators of a draft, a line each."""

    kind = FRAMEWORK
    act = VersionAct.BEGIN
    code, title, tone = "write", _("Write the indicators"), "primary"
    effect = _("A save binds nobody; the City Government Office publishes.")
    done = _("The draft is saved.")
    lines = TextField(
        label=_("Indicators"),
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "One line each: code | head | title | in English | weight | applies only where | "
            "evidence; then, if wanted, the condition and the evidence in English"
        ),
    )

    def ask(self) -> None:
        self.initial["lines"] = as_text(indicators_in(self.version.indicators))

    def clean_lines(self) -> list[Indicator]:
        try:
            return indicators_of(self.cleaned_data["lines"])
        except Unreadable as unread:
            raise ValidationError(unread.said.said_in(get_language())) from unread

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.version.revision)

    def does(self, doing: Doing) -> Any:
        return actions.save_framework(self.version.pk, self.cleaned_data["lines"], doing)


FRAMEWORK_OFFERS: tuple[type[Offer], ...] = (WriteIndicators, *offers_of(FRAMEWORK))


# ------------------------------------------------------------------------------------ papers
KEYERS = (Desk.SUPERVISION, Desk.CENTRE_MANAGER, Desk.INSPECTOR)


class FindSheet(Offer):
    """A paper by the number under its QR; a scanner types it."""

    code, title, bare, tone = "find", _("Find the sheet"), True, "primary"
    button = _("Open it")
    done = _("Compare the paper with the page.")
    sheet_number = TextField(label=_("Number on the sheet"), max_length=60)

    def does(self, doing: Doing) -> Any:
        found = sheet_numbered(self.cleaned_data["sheet_number"].strip())
        if found is None:
            raise Refused(
                Said(
                    "没有这份打分表。请对照纸质打分表上的编号重新填写。",
                    "There is no such sheet. Compare it with the number on the paper.",
                ),
                "sheet_number",
            )
        return found

    def goes_to(self, left: Any) -> str:
        if left is None:
            return ""
        return reverse("office:sheet", args=[self.who.organ.code, self.who.desk, left.number])


class KeySheet(Offer):
    act, bare, tone, desks = SheetAct.KEY, True, "primary", KEYERS
    done = _("Kept. It is sealed once two people have keyed in the same.")

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return subject.state == SheetState.OPEN and may_key_sheet(who.account, subject, who.day)

    def ask(self) -> None:
        ask_marks(self, indicators_in(self.subject.unit.inspection.indicators))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        indicators = indicators_in(self.subject.unit.inspection.indicators)
        marks = {one.code: typed.get(f"mark_{one.code}") for one in indicators}
        return actions.key_sheet(self.subject.number, marks, typed["remark"], doing)


SHEET_OFFERS: tuple[type[Offer], ...] = (KeySheet,)


# ------------------------------------------------------------------------------------ evidence
class FileEvidence(Offer):
    act, desks, section, tone = EvidenceAct.FILE, FILERS, "begin", "primary"
    effect = _("It is filed once, public, and read by every appraisal of the year.")
    kind = forms.ChoiceField(label=_("Kind of evidence"))
    name = TextField(label=_("What it is called"), max_length=200, required=False)
    held_on = forms.DateField(label=_("Day"), widget=DateInput)
    document = TextField(
        label=_("Number of the document, or where it is published"), max_length=200, required=False
    )
    words = TextField(label=_("In a few words"), widget=NOTE, max_length=1000, required=False)

    def ask(self) -> None:
        self.choose("kind", said(EvidenceKind))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        filed = actions.Filed(
            EvidenceKind(typed["kind"]),
            typed["name"],
            typed["held_on"],
            typed["document"],
            typed["words"],
        )
        return actions.file_evidence(self.who.organ, filed, doing)


class Withdraw(Offer):
    act, desks, seldom = EvidenceAct.WITHDRAW, FILERS, True
    effect = _("It stays in the record and counts no more.")
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=500, required=False)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Iterable[Any]:
        return evidence_of(who.organ)[:20]

    @classmethod
    def part(cls, subject: Any, key: str) -> Any:
        return evidence_numbered(key)

    @classmethod
    def part_key(cls, about: Any) -> str:
        return str(about.number)

    @property
    def label(self) -> Any:
        return f"{super().label} · {self.about.title}"

    def does(self, doing: Doing) -> Any:
        return actions.withdraw_evidence(self.about.pk, self.cleaned_data["reason"], doing)
