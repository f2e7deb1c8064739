"""The whole log, hashed anew from its entries and held against a checkpoint. Flat memory."""

from collections.abc import Iterable, Iterator
from itertools import count, islice
from pathlib import Path

from openhall.ledger.rules import merkle
from openhall.ledger.rules.note import Checkpoint, NotVerified
from openhall.ledger.rules.tiles import WIDTH, bundle_path, tile_path, unbundle


def verify_log(entries: Iterable[tuple[int, bytes]], checkpoint: Checkpoint) -> Iterator[int]:
    """Yield the number of entries hashed so far; raise :class:`NotVerified` at the first fault.

    ``entries`` in the order of their places. Only the frontier of the tree is kept in memory.
    """
    frontier: list[tuple[int, bytes]] = []  # (level, hash), largest first
    expected = 0
    for index, body in entries:
        if expected == checkpoint.size:
            break
        if index != expected:
            raise NotVerified(f"Entry {expected} is missing; {index} stands in its place.")
        level, found = 0, merkle.leaf_hash(body)
        while frontier and frontier[-1][0] == level:
            found = merkle.node_hash(frontier.pop()[1], found)
            level += 1
        frontier.append((level, found))
        expected += 1
        if expected % 1_000 == 0:
            yield expected
    if expected < checkpoint.size:
        raise NotVerified(
            f"The checkpoint covers {checkpoint.size} entries; only {expected} are there."
        )
    root = merkle.EMPTY_HEAD
    for position, (_, found) in enumerate(reversed(frontier)):
        root = found if position == 0 else merkle.node_hash(found, root)
    if root != checkpoint.root:
        raise NotVerified(f"The {expected} entries do not give the root that was signed.")
    yield expected


def published_entries(folder: Path) -> Iterator[tuple[int, bytes]]:
    """``(index, entry)`` from a folder of published bundles, as anyone can copy them."""
    index = 0
    for number in count():
        path = folder / bundle_path(number)
        if not path.exists():
            partial = path.with_name(path.name + ".p")
            widths = [int(one.name) for one in partial.glob("[0-9]*")] if partial.exists() else []
            if not widths:
                return
            path = partial / str(max(widths))
        try:
            for entry in unbundle(path.read_bytes()):
                yield index, entry
                index += 1
        except ValueError as error:
            raise NotVerified(f"{path}: {error}") from error
        if index % WIDTH:
            return


def verify_tiles(folder: Path, size: int) -> int:
    """Compare every published hash tile with the entries published beside it; how many.

    Raises :class:`NotVerified` at the first that is missing or says something else. A level's
    hashes are those of the full tiles below, so only the level above is kept in memory.
    """
    compared = level = 0
    below: Iterator[bytes] = (
        merkle.leaf_hash(entry) for _index, entry in published_entries(folder)
    )
    while size >> (8 * level):
        count = size >> (8 * level)
        above: list[bytes] = []
        for number in range(-(-count // WIDTH)):
            width = min(WIDTH, count - number * WIDTH)
            hashes = list(islice(below, width))
            path = folder / tile_path(level, number, width)
            if path.read_bytes() != b"".join(hashes):
                raise NotVerified(
                    f"The tile {tile_path(level, number, width)} is not its entries'."
                )
            compared += 1
            if width == WIDTH:
                above.append(_full(hashes))
        below, level = iter(above), level + 1
    return compared


def _full(hashes: list[bytes]) -> bytes:
    """The hash over a full tile."""
    while len(hashes) > 1:
        hashes = [
            merkle.node_hash(left, right)
            for left, right in zip(hashes[::2], hashes[1::2], strict=True)
        ]
    return hashes[0]
