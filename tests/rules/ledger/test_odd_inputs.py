"""Whatever file or key the stand-alone verifier is given, it answers; it never falls over."""

import copy
import json
import random

import pytest

from openhall.ledger.standalone import openhall_verify
from tests.rules.ledger.test_reading import NOTE, OPENING, RECEIPT, VKEY, WKEY

ODD = [
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "\ud800",
    "\0",
    "长" * 50,
    [],
    {},
    [[]],
    [None],
    {"a": 1},
    "AAAA",
    "=",
    "²",
    "１",
]
PAGE = {
    "format": "openhall-page/1",
    "day": "2026-01-01",
    "path": "/",
    "size": 1,
    "receipt": json.loads(RECEIPT.to_json()),
    "page": {"leaf": '{"path": "/", "shown": []}', "index": 0, "proof": []},
    "between": [None, None],
}


def places(told, at=()):
    yield at
    inner = (
        told.items()
        if isinstance(told, dict)
        else enumerate(told)
        if isinstance(told, list)
        else ()
    )
    for key, value in inner:
        yield from places(value, (*at, key))


def with_odd(told):
    """The same with each of its values, in turn, made odd or left out."""
    for at in places(told):
        for value in (*ODD, ...):
            made = copy.deepcopy(told)
            if not at:
                yield None if value is ... else value
                continue
            inner = made
            for key in at[:-1]:
                inner = inner[key]
            if value is ...:
                del inner[at[-1]]
            else:
                inner[at[-1]] = value
            yield made


def torn(text):
    """A text cut, doubled, and with signs put in its middle."""
    dice = random.Random(5)
    for _ in range(150):
        at, to = sorted(dice.sample(range(len(text)), 2))
        odd = dice.choice(["", "\0", "\ud800", "\u2014 ", "\n\n", "+", "²", " ", text[at:to]])
        yield text[:at] + odd + text[dice.choice([at, to]) :]


def answered(capfd, *words):
    status = openhall_verify.main([*map(str, words)])
    said = capfd.readouterr().out
    assert status in (0, 1, 2), said
    assert said.startswith(("VERIFIED.", "NOT VERIFIED: ", "Cannot be read: "))
    assert said.count("\n") >= 1
    if "forged" in said:
        assert status == 1
    return status


@pytest.mark.parametrize("job", ["receipt", "page", "opening"])
def test_every_value_of_every_file_may_be_odd(job, tmp_path, capfd):
    told = {
        "receipt": json.loads(RECEIPT.to_json()),
        "page": PAGE,
        "opening": json.loads(OPENING.to_json()),
    }[job]
    file, right = tmp_path / "file", tmp_path / "right"
    right.write_text(RECEIPT.to_json())
    for made in with_odd(told):
        file.write_text(json.dumps(made), "utf-8")
        if job == "opening":
            answered(capfd, "receipt", right, "--opening", file, "--key", VKEY)
        else:
            answered(capfd, job, file, "--key", VKEY)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "latin-1"])
def test_torn_notes_and_proofs_are_answered(coding, tmp_path, capfd):
    file = tmp_path / "file"
    for text in (RECEIPT.to_tlog_proof(), RECEIPT.to_json(), NOTE):
        for made in torn(text):
            file.write_bytes(made.encode(coding, "replace"))
            answered(capfd, "receipt", file, "--key", VKEY)
            answered(capfd, "cosigned", file, "--key", VKEY, "--witness", WKEY)
            answered(capfd, "continues", file, file, "--tiles", tmp_path, "--key", VKEY)


def test_torn_keys_and_odd_places_are_answered(tmp_path, capfd):
    file = tmp_path / "file"
    file.write_text(NOTE)
    for key in [
        *torn(VKEY),
        "",
        "++",
        "a+b+c",
        "\udcff+a+b",
        VKEY.encode().decode("utf-16", "replace"),
    ]:
        answered(capfd, "receipt", file, "--key", key)
        answered(capfd, "cosigned", file, "--key", VKEY, "--witness", key)
    for where in (
        "http://[",
        "http://127.0.0.1:x/",
        "http://127.0.0.1:9/",
        "http://\u2014/",
        "https://",
        "",
        tmp_path / "none",
        "x" * 5000,
        "http://127.0.0.1:9/ a\n",
    ):
        answered(capfd, "log", where, "--key", VKEY)
        answered(capfd, "continues", file, file, "--tiles", where, "--key", VKEY)
    for where in (tmp_path, tmp_path / "none", "x" * 5000):
        answered(capfd, "receipt", where, "--key", VKEY)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xff\xfe",
        b"\x00\x00\xfe\xff",
        b"\xef\xbb\xbf",
        b"\x1f\x8b\x08",
        b"PK\x03\x04",
        b"[" * 200_000,
        b'{"a":' * 90_000,
        b"\x00" * 99,
        b"9" * 9000,
        b"-" * 99,
        "Ａ".encode("utf-16-be") * 40,
    ],
)
def test_bytes_of_anything_are_no_forgery(raw, tmp_path, capfd):
    file = tmp_path / "file"
    file.write_bytes(raw)
    (tmp_path / "checkpoint").write_bytes(raw)
    for words in (
        ("receipt", file),
        ("page", file),
        ("cosigned", file, "--witness", WKEY),
        ("continues", file, file, "--tiles", tmp_path),
        ("log", tmp_path),
    ):
        assert answered(capfd, *words, "--key", VKEY) == 2
