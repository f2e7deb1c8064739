"""A version copied with everything that hangs on it, so that a new one begins where the old is."""

from django.db.models import Model

from openhall.catalogue.kinds import CHILDREN
from openhall.catalogue.models import Item, ItemVersion
from openhall.catalogue.terms import VersionState


def copy_of(version: ItemVersion, item: Item, number: int) -> ItemVersion:
    """A draft of ``item`` with all words and rows of ``version``, the keys of materials kept.

    Every table whose rows live and die with their version is copied, the form with it.
    """
    fresh = ItemVersion.objects.get(pk=version.pk)
    fresh.pk, fresh._state.adding = None, True
    fresh.item, fresh.number, fresh.state = item, number, VersionState.DRAFT.value
    fresh.effective_from = fresh.effective_until = fresh.published_at = None
    fresh.change_note = fresh.digest = ""
    fresh.save()
    for table in CHILDREN.values():
        rows: list[Model] = list(table._default_manager.filter(version=version.pk))
        for row in rows:
            row.pk, row._state.adding = None, True
            row.version = fresh  # type: ignore[attr-defined]
        table._default_manager.bulk_create(rows)
    return fresh
