"""What a row says, as canonical text to commit to.

A column that stands at its default is left out, so that a column added later does not change what
was committed to; every other value is in, whatever it means.
"""

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any, Final

from django.db.models import Field, FileField, JSONField, Model

from openhall.deeds.rules.values import plain, plain_json, text_of

ALWAYS: Final = object()  # no value of such a column is left out


def _absent(field: Field) -> Any:
    """The one value of ``field`` that is not written down."""
    default = field.default
    if field.has_default() and (not callable(default) or default in (dict, list, str)):
        return _reading(field)(field.get_default())
    if field.null:
        return None
    return "" if field.blank and field.empty_strings_allowed else ALWAYS


def _reading(field: Field) -> Callable[[Any], Any]:
    if isinstance(field, JSONField):
        return lambda value: None if value is None else plain_json(value)
    if isinstance(field, FileField):
        return lambda value: str(value.name or "") if hasattr(value, "name") else str(value or "")
    target: Any = field.target_field if field.is_relation else field  # type: ignore[attr-defined]

    def read(value: Any) -> Any:
        if value is None:
            return None
        return plain(target.to_python(value))

    return read


@lru_cache(maxsize=256)
def _columns(
    model: type[Model], loose: frozenset[str]
) -> tuple[tuple[str, Callable[[Any], Any], Any], ...]:
    return tuple(
        (field.attname, _reading(field), _absent(field))
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in loose
    )


def said_by(row: Model, loose: Collection[str] = ()) -> dict[str, Any]:
    """Every column of ``row`` but its key, ``loose`` ones and those at their default."""
    said = {}
    for name, read, absent in _columns(type(row), frozenset(loose)):
        value = read(getattr(row, name))
        if value != absent:
            said[name] = value
    return said


def snapshot(row: Model, loose: Collection[str] = ()) -> str:
    """The same as one canonical text."""
    return text_of(said_by(row, loose))
