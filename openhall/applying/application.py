"""An unsent application of 1…n parts, read once: what pages show of it and what sending asks of it.

The draft of the leading part carries everything that is typed; each further part has a draft of its
own for its papers, so that one file kept for three units is three uploads, each of its own case.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.applying.applicants import ApplicantForm, PartyForm
from openhall.applying.models import Draft
from openhall.applying.parts import (
    OnlyPart,
    Part,
    Wanted,
    combined_form,
    own_form,
    wanted,
    with_one_letter,
)
from openhall.applying.queries import (
    Lacking,
    Signer,
    digest_now,
    is_on_record,
    lacking,
    live_uploads,
    signers,
    whole_uploads,
    written,
)
from openhall.applying.rooms_above import Whole, whole_of
from openhall.applying.rules.combining import CombinedForm, split_answers
from openhall.applying.rules.posting import NO_ADDRESS, lacks_address
from openhall.applying.rules.written import Written
from openhall.applying.terms import SignatureState
from openhall.cases.materials import authorisation
from openhall.cases.rules.acting import Agent, fault_of_agent, needs_authorisation
from openhall.cases.terms import ActingFor
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import version_in_force, versions_in_force
from openhall.catalogue.rules.serving import likest, not_served, serves
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from openhall.files.terms import ScanState
from openhall.forms.rules import Told, answers_of, told_under
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.organs.models import Account


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that keeps an application from being sent: where it is put right, and why.

    ``place`` is the key of the question or paper within its step; ``label`` what people call it.
    """

    step: str
    place: str
    label: str
    said: Said

    @property
    def sentence(self) -> str:
        return self.said.said_in(get_language()) or self.said.zh


class Application:
    """One draft with its parts. ``whole``: the matter of several units; None for a single item."""

    def __init__(
        self, draft: Draft, account: Account | None, day: date, *, whole: Whole | None = None
    ) -> None:
        self.draft, self.account, self.day = draft, account, day
        self.written: Written = written(draft)
        if whole is None and draft.combined:
            whole = whole_of(draft, self.written.chosen, day)
        self.whole = whole
        self.parts: tuple[Part, ...] = (
            (OnlyPart(draft.item_version),) if whole is None else whole.parts
        )

    # ------------------------------------------------------------ whether it can be gone on with
    @cached_property
    def in_force(self) -> ItemVersion | None:
        """The version of the item in force; None where it cannot be applied for any more."""
        return version_in_force(self.draft.item_version.item.code, self.day)

    @property
    def is_open(self) -> bool:
        """Whether what it asks for can still be applied for."""
        return self.in_force is not None if self.whole is None else self.whole.is_open

    @property
    def is_outdated(self) -> bool:
        """Whether a guide is another than when it was last saved."""
        if self.whole is not None:
            return self.whole.outdated
        return self.in_force is not None and self.in_force.pk != self.draft.item_version_id

    # ------------------------------------------------------------ who applies
    @cached_property
    def agent(self) -> Agent:
        return self.written.agent("" if self.account is None else self.account.id_number)

    @cached_property
    def on_record(self) -> bool:
        """Whether the city holds who is signed in as acting for the company that applies."""
        return is_on_record(self.account, self.written.number, self.day)

    @cached_property
    def ways(self) -> list[ActingFor]:
        """For whom this may be applied for: what every part serves."""
        served = [part.item_version.service_objects for part in self.parts]
        bodies = {ActingFor.COMPANY: True}
        return [
            way
            for way in ActingFor
            if all(serves(objects, body=bodies.get(way, False)) for objects in served)
        ]

    @property
    def not_served(self) -> Refused | None:
        """Why who applies may not apply for this; None where they may, or where nobody could."""
        body = self.written.is_body
        way = ActingFor.COMPANY if body else self.written.acting
        if way in self.ways or not self.ways:
            return None
        objects = [part.item_version for part in self.parts]
        refusing = next(one for one in objects if not serves(one.service_objects, body=body))
        return Refused(not_served(refusing.name, refusing.name_en, body=body), "acting")

    def instead(self, acting: ActingFor) -> list[ItemVersion]:
        """Matters like this one, of its topics, that serve who applies."""
        mine = self.draft.item_version
        rows = [
            one
            for one in versions_in_force(self.day).exclude(pk=mine.pk)
            if set(one.topics) & set(mine.topics)
            and serves(one.service_objects, body=acting == ActingFor.COMPANY)
        ]
        named = {one.name: one for one in rows}
        return [named[name] for name in likest(mine.name, named)]

    # ------------------------------------------------------------ what is asked
    @cached_property
    def form(self) -> CombinedForm:
        """Every question of every part, once."""
        if self.whole is None:
            return own_form(self.parts[0])
        return combined_form(self.parts, self.whole.version.title, self.whole.version.title_en)

    @cached_property
    def papers(self) -> list[Wanted]:
        """Every paper once; an agent's letter before them, and only where somebody acts."""
        spared = self.written.spared
        rows = [
            one
            for one in wanted(self.parts, whole=self.whole is not None)
            if one.needs[0][1] not in spared
        ]
        if needs_authorisation(self.written.acting, on_record=self.on_record):
            return with_one_letter(rows, authorisation(self.parts[0].item_version), self.parts)
        return [one for one in rows if not one.is_letter]

    @cached_property
    def drafts(self) -> dict[str, Draft]:
        """The draft of each part by its item code, as far as there is one yet."""
        own = {self.draft.item_version.item.code: self.draft}
        if self.whole is not None:
            rows = Draft.objects.filter(parent=self.draft).select_related("item_version__item")
            own |= {one.item_version.item.code: one for one in rows}
        return {part.code: own[part.code] for part in self.parts if part.code in own}

    @cached_property
    def _kept(self) -> dict[str, list[Upload]]:
        return {code: live_uploads(draft) for code, draft in self.drafts.items()}

    def _files_of(self, part: Part, key: str) -> list[Upload]:
        return [one for one in self._kept.get(part.code, ()) if one.material == key]

    @cached_property
    def uploads(self) -> list[Upload]:
        """The files as the list shows them: those of the first part, under the list's key."""
        found = []
        for row in self.papers:
            for upload in self._files_of(*row.needs[0]):
                shown = copy.copy(upload)
                shown.material = row.material.key
                found.append(shown)
        return found

    def file_questions(self) -> Iterator[tuple[str, list[tuple[Part, str]]]]:
        """Each question that asks for a file, and for which part it is kept under which key."""
        for field in self.form.form:
            if field.kind == FieldKind.FILE:
                yield field.key, self.asking(field.key)

    def asking(self, key: str) -> list[tuple[Part, str]]:
        """The parts whose forms ask the question ``key``, each with its own key for it."""
        return [
            (part, own)
            for part in self.parts
            for own, there in self.form.keys.get(part.code, {}).items()
            if there == key
        ]

    @cached_property
    def files_kept(self) -> dict[str, list[tuple[int, str]]]:
        """The uploads of each question that asks for a file: those of the first part that asks."""
        return {
            key: [(one.pk, one.name) for one in self._files_of(*needs[0])]
            for key, needs in self.file_questions()
        }

    def answers_apart(self) -> dict[str, dict[str, Any]]:
        """For each part the answers its own form asks for, and its own copies of the files."""
        told = {part.code: dict[str, Any]() for part in self.parts}
        told |= split_answers(self.form, self.written.answers)
        for _key, needs in self.file_questions():
            for part, own in needs:
                if files := self._files_of(part, own):
                    told[part.code][own] = [one.pk for one in files]
        return told

    def answers_said(self, language: str | None) -> list[Told]:
        """Every question that is asked, with its answer as people read it, under its heading."""
        typed, form = self.written.answers, self.form.form
        names = {one.pk: one.name for one in whole_uploads(self.draft)}
        judged = answers_of(form, typed, timezone.localdate())
        return told_under(form, typed | judged.answers, language, files=names)

    # ------------------------------------------------------------ who signs
    @cached_property
    def people(self) -> list[Signer]:
        return signers(self.draft)

    @cached_property
    def digest(self) -> str:
        """Of the content as it stands, with every part's papers: what several people sign."""
        return digest_now(self.draft, self.written)

    # ------------------------------------------------------------ what keeps it from being sent
    @cached_property
    def gaps(self) -> list[Lacking]:
        """Required papers without a usable file, those to be brought on paper among them."""
        return lacking([one.material for one in self.papers], self.uploads)

    @cached_property
    def wrongs(self) -> list[Wrong]:
        """Everything at once, in the order of the steps."""
        return [*self._of_party(), *self._of_answers(), *self._of_papers(), *self._of_people()]

    def _of_party(self) -> Iterator[Wrong]:
        if (refused := self.not_served) is not None:
            yield Wrong("applicant", "acting", _("Who applies"), refused.said)
        party = self.written.party
        typed_here = "acting" in party  # a programme says the kind of applicant instead
        form = ApplicantForm(self.written.acting, party) if typed_here else PartyForm(party)
        named = set()
        for key, faults in form.errors.items():
            label = str(form.fields[key].label) if key in form.fields else ""
            for fault in faults:
                named.add(key)
                yield Wrong("applicant", key, label, Said(str(fault), str(fault)))
        wrong = fault_of_agent(self.agent, self.written.number, self.day)
        if wrong is not None and wrong[0] not in named:
            yield Wrong("applicant", *_labelled(form, wrong[0]), wrong[1])

    def _of_answers(self) -> Iterator[Wrong]:
        typed = self.written.answers | {
            key: [pk for pk, _name in files] for key, files in self.files_kept.items() if files
        }
        faults = answers_of(self.form.form, typed, timezone.localdate()).faults
        address = str(self.written.party.get("address", ""))
        if lacks_address(self.form.form, self.written.answers, address):
            yield Wrong("questions", "post_address", _("Postal address"), NO_ADDRESS)
        for key, fault in faults.items():
            if (field := self.form.form.field(key)) is not None:
                sentence = Said(fault.zh, fault.en)
                yield Wrong("questions", key, field.called(get_language()), sentence)

    def _of_papers(self) -> Iterator[Wrong]:
        english = (get_language() or "").startswith("en")
        called = {
            one.material.key: (english and one.material.name_en) or one.material.name
            for one in self.papers
        }
        for file in self.uploads:
            if file.scan == ScanState.INFECTED.value:
                yield Wrong("papers", file.material, called[file.material], infected(file))
        for gap in self.gaps:
            if not gap.on_paper:
                zh, en = gap.material.name, gap.material.name_en or gap.material.name
                sentence = Said(
                    f"还缺少必要材料“{zh}”。请先上传。",
                    f"“{en}” is missing and is required. Upload it first.",
                )
                yield Wrong("papers", gap.material.key, called[gap.material.key], sentence)

    def _of_people(self) -> Iterator[Wrong]:
        for one in self.people:
            name = one.person.name
            if one.state == SignatureState.DECLINED:
                yield Wrong("signatures", "", name, DECLINED.format(name))
            elif one.standing is None or one.standing.digest != self.digest:
                yield Wrong("signatures", "", name, UNSIGNED.format(name))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence about somebody, in both languages."""

    zh: str
    en: str

    def format(self, name: str) -> Said:
        return Said(self.zh.format(name), self.en.format(name))


DECLINED = _Sentence(
    "{}拒绝签署，不能提交。请与其协商修改，或者不再请其签署。",
    "{} declined to sign, so it cannot be sent. Agree on a change with them, or no longer ask "
    "them to sign.",
)
UNSIGNED = _Sentence(
    "{}还没有签署现在的内容。全部签署后才能提交。",
    "{} has not signed what it says now. Send it once all have signed.",
)


def infected(file: Upload) -> Said:
    """What is said of a file in which a virus was found."""
    return Said(
        f"“{file.name}”查出病毒，已被删除，不能提交。请更换文件。",
        f"“{file.name}” was infected and has been removed, so it cannot be sent. Replace the file.",
    )


def _labelled(form: PartyForm, key: str) -> tuple[str, str]:
    return key, str(form.fields[key].label) if key in form.fields else ""


def fresh(application: Application) -> Application:
    """The same application, read again after an act changed it."""
    application.draft.refresh_from_db()
    return Application(application.draft, application.account, application.day)
