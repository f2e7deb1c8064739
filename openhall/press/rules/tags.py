"""What a page was made from and what a change touches, as short texts that can be compared.

``organs_organ`` stands for any row of the table, ``organs_organ.id=5`` for one row,
``catalogue_material.version_id=7`` for the rows of a version. The triggers write the same texts in
SQL, so a change of whatever origin names the pages that it may have changed.
"""

from collections.abc import Iterable
from typing import Final

MOST: Final = 40  # values of one column; a page that asks for more depends on the whole table
LONGEST: Final = 200


def whole(table: str) -> str:
    """Any row of ``table``."""
    return table


def of(table: str, column: str, value: object) -> str:
    """The rows of ``table`` whose ``column`` is ``value``, which is said as SQL would cast it."""
    return f"{table}.{column}={value}"


def of_each(table: str, column: str, values: Iterable[object]) -> set[str]:
    """The rows with any of ``values``; the whole table where these are too many or too long."""
    tags = {of(table, column, value) for value in values if value is not None}
    if len(tags) > MOST or any(len(one) > LONGEST for one in tags):
        return {whole(table)}
    return tags
