"""Salted commitments stand in the public log for personal data.

Each field has a key of its own, made from the salt of the case. Whoever is given one key can show
what was committed to under it and learns nothing of the others; once the salt is deleted nobody
can, and every proof stays whole. 个人信息保护法 47.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "openhall-opening/1"


class NotOpened(ValueError):
    """The opening does not fit the entry; says where."""


def field_key(salt: bytes, field: str) -> bytes:
    """The key of ``field`` alone (32 bytes)."""
    return hmac.digest(salt, b"field\x00" + field.encode(), hashlib.sha256)


def commit_under(key: bytes, value: str) -> str:
    """The commitment to ``value`` under a field's key: ``sha256:`` and 64 hexadecimal digits."""
    return "sha256:" + hmac.digest(key, value.encode(), hashlib.sha256).hex()


def commit(salt: bytes, field: str, value: str) -> str:
    """The commitment to ``value`` of ``field``."""
    return commit_under(field_key(salt, field), value)


@dataclass(frozen=True, slots=True)
class Opening:
    """What was written in the fields of one step, with the key of each: to show to others."""

    case: str
    seq: int
    fields: Mapping[str, tuple[bytes, str]]  # name -> (key, value)

    @classmethod
    def of(cls, salt: bytes, case: str, seq: int, said: Mapping[str, str]) -> "Opening":
        return cls(case, seq, {n: (field_key(salt, f"{seq}.{n}"), v) for n, v in said.items()})

    def to_json(self) -> str:
        fields = {
            name: {"key": base64.b64encode(key).decode(), "value": value}
            for name, (key, value) in self.fields.items()
        }
        said = {"format": FORMAT, "case": self.case, "seq": self.seq, "fields": fields}
        return json.dumps(said, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Opening":
        """Raises :class:`NotOpened` for a file that is not an opening."""
        try:
            raw = json.loads(text)
            if raw["format"] != FORMAT:
                raise NotOpened("The file is not an OpenHall opening of format 1.")
            fields = {
                name: (base64.b64decode(one["key"], validate=True), str(one["value"]))
                for name, one in raw["fields"].items()
            }
            return cls(str(raw["case"]), int(raw["seq"]), fields)
        except (
            KeyError,
            TypeError,
            ArithmeticError,
            ValueError,
            AttributeError,
            RecursionError,
        ) as error:
            raise NotOpened("The file is not a readable OpenHall opening.") from error


def verify_opening(opening: Opening, entry: bytes) -> dict[str, str]:
    """The fields and what was written in them; raises :class:`NotOpened` naming the wrong one."""
    body: dict[str, Any] = json.loads(entry)
    if body.get("case") != opening.case or body.get("seq") != opening.seq:
        raise NotOpened("The opening belongs to another step than the receipt.")
    committed = body.get("commitments", {})
    for name, (key, value) in opening.fields.items():
        if committed.get(name) != commit_under(key, value):
            raise NotOpened(f"“{name}” is not what was written in that step.")
    return {name: value for name, (_key, value) in opening.fields.items()}
