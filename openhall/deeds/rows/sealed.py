"""Whether every sealed value stands where it was sealed for. Named in ``LEDGER_CHECKS``.

The log holds many tables, not all: accounts, drafts, messages and uploads' names are found here
when somebody copies one row's value into another's, and a blind index that is not its value's.
"""

from collections.abc import Iterator

from openhall.ledger.rules.finding import Finding
from openhall.vault.fields import BLIND_LENGTH, MARK, CannotDecrypt, blinds, decrypt
from openhall.vault.rotating import as_stored, blind_columns, sealed_columns


def faults(since: int, size: int) -> Iterator[Finding]:
    """Values that do not open where they stand, and indexes of something else; of everything."""
    if since:
        return
    yield from _values()
    yield from _indexes()


def _values() -> Iterator[Finding]:
    for model, columns in sealed_columns():
        table, last, loose = model._meta.label, None, 0
        while rows := as_stored(model, columns, last):
            last = rows[-1][0]
            for pk, *values in rows:
                for column, stored in zip(columns, values, strict=True):
                    loose += bool(stored) and not str(stored).startswith(MARK)
                    try:
                        if stored:
                            decrypt(stored, column.place, pk)
                    except CannotDecrypt as fault:
                        yield Finding(
                            f"sealed/{table}/{pk}/{column.column}",
                            f"{table}第{pk}行“{column.column}”的加密内容打不开：被改动，"
                            "或者抄自别的行、别的列。",
                            f"The sealed “{column.column}” of {table} row {pk} does not open: it "
                            f"was changed, or copied from another row or column. ({fault})",
                        )
        if loose:
            yield Finding(
                f"sealed/{table}",
                f"{table}有{loose}项加密内容还没有与所在的行绑定。请运行 openhall keys rotate。",
                f"{loose} sealed values of {table} are not bound to their rows yet. Run openhall "
                "keys rotate.",
            )


def _indexes() -> Iterator[Finding]:
    for model, columns in blind_columns():
        table = model._meta.label
        far = {one.of.rsplit(".", 1)[0].replace(".", "__") for one in columns if "." in one.of}
        rows = model._base_manager.select_related(*far).order_by("pk")
        for row in rows.iterator(500):
            for column in columns:
                kept = getattr(row, column.attname)
                try:
                    text = column.text(row) if len(kept) == BLIND_LENGTH else ""
                except CannotDecrypt:
                    continue  # told above
                if text and kept not in blinds(text):
                    yield Finding(
                        f"index/{table}/{row.pk}/{column.column}",
                        f"{table}第{row.pk}行的索引“{column.column}”不是由该行的内容得出的："
                        "被改动，或者索引密钥不对。",
                        f"The index “{column.column}” of {table} row {row.pk} is not made from "
                        "what the row says: it was changed, or the key is another.",
                    )
