#!/usr/bin/env python3
"""Verify an OpenHall log without OpenHall. One file; needs Python 3.11 and `cryptography`.

    python openhall_verify.py receipt   RECEIPT.json --key KEY [--opening OPENING.json]
    python openhall_verify.py log       FOLDER-OR-URL --key KEY [--kept NOTE-OR-QR-TEXT]
    python openhall_verify.py continues OLD NEW --tiles FOLDER-OR-URL --key KEY
    python openhall_verify.py cosigned  CHECKPOINT --key KEY --witness WITNESS-KEY

KEY is the log's key (name+hash+base64), as printed in the newspaper or shown at /ledger/.
Exit status 0: verified. 1: not verified. 2: cannot be read.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Head = tuple[str, int, bytes]  # origin, size, root
Get = Callable[[str], bytes | None]


class Fault(Exception):
    """Not verified; says what and where."""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf(entry: bytes) -> bytes:
    return sha(b"\x00" + entry)


def node(left: bytes, right: bytes) -> bytes:
    return sha(b"\x01" + left + right)


# ------------------------------------------------------------------ notes
def parse_key(text: str, kind: int = 1) -> tuple[str, bytes, bytes]:
    """Name, four-byte id and 32-byte key."""
    try:
        name, stated, encoded = text.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise Fault("the key is not of the form name+hash+base64") from error
    identity = sha(name.encode() + b"\n" + raw)[:4]
    if len(raw) != 33 or raw[0] != kind or identity.hex() != stated:
        raise Fault("the key's own hash does not fit: it was copied wrongly")
    return name, identity, raw[1:]


def split_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    body, blank, lines = note.rpartition("\n\n")
    if not blank:
        raise Fault("the note carries no signature")
    signatures = []
    for line in lines.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "\u2014":
            signatures.append((parts[1], base64.b64decode(parts[2])))
    return body + "\n", signatures


def read_head(body: str) -> Head:
    lines = body.split("\n")
    try:
        head = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (IndexError, ValueError) as error:
        raise Fault("not a checkpoint: origin, size and root on three lines") from error
    if len(head[2]) != 32:
        raise Fault("the root is not 32 bytes")
    return head


def signed_head(note: str, key: str) -> Head:
    name, identity, public = parse_key(key)
    body, signatures = split_note(note)
    for signer, raw in signatures:
        if signer == name and raw[:4] == identity:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], body.encode())
            except InvalidSignature:
                raise Fault(f"the signature of {name} is forged") from None
            return read_head(body)
    raise Fault(f"the note is not signed by {name}")


def cosigned_at(note: str, witness: str) -> int:
    """The moment (seconds since 1970) at which the witness cosigned."""
    name, _plain, public = parse_key(witness, kind=4)
    identity = sha(name.encode() + b"\n\x04" + public)[:4]
    body, signatures = split_note(note)
    for signer, raw in signatures:
        if signer == name and raw[:4] == identity and len(raw) == 76:
            stamp = int.from_bytes(raw[4:12], "big")
            said = f"cosignature/v1\ntime {stamp}\n{body}".encode()
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], said)
            except InvalidSignature:
                raise Fault(f"the cosignature of {name} is forged") from None
            return stamp
    raise Fault(f"{name} has not cosigned")


# ------------------------------------------------------------------ proofs
def root_from(leaf_hash: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.3.2, as a recursion over the shape of the tree."""
    if not 0 <= index < size:
        raise Fault(f"leaf {index} is not among {size}")
    if size == 1:
        if path:
            raise Fault("the proof is too long")
        return leaf_hash
    if not path:
        raise Fault("the proof is too short")
    half = 1
    while half * 2 < size:
        half *= 2
    *rest, sibling = path
    if index < half:
        return node(root_from(leaf_hash, index, half, rest), sibling)
    return node(sibling, root_from(leaf_hash, index - half, size - half, rest))


def read_receipt(text: str, key: str) -> tuple[bytes, int, Head]:
    try:
        raw = json.loads(text)
        if raw["format"] != "openhall-receipt/1":
            raise Fault("not an OpenHall receipt of format 1")
        entry, index = raw["entry"].encode(), int(raw["index"])
        path = [base64.b64decode(step, validate=True) for step in raw["proof"]]
        note = raw["checkpoint"]
    except (KeyError, TypeError, ValueError) as error:
        raise Fault("not a readable OpenHall receipt") from error
    head = signed_head(note, key)
    if root_from(leaf(entry), index, head[1], path) != head[2]:
        raise Fault(f"the entry is not leaf {index} of what was signed: it was changed")
    return entry, index, head


def check_opening(text: str, entry: bytes) -> list[tuple[str, str]]:
    try:
        raw, body = json.loads(text), json.loads(entry)
        if raw["format"] != "openhall-opening/1":
            raise Fault("not an OpenHall opening of format 1")
        if (raw["case"], raw["seq"]) != (body["case"], body["seq"]):
            raise Fault("the opening belongs to another step than the receipt")
        fields = [
            (name, base64.b64decode(one["key"]), one["value"])
            for name, one in raw["fields"].items()
        ]
        said = body["commitments"]
    except (KeyError, TypeError, ValueError) as error:
        raise Fault("not a readable OpenHall opening") from error
    for name, field_key, value in fields:
        right = "sha256:" + hmac.digest(field_key, value.encode(), "sha256").hex()
        if said.get(name) != right:
            raise Fault(f"“{name}” is not what was written in that step")
    return [(name, value) for name, _key, value in fields]


# ------------------------------------------------------------------ tiles
def source(where: str) -> Get:
    """Reads published files from a folder or from an address ending where they stand."""

    def from_folder(path: str) -> bytes | None:
        file = Path(where) / path
        return file.read_bytes() if file.is_file() else None

    def from_address(path: str) -> bytes | None:
        try:
            with urllib.request.urlopen(f"{where.rstrip('/')}/{path}", timeout=30) as answer:  # noqa: S310
                return bytes(answer.read())
        except OSError:
            return None

    return from_address if where.startswith(("http://", "https://")) else from_folder


def tile_name(number: int) -> str:
    text = f"{number % 1000:03d}"
    while number >= 1000:
        number //= 1000
        text = f"x{number % 1000:03d}/{text}"
    return text


def entries(get: Get, size: int) -> Iterator[bytes]:
    for number in range(-(-size // 256)):
        width = min(256, size - number * 256)
        name = f"tile/entries/{tile_name(number)}"
        raw = get(name if width == 256 else f"{name}.p/{width}") or get(name)
        if raw is None:
            raise Fault(f"bundle {name} (of {width}) is missing")
        at = 0
        for place in range(width):
            length = int.from_bytes(raw[at : at + 2], "big")
            if at + 2 + length > len(raw):
                raise Fault(f"bundle {name} ends before entry {number * 256 + place}")
            yield raw[at + 2 : at + 2 + length]
            at += 2 + length


def roots(get: Get, sizes: list[int]) -> dict[int, bytes]:
    """The roots over the first so many entries, hashed anew from the bundles."""
    wanted, found = sorted(set(sizes)), {0: sha(b"")}
    stack: list[tuple[int, bytes]] = []
    for count, entry in enumerate(entries(get, wanted[-1]), start=1):
        height, value = 0, leaf(entry)
        while stack and stack[-1][0] == height:
            value = node(stack.pop()[1], value)
            height += 1
        stack.append((height, value))
        if count in wanted:
            root = stack[-1][1]
            for _height, left in reversed(stack[:-1]):
                root = node(left, root)
            found[count] = root
    return found


def text_of(where: str) -> str:
    return sys.stdin.read() if where == "-" else Path(where).read_text(encoding="utf-8")


def kept_head(text: str, key: str) -> Head:
    """A note, or the three lines of a day sheet's QR code (which carry no signature)."""
    body = text.strip("\n") + "\n"
    return signed_head(text, key) if "\u2014 " in text else read_head(body)


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    jobs = parser.add_subparsers(dest="job", required=True)
    one = jobs.add_parser("receipt")
    one.add_argument("file")
    one.add_argument("--opening")
    two = jobs.add_parser("log")
    two.add_argument("where")
    two.add_argument("--kept")
    three = jobs.add_parser("continues")
    three.add_argument("old")
    three.add_argument("new")
    three.add_argument("--tiles", required=True)
    four = jobs.add_parser("cosigned")
    four.add_argument("file")
    four.add_argument("--witness", required=True)
    for job in (one, two, three, four):
        job.add_argument("--key", required=True)
    asked = parser.parse_args(words)
    try:
        print("VERIFIED. " + JOBS[asked.job](asked))  # noqa: T201
    except Fault as fault:
        print(f"NOT VERIFIED: {fault}.")  # noqa: T201
        return 1
    except OSError as error:
        print(f"Cannot read: {error}.")  # noqa: T201
        return 2
    return 0


def do_receipt(asked: argparse.Namespace) -> str:
    entry, index, head = read_receipt(text_of(asked.file), asked.key)
    said = f"Entry {index} of {head[1]} signed by {head[0]}:\n{entry.decode()}"
    if asked.opening:
        for name, value in check_opening(text_of(asked.opening), entry):
            said += f"\n{name}: {value}"
    return said


def do_log(asked: argparse.Namespace) -> str:
    get = source(asked.where)
    note = get("checkpoint")
    if note is None:
        raise Fault("there is no checkpoint")
    heads = [signed_head(note.decode(), asked.key)]
    if asked.kept:
        heads.append(kept_head(text_of(asked.kept), asked.key))
    found = roots(get, [size for _origin, size, _root in heads])
    for origin, size, root in heads:
        if origin != heads[0][0]:
            raise Fault(f"the kept checkpoint is of another log, {origin}")
        if found[size] != root:
            raise Fault(f"the first {size} entries do not give the root that was signed")
    return f"{heads[0][1]} entries give the root that {heads[0][0]} signed."


def do_continues(asked: argparse.Namespace) -> str:
    old, new = (kept_head(text_of(one), asked.key) for one in (asked.old, asked.new))
    if old[0] != new[0] or old[1] > new[1]:
        raise Fault("the second checkpoint is of another log, or older than the first")
    found = roots(source(asked.tiles), [old[1], new[1]])
    for _origin, size, root in (old, new):
        if found[size] != root:
            raise Fault(f"the first {size} published entries do not give the root signed")
    return f"The first {old[1]} entries stand unchanged among the {new[1]}."


def do_cosigned(asked: argparse.Namespace) -> str:
    note = text_of(asked.file)
    head = signed_head(note, asked.key)
    stamp = cosigned_at(note, asked.witness)
    return f"{head[1]} entries, cosigned {stamp} seconds after 1970."


JOBS: dict[str, Callable[[argparse.Namespace], str]] = {
    "receipt": do_receipt,
    "log": do_log,
    "continues": do_continues,
    "cosigned": do_cosigned,
}

if __name__ == "__main__":
    sys.exit(main())
