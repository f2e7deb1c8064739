"""Patterns an office writes itself, run by an engine without backtracking.

Python's own ``re`` can take years over one answer; the engine here (Rust's, by way of pydantic)
takes time in proportion to the answer. It knows no look-ahead and no back-reference, so a pattern
that needs one is refused where it is written, never when somebody applies.
"""

from functools import lru_cache
from typing import Any, Final

from pydantic_core import SchemaError, SchemaValidator, ValidationError, core_schema

LONGEST: Final = 500


class NotAPattern(ValueError):
    """The engine does not take the pattern; the text says why, in the engine's own words."""


@lru_cache(maxsize=512)
def _engine(pattern: str) -> Any:
    if len(pattern) > LONGEST:
        raise NotAPattern(f"more than {LONGEST} signs")
    schema = core_schema.str_schema(pattern=f"^(?:{pattern})$", regex_engine="rust-regex")
    try:
        return SchemaValidator(schema)
    except SchemaError as fault:
        lines = [line.strip() for line in str(fault).splitlines() if line.strip()]
        told = next((line for line in reversed(lines) if line.startswith("error")), lines[0])
        raise NotAPattern(told.removeprefix("error: ")) from None


def check_pattern(pattern: str) -> None:
    """Raise :class:`NotAPattern` for what the engine does not take."""
    _engine(pattern)


def matches_whole(pattern: Any, told: str) -> bool:
    """Whether all of ``told`` is as the pattern says; a pattern nobody can read matches nothing."""
    try:
        _engine(str(pattern)).validate_python(told, strict=True)
    except (ValidationError, NotAPattern):
        return False
    return True
