"""Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint, Ed25519."""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519 = b"\x01"
KEY_HASH_BYTES = 4
SIGNATURE_BYTES = 64
DASH = "\u2014"


class NotVerified(ValueError):
    """The note does not carry a good signature of the key; says why."""


class Unreadable(NotVerified):
    """There is nothing to verify: it is empty, cut short or something else. Says what to do.

    Never said of readable bytes whose signature fails; that, and only that, is a forgery.
    """


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """``size`` leaves under ``root`` (32 bytes), said by the log named ``origin``."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:KEY_HASH_BYTES]


def verifier_key(name: str, public: Ed25519PublicKey) -> str:
    """The vkey text ``name+hash+key`` by which anyone can verify."""
    raw = public.public_bytes_raw()
    return f"{name}+{_key_hash(name, raw).hex()}+{base64.b64encode(ED25519 + raw).decode()}"


def sign(body: str, name: str, key: Ed25519PrivateKey) -> str:
    """``body`` (ending in a newline) as a note signed by ``name``."""
    public = key.public_key().public_bytes_raw()
    signature = _key_hash(name, public) + key.sign(body.encode())
    return f"{body}\n{DASH} {name} {base64.b64encode(signature).decode()}\n"


def note_body(note: str) -> str:
    """What is signed: everything before the blank line; raises :class:`NotVerified`."""
    body, blank, _signatures = note.rpartition("\n\n")
    if not blank:
        raise Unreadable("The note has no signature: it was not kept whole.")
    return body + "\n"


def open_note(note: str, vkey: str) -> str:
    """The body of ``note`` if the key of ``vkey`` signed it; raises :class:`NotVerified`."""
    try:
        name, stated, encoded = vkey.split("+", 2)
        kind_and_key = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise Unreadable("The verifier key is not of the form name+hash+key.") from error
    kind, public = kind_and_key[:1], kind_and_key[1:]
    if kind != ED25519 or len(public) != 32 or _key_hash(name, public).hex() != stated:
        raise Unreadable("The verifier key is not a well-formed Ed25519 key.")
    body = note_body(note)
    cut = f"\n{DASH} " not in note[len(body) :]
    for line in note[len(body) + 1 :].splitlines():
        dash, _, rest = line.partition(" ")
        signer, _, signed = rest.partition(" ")
        if dash != DASH or signer != name:
            continue
        try:
            raw = base64.b64decode(signed, validate=True)
        except ValueError:
            cut = True
            continue
        if raw[:KEY_HASH_BYTES].hex() != stated:
            continue
        if len(raw) != KEY_HASH_BYTES + SIGNATURE_BYTES:
            cut = True
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(raw[KEY_HASH_BYTES:], body.encode())
        except InvalidSignature as error:
            read_checkpoint(body)  # what cannot be read is not called forged
            raise NotVerified(f"The signature of {name} does not fit the note.") from error
        return body
    if cut:
        raise Unreadable(f"The signature of {name} was not kept whole.")
    read_checkpoint(body)
    raise NotVerified(f"The note is not signed by {name}.")


def read_checkpoint(body: str) -> Checkpoint:
    """The checkpoint in a note's body; raises :class:`NotVerified` if it is not one."""
    lines = body.split("\n")
    try:
        origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (IndexError, ValueError) as error:
        raise Unreadable("The note is not a checkpoint (origin, size, root).") from error
    if not origin or str(size) != lines[1] or size < 0 or len(root) != 32:
        raise Unreadable("The note is not a checkpoint (origin, size, root).")
    return Checkpoint(origin, size, root)
