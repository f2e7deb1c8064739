"""What is published outside the database: the checkpoint, the tiles and bundles, the key."""

from collections.abc import Iterator
from contextlib import suppress

from openhall.ledger.models import Checkpoint, Cosignature
from openhall.ledger.publishing import (
    KEY,
    Published,
    bundle_bytes,
    folder,
    tile_bytes,
)
from openhall.ledger.queries import proved
from openhall.ledger.rules import merkle
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.note import NotVerified, note_body, open_note, read_checkpoint
from openhall.ledger.rules.tiles import bundle_path, tile_path, tiles_of
from openhall.ledger.signing import public_verifier_key


def published_checkpoint(size: int, note: str) -> Iterator[Finding]:
    """The file outside the database must be a beginning of what stands in it."""
    if not note:
        return
    try:
        kept = read_checkpoint(open_note(note, public_verifier_key()))
    except NotVerified as fault:
        yield Finding(
            "file/checkpoint",
            f"已公布的检查点文件不是我们签署的：{fault}",
            f"The published checkpoint is not signed by us: {fault}",
        )
        return
    row = Checkpoint.objects.filter(size=kept.size).first()
    if row is None:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"已公布的检查点{kept.size}在数据库中没有了：被删除。",
            f"The published checkpoint {kept.size} was removed from the database.",
        )
    elif bytes(row.root) != kept.root:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"检查点{kept.size}的根与已公布的不同：日志被整体改写。",
            f"Checkpoint {kept.size} has another root than the one published: "
            "the log was rewritten as a whole.",
        )
    if kept.size > size:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"已公布{kept.size}条，现在只有{size}条：尾部被截去。",
            f"{kept.size} entries were published; only {size} are there.",
        )
        return
    try:
        root = proved(lambda subtree: merkle.head(kept.size, subtree))
    except LookupError as fault:
        yield Finding(f"checkpoint/{kept.size}", f"树不完整：{fault}", f"{fault}")
        return
    if row is not None and root != kept.root:
        yield Finding(
            f"checkpoint/{kept.size}",
            f"现有子树算不出已公布的检查点{kept.size}：树被改写。",
            f"The tree no longer gives the published checkpoint {kept.size}: it was rewritten.",
        )


def published_files(published: Published, size: int) -> Iterator[Finding]:
    """Every published tile and bundle, byte by byte; the key; nothing longer than the log."""
    longest = published.longest
    if longest > size:
        yield Finding(
            "file/tile/entries",
            f"已公布的文件里有{longest}条，现在只有{size}条：尾部被截去。",
            f"The published files hold {longest} entries; only {size} are there: the end was cut "
            "off.",
        )
    try:
        kept = read_checkpoint(open_note(published.note, public_verifier_key()))
    except NotVerified:
        return
    yield from _cosignatures_in(published.note, kept.size)
    yield from _file_fault(KEY, (public_verifier_key() + "\n").encode())
    for level, number, width in tiles_of(min(kept.size, size)):
        with suppress(LookupError):  # a lost subtree was said already by the look at the tree
            yield from _file_fault(
                tile_path(level, number, width), tile_bytes(level, number, width)
            )
        if level == 0:
            yield from _file_fault(bundle_path(number, width), bundle_bytes(number, width))


def _cosignatures_in(note: str, size: int) -> Iterator[Finding]:
    """Every cosignature in the published checkpoint is one that we keep."""
    ours = set(Cosignature.objects.filter(checkpoint__size=size).values_list("line", flat=True))
    for line in note[len(note_body(note)) + 1 :].splitlines()[1:]:
        if line + "\n" not in ours:
            yield Finding(
                f"cosignature/{size}/{line.split(' ')[1] if ' ' in line else ''}",
                f"已公布的检查点{size}带有的副署，数据库中没有了：{line}",
                f"The published checkpoint {size} carries a cosignature that the database no "
                f"longer has: {line}",
            )


def _file_fault(path: str, right: bytes) -> Iterator[Finding]:
    try:
        same = (folder() / path).read_bytes() == right
    except OSError:
        same = False
    if not same:
        yield Finding(
            f"file/{path}",
            f"已公布的文件{path}缺失，或与日志不符。",
            f"The published file {path} is missing or is not what the log says.",
        )
