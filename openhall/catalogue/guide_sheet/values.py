"""A guide as plain values for programmes: the nine elements (A7), in both languages."""

from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from openhall.catalogue.asking import form_of
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.queries import tariffs_in_force


def guide_told(version: ItemVersion, day: date) -> dict[str, Any]:
    """What the guide says on ``day``, with the fees in force that day. Six statements at most."""
    prefetch_related_objects([version], "materials", "steps", "laws", "faqs", "prerequisites__item")
    plain = (
        *("digest", "no_material_needed", "fee_basis", "no_prerequisites", "result_kind"),
        *("accepts_post", "accepts_appointments"),
    )
    return {
        **{name: getattr(version, name) for name in plain},
        **{name: version.reached(name) for name in ("enquiry_phone", "complaint_phone")},
        "conditions": both(version, "conditions"),
        "visits": version.visiting.number,
        **{
            name: {"zh": version.reached(name), "en": version.reached(f"{name}_en")}
            for name in ("address", "hours")
        },
        "result": both(version, "result_name"),
        "result_validity": both(version, "result_validity"),
        "materials": [
            {
                **_columns(one, "key necessity source medium kind originals copies legal_basis"),
                "name": both(one, "name"),
                "condition": both(one, "condition"),
            }
            for one in version.materials.all()
        ],
        "steps": [
            {"name": both(one, "name"), "days": one.days, "standard": both(one, "standard")}
            for one in version.steps.all()
        ],
        "laws": [_columns(one, "law number article words") for one in version.laws.all()],
        "fees": [
            {
                **_columns(one, "code unit basis price_approval"),
                "name": both(one, "name"),
                "amount": str(one.amount),
            }
            for one in tariffs_in_force(version.item_id, day).order_by("code")
        ],
        "prerequisites": [
            {
                "item": one.item.code if one.item is not None else None,
                "words": both(one, "words"),
                "legal_basis": one.legal_basis,
            }
            for one in version.prerequisites.all()
        ],
        "questions": [
            {"question": both(one, "question"), "answer": both(one, "answer")}
            for one in version.faqs.all()
        ],
        "asks": form_of(version) is not None,
    }


def both(row: Any, name: str) -> dict[str, str]:
    """A pair of columns as both languages have it."""
    return {"zh": getattr(row, name), "en": getattr(row, f"{name}_en", "") or ""}


def _columns(row: Any, names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names.split()}
