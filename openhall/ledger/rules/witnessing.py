"""What a witness is asked and what it must answer: C2SP tlog-witness, ``add-checkpoint``."""

import base64
from dataclasses import dataclass

from openhall.ledger.rules.merkle import verify_consistency
from openhall.ledger.rules.note import (
    Checkpoint,
    NotVerified,
    note_body,
    open_note,
    read_checkpoint,
)
from openhall.paging.whole import whole

MOST_STEPS = 63


class NotARequest(ValueError):
    """The body is not that of ``add-checkpoint``."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A checkpoint, and the proof that it continues one of ``old`` leaves."""

    old: int
    proof: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        steps = "".join(base64.b64encode(step).decode() + "\n" for step in self.proof)
        return f"old {self.old}\n{steps}\n{self.note}"

    @classmethod
    def read(cls, text: str) -> "Asking":
        head, blank, note = text.partition("\n\n")
        first, *steps = head.split("\n")
        word, _, number = first.partition(" ")
        if not blank or word != "old" or str(whole(number)) != number:
            raise NotARequest("The first line is not: old SIZE")
        if len(steps) > MOST_STEPS:
            raise NotARequest(f"More than {MOST_STEPS} steps of proof.")
        try:
            proof = tuple(base64.b64decode(step, validate=True) for step in steps)
        except ValueError as error:
            raise NotARequest("A step of the proof is not base64.") from error
        if any(len(step) != 32 for step in proof):
            raise NotARequest("A step of the proof is not a hash.")
        return cls(int(number), proof, note)


@dataclass(frozen=True, slots=True)
class Seen:
    """The newest state of one log that this witness has cosigned; 0 leaves: none."""

    size: int = 0
    root: bytes = b""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The HTTP status, why, and what is to be cosigned when it is 200."""

    status: int
    why: str = ""
    checkpoint: Checkpoint | None = None


def judge(asking: Asking, seen: Seen, log_key: str) -> Verdict:
    """Whether ``asking`` may be cosigned by a witness that has ``seen`` this much of the log."""
    try:
        new = read_checkpoint(open_note(asking.note, log_key))
    except NotVerified as fault:
        return Verdict(403, str(fault))
    if asking.old > new.size:
        return Verdict(400, f"old {asking.old} is beyond the checkpoint's {new.size}.")
    if asking.old != seen.size:
        return Verdict(409, f"{seen.size}")
    if asking.old == new.size:
        same = new.root == seen.root or new.size == 0
        return Verdict(200, "", new) if same else Verdict(409, f"{seen.size}")
    if asking.old == 0 and asking.proof:
        return Verdict(422, "A proof from nothing is empty.")
    if asking.old and not verify_consistency(
        asking.old, new.size, seen.root, new.root, asking.proof
    ):
        return Verdict(422, f"The checkpoint does not continue the {seen.size} leaves seen.")
    return Verdict(200, "", new)


def origin_of(note: str) -> str:
    """The name of the log that a note speaks of; empty for no note."""
    try:
        return note_body(note).split("\n", 1)[0]
    except NotVerified:
        return ""
