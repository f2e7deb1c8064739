"""What the pages of an unsent application read: its papers, what is missing, who must sign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.applying.models import Consent, Draft, HeldDocument, SetAside, Signatory, Signature
from openhall.applying.rules.keeping import removed_on, warning_of
from openhall.applying.rules.signing import digest_of
from openhall.applying.rules.written import Written, read
from openhall.applying.terms import SignatureState
from openhall.cases.materials import material_named
from openhall.catalogue.asking import brought, form_of, is_answered
from openhall.catalogue.models import ItemVersion, Material
from openhall.catalogue.queries import versions_in_force
from openhall.catalogue.rules.standing import in_season
from openhall.catalogue.terms import Medium, Necessity
from openhall.deeds.rules.codes import tidy
from openhall.files.models import Upload
from openhall.files.terms import Given, ScanState
from openhall.forms.rules import FormDefinition
from openhall.forms.rules.difference import changes_between
from openhall.forms.terms import FieldKind
from openhall.organs.models import Account, Organ
from openhall.organs.queries import agencies_of
from openhall.vault.fields import blinds


def written(draft: Draft | SetAside) -> Written:
    """What was typed, or set aside, as one value."""
    return read(draft.content)


def content_of(draft: Draft | SetAside) -> dict[str, Any]:
    """The same as the draft keeps it."""
    return dict(written(draft).said)


def is_on_record(account: Account | None, number: str, day: date) -> bool:
    """Whether the city holds ``account`` as acting for the company of this ``number``."""
    return (
        account is not None
        and agencies_of(account, day).filter(company__credit_code=number).exists()
    )


def material_asked(draft: Draft, key: str) -> Material | None:
    """The material ``key`` as this draft may bring it; what a window takes in may be a paper form.

    None for a printed form whose questions the applicant answers here.
    """
    found = material_named(draft.item_version, key)
    if found is None or draft.organ_id is not None or not is_answered(found):
        return found
    asked = asked_by(draft.item_version).field(key)  # a question for a file may bear the same key
    return found if asked is not None and asked.kind == FieldKind.FILE else None


def live_uploads(draft: Draft) -> list[Upload]:
    """What is attached now, in the order chosen."""
    rows = draft.uploads.filter(replaced=False).select_related("verified_by")
    return list(rows.order_by("position", "id"))


def whole_uploads(draft: Draft) -> QuerySet[Upload]:
    """What is attached to the draft, and to the further parts of a joint application."""
    mine = Q(folder__draft=draft) | Q(folder__draft__parent=draft)
    sent = Upload.objects.exclude(given=Given.ADDED.value)
    return sent.filter(mine, replaced=False)


@dataclass(frozen=True, slots=True)
class Lacking:
    """A paper that is not there: ``on_paper`` ones are brought to the window, others uploaded."""

    material: Material
    on_paper: bool


def lacking(materials: Sequence[Material], uploads: Sequence[Upload]) -> list[Lacking]:
    """Required materials without a usable file."""
    there = {one.material for one in uploads if one.scan != ScanState.INFECTED.value}
    return [
        Lacking(material, material.medium == Medium.PAPER.value)
        for material in materials
        if material.necessity == Necessity.REQUIRED.value and material.key not in there
    ]


# ------------------------------------------------------------ versions and terms
def offered_now(drafts: Iterable[Draft], day: date) -> dict[int, int]:
    """Of the drafts' items that can be applied for on ``day``: the version; one statement."""
    items = {draft.item_version.item_id for draft in drafts}
    rows = versions_in_force(day).filter(item__in=items).order_by("number")
    seasons = rows.select_related(None).only("item", "season_from", "season_until")
    newest = {row.item_id: row for row in seasons}
    return {
        item: row.pk
        for item, row in newest.items()
        if in_season(row.season_from, row.season_until, day)
    }


def asked_by(version: ItemVersion) -> FormDefinition:
    """The item's own questions; none where it asks nothing of its own."""
    return form_of(version) or FormDefinition("", "", ())


@dataclass(frozen=True, slots=True)
class Differing:
    """A question or a paper that the newer version adds, drops or asks otherwise."""

    kind: str  # added, removed, changed
    label: str
    how: tuple[str, ...] = ()


def change_between(old: ItemVersion, new: ItemVersion, language: str | None) -> list[Differing]:
    """What ``new`` asks otherwise than ``old``: questions first, then papers."""
    found = [
        Differing(
            one.kind, one.label.said_in(language), tuple(how.said_in(language) for how in one.how)
        )
        for one in changes_between(asked_by(old), asked_by(new))
    ]
    before = {one.key: one for one in brought(old)}
    after = {one.key: one for one in brought(new)}
    english = (language or "").startswith("en")
    for key, one in (before | after).items():
        label = (one.name_en if english else "") or one.name
        if key not in before:
            found.append(Differing("added", label))
        elif key not in after:
            found.append(Differing("removed", label))
        elif before[key].necessity != one.necessity:
            found.append(Differing("changed", label, (Necessity(one.necessity).said_in(language),)))
    return found


def changed_since_begun(draft: Draft, language: str | None) -> list[Differing]:
    """What the form asks otherwise than when the draft was begun; nothing if it never moved."""
    on = written(draft).begun_on
    if on in (0, draft.item_version_id):
        return []
    begun = ItemVersion.objects.filter(pk=on).first()
    if begun is None:
        return []
    return change_between(begun, draft.item_version, language)


def removal_of(draft: Draft) -> tuple[date, str]:
    """The day an unsent draft is removed, and the warning; the warning is empty while far off."""
    saved = timezone.localtime(draft.saved_at).date()
    days, today = settings.DRAFT_DAYS, timezone.localdate()
    warning = warning_of(saved, days, today)
    return removed_on(saved, days), warning.said_in(get_language()) if warning else ""


def step_name(step: str) -> str:
    """A step of applying in the language of the page."""
    return {
        "applicant": _("Applicant"),
        "questions": _("Your answers"),
        "parts": _("Which parts"),
        "papers": _("Papers"),
        "signatures": _("Signatures"),
        "review": _("Check and send"),
    }.get(step, _("Applicant"))


# ------------------------------------------------------------ signatures
@dataclass(frozen=True, slots=True)
class Signer:
    """A signatory with the standing signature, if any, and how often one became void."""

    person: Signatory
    standing: Signature | None
    voided: int

    @property
    def state(self) -> SignatureState:
        return SignatureState(self.standing.state) if self.standing else SignatureState.WAITING


def digest_now(draft: Draft, said: Written | None = None) -> str:
    """The digest of the content as it stands; of a joint application, with every part's papers."""
    papers = whole_uploads(draft).values_list("material", "sha256")
    return digest_of(draft.item_version_id, (said or written(draft)).said, list(papers))


def signers(draft: Draft) -> list[Signer]:
    """Everybody who must sign, in the order asked."""
    people = list(draft.signatories.filter(removed_at__isnull=True).prefetch_related("signatures"))
    found = []
    for person in people:
        said = list(person.signatures.all())
        standing = next((one for one in said if one.voided_at is None), None)
        found.append(Signer(person, standing, sum(one.voided_at is not None for one in said)))
    return found


def listed(drafts: QuerySet[Draft]) -> list[Draft]:
    """Drafts for a list, each with ``waits``: how many people have no standing signature yet."""
    standing = Signature.objects.filter(signatory=OuterRef("pk"), voided_at__isnull=True)
    people = Signatory.objects.filter(~Exists(standing), draft=OuterRef("pk"), removed_at=None)
    counted = people.order_by().values("draft").annotate(n=Count("pk")).values("n")
    return list(
        drafts.select_related("item_version__item").annotate(waits=Coalesce(Subquery(counted), 0))
    )


def signatory_by_code(code: str) -> Signatory | None:
    """Who was given ``code`` (tidied), with the application."""
    rows = Signatory.objects.select_related("draft__item_version__item__organ", "draft__case")
    return rows.filter(code_blind__in=blinds("sign:" + code), removed_at__isnull=True).first()


def asked_of(account: Account) -> list[Signatory]:
    """What ``account`` is asked to sign and has not: unsent applications of others."""
    if not account.id_number:
        return []
    rows = Signatory.objects.filter(
        number_blind__in=blinds(account.id_number),
        removed_at__isnull=True,
        draft__case__isnull=True,
        draft__ended="",
    ).exclude(signatures__voided_at__isnull=True, signatures__isnull=False)
    return list(rows.select_related("draft__item_version"))


def standing_consents(draft: Draft) -> list[Consent]:
    """Consents that have not been revoked."""
    rows = draft.consents.filter(revoked_at__isnull=True)
    return list(rows.select_related("held", "source__item_version"))


def draft_by_code(code: str) -> Draft | None:
    """The draft a resume code opens; a part of a joint application only with its whole."""
    rows = Draft.objects.filter(parent__isnull=True).select_related(
        "item_version__item__organ", "case"
    )
    return rows.filter(resume_blind__in=blinds("resume:" + tidy(code))).first()


def drafts_of(account: Account) -> list[Draft]:
    """The unsent drafts of ``account``, newest first."""
    rows = Draft.objects.filter(account=account, case__isnull=True, ended="", organ=None)
    return listed(rows)


def draft_by_pk(pk: int) -> Draft | None:
    """One draft with what its pages show."""
    rows = Draft.objects.select_related(
        "item_version__item__organ", "item_version__form", "case", "organ"
    )
    return rows.filter(pk=pk).first()


def draft_keyed(key: str, account: Account) -> Draft | None:
    """The draft that a programme began under this key for ``account``."""
    rows = Draft.objects.filter(key=key, account=account)
    return rows.select_related("case", "item_version__item").first()


def drafts_unowned(pks: Sequence[int]) -> QuerySet[Draft]:
    """Unsent drafts among ``pks`` that are in nobody's account."""
    return Draft.objects.filter(pk__in=pks, account=None, organ=None, case=None, ended="")


def half_typed(organ: Organ) -> QuerySet[Draft]:
    """What the window of ``organ`` has begun and not taken in, newest first."""
    rows = Draft.objects.filter(organ=organ, case__isnull=True, ended="")
    return rows.select_related("item_version__item").order_by("-saved_at")


def signatory_by_pk(pk: int) -> Signatory | None:
    """One person who is asked to sign, with what is to be signed."""
    rows = Signatory.objects.select_related(
        "draft__item_version__item__organ", "draft__case", "draft__whole__version"
    )
    return rows.filter(pk=pk, removed_at__isnull=True).first()


def consent_of(account: Account, pk: int) -> Consent | None:
    """A consent that ``account`` gave."""
    return Consent.objects.filter(pk=pk, account=account).first()


def held_document(pk: int) -> HeldDocument | None:
    """One document that may be used again."""
    return HeldDocument.objects.filter(pk=pk).first()
