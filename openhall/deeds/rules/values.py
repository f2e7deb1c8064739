"""One value of a row as canonical text: the same in memory, read back, on SQLite and PostgreSQL."""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID


def plain(value: Any) -> Any:
    """``value`` as text, whole number, truth value or None. Raises ``TypeError`` for others."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bytes | bytearray | memoryview):
        return "sha256:" + sha256(bytes(value)).hexdigest()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, UUID | timedelta):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form.")


def plain_json(value: Any) -> str:
    """A JSON value as canonical text; what JSON does not know is written as it would be stored."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=plain
    )


def text_of(values: dict[str, Any]) -> str:
    """The named values of a row as one canonical text."""
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
