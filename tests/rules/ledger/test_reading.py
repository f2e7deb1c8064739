"""Forged is said only of readable bytes whose signature fails; everything else cannot be read."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.ledger.rules import merkle
from openhall.ledger.rules.commitment import Opening, commit
from openhall.ledger.rules.cosignature import cosign, witness_key
from openhall.ledger.rules.note import (
    Checkpoint,
    NotVerified,
    Unreadable,
    note_body,
    open_note,
    sign,
    verifier_key,
)
from openhall.ledger.rules.reading import note_text, text_of
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.standalone import openhall_verify

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
NAME = "hall.example/ledger"
VKEY = verifier_key(NAME, KEY.public_key())
WKEY = witness_key("paper.example", WITNESS.public_key())
SALT = b"s" * 16
BODIES = [
    json.dumps(
        {"case": f"C-{n}", "commitments": {"name": commit(SALT, "1.name", "王芳")}, "seq": 1},
        ensure_ascii=False,
    ).encode()
    for n in range(7)
]


def stored(level, at):
    if level == 0:
        return merkle.leaf_hash(BODIES[at])
    return merkle.node_hash(stored(level - 1, 2 * at), stored(level - 1, 2 * at + 1))


NOTE = sign(Checkpoint(NAME, 7, merkle.head(7, stored)).body(), NAME, KEY)
NOTE += cosign(note_body(NOTE), "paper.example", WITNESS, 1_700_000_000)
RECEIPT = Receipt(BODIES[3], 3, tuple(merkle.inclusion_proof(3, 7, stored)), NOTE)
OPENING = Opening.of(SALT, "C-3", 1, {"name": "王芳"})

DRESSES = {
    "as it is": lambda text: text.encode(),
    "with a BOM": lambda text: text.encode("utf-8-sig"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CRLF and a BOM": lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
    "old Macintosh": lambda text: text.replace("\n", "\r").encode(),
    "UTF-16 of Notepad": lambda text: text.replace("\n", "\r\n").encode("utf-16"),
    "UTF-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 unmarked": lambda text: text.encode("utf-16-le"),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "lines around": lambda text: ("\n\n" + text + "\n\n\n").encode(),
}
dressed = pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES.keys())


def ran(capsys, *words):
    status = openhall_verify.main([*map(str, words), "--key", VKEY])
    return status, capsys.readouterr().out


@dressed
def test_a_note_is_the_same_in_every_dress(dress, tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    kept.write_bytes(dress(NOTE))
    assert open_note(note_text(text_of(kept.read_bytes())), VKEY) == note_body(NOTE)
    assert ran(capsys, "cosigned", kept, "--witness", WKEY)[0] == 0


def test_blanks_that_pasting_adds_are_not_the_notes(tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    kept.write_text(NOTE.replace("\n", " \u00a0\n"))
    assert ran(capsys, "cosigned", kept, "--witness", WKEY)[0] == 0
    assert open_note(note_text(text_of(kept.read_bytes())), VKEY) == note_body(NOTE)


@dressed
@pytest.mark.parametrize("text", [RECEIPT.to_json(), RECEIPT.to_tlog_proof()], ids=["json", "tlog"])
def test_a_receipt_is_the_same_in_every_dress(dress, text, tmp_path, capsys):
    file, opening = tmp_path / "receipt", tmp_path / "opening"
    file.write_bytes(dress(text))
    opening.write_bytes(dress(OPENING.to_json()))
    assert verify_receipt(Receipt.from_text(text_of(file.read_bytes())), VKEY) == 7
    status, said = ran(capsys, "receipt", file, "--opening", opening)
    assert status == 0, said
    assert "name: 王芳" in said


def test_a_tlog_proof_says_what_the_json_says():
    text = RECEIPT.to_tlog_proof()
    assert Receipt.from_text(text) == RECEIPT
    head, _blank, note = text.partition("\n\n")
    first, extra, index, *steps = head.split("\n")
    assert (first, index, note) == ("c2sp.org/tlog-proof@v1", "index 3", NOTE)
    assert base64.b64decode(extra.removeprefix("extra ")) == BODIES[3]
    assert [base64.b64decode(step) for step in steps] == list(RECEIPT.proof)


FORGED_NOTES = {
    "a digit": NOTE.replace("\n7\n", "\n8\n"),
    "the name": NOTE.replace(f"{NAME}\n7", "other.example/ledger\n7"),
}


@dressed
@pytest.mark.parametrize("note", FORGED_NOTES.values(), ids=FORGED_NOTES.keys())
def test_a_changed_note_is_forged_in_every_dress(dress, note, tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    kept.write_bytes(dress(note))
    status, said = ran(capsys, "cosigned", kept, "--witness", WKEY)
    assert (status, "NOT VERIFIED" in said, "forged" in said) == (1, True, True)
    with pytest.raises(NotVerified) as refused:
        open_note(note_text(text_of(kept.read_bytes())), VKEY)
    assert not isinstance(refused.value, Unreadable)


@pytest.mark.parametrize("change", [(b"C-3", b"C-4"), (b'"seq": 1', b'"seq": 2')])
def test_a_changed_entry_is_not_verified(change, tmp_path, capsys):
    forged = Receipt(BODIES[3].replace(*change), 3, RECEIPT.proof, NOTE)
    file = tmp_path / "receipt"
    for text in (forged.to_json(), forged.to_tlog_proof()):
        file.write_text(text)
        assert ran(capsys, "receipt", file)[0] == 1


def test_a_note_of_somebody_else_is_not_called_forged(tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    other = Ed25519PrivateKey.generate()
    kept.write_text(sign(note_body(NOTE), NAME, other))
    status, said = ran(capsys, "cosigned", kept, "--witness", WKEY)
    assert status == 1
    assert "not signed with this key" in said
    assert "forged" not in said


UNREADABLE = {
    "empty": b"",
    "blank": b" \r\n \r\n",
    "a picture": b"\x89PNG\r\n\x1a\n\xff\xfe\x00\x01" * 20,
    "GB 18030": NOTE.replace("\u2014", "——").encode("gb18030"),
    "half a note": NOTE[: len(NOTE) // 3].encode(),
    "no signature": note_body(NOTE).encode(),
    "signature cut": NOTE.split("\u2014 paper")[0][:-12].encode(),
    "signature without its last": NOTE.split("\u2014 paper")[0].encode()[:-5] + b"==\n",
    "a page": b"<!DOCTYPE html><html><body>404</body></html>",
    "quoted in a mail": "".join(f"> {line}\n" for line in NOTE.splitlines()).encode(),
    "another dash": NOTE.replace("\u2014", "\u2013").encode(),
    "a blank line after each": NOTE.replace("\n", "\n\n").encode(),
    "a sign nobody sees": NOTE.replace("\n7\n", "\n7\u200b\n").encode(),
    "full width": NOTE.replace("\n7\n", "\n７\n").encode(),
    "with a farewell": (NOTE + "\n\n--\nSent from my telephone\n").encode(),
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_cannot_be_read_is_never_called_forged(raw, tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    kept.write_bytes(raw)
    status, said = ran(capsys, "cosigned", kept, "--witness", WKEY)
    assert status == 2, said
    assert said.startswith("Cannot be read: ")
    with pytest.raises(Unreadable):
        open_note(note_text(text_of(raw)), VKEY)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"format": "openhall-receipt/2"}',
        RECEIPT.to_json()[:-20],
        "c2sp.org/tlog-proof@v1\nindex 3\n\n" + NOTE,
        RECEIPT.to_tlog_proof().replace("index 3", "index three"),
    ],
)
def test_what_is_no_receipt_is_never_called_forged(text, tmp_path, capsys):
    file = tmp_path / "receipt"
    file.write_text(text)
    status, said = ran(capsys, "receipt", file)
    assert status == 2, said
    if not text:
        assert "give the file itself" in said
    with pytest.raises(Unreadable):
        Receipt.from_text(text_of(text.encode()))


def test_a_key_copied_wrongly_is_said_to_be_so(tmp_path, capsys):
    kept = tmp_path / "kept.txt"
    kept.write_text(NOTE)
    for wrong in (VKEY.replace("hall", "hell"), "nonsense", VKEY[:-3], WKEY):
        status = openhall_verify.main(["cosigned", str(kept), "--witness", WKEY, "--key", wrong])
        assert status == 2
        assert "the key" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"format":' * 50_000,
        RECEIPT.to_json()
        .replace('"index": 3', '"index": 1e999')
        .replace('"index":3', '"index":1e999'),
        RECEIPT.to_json().replace('"index": 3', '"index": 3.9').replace('"index":3', '"index":3.9'),
        RECEIPT.to_json().replace("\\n7\\n", "\\n" + "9" * 5000 + "\\n"),
        RECEIPT.to_tlog_proof().replace("index 3", "index ²"),
        RECEIPT.to_tlog_proof().replace("index 3", "index " + "9" * 5000),
    ],
    ids=[
        "deep list",
        "deep object",
        "no end",
        "a part of an entry",
        "long size",
        "²",
        "long index",
    ],
)
def test_odd_numbers_and_depths_are_no_receipt_and_no_traceback(text, tmp_path, capsys):
    file = tmp_path / "receipt"
    file.write_text(text, encoding="utf-8")
    status, said = ran(capsys, "receipt", file)
    assert (status, "Cannot be read" in said, "forged" in said) == (2, True, False)
    with pytest.raises(NotVerified) as refused:
        verify_receipt(Receipt.from_text(text_of(file.read_bytes())), VKEY)
    assert isinstance(refused.value, Unreadable)


def test_a_note_that_kept_the_line_ends_of_windows_inside_json_is_the_same(tmp_path, capsys):
    file = tmp_path / "receipt"
    file.write_text(RECEIPT.to_json().replace("\\n", "\\r\\n"), encoding="utf-8")
    assert ran(capsys, "receipt", file)[0] == 0
    assert verify_receipt(Receipt.from_text(text_of(file.read_bytes())), VKEY) == 7
