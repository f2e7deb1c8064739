"""What the city says: words, names and tables in files that a person can read."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).parent


@cache
def told(name: str) -> Any:
    """``data/<name>.json``, read once. Whoever changes what it holds copies it first: `filled`."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def filled(said: Any, facts: Mapping[str, Any]) -> Any:
    """A copy of ``said`` with every ``{name}`` in its texts replaced by what the facts hold."""
    if isinstance(said, str):
        return said.format_map(facts)
    if isinstance(said, dict):
        return {name: filled(value, facts) for name, value in said.items()}
    return [filled(one, facts) for one in said] if isinstance(said, list) else said
