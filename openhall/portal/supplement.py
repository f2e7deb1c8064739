"""What the one supplement notice reopened, and answering it. 行政许可法 32(4)."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from openhall.applying.queries import asked_by
from openhall.cases import actions
from openhall.cases.materials import material_named
from openhall.cases.queries import Case, answers_kept, supplement_kept
from openhall.cases.terms import Act, Stage
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer, in_words
from openhall.files.rules.uploads import ENDINGS
from openhall.files.terms import ScanState
from openhall.forms.answering import questions_form
from openhall.glossary import Said
from openhall.joint.queries import joint_with
from openhall.portal.views.papering import row_of


def is_asked(case: Case) -> bool:
    """Whether the notice still waits for its answer."""
    return bool(case.stage == Stage.SUPPLEMENT_ASKED)


class Answer(Offer):
    """All that the notice named, sent at once; of a joint application with the other units'.

    Words and files are kept before anything is judged (``views.supplementing``).
    """

    act, section, bare, tone = Act.SUPPLEMENT, "answer", True, "primary"
    fields_by, accept = "portal/supplement_fields.html", ENDINGS

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        alone = subject.case.part_days is None  # a part is answered with the others
        return alone and is_asked(subject.case)

    def askable(self) -> bool:
        return is_asked(self.subject.case)

    def ask(self) -> None:
        """The questions that were reopened are the fields: by their own names, as everywhere."""
        case = self.subject.case
        self.whole, self.prefix = joint_with(case), ""
        self.points = list(case.supplement.points.all())
        self.open = {point.field: point.reason for point in self.points if point.field}
        self.faults: dict[str, list[str]] = {}
        before = answers_kept(case)
        self.form = questions_form(
            asked_by(case.item_version),
            self.data if self.is_bound else None,
            initial=before | supplement_kept(self.kept),
            only=set(self.open),
            said=before,
        )
        for key, field in self.form.fields.items():
            field.help_text = self.open[key]
        self.fields = self.form.fields

    def full_clean(self) -> None:
        """By the one rule of every door, which the questions ask."""
        if not (self.is_bound and self.askable()):
            super().full_clean()
            return
        self._errors = self.form.errors
        self.cleaned_data = dict(getattr(self.form, "cleaned_data", {}))

    @property
    def reshaped(self) -> bool:
        return self.askable() and self.form.reshaped

    def is_multipart(self) -> bool:
        return True

    @property
    def kept(self) -> Any:
        """What was kept for later; None where nothing was."""
        return getattr(self.subject.case.supplement, "draft", None)

    @property
    def due_on(self) -> Any:
        return self.subject.case.supplement.due_on

    @property
    def papers(self) -> list[dict[str, Any]]:
        """Each paper that the notice named, with its reason, its files and what is wrong."""
        case = self.subject.case
        wanted = {point.material: point.reason for point in self.points if point.material}
        since = case.supplement.asked_at
        fresh = list(case.uploads.filter(material__in=wanted, at__gte=since, replaced=False))
        listed = [(key, material_named(case.item_version, key)) for key in wanted]
        return [
            row_of(material, fresh, self.faults.get(key, [])) | {"reason": wanted[key]}
            for key, material in listed
            if material is not None
        ]

    @property
    def button(self) -> str:
        return _("Keep this and go to all units") if self.whole else _("Send the supplement")

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        # Who showed the query code answers for the account the application was made with.
        return replace(super().doing(key, now, seen), actor=self.subject.case.account)

    def does(self, doing: Doing) -> Any:
        case = self.subject.case
        _refuse_infected(case)
        if self.whole is not None:  # one of several units: all are answered at once
            return None
        answers = {key: self.cleaned_data.get(key, "") for key in self.open}
        return actions.supplement(case.pk, answers, doing)

    def said_done(self) -> str:
        if self.whole is not None:
            return _("Kept. It is sent with what the other units asked for.")
        return _("Sent. The window looks at it now.")

    def goes_to(self, left: Any) -> str:
        if self.whole is not None:
            return reverse("portal:joint_supplement", args=[self.whole.number])
        return reverse("portal:case", args=[self.subject.number])

    def refuse(self, refusal: Refused) -> None:
        """A fault of a paper stands beside the paper."""
        super().refuse(refusal)
        for fault in refusal.faults or (refusal,):
            if (field := getattr(fault, "field", "")) not in self.fields:
                self.faults.setdefault(field, []).append(in_words(fault))


class AnswerOfUnit(Answer):
    """The same on the page of one notice, a unit's of a joint application too."""

    @classmethod
    def offered(cls, subject: Any, who: Any) -> bool:
        return is_asked(subject.case)


def _refuse_infected(case: Case) -> None:
    fresh = case.uploads.filter(at__gte=case.supplement.asked_at, replaced=False)
    if bad := fresh.filter(scan=ScanState.INFECTED.value).first():
        raise Refused(
            Said(
                f"“{bad.name}”查出病毒，已被删除，不能提交。请更换文件。",
                f"A virus was found in “{bad.name}”; it was removed. Choose another file.",
            ),
            bad.material,
        )
