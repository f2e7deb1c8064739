"""Cosignatures of a witness over a checkpoint: C2SP tlog-cosignature, Ed25519 (cosignature/v1)."""

import base64
import hashlib
import struct

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from openhall.ledger.rules.note import DASH, KEY_HASH_BYTES, note_body

COSIGNATURE = b"\x04"
STAMP_BYTES = 8


class NotCosigned(ValueError):
    """There is no good cosignature of the witness; says why."""


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + COSIGNATURE + public).digest()[:KEY_HASH_BYTES]


def _message(body: str, stamp: int) -> bytes:
    return f"cosignature/v1\ntime {stamp}\n{body}".encode()


def witness_key(name: str, public: Ed25519PublicKey) -> str:
    """The vkey ``name+id+key`` by which a log and its readers know the witness."""
    raw = public.public_bytes_raw()
    return f"{name}+{_key_id(name, raw).hex()}+{base64.b64encode(COSIGNATURE + raw).decode()}"


def parse_witness_key(vkey: str) -> tuple[str, bytes]:
    """Name and 32-byte key of a witness's vkey; ``ValueError`` for any other text."""
    name, stated, encoded = vkey.strip().split("+", 2)
    raw = base64.b64decode(encoded, validate=True)
    if raw[:1] != COSIGNATURE or len(raw) != 33 or _key_id(name, raw[1:]).hex() != stated:
        raise ValueError(f"{vkey!r} is not the key of a witness (name+id+key, type 4).")
    return name, raw[1:]


def key_id_of(vkey: str) -> tuple[str, bytes]:
    """Name and key id of a witness's vkey: how its lines are known; ``ValueError`` as above."""
    name, public = parse_witness_key(vkey)
    return name, _key_id(name, public)


def signed_by(line: str) -> tuple[str, bytes] | None:
    """The name and key id that a cosignature's line claims; None for any other text."""
    dash, _, rest = line.strip().partition(" ")
    name, _, encoded = rest.partition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        return None
    if dash != DASH or len(raw) != KEY_HASH_BYTES + STAMP_BYTES + 64:
        return None
    return name, raw[:KEY_HASH_BYTES]


def cosign(body: str, name: str, key: Ed25519PrivateKey, stamp: int) -> str:
    """The line that ``name`` adds to the note with ``body``, with its newline."""
    signed = struct.pack(">Q", stamp) + key.sign(_message(body, stamp))
    raw = _key_id(name, key.public_key().public_bytes_raw()) + signed
    return f"{DASH} {name} {base64.b64encode(raw).decode()}\n"


def cosigned_line(lines: str, note: str, vkey: str) -> str:
    """The one line among ``lines`` that is a good cosignature of ``note`` by ``vkey``.

    Lines of unknown keys are passed over; raises :class:`NotCosigned`.
    """
    name, public = parse_witness_key(vkey)
    for line in lines.splitlines():
        dash, _, rest = line.partition(" ")
        signer, _, encoded = rest.partition(" ")
        if dash != DASH or signer != name:
            continue
        try:
            raw = base64.b64decode(encoded, validate=True)
        except ValueError:
            continue
        if raw[:KEY_HASH_BYTES] != _key_id(name, public) or len(raw) != KEY_HASH_BYTES + 72:
            continue
        (stamp,) = struct.unpack_from(">Q", raw, KEY_HASH_BYTES)
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(
                raw[KEY_HASH_BYTES + STAMP_BYTES :], _message(note_body(note), stamp)
            )
        except InvalidSignature as error:
            raise NotCosigned(f"The cosignature of {name} does not fit the note.") from error
        return line + "\n"
    raise NotCosigned(f"There is no cosignature of {name}.")
