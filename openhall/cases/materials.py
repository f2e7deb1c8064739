"""The papers of an item as an application brings them, the authorisation of an agent included."""

from openhall.cases.rules.acting import AUTHORISATION
from openhall.catalogue.asking import papers_named
from openhall.catalogue.models import ItemVersion, Material
from openhall.catalogue.terms import MaterialKind, Medium, Necessity


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


def material_named(version: ItemVersion, key: str) -> Material | None:
    """The material ``key`` of ``version``, the authorisation included."""
    if key == AUTHORISATION:
        return authorisation(version)
    return next(iter(papers_named(version, {key})), None)
