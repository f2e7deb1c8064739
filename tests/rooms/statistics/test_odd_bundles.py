"""Whatever bundle the one-file checker is given, it answers and ends; it never falls over."""

import io
import json
import random
import zipfile

import pytest

from openhall.statistics.bundles import archived
from openhall.statistics.standalone import check_figure
from tests.factories.figures import made_figure
from tests.rooms.statistics.conftest import files_of
from tests.rules.ledger.test_odd_inputs import with_odd

MADE = made_figure(6, 8)


def answered(capfd, path, *more):
    status = check_figure.main([str(path), *more])
    said = capfd.readouterr().out
    assert said.startswith({0: "VERIFIED", 1: "NOT VERIFIED", 2: "Cannot be read"}[status]), said
    return status, said


@pytest.mark.parametrize("name", ["figure.json", "definition.json", "receipt.json"])
def test_every_value_of_every_file_may_be_odd(name, tmp_path, capfd):
    files = files_of(MADE.packed)
    for at, made in enumerate(with_odd(json.loads(files[name]))):
        if at % 3:  # a third of them, to be quick
            continue
        (tmp_path / "bundle.zip").write_bytes(archived(files | {name: json.dumps(made).encode()}))
        status, said = answered(capfd, tmp_path / "bundle.zip", "--key", MADE.key)
        # the proof may be written otherwise and say the same
        assert status or name == "receipt.json", (at, said)


def test_damaged_packing_is_answered(tmp_path, capfd):
    dice, path = random.Random(3), tmp_path / "bundle.zip"
    for packing in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", packing) as packed:
            for name, content in files_of(MADE.packed).items():
                packed.writestr(name, content)
        raw = whole.getvalue()
        for _ in range(60):
            bad = bytearray(raw)
            for _ in range(dice.choice([1, 3, 40])):
                bad[dice.randrange(len(bad))] = dice.randrange(256)
            path.write_bytes(bytes(bad[: dice.choice([len(bad), dice.randrange(len(bad))])]))
            status, said = answered(capfd, path, "--key", MADE.key)
            assert "forged" not in said or status == 1


def test_a_small_bundle_that_unfolds_to_gigabytes_is_left_where_it_is(tmp_path, capfd):
    table = next(name for name in files_of(MADE.packed) if name.startswith("rows/"))
    for name in ("figure.json", "receipt.json", table):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
            for one, content in files_of(MADE.packed).items():
                packed.writestr(one, b"[" * (40 << 20) if one == name else content)
        (tmp_path / "bundle.zip").write_bytes(whole.getvalue())
        status, said = answered(capfd, tmp_path / "bundle.zip", "--key", MADE.key)
        assert status in (1, 2)
        assert "too long" in said


@pytest.mark.parametrize(
    "dress",
    [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.decode().encode("utf-16"), lambda _r: b""],
)
@pytest.mark.parametrize("name", ["figure.json", "receipt.json", "key"])
def test_a_folder_whose_files_were_saved_again_is_never_called_forged(name, dress, tmp_path, capfd):
    files = files_of(MADE.packed)
    for one, content in files.items():
        (tmp_path / one).parent.mkdir(exist_ok=True)
        (tmp_path / one).write_bytes(dress(content) if one == name else content)
    status, said = answered(capfd, tmp_path)
    assert "forged" not in said
    assert status in ((0, 2) if name != "figure.json" else (1, 2)), said


def test_rows_with_the_line_ends_of_windows_say_so(tmp_path, capfd):
    for one, content in files_of(MADE.packed).items():
        (tmp_path / one).parent.mkdir(exist_ok=True)
        changed = content.replace(b"\n", b"\r\n") if one.startswith("rows/") else content
        (tmp_path / one).write_bytes(changed)
    status, said = answered(capfd, tmp_path)
    assert status == 2
    assert "line ends" in said
