"""A bundle in which anything was changed does not pass the one-file verifier, run as it is given.

WHOLE=1 pytest tests/rooms/statistics/test_altered.py      50 figures, every alteration
"""

import base64
import hashlib
import json
import os

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.ledger.rules.note import sign, verifier_key
from openhall.statistics.bundles import archived
from openhall.statistics.rules.bundle import root_of
from tests.factories.figures import LOG, made_figure
from tests.rooms.statistics.conftest import checked, files_of

WHOLE = bool(os.environ.get("WHOLE"))
FIGURES = range(50 if WHOLE else 3)
ROWS = 60


def table_of(files):
    return next(name for name in files if name.startswith("rows/"))


def on_rows(change):
    def altered(files):
        name = table_of(files)
        lines = files[name].split(b"\n")[:-1]
        files[name] = b"".join(line + b"\n" for line in change(lines))

    return altered


def on_json(name, change):
    def altered(files):
        said = json.loads(files[name])
        change(said)
        compact = name != "receipt.json"
        separators = (",", ":") if compact else None
        text = json.dumps(said, ensure_ascii=False, sort_keys=compact, separators=separators)
        files[name] = text.encode()

    return altered


def row_changed(at, make):
    def change(lines):
        row = json.loads(lines[7])
        row[at] = make(row[at])
        lines[7] = json.dumps(row, separators=(",", ":")).encode()
        return lines

    return on_rows(change)


def first_value(said):
    values = said["tables"][0]["values"][""]
    values[next(iter(values))] += 1


def in_step(files):
    """A row goes, and everything the bundle itself says is made to fit; the log is not."""
    on_rows(lambda lines: lines[1:])(files)
    lines = files[table_of(files)].splitlines()

    def fit(said):
        said["tables"][0] |= {"rows": len(lines), "root": root_of(lines)}

    on_json("figure.json", fit)(files)


def entry_in_step(files):
    in_step(files)

    def fit(receipt):
        body = json.loads(receipt["entry"])
        body["facts"]["sha256"] = hashlib.sha256(files["figure.json"]).hexdigest()
        receipt["entry"] = json.dumps(body, sort_keys=True, separators=(",", ":"))

    on_json("receipt.json", fit)(files)


def definition_in_step(files):
    on_json("definition.json", lambda said: said["words"].update(zh="另一种数法"))(files)
    digest = hashlib.sha256(files["definition.json"]).hexdigest()
    on_json("figure.json", lambda said: said.update(definition=digest))(files)


def signed_by_another(files):
    """Everything made to fit, signed with a key of one's own, which stands in the bundle."""
    private = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    files["key"] = verifier_key(LOG, private.public_key()).encode()

    def again(receipt):
        body = receipt["checkpoint"].rpartition("\n\n")[0] + "\n"
        receipt["checkpoint"] = sign(body, LOG, private)

    on_json("receipt.json", again)(files)


def flipped(text):
    raw = bytearray(base64.b64decode(text))
    raw[3] ^= 1
    return base64.b64encode(raw).decode()


def proof_flipped(receipt):
    receipt["proof"][0] = flipped(receipt["proof"][0])


def signature_flipped(receipt):
    head, _dash, line = receipt["checkpoint"].rpartition(" ")
    raw = bytearray(base64.b64decode(line))
    raw[20] ^= 1
    receipt["checkpoint"] = f"{head} {base64.b64encode(raw).decode()}\n"


def of_another(files):
    other = files_of(made_figure(777, 5).packed)
    files["receipt.json"] = other["receipt.json"]


ALTERATIONS = {
    "a row dropped": on_rows(lambda lines: lines[:3] + lines[4:]),
    "the last row dropped": on_rows(lambda lines: lines[:-1]),
    "a row doubled": on_rows(lambda lines: [*lines[:4], lines[3], *lines[4:]]),
    "two rows swapped": on_rows(lambda lines: [lines[1], lines[0], *lines[2:]]),
    "a row made up": on_rows(lambda lines: [*lines, lines[-1].replace(b"-0000", b"-9000")]),
    "another unit": row_changed(1, lambda _unit: "cd-999"),
    "another number": row_changed(0, lambda number: f"{number}x"),
    "another last column": row_changed(-1, lambda value: 1 - value if value in (0, 1) else 0),
    "only a space": on_rows(lambda lines: [lines[0].replace(b",", b", ", 1), *lines[1:]]),
    "the end cut off": lambda files: files.update({table_of(files): files[table_of(files)][:-9]}),
    "a figure one higher": on_json("figure.json", first_value),
    "another month": on_json("figure.json", lambda said: said.update(month="2099-01")),
    "another edition": on_json("figure.json", lambda said: said.update(edition=2)),
    "a row gone, the statement in step": in_step,
    "a row gone, the entry in step": entry_in_step,
    "other words of the definition": on_json(
        "definition.json", lambda said: said["words"].update(zh="另一种数法")
    ),
    "another definition, the statement in step": definition_in_step,
    "a condition left out": on_json(
        "definition.json",
        lambda said: (
            said["tables"][0]["counts"][0].update(where=[])
            if said["tables"][0]["counts"][0]["where"]
            else said["tables"][0]["counts"].pop()
        ),
    ),
    "a step of the proof": on_json("receipt.json", proof_flipped),
    "another place": on_json("receipt.json", lambda said: said.update(index=said["index"] ^ 1)),
    "another signature": on_json("receipt.json", signature_flipped),
    "signed by another": signed_by_another,
    "the proof of another figure": of_another,
    "a file put in": lambda files: files.update({"rows/more.jsonl": b"[]\n"}),
}


@pytest.mark.parametrize("seed", FIGURES)
def test_every_alteration_is_caught_by_a_stranger(seed, tmp_path):
    made = made_figure(seed, ROWS)
    path = tmp_path / "bundle.zip"
    path.write_bytes(made.packed)
    assert checked(path, "--key", made.key)[0] == 0
    assert checked(path)[0] == 0
    for name, alter in ALTERATIONS.items():
        files = files_of(made.packed)
        alter(files)
        path.write_bytes(archived(files))
        status, said = checked(path, "--key", made.key)
        assert status == 1, (seed, name, said)
        assert said.startswith("NOT VERIFIED"), (name, said)


@pytest.mark.parametrize(
    "damage", [lambda _raw: b"", lambda raw: raw[:200], lambda _raw: b"<html>not found</html>"]
)
def test_what_is_no_bundle_is_called_unreadable_and_not_forged(tmp_path, damage):
    path = tmp_path / "bundle.zip"
    path.write_bytes(damage(made_figure(1, 5).packed))
    status, said = checked(path)
    assert status == 2
    assert said.startswith("Cannot be read")


def test_a_file_left_out_is_no_verified_bundle(tmp_path):
    made = made_figure(4, 5)
    path = tmp_path / "bundle.zip"
    for name in files_of(made.packed):
        files = files_of(made.packed)
        del files[name]
        path.write_bytes(archived(files))
        status, _said = checked(path, "--key", made.key)
        assert (status == 0) is (name in ("README.txt", "check_figure.py", "key")), name


def test_an_unpacked_folder_is_checked_the_same(tmp_path):
    made = made_figure(5, 5)
    for name, content in files_of(made.packed).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert checked(tmp_path, "--key", made.key)[0] == 0
