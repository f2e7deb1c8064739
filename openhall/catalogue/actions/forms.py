"""Building the form of a draft: saved whole at each step, with who did it and what stands now.

Only the catalogue clerk of the item's organ, and only while the version is a draft or was
returned. A form may be saved with faults, which stand beside their fields; it is not published
with one. 行政许可法 29, 成办发〔2003〕75号 二(一).
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from openhall.catalogue.actions.record import day_of, record_item
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Form, ItemEvent, ItemVersion
from openhall.catalogue.permissions import may_draft
from openhall.catalogue.terms import ItemState, ItemStep, VersionState
from openhall.deeds.refusals import Refused
from openhall.forms.rules import FormDefinition, NotAForm, digest_of, read_form
from openhall.forms.rules.definition import as_json
from openhall.organs.models import Account

EMPTY = digest_of(FormDefinition("", "", ()))


def is_open(version: ItemVersion) -> bool:
    """Whether the form of ``version`` may still be changed."""
    open_states = (VersionState.DRAFT.value, VersionState.RETURNED.value)
    return version.state in open_states and version.item.state != ItemState.CANCELLED


@transaction.atomic
def save_form(
    version_id: int,
    title: str,
    title_en: str,
    fields: list[dict[str, Any]],
    actor: Account | None,
    at: datetime,
    *,
    seen: str = "",
) -> ItemEvent | None:
    """Keep the form as it now stands; None when nothing changed.

    ``seen`` is the digest of the form that was edited: another hand's work is not overwritten.
    Raises :class:`Refused` with the sentence for people.
    """
    rows = ItemVersion.objects.select_for_update(of=("self",)).select_related("item__organ")
    version = rows.get(pk=version_id)
    if not may_draft(actor, version, day_of(at)):
        raise Refused("只有本单位的事项维护人员可以修改表格（成办发〔2003〕75号）。")
    if not is_open(version):
        raise Refused(
            f"该版本“{VersionState(version.state).zh}”，表格不能修改。"
            "需要修改的，请先退回或者起草新版。"
        )
    try:
        form = read_form(fields, title.strip(), title_en.strip())
    except NotAForm as fault:
        raise Refused(f"表格第{fault.at}处：{fault.said.zh}") from fault
    now = form_of(version)
    standing = digest_of(now) if now else EMPTY
    if seen and seen != standing:
        raise Refused("另一位人员刚刚修改了这份表格。请刷新页面，核对后再修改。")
    if standing == digest_of(form):
        return None
    Form.objects.update_or_create(
        version=version,
        defaults={
            "title": form.title,
            "title_en": form.title_en,
            "fields": [as_json(one) for one in form],
        },
    )
    facts = {"form": digest_of(form), "was": standing, "fields": len(form.fields)}
    return record_item(version.item, version, ItemStep.FORM_SAVED, actor, at, facts=facts)
