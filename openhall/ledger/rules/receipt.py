"""A receipt anyone can verify offline: entry, proof and signed checkpoint in one file.

In two dresses: JSON, which shows the entry to the eye, and a C2SP ``tlog-proof``, which other
people's programs read. There the ``extra`` line carries the entry: whoever verifies hashes it.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any, Final

from openhall.ledger.rules.merkle import leaf_hash, verify_inclusion
from openhall.ledger.rules.note import NotVerified, Unreadable, open_note, read_checkpoint
from openhall.ledger.rules.reading import note_text
from openhall.paging.whole import whole

TLOG_PROOF: Final = "c2sp.org/tlog-proof@v1"
NO_RECEIPT: Final = "The file is not a readable OpenHall receipt; download it again."


@dataclass(frozen=True, slots=True)
class Receipt:
    """``entry`` is leaf ``index`` under the tree of ``checkpoint`` (a signed note)."""

    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def values(self) -> dict[str, Any]:
        """What the JSON says."""
        return {
            "format": "openhall-receipt/1",
            "entry": self.entry.decode(),
            "index": self.index,
            "proof": [base64.b64encode(step).decode() for step in self.proof],
            "checkpoint": self.checkpoint,
        }

    def to_json(self) -> str:
        return json.dumps(self.values(), ensure_ascii=False, indent=1)

    def to_tlog_proof(self) -> str:
        """The same after c2sp.org/tlog-proof."""
        steps = "".join(base64.b64encode(step).decode() + "\n" for step in self.proof)
        extra = base64.b64encode(self.entry).decode()
        return f"{TLOG_PROOF}\nextra {extra}\nindex {self.index}\n{steps}\n{self.checkpoint}"

    @classmethod
    def from_text(cls, text: str) -> "Receipt":
        """A receipt in either dress; raises :class:`Unreadable` for a file that is none."""
        if text.lstrip().startswith(TLOG_PROOF):
            return cls.from_tlog_proof(text)
        return cls.from_json(text)

    @classmethod
    def from_json(cls, text: str) -> "Receipt":
        """Raises :class:`Unreadable` for a file that is not a receipt."""
        try:
            raw = json.loads(text)
            if raw["format"] != "openhall-receipt/1":
                raise Unreadable("The file is not an OpenHall receipt of format 1.")
            proof = tuple(base64.b64decode(step, validate=True) for step in raw["proof"])
            index, note = raw["index"], note_text(str(raw["checkpoint"]))
            if not isinstance(index, int | str) or whole(index) is None:
                raise Unreadable(NO_RECEIPT)  # never rounded: entry 2.9 is none
            return cls(raw["entry"].encode(), int(index), proof, note)
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise Unreadable(NO_RECEIPT) from error

    @classmethod
    def from_tlog_proof(cls, text: str) -> "Receipt":
        """Raises :class:`Unreadable` for a proof that does not carry its entry."""
        head, _blank, checkpoint = note_text(text).partition("\n\n")
        try:
            _name, extra, index, *steps = head.split("\n")
            if not extra.startswith("extra ") or not index.startswith("index "):
                raise Unreadable(NO_RECEIPT)
            entry = base64.b64decode(extra.removeprefix("extra "), validate=True)
            proof = tuple(base64.b64decode(step, validate=True) for step in steps)
            number = whole(index.removeprefix("index "))
            if number is None:
                raise Unreadable(NO_RECEIPT)
            return cls(entry, number, proof, checkpoint)
        except ValueError as error:
            raise Unreadable(NO_RECEIPT) from error


def verify_receipt(receipt: Receipt, vkey: str) -> int:
    """The size of the tree the receipt was verified in; raises :class:`NotVerified` with why."""
    checkpoint = read_checkpoint(open_note(receipt.checkpoint, vkey))
    if not verify_inclusion(
        leaf_hash(receipt.entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root
    ):
        raise NotVerified(
            f"The entry is not leaf {receipt.index} of the {checkpoint.size} leaves signed."
        )
    return checkpoint.size
