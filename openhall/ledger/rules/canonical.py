"""Canonical JSON: the same facts give the same bytes on every machine.

Keys sorted, no blanks, UTF-8, no floating point, so that a hash means what was said.
"""

import json
from collections.abc import Mapping
from typing import Any


class NotCanonical(TypeError):
    """The value has no canonical form; says where."""


def _check(value: Any, where: str) -> None:
    if value is None or isinstance(value, str | bool | int):
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise NotCanonical(f"{where}: key {key!r} is not text.")
            _check(inner, f"{where}.{key}")
    elif isinstance(value, list | tuple):
        for position, inner in enumerate(value):
            _check(inner, f"{where}[{position}]")
    else:
        raise NotCanonical(f"{where}: {type(value).__name__} has no canonical form.")


def canonical(value: Mapping[str, Any]) -> bytes:
    """``value`` as canonical bytes. Raises :class:`NotCanonical` for floats, dates, other types."""
    _check(value, "$")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
