"""Building the form of a draft: saved whole at each step, with who did it and what stands now.

Only the catalogue clerk of the item's organ, and only while the version is a draft or was
returned. A form may be saved with faults, which stand beside their fields; it is not published
with one. 行政许可法 29, 成办发〔2003〕75号 二(一).
"""

from typing import Any

from openhall.catalogue.actions.record import on_version, record_item, written
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Form, ItemVersion
from openhall.catalogue.permissions import may_draft
from openhall.catalogue.terms import ItemState, ItemStep, VersionState
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import MOVED, Moved, Refused
from openhall.forms.rules import FormDefinition, NotAForm, as_json, digest_of, read_form
from openhall.glossary import Said

EMPTY = digest_of(FormDefinition("", "", ()))


def is_open(version: ItemVersion) -> bool:
    """Whether the form of ``version`` may still be changed."""
    open_states = (VersionState.DRAFT.value, VersionState.RETURNED.value)
    return version.state in open_states and version.item.state != ItemState.CANCELLED


class Unchanged(Exception):
    """The form stands as it was sent; there is nothing to sign."""


@on_version(ItemStep.FORM_SAVED)
def _save_form(
    version: ItemVersion,
    title: str,
    title_en: str,
    fields: list[dict[str, Any]],
    seen: str,
    by_operator: bool,
    doing: Doing,
) -> Deed:
    if not by_operator and not may_draft(doing.actor, version, doing.day):
        raise Refused(
            Said(
                "只有本单位的事项维护人员可以修改表格（成办发〔2003〕75号）。",
                "Only the catalogue clerk of this unit may change the form (成办发〔2003〕75号).",
            )
        )
    if not is_open(version):
        at = VersionState(version.state)
        raise Refused(
            Said(
                f"该版本“{at.zh}”，表格不能修改。需要修改的，请先退回或者起草新版。",
                f"This version is “{at.en.lower()}”; its form cannot be changed. Have it sent "
                "back, or draft a new one.",
            )
        )
    try:
        form = read_form(fields, title.strip(), title_en.strip())
    except NotAForm as fault:
        raise Refused(
            Said(
                f"表格第{fault.at}处：{fault.said.zh}", f"The form, at {fault.at}: {fault.said.en}"
            )
        ) from fault
    now = form_of(version)
    standing = digest_of(now) if now else EMPTY
    if seen and seen != standing:
        raise Moved(MOVED)
    if standing == digest_of(form):
        raise Unchanged
    Form.objects.update_or_create(
        version=version,
        defaults={
            "title": form.title,
            "title_en": form.title_en,
            "fields": [as_json(one) for one in form],
        },
    )
    written(version)
    facts = {"form": digest_of(form), "was": standing, "fields": len(form.fields)}
    return record_item(version.item, ItemStep.FORM_SAVED, doing, version, facts=facts)


def save_form(
    version_id: int,
    title: str,
    title_en: str,
    fields: list[dict[str, Any]],
    doing: Doing,
    *,
    seen: str = "",
    by_operator: bool = False,
) -> Deed | None:
    """Keep the form as it now stands; None when nothing changed.

    ``seen`` is the digest of the form that was edited: another hand's work is not overwritten.
    ``by_operator``: from the command line, where no account stands behind it; no door says so.
    Raises :class:`Refused` with the sentence for people.
    """
    try:
        found: Deed = _save_form(version_id, title, title_en, fields, seen, by_operator, doing)
    except Unchanged:
        return None
    return found
