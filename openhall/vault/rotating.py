"""Everything sealed anew under the first key, in batches, while people use the site.

Each batch is a transaction of its own and finds by itself what is left, so it may be stopped and
begun again at any time. Tables that only grow let a row be sealed anew and nothing else: their
triggers are lifted within the transaction of the batch and laid again in it, and what a value says
is compared before and after. The log commits to what is said, not to how it is sealed, so
``openhall audit`` finds the same before and after.

What does not open (altered, copied from elsewhere, under a key that is not set) is set aside and
named; the rest goes on. Whoever was told of one keeps every key until it is explained.

The blind indexes are made anew from what they are made from; until then what is under an older
``BLIND_KEYS`` is found by it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import DatabaseError, connection, models, transaction
from django.utils.module_loading import import_string

from openhall.vault.fields import (
    BLIND_LENGTH,
    BlindField,
    CannotDecrypt,
    EncryptedTextField,
    blind,
    decrypt,
    encrypt,
    is_current,
)
from openhall.vault.keys import KEY_ID_BYTES, first_key
from openhall.vault.rows import sealed_fields
from openhall.vault.storage import HEAD, MARK, SealedStorage
from openhall.vault.triggers import resting

BATCH: Final = 500
NEITHER: Final = "it is neither in the vault's form nor the file that was given; was it altered?"


@dataclass(frozen=True, slots=True)
class Aside:
    """What could not be sealed anew: ``place`` is a table and column, or ``files``."""

    place: str
    which: str
    why: str


def sealed_columns() -> list[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Each table with sealed columns, and these."""
    found = [(model, list(sealed_fields(model))) for model in apps.get_models()]
    return [(model, columns) for model, columns in found if columns]


def blind_columns() -> list[tuple[type[models.Model], list[BlindField]]]:
    """Each table with blind indexes, and these."""
    found = [
        (model, [one for one in model._meta.concrete_fields if isinstance(one, BlindField)])
        for model in apps.get_models()
    ]
    return [(model, columns) for model, columns in found if columns]


def key_column(model: type[models.Model]) -> str:
    """The column of the table's key."""
    assert model._meta.pk is not None
    return str(model._meta.pk.column)


def as_stored(
    model: type[models.Model], columns: list[EncryptedTextField], last: Any, *, lock: bool = False
) -> list[tuple[Any, ...]]:
    """The next rows after ``last``: their key, and what stands in ``columns``."""
    quote, pk = connection.ops.quote_name, key_column(model)
    names = ", ".join(quote(str(one.column)) for one in [model._meta.pk, *columns] if one)
    where = "" if last is None else f"WHERE {quote(pk)} > %s "
    locked = " FOR UPDATE" if lock and connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM {quote(model._meta.db_table)} {where}"  # noqa: S608
            f"ORDER BY {quote(pk)} LIMIT {BATCH}{locked}",
            [] if last is None else [last],
        )
        return list(cursor.fetchall())


def seal_anew(
    model: type[models.Model], columns: list[EncryptedTextField], aside: list[Aside]
) -> Iterator[int]:
    """Seal the rows of one table anew; yields how many values each batch sealed.

    What does not open stays as it stands and is added to ``aside``.
    """
    last: Any = None
    while True:
        done = 0
        with transaction.atomic():
            rows = as_stored(model, columns, last, lock=True)
            old = [row for row in rows if any(map(_is_old, row[1:]))]
            if old:
                with resting(model._meta.db_table), connection.cursor() as cursor:
                    for row in old:
                        done += _row(cursor, model, columns, row, aside)
        if not rows:
            return
        last = rows[-1][0]
        yield done


def _is_old(stored: Any) -> bool:
    try:
        return bool(stored) and not is_current(stored)
    except ValueError:  # not even in the vault's form: it is to be named
        return True


def _row(
    cursor: Any,
    model: type[models.Model],
    columns: list[EncryptedTextField],
    row: Any,
    aside: list[Aside],
) -> int:
    quote = connection.ops.quote_name
    done = 0
    for column, stored in zip(columns, row[1:], strict=True):
        if not _is_old(stored):
            continue
        try:
            plain = decrypt(stored, column.place, row[0])
        except CannotDecrypt as fault:
            aside.append(Aside(column.place, str(row[0]), str(fault)))
            continue
        anew = encrypt(plain, column.place, row[0])
        assert decrypt(anew, column.place, row[0]) == plain
        cursor.execute(
            f"UPDATE {quote(model._meta.db_table)} SET {quote(str(column.column))} = %s "  # noqa: S608
            f"WHERE {quote(key_column(model))} = %s",
            [anew, row[0]],
        )
        done += 1
    return done


def blind_anew(
    model: type[models.Model], columns: list[BlindField], aside: list[Aside]
) -> Iterator[int]:
    """Make the indexes of one table anew; yields how many values each batch wrote.

    An index whose source does not open, or that another row has, is added to ``aside``.
    """
    far = {name.rsplit(".", 1)[0].replace(".", "__") for one in columns if "." in (name := one.of)}
    last: Any = None
    while True:
        done = 0
        with transaction.atomic():
            rows = model._base_manager.select_for_update(of=("self",)).select_related(*far)
            rows = (rows if last is None else rows.filter(pk__gt=last)).order_by("pk")
            batch = list(rows[:BATCH])
            old = [(row, changed) for row in batch if (changed := _stale(row, columns, aside))]
            if old:
                with resting(model._meta.db_table), connection.cursor() as cursor:
                    for row, changed in old:
                        done += _index(cursor, model, row.pk, changed, aside)
        if not batch:
            return
        last = batch[-1].pk
        yield done


def _index(
    cursor: Any, model: type[models.Model], pk: Any, changed: dict[str, str], aside: list[Aside]
) -> int:
    quote = connection.ops.quote_name
    said = ", ".join(f"{quote(name)} = %s" for name in changed)
    try:
        with transaction.atomic():  # a point to come back to
            cursor.execute(
                f"UPDATE {quote(model._meta.db_table)} SET {said} "  # noqa: S608
                f"WHERE {quote(key_column(model))} = %s",
                [*changed.values(), pk],
            )
    except DatabaseError as fault:  # two rows that may not be alike are, by somebody's hand
        place = f"{model._meta.db_table}.{', '.join(changed)}"
        aside.append(Aside(place, str(pk), str(fault)))
        return 0
    return len(changed)


def _stale(row: models.Model, columns: list[BlindField], aside: list[Aside]) -> dict[str, str]:
    """The indexes of ``row`` that are not under the first key, as they should be, by column."""
    found = {}
    for column in columns:
        kept = getattr(row, column.attname)
        if len(kept) != BLIND_LENGTH:
            continue
        try:
            text = column.text(row)
        except ValueError as fault:
            place = f"{row._meta.db_table}.{column.column}"
            aside.append(Aside(place, str(row.pk), str(fault)))
            continue
        if text and kept != blind(text):
            found[str(column.column)] = blind(text)
    return found


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nobody has sent a paper yet
        return
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _names(storage, f"{folder}/{name}".lstrip("/"))


def seal_files_anew(aside: list[Aside]) -> Iterator[str]:
    """Seal anew each file that is under another key, or was kept before files were sealed.

    The old file stays until the new one is whole. Yields the name of each. What does not open is
    added to ``aside``; what was taken back meanwhile is gone and needs nothing. A file without the
    vault's mark was kept in the clear only if a room above knows its bytes as given
    (``settings.VAULT_FILES_GIVEN``): else it is a sealed one whose beginning was altered, and to
    seal that again would hide the damage for ever.
    """
    storage = storages["private"]
    if not isinstance(storage, SealedStorage):
        return
    for name in list(_names(storage.storage)):
        if name.rsplit("/", 1)[-1].startswith("."):
            continue
        try:
            if _file_anew(storage, name):
                yield name
        except (CannotDecrypt, OSError) as fault:
            if storage.exists(name):
                aside.append(Aside("files", name, str(fault)))


def _file_anew(storage: SealedStorage, name: str) -> bool:
    key_id = first_key()[0]
    with storage.storage.open(name, "rb") as file:
        head = file.read(HEAD)
    is_sealed = head.startswith(MARK)
    if is_sealed and head[len(MARK) : len(MARK) + KEY_ID_BYTES] == key_id:
        return False
    if not is_sealed:
        with storage.storage.open(name, "rb") as file:
            if not any(import_string(path)(name, file) for path in settings.VAULT_FILES_GIVEN):
                raise CannotDecrypt(NEITHER)
    with storage.open(name) if is_sealed else storage.storage.open(name, "rb") as plain:
        storage.replace(name, File(plain))
    return True
