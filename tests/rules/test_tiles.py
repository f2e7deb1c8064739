"""The log as static files: where a tile stands, and which ones grew."""

import pytest

from openhall.ledger.rules.tiles import bundle, place, tile_path, tiles_of, unbundle


@pytest.mark.parametrize(
    ("number", "path"),
    [(0, "000"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")],
)
def test_a_tile_stands_in_groups_of_three(number, path):
    assert place(number) == path


def test_a_tile_that_is_not_full_says_its_width():
    assert tile_path(1, 5) == "tile/1/005"
    assert tile_path(0, 0, 17) == "tile/0/000.p/17"


def test_only_tiles_that_grew_are_written():
    assert list(tiles_of(70_000, 69_999)) == [(0, 273, 112)]
    assert list(tiles_of(256, 255)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles_of(300, 300)) == []
    assert sum(1 for _ in tiles_of(65_536)) == 256 + 1 + 1


def test_a_bundle_gives_back_its_entries_and_a_cut_one_is_refused():
    entries = [b"", b"one", b"x" * 65_535]
    assert list(unbundle(bundle(entries))) == entries
    with pytest.raises(ValueError, match="middle"):
        list(unbundle(bundle(entries)[:-1]))
    with pytest.raises(ValueError, match="does not fit"):
        bundle([b"x" * 65_536])
