"""Building the form of a draft: saved whole at each step, with who did it and what stands now.

Only the catalogue clerk of the item's organ, and only while the version is a draft or was
returned. A form may be saved with faults, which stand beside their fields; it is not published
with one. 行政许可法 29, 成办发〔2003〕75号 二(一).
"""

from typing import Any

from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Form, ItemVersion
from openhall.catalogue.terms import ItemState
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import MOVED, Moved, Refused
from openhall.forms.rules import FormDefinition, NotAForm, as_json, digest_of, read_form
from openhall.glossary import Said
from openhall.versions import actions as versions
from openhall.versions.terms import VersionState

EMPTY = digest_of(FormDefinition("", "", ()))


def is_open(version: ItemVersion) -> bool:
    """Whether the form of ``version`` may still be changed."""
    return version.state == VersionState.DRAFT and version.item.state != ItemState.CANCELLED


class Unchanged(Exception):
    """The form stands as it was sent; there is nothing to save."""


def save_form(
    version_id: int,
    title: str,
    title_en: str,
    fields: list[dict[str, Any]],
    doing: Doing,
    *,
    seen: str = "",
    by_operator: bool = False,
) -> ItemVersion | None:
    """Keep the form as it now stands; None when nothing changed.

    ``seen`` is the digest of the form that was edited: another hand's work is not overwritten.
    ``by_operator``: from the command line, where no account stands behind it; no door says so.
    Raises :class:`Refused` with the sentence for people.
    """

    def change(version: ItemVersion) -> None:
        try:
            form = read_form(fields, title.strip(), title_en.strip())
        except NotAForm as fault:
            raise Refused(
                Said(
                    f"表格第{fault.at}处：{fault.said.zh}",
                    f"The form, at {fault.at}: {fault.said.en}",
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

    try:
        saved: ItemVersion = versions.save(
            ITEM_VERSION, version_id, doing, change, by_operator=by_operator
        )
    except Unchanged:
        return None
    return saved
