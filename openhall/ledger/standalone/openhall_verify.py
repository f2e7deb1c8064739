#!/usr/bin/env python3
"""Verify an OpenHall log without OpenHall. One file; needs Python 3.11 and `cryptography`.

    python openhall_verify.py receipt   RECEIPT --key KEY [--opening OPENING.json]
    python openhall_verify.py log       FOLDER-OR-URL --key KEY [--kept NOTE-OR-QR-TEXT]
    python openhall_verify.py continues OLD NEW --tiles FOLDER-OR-URL --key KEY
    python openhall_verify.py cosigned  CHECKPOINT --key KEY --witness WITNESS-KEY
    python openhall_verify.py page      PROOF --key KEY [--bytes PAGE.html]

KEY is the log's key (name+hash+base64), as printed in the newspaper or shown at /ledger/.
RECEIPT is the JSON of the city's pages or a C2SP .tlog-proof that carries its entry.
Files may have been saved again by Windows (BOM, UTF-16, CRLF). Exit status 0: verified.
1: not verified: what was read contradicts itself or its signature. 2: cannot be read.
"""

import argparse
import base64
import hashlib
import hmac
import http.client
import io
import json
import sys
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

Head = tuple[str, int, bytes]  # origin, size, root
Get = Callable[[str], bytes | None]
PROOF = "c2sp.org/tlog-proof@v1"


class Fault(Exception):
    """Not verified; says what and where."""


class Unread(Exception):
    """There is nothing to verify: empty, cut short, or something else. Never said of a forgery."""


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def leaf(entry: bytes) -> bytes:
    return sha(b"\x00" + entry)


def node(left: bytes, right: bytes) -> bytes:
    return sha(b"\x01" + left + right)


# ------------------------------------------------------------------ reading
def folded(raw: bytes) -> str:
    """Bytes as text with plain line ends, whatever saved them; only tools put a BOM there."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        coding = "utf-16"
    elif raw[:64:2].count(0) > 8:
        coding = "utf-16-be"
    elif raw[1:64:2].count(0) > 8:
        coding = "utf-16-le"
    else:
        coding = "utf-8-sig"
    try:
        text = raw.decode(coding)
    except UnicodeDecodeError:
        raise Unread("it is not saved as UTF-8; save it again as UTF-8") from None
    if not text.strip():
        raise Unread("it is empty; give the file itself")
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def number_of(said: object) -> int:
    """A whole number as it was written, never rounded. Raises ``ValueError``."""
    if isinstance(said, bool) or not isinstance(said, int | str) or len(str(said)) > 20:
        raise ValueError(said)
    return int(said)


def json_of(text: str | bytes) -> Any:
    """What JSON says. Raises ``ValueError``, also where it nests too deep."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it nests too deep") from None


def utf8(text: str, what: str) -> bytes:
    """Text as the bytes that are signed; JSON and a command line may hold half a sign."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Unread(f"{what} holds a sign that is no character") from None


def unbase(text: str, what: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Unread(f"{what} was not kept whole") from None


# ------------------------------------------------------------------ notes
def parse_key(text: str, kind: int = 1) -> tuple[str, bytes, bytes]:
    """Name, four-byte id and 32-byte key."""
    text = text.strip("\ufeff \t\r\n\u00a0\u3000")
    if text.count("+") < 2:
        raise Unread("the key is not of the form name+hash+base64")
    name, stated, encoded = text.split("+", 2)
    raw = unbase(encoded, "the key")
    identity = sha(utf8(name, "the key") + b"\n" + raw)[:4]
    if len(raw) != 33 or raw[0] != kind or identity.hex() != stated:
        raise Unread("the key's own hash does not fit: it was copied wrongly, or is of another use")
    return name, identity, raw[1:]


def split_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """The body that is signed and the signatures; blanks that pasting adds are folded away."""
    note = note.replace("\r\n", "\n").strip("\n \t")
    lines = [line.rstrip(" \t\u00a0\u3000") for line in note.split("\n")]
    body, blank, after = "\n".join(lines).rpartition("\n\n")
    if not blank:
        raise Unread("the note carries no signature: it was not kept whole")
    signatures = []
    for line in after.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "\u2014":
            signatures.append((parts[1], unbase(parts[2], f"the signature of {parts[1]}")))
    utf8(note, "the note")
    read_head(body + "\n")
    return body + "\n", signatures


def read_head(body: str) -> Head:
    lines = body.split("\n")
    if len(lines) < 3 or not (lines[1].isascii() and lines[1].isdecimal() and len(lines[1]) < 20):
        raise Unread("not a checkpoint: origin, size and root on three lines")
    head = lines[0], int(lines[1]), unbase(lines[2], "the root")
    if len(head[2]) != 32:
        raise Unread("the root was not kept whole")
    return head


def signed_head(note: str, key: str) -> Head:
    name, identity, public = parse_key(key)
    body, signatures = split_note(note)
    for signer, raw in signatures:
        if signer == name and raw[:4] == identity:
            if len(raw) != 68:
                raise Unread(f"the signature of {name} was not kept whole")
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], body.encode())
            except InvalidSignature:
                raise Fault(f"the signature of {name} is forged") from None
            return read_head(body)
    if not signatures:
        raise Unread("the note carries no signature: it was not kept whole")
    others = ", ".join(signer for signer, _raw in signatures)
    raise Fault(f"the note is not signed with this key of {name}; it is signed by {others}")


def cosigned_at(note: str, witness: str) -> int:
    """The moment (seconds since 1970) at which the witness cosigned."""
    name, _plain, public = parse_key(witness, kind=4)
    identity = sha(name.encode() + b"\n\x04" + public)[:4]
    body, signatures = split_note(note)
    for signer, raw in signatures:
        if signer == name and raw[:4] == identity:
            if len(raw) != 76:
                raise Unread(f"the cosignature of {name} was not kept whole")
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
    proof = text.lstrip().startswith(PROOF)
    entry, index, path, note = (from_tlog_proof if proof else from_json)(text)
    head = signed_head(note, key)
    if root_from(leaf(entry), index, head[1], path) != head[2]:
        raise Fault(f"the entry is not leaf {index} of what was signed: it was changed")
    return entry, index, head


def from_json(text: str) -> tuple[bytes, int, list[bytes], str]:
    try:
        raw = json_of(text)
        if raw["format"] != "openhall-receipt/1":
            raise Unread("not an OpenHall receipt of format 1")
        path = [unbase(step, "a step of the proof") for step in raw["proof"]]
        return raw["entry"].encode(), number_of(raw["index"]), path, str(raw["checkpoint"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unread("not a readable OpenHall receipt; download it again") from error


def from_tlog_proof(text: str) -> tuple[bytes, int, list[bytes], str]:
    """c2sp.org/tlog-proof; its extra line carries the entry."""
    head, blank, note = text.strip("\n \t").partition("\n\n")
    lines = [line.strip() for line in head.split("\n")]
    if not blank or len(lines) < 3 or lines[1][:6] != "extra " or lines[2][:6] != "index ":
        raise Unread("not a proof that carries its entry")
    try:
        index = number_of(lines[2][6:])
    except ValueError:
        raise Unread("the proof's index is not a number") from None
    path = [unbase(step, "a step of the proof") for step in lines[3:]]
    return unbase(lines[1][6:], "the entry"), index, path, note


def check_opening(text: str, entry: bytes) -> list[tuple[str, str]]:
    try:
        raw, body = json_of(text), json_of(entry)
        if raw["format"] != "openhall-opening/1":
            raise Unread("not an OpenHall opening of format 1")
        if (raw["case"], raw["seq"]) != (body["case"], body["seq"]):
            raise Fault("the opening belongs to another step than the receipt")
        fields = [
            (name, unbase(one["key"], "a key of the opening"), utf8(one["value"], "the opening"))
            for name, one in raw["fields"].items()
        ]
        said = dict(body["commitments"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unread("not a readable OpenHall opening; download it again") from error
    for name, field_key, value in fields:
        right = "sha256:" + hmac.digest(field_key, value, "sha256").hex()
        if said.get(name) != right:
            raise Fault(f"“{name}” is not what was written in that step")
    return [(name, value.decode()) for name, _key, value in fields]


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
        except (OSError, ValueError, http.client.HTTPException):
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
            raise Unread(f"bundle {name} (of {width}) is not there")
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
    raw = sys.stdin.buffer.read() if where == "-" else Path(where).read_bytes()
    try:
        return folded(raw)
    except Unread as fault:
        raise Unread(f"{where}: {fault}") from None


def kept_head(text: str, key: str) -> Head:
    """A note, or the three lines of a day sheet's QR code (which carry no signature)."""
    if "\u2014 " in text:
        return signed_head(text, key)
    return read_head("\n".join(line.strip() for line in text.strip().split("\n")) + "\n")


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
    five = jobs.add_parser("page")
    five.add_argument("file")
    five.add_argument("--bytes", dest="page")
    for job in (one, two, three, four, five):
        job.add_argument("--key", required=True)
    asked = parser.parse_args(words)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a console that lacks a sign is no fault
        sys.stdout.reconfigure(errors="replace")
    try:
        print("VERIFIED. " + JOBS[asked.job](asked))  # noqa: T201
    except Fault as fault:
        print(f"NOT VERIFIED: {fault}.")  # noqa: T201
        return 1
    except (OSError, Unread) as error:
        print(f"Cannot be read: {error}.")  # noqa: T201
        return 2
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        print(f"Cannot be read: a part is missing or of another kind ({error!r}).")  # noqa: T201
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
        raise Unread(f"there is no checkpoint at {asked.where}")
    heads = [signed_head(folded(note), asked.key)]
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


def placed(said: object, size: int, root: bytes) -> tuple[int, dict]:
    """A leaf of the pages of a day and where it stands under the root of the day."""
    try:
        raw = said["leaf"].encode()  # type: ignore[index]
        index = number_of(said["index"])  # type: ignore[index]
        path = [unbase(one, "a step of the proof") for one in said["proof"]]  # type: ignore[index]
        told = json_of(raw)
        address = told["path"].encode()
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unread("this is no proof of a page; download it again") from None
    if root_from(leaf(raw), index, size, path) != root:
        raise Fault(f"the leaf of {address.decode()} does not stand under the root of the day")
    return index, told


def do_page(asked: argparse.Namespace) -> str:
    try:
        told = json_of(text_of(asked.file))
        day, page, size = told["day"], told["path"], told["size"]
        receipt = json.dumps(told["receipt"])
        if told["format"] != "openhall-page/1":
            raise Unread("this is no proof of a page of format 1")
    except (KeyError, TypeError, ValueError):
        raise Unread("this is no proof of a page; download it again") from None
    entry, _index, head = read_receipt(receipt, asked.key)
    named = json.loads(entry)
    if (named.get("kind"), named.get("day"), named.get("size")) != ("press.day", day, size):
        raise Fault("the entry of the log is not that of the pages of this day")
    root = bytes.fromhex(named["root"])
    if "page" not in told:
        between(told.get("between"), page, size, root)
        return f"No page stood at {page} on {day}, says {head[0]}."
    _place, found = placed(told["page"], size, root)
    if found["path"] != page:
        raise Fault(f"the leaf is that of {found['path']}")
    shown = [f"{moment} {digest or 'taken away'}" for moment, digest in found["shown"]]
    said = f"{page} on {day}, says {head[0]}:\n" + "\n".join(shown)
    if asked.page:
        digest = sha(Path(asked.page).read_bytes()).hex()
        if digest not in [one for _moment, one in found["shown"]]:
            raise Fault(f"{asked.page} was not shown there on that day")
        said += f"\n{asked.page} is one of them."
    return said


def between(pair: object, page: str, size: int, root: bytes) -> None:
    """Two neighbours that leave no room for a page."""
    if not isinstance(pair, list) or len(pair) != 2:
        raise Unread("this is no proof of a page; download it again")
    if size == 0 and root == sha(b"") and pair == [None, None]:
        return
    left, right = (None if one is None else placed(one, size, root) for one in pair)
    if (-1 if left is None else left[0]) + 1 != (size if right is None else right[0]):
        raise Fault("the two leaves are no neighbours")
    wanted = page.encode()
    if (left and left[1]["path"].encode() >= wanted) or (
        right and right[1]["path"].encode() <= wanted
    ):
        raise Fault("the page would not stand between the two")


JOBS: dict[str, Callable[[argparse.Namespace], str]] = {
    "receipt": do_receipt,
    "log": do_log,
    "continues": do_continues,
    "cosigned": do_cosigned,
    "page": do_page,
}

if __name__ == "__main__":
    sys.exit(main())
