"""Everything sealed anew under the first key, in batches, while people use the site.

Each batch is a transaction of its own and finds by itself what is left, so it may be stopped and
begun again at any time. Tables that only grow let a row be sealed anew and nothing else: their
triggers are lifted within the transaction of the batch and laid again in it, and what a value says
is compared before and after. The log commits to what is said, not to how it is sealed, so
``openhall audit`` finds the same before and after.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import connection, models, transaction

from openhall.vault.fields import EncryptedTextField, decrypt, encrypt, is_current
from openhall.vault.keys import KEY_ID_BYTES, first_key
from openhall.vault.storage import HEAD, MARK, SealedStorage
from openhall.vault.triggers import resting

BATCH: Final = 500


def sealed_columns() -> list[tuple[type[models.Model], list[EncryptedTextField]]]:
    """Each table with sealed columns, and these."""
    found = []
    for model in apps.get_models():
        columns = [
            one for one in model._meta.concrete_fields if isinstance(one, EncryptedTextField)
        ]
        if columns:
            found.append((model, columns))
    return found


def seal_anew(model: type[models.Model], columns: list[EncryptedTextField]) -> Iterator[int]:
    """Seal the rows of one table anew; yields how many values each batch sealed."""
    table, quote = model._meta.db_table, connection.ops.quote_name
    assert model._meta.pk is not None
    assert model._meta.pk.column is not None
    pk = str(model._meta.pk.column)
    names = ", ".join(quote(str(one.column)) for one in columns)
    last: Any = None
    lock = " FOR UPDATE" if connection.vendor == "postgresql" else ""
    while True:
        done = 0
        with transaction.atomic(), connection.cursor() as cursor:
            where = "" if last is None else f"WHERE {quote(pk)} > %s "
            cursor.execute(
                f"SELECT {quote(pk)}, {names} FROM {quote(table)} {where}"  # noqa: S608
                f"ORDER BY {quote(pk)} LIMIT {BATCH}{lock}",
                [] if last is None else [last],
            )
            rows = cursor.fetchall()
            old = [row for row in rows if any(one and not is_current(one) for one in row[1:])]
            if old:
                with resting(table):
                    for row in old:
                        done += _row(cursor, table, pk, columns, row)
        if not rows:
            return
        last = rows[-1][0]
        yield done


def _row(cursor: Any, table: str, pk: str, columns: list[EncryptedTextField], row: Any) -> int:
    quote = connection.ops.quote_name
    done = 0
    for column, stored in zip(columns, row[1:], strict=True):
        if not stored or is_current(stored):
            continue
        plain = decrypt(stored, column.place)
        anew = encrypt(plain, column.place)
        assert decrypt(anew, column.place) == plain
        cursor.execute(
            f"UPDATE {quote(table)} SET {quote(str(column.column))} = %s "  # noqa: S608
            f"WHERE {quote(pk)} = %s",
            [anew, row[0]],
        )
        done += 1
    return done


def _names(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nobody has sent a paper yet
        return
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _names(storage, f"{folder}/{name}".lstrip("/"))


def seal_files_anew() -> Iterator[str]:
    """Seal anew each file that is under another key, or was kept before files were sealed.

    The old file stays until the new one is whole. Yields the name of each.
    """
    storage = storages["private"]
    if not isinstance(storage, SealedStorage):
        return
    key_id = first_key()[0]
    for name in list(_names(storage.storage)):
        with storage.storage.open(name, "rb") as file:
            head = file.read(HEAD)
        if not name or name.rsplit("/", 1)[-1].startswith("."):
            continue
        is_sealed = head.startswith(MARK)
        if is_sealed and head[len(MARK) : len(MARK) + KEY_ID_BYTES] == key_id:
            continue
        with storage.open(name) if is_sealed else storage.storage.open(name, "rb") as plain:
            storage.replace(name, File(plain))
        yield name
