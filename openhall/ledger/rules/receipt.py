"""A receipt anyone can verify offline: entry, proof and signed checkpoint in one file."""

import base64
import json
from dataclasses import dataclass

from openhall.ledger.rules.merkle import leaf_hash, verify_inclusion
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint


@dataclass(frozen=True, slots=True)
class Receipt:
    """``entry`` is leaf ``index`` under the tree of ``checkpoint`` (a signed note)."""

    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def to_json(self) -> str:
        return json.dumps(
            {
                "format": "openhall-receipt/1",
                "entry": self.entry.decode(),
                "index": self.index,
                "proof": [base64.b64encode(step).decode() for step in self.proof],
                "checkpoint": self.checkpoint,
            },
            ensure_ascii=False,
            indent=1,
        )

    @classmethod
    def from_json(cls, text: str) -> "Receipt":
        """Raises :class:`NotVerified` for a file that is not a receipt."""
        try:
            raw = json.loads(text)
            if raw["format"] != "openhall-receipt/1":
                raise NotVerified("The file is not an OpenHall receipt of format 1.")
            proof = tuple(base64.b64decode(step, validate=True) for step in raw["proof"])
            return cls(raw["entry"].encode(), int(raw["index"]), proof, raw["checkpoint"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotVerified("The file is not a readable OpenHall receipt.") from error


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
