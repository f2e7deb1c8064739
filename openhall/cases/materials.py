"""The papers of an item as an application brings them, the authorisation of an agent included."""

from dataclasses import dataclass
from typing import Final

from openhall.cases.models import Case, HandedPaper
from openhall.cases.rules.acting import AUTHORISATION
from openhall.cases.rules.points import Point
from openhall.cases.terms import Channel
from openhall.catalogue.asking import brought, papers_named
from openhall.catalogue.models import ItemVersion, Material
from openhall.catalogue.terms import MaterialKind, Medium, Necessity
from openhall.files.models import Upload
from openhall.files.rules.trust import still_to_do
from openhall.files.terms import Given, ScanState, TrustLevel
from openhall.glossary import Said


def authorisation(version: ItemVersion) -> Material:
    """授权委托书, which every agent brings; not a row of the guide."""
    return Material(
        version=version,
        key=AUTHORISATION,
        name="授权委托书",
        name_en="Letter of authorisation",
        necessity=Necessity.REQUIRED.value,
        kind=MaterialKind.ORIGINAL.value,
        medium=Medium.BOTH.value,
        fill_note="写明委托人、代理人、委托事项、权限和期限，由委托人签名或者盖章。",
        fill_note_en="Names both persons, what may be done and until when; signed.",
        legal_basis="行政许可法 29",
    )


APPLICATION_FORM: Final = "application-form"


def application_form(version: ItemVersion) -> Material:
    """申请表 filled in on paper: the blank of the own questions, where the guide names none.

    Online the answers are the form; at the counter the paper is.
    """
    return Material(
        version=version,
        key=APPLICATION_FORM,
        name="申请表",
        name_en="Application form",
        necessity=Necessity.REQUIRED.value,
        kind=MaterialKind.FORM.value,
        medium=Medium.PAPER.value,
        legal_basis="行政许可法 29",
    )


def on_the_counter(version: ItemVersion) -> list[Material]:
    """All that may lie on the counter: the form, what the guide names, an agent's letter."""
    listed = [*version.materials.all()]
    asks = hasattr(version, "form")
    if asks and not any(one.kind == MaterialKind.FORM.value for one in listed):
        listed.insert(0, application_form(version))
    return [*listed, authorisation(version)]


def material_named(version: ItemVersion, key: str) -> Material | None:
    """The material ``key`` of ``version``, the authorisation included."""
    if key == AUTHORISATION:
        return authorisation(version)
    if key == APPLICATION_FORM:
        return application_form(version)
    return next(iter(papers_named(version, {key})), None)


def came_on_paper(case: Case) -> bool:
    """Whether the applicant handed in a printed form; otherwise what was answered is the form."""
    return case.channel in (Channel.WINDOW, Channel.POST)


def papers_due(case: Case) -> list[Material]:
    """What ``case`` is to bring: the printed form only where it came on paper."""
    if came_on_paper(case):
        return list(case.item_version.materials.all())
    return brought(case.item_version)


@dataclass(frozen=True, slots=True)
class FileTold:
    """One uploaded copy: whether it opens, who vouches for it, what is still to be done."""

    upload: Upload
    scan: ScanState
    trust: TrustLevel

    @property
    def opens(self) -> bool:
        return self.scan in (ScanState.CLEAN, ScanState.UNSCANNED)

    @property
    def todo(self) -> Said:
        return still_to_do(self.trust)

    @property
    def to_see(self) -> bool:
        """Whether its original is still to be compared at the window."""
        mine = self.trust in (TrustLevel.C, TrustLevel.D)
        return self.opens and self.upload.repeats is None and mine


@dataclass(frozen=True, slots=True)
class MaterialTold:
    """One material of a case: what lies on paper, and what was uploaded."""

    material: Material
    files: list[FileTold]
    handed: HandedPaper | None


def files_told(case: Case) -> list[FileTold]:
    """The copies that stand, as they lie in the case."""
    if case.folder is None:
        return []
    return [
        FileTold(one, ScanState(one.scan), TrustLevel(one.trust))
        for one in case.folder.uploads.all()
        if not one.replaced and one.given != Given.ATTACHED.value
    ]


def originals_to_see(case: Case) -> list[Upload]:
    """The copies whose originals the window has not compared yet."""
    return [one.upload for one in files_told(case) if one.to_see]


def upload_of(case: Case, key: str) -> Upload | None:
    """The upload of ``case`` with this key, if it has one."""
    return next((one for one in case.uploads if str(one.pk) == key), None)


def materials_told(case: Case) -> list[MaterialTold]:
    """Each material with what lies on paper and what was uploaded, and what is still to be seen."""
    files = files_told(case)
    handed = {one.material: one for one in case.handed_papers.all()}
    listed = [*case.item_version.materials.all()]
    if AUTHORISATION in {*handed, *(one.upload.material for one in files)}:
        listed.insert(0, authorisation(case.item_version))
    if APPLICATION_FORM in {*handed, *(one.upload.material for one in files)}:
        listed.insert(0, application_form(case.item_version))
    rows = [
        MaterialTold(
            material,
            [one for one in files if one.upload.material == material.key],
            handed.get(material.key),
        )
        for material in listed
    ]
    return [row for row in rows if row.files or row.handed is not None]


def file_for(pk: int) -> tuple[Case | None, Upload | None]:
    """An upload and the case it was sent with; no case where it was not sent."""
    found = Upload.objects.select_related("folder__case__organ").filter(pk=pk).first()
    if found is None or found.given == Given.ATTACHED.value:
        return None, found
    return getattr(found.folder, "case", None), found


def material_called(case: Case, key: str) -> str:
    """The name of a material; its key where the guide has none such."""
    found = papers_named(case.item_version, {key})
    return found[0].name if found else key


def point_called(case: Case, point: Point) -> str:
    """The name under which the applicant knows the field or material."""
    if point.material:
        return material_called(case, point.material)
    version = case.item_version
    asked = version.form.fields if hasattr(version, "form") else []
    return next((one["label"] for one in asked if one["key"] == point.field), point.field)
