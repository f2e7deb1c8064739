"""What a desk may do about targets: issue, sign, report, verify. 成办发〔2003〕75号 二（四）."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.desk.offers import NOTE, Offer
from openhall.office.acts.versions import OnVersion, offers_of
from openhall.organs.fields import TextField
from openhall.organs.queries import organs_of
from openhall.organs.terms import Desk, OrganKind
from openhall.targets import actions
from openhall.targets.kinds import SHEET
from openhall.targets.queries import TargetReport, sheet_on
from openhall.targets.rules.reports import REPORTS, SECTIONS
from openhall.targets.rules.sheet import Target, Unreadable, as_text, targets_in, targets_of
from openhall.targets.terms import Counted, Period, ReportAct, ReportState
from openhall.versions.terms import VersionAct

OFFICES, HEADS = (Desk.GOVERNMENT_OFFICE,), (Desk.HEAD,)
ISSUED_TO = (OrganKind.DEPARTMENT, OrganKind.DISTRICT, OrganKind.BUREAU)
SECTION_WORDS = {
    "work": _("What was done this year"),
    "problems": _("Problems that remain"),
    "putting_right": _("How it is put right"),
    "next_year": _("What comes next year"),
}
SCORE: dict[str, Any] = {"max_digits": 5, "decimal_places": 2, "min_value": 0, "required": False}


class BeginSheet(Offer):
    """The next sheet of a unit."""

    code, title, desks, section = "sheet", _("Write targets for a unit"), OFFICES, "begin"
    tone = "primary"
    effect = _("The head of the unit signs it, then another person of this office issues it.")
    done = _("The draft is begun.")
    organ = forms.ChoiceField(label=_("Unit"))
    year = forms.IntegerField(label=_("Year"))

    def ask(self) -> None:
        self.choose_rows("organ", organs_of(ISSUED_TO))
        self.initial["year"] = self.day.year

    def does(self, doing: Doing) -> Any:
        return actions.begin_sheet(self.chosen("organ"), self.cleaned_data["year"], doing)

    def goes_to(self, left: Any) -> str:
        if left is None:
            return ""
        at = [self.who.organ.code, self.who.desk.value, SHEET.kind.name, left.pk]
        return reverse("office:version", args=at)


class WriteTargets(OnVersion):
    """The targets of a draft, a line each."""

    kind = SHEET
    act = VersionAct.BEGIN
    code, title, tone = "write", _("Write the targets"), "primary"
    effect = _("A save binds nobody; it is sent to the head of the unit afterwards.")
    done = _("The draft is saved.")
    lines = TextField(
        label=_("Targets"),
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def ask(self) -> None:
        self.initial["lines"] = as_text(targets_in(self.version.targets))
        english = (get_language() or "").startswith("en")
        counted = "; ".join(f"{one.value} = {one.en if english else one.zh}" for one in Counted)
        self.fields["lines"].help_text = _(
            "One line each: code | title | in English | weight | what is counted | percent | "
            "evidence; then, if wanted, the evidence in English. Counted: %(counted)s"
        ) % {"counted": counted}

    def clean_lines(self) -> list[Target]:
        try:
            return targets_of(self.cleaned_data["lines"])
        except Unreadable as unread:
            raise ValidationError(unread.said.said_in(get_language())) from unread

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.version.revision)

    def does(self, doing: Doing) -> Any:
        return actions.save_targets(self.version.pk, self.cleaned_data["lines"], doing)


SHEET_OFFERS: tuple[type[Offer], ...] = (WriteTargets, *offers_of(SHEET))


# ------------------------------------------------------------------------------------ reports
class OnReport(Offer):
    """Offered while the table of the law has the act."""

    act: ClassVar[ReportAct]

    @classmethod
    def offered(cls, subject: TargetReport, who: Any) -> bool:
        return (ReportState(subject.state), cls.act) in REPORTS

    def score_fields(self, targets: list[Target]) -> None:
        english = (get_language() or "").startswith("en")
        for one in targets:
            words = (english and one.title_en) or one.title
            self.fields[f"score_{one.code}"] = forms.DecimalField(
                label=_("%(target)s: score, at most %(weight)s")
                % {"target": words, "weight": one.weight},
                **SCORE,
            )

    def scores(self, targets: list[Target]) -> dict[str, Decimal | None]:
        return {one.code: self.cleaned_data.get(f"score_{one.code}") for one in targets}


class Submit(OnReport):
    act, desks, tone = ReportAct.SUBMIT, HEADS, "primary"
    effect = _("The figures are counted at this moment and stand beside what you claim.")

    def _targets(self) -> list[Target]:
        report = self.subject
        sheet = sheet_on(report.organ, report.year, self.day)
        return targets_in(sheet.targets) if sheet else []

    def ask(self) -> None:
        english = (get_language() or "").startswith("en")
        kept, year = self.subject, self.subject.period == Period.YEAR
        if year:
            for name in SECTIONS:
                self.fields[name] = TextField(
                    label=SECTION_WORDS[name],
                    widget=forms.Textarea(attrs={"rows": 5}),
                    max_length=6000,
                    required=False,
                )
                self.initial[name] = kept.sections.get(name, "")
        targets = self._targets()
        for one in targets:
            words = (english and one.title_en) or one.title
            self.fields[f"words_{one.code}"] = TextField(
                label=words, widget=NOTE, max_length=1500, required=False
            )
            self.initial[f"words_{one.code}"] = kept.words.get(one.code, "")
        if year:
            self.score_fields(targets)
            for one in targets:
                self.initial[f"score_{one.code}"] = kept.claimed.get(one.code, "")

    def does(self, doing: Doing) -> Any:
        typed, targets = self.cleaned_data, self._targets()
        said = actions.Said(
            {one.code: typed.get(f"words_{one.code}", "") for one in targets},
            self.scores(targets),
            {name: typed.get(name, "") for name in SECTIONS if name in typed},
        )
        return actions.submit_report(self.subject.pk, said, doing)


class Return(OnReport):
    act, desks = ReportAct.RETURN, OFFICES
    reason = TextField(label=_("Reason"), widget=NOTE, max_length=1000, required=False)

    def does(self, doing: Doing) -> Any:
        return actions.return_report(self.subject.pk, self.cleaned_data["reason"], doing)


class Accept(OnReport):
    act, desks, tone = ReportAct.ACCEPT, OFFICES, "primary"
    effect = _("Where your score differs from what was counted, say why.")

    def ask(self) -> None:
        targets = targets_in(self.subject.targets)
        if self.subject.period == Period.YEAR:
            self.score_fields(targets)
            for one in targets:
                self.initial[f"score_{one.code}"] = self.subject.computed.get(one.code) or ""
        self.fields["remark"] = TextField(
            label=_("Remark; it is published"), widget=NOTE, max_length=2000, required=False
        )

    def does(self, doing: Doing) -> Any:
        targets = targets_in(self.subject.targets)
        scores = self.scores(targets)
        return actions.accept_report(self.subject.pk, scores, self.cleaned_data["remark"], doing)


class Publish(OnReport):
    act, desks, tone = ReportAct.PUBLISH, OFFICES, "grave"
    effect = _("Everybody reads what was claimed, counted and verified, side by side.")

    def does(self, doing: Doing) -> Any:
        return actions.publish_report(self.subject.pk, doing)


REPORT_OFFERS: tuple[type[Offer], ...] = (Submit, Accept, Return, Publish)
