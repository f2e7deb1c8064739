"""A page of a list for a programme: some rows, and the address of the next ones.

The cursor is sealed: it is no number to count up, it belongs to one list, and what was altered is
refused.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from pydantic import BeforeValidator, Field, WithJsonSchema

from openhall.api.v1.problems import unreadable
from openhall.glossary import Said
from openhall.paging.keyset import START, Place, paged
from openhall.paging.whole import day, month, whole

M = TypeVar("M", bound=Model)
LIMIT: Final = 50
MOST: Final = 200
BAD_CURSOR: Final = Said(
    "这个游标不是本列表给出的。请从第一页开始。",
    "This cursor was not given by this list. Begin with its first page.",
)


def _read(reads: Callable[[object], Any]) -> Callable[[Any], Any]:
    def judged(sent: Any) -> Any:
        if isinstance(sent, bool) or (found := reads(sent)) is None:
            raise ValueError("not as described")
        return found

    return judged


Day = Annotated[
    date,
    BeforeValidator(_read(day)),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2003-05-26"]}),
]
Month = Annotated[
    date,
    BeforeValidator(_read(month)),
    WithJsonSchema({"type": "string", "pattern": r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$"}),
]
Number = Annotated[
    int,
    BeforeValidator(_read(whole)),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 10**18 - 1}),
]
Limit = Annotated[
    int,
    BeforeValidator(_read(whole)),
    Field(ge=1, le=MOST),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST}),
]
Code = Annotated[str, Field(min_length=1, max_length=80)]
Cursor = Annotated[str, Field(max_length=200)]


def _signer(name: str) -> Signer:
    return Signer(salt=f"openhall.api.cursor.{name}")


def cursor_of(name: str, after: str | int) -> str:
    """The place after a row, as the next request names it."""
    return base64.urlsafe_b64encode(_signer(name).sign(str(after)).encode()).decode().rstrip("=")


def place_of(name: str, cursor: str | None) -> Place:
    """The place a cursor of the list ``name`` names."""
    if cursor is None:
        return START
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        said = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True).decode()
        return Place(after=_signer(name).unsign(said))
    except (BadSignature, binascii.Error, UnicodeError, ValueError) as error:
        raise unreadable("cursor", BAD_CURSOR) from error


def next_of(request: HttpRequest, name: str, after: str | int) -> str | None:
    """The address of the page after this one; None at the end."""
    if not after and after != 0:
        return None
    said = {**request.GET.dict(), "cursor": cursor_of(name, after)}
    return f"{settings.BASE_URL}{request.path}?{urlencode(said)}"


def page_of(
    request: HttpRequest,
    name: str,
    rows: QuerySet[M],
    order: Sequence[str],
    cursor: str | None,
    limit: int,
    shown: Callable[[M], Any],
) -> dict[str, Any]:
    """The page of ``rows`` that ``cursor`` names, each row as ``shown``."""
    found = paged(rows, order, place_of(name, cursor), limit)
    return {"data": [shown(row) for row in found], "next": next_of(request, name, found.after)}
