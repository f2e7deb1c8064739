"""``openhall verify``: our own log, published files, a kept checkpoint, a receipt, an opening."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.ledger.checks import ASKED, LOOKED_AT, look_at_log, witnesses_asked
from openhall.ledger.looking import one_moment
from openhall.ledger.publishing import Published
from openhall.ledger.queries import entry_bodies, latest_checkpoint, size_now
from openhall.ledger.rules.commitment import NotOpened, Opening, verify_opening
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.note import Checkpoint, NotVerified, open_note, read_checkpoint
from openhall.ledger.rules.reading import Unreadable, note_text, text_of
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.verify import published_entries, verify_log, verify_tiles
from openhall.ledger.witnesses import witnesses

MOST = 20  # findings told
ELSEWHERE = (
    "Not looked at: whether cases, papers, permits and figures are what the log says of them. "
    "That is: openhall audit"
)


def read(path: Path) -> str:
    """The text of a file; ``Unreadable`` names it."""
    try:
        return text_of(path.read_bytes())
    except Unreadable as fault:
        raise Unreadable(f"{path}: {fault}") from fault


def kept(text: str, vkey: str) -> Checkpoint:
    """A signed note, or the three lines of a day sheet's QR code, which carry no signature."""
    if "\u2014 " in text:
        return read_checkpoint(open_note(note_text(text), vkey))
    return read_checkpoint(note_text(text))


class Command(BaseCommand):
    help = (
        "Verify the log itself. Without options: our own, entry by entry, with its tree, "
        "checkpoints, days, alarms and cosignatures, its published files byte by byte, and what "
        "the witnesses have seen; not what hangs on it (that is: openhall audit). With --files: a "
        "folder of published files, as a stranger does it. With --against: a checkpoint that was "
        "kept. With --receipt: one receipt, offline. "
        "Status 0: verified. 1: not verified. 2: cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--receipt", type=Path, help="a receipt file to verify")
        parser.add_argument("--opening", type=Path, help="with --receipt: what was written in it")
        parser.add_argument(
            "--files", type=Path, help="a folder of published files: entries and tiles are hashed"
        )
        parser.add_argument("--against", type=Path, help="a checkpoint kept, or a QR code's text")
        parser.add_argument("--also", type=Path, help="a second checkpoint of the same log")
        parser.add_argument("--key", help="the verifier key (name+hash+key); default: our own")
        parser.add_argument(
            "--offline", action="store_true", help="without options: ask no witness"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        vkey = options["key"] or public_verifier_key()
        try:
            if options["receipt"]:
                self._receipt(options["receipt"], options["opening"], vkey)
            elif options["files"] or options["against"] or options["also"]:
                self._held(options, vkey)
            else:
                self._our_own(ask=not options["offline"])
        except OSError as error:
            why = f"Cannot read {error.filename}: {error.strerror}."
            raise CommandError(why, returncode=2) from error
        except Unreadable as error:
            raise CommandError(f"Cannot be read: {error}", returncode=2) from error
        except (NotVerified, NotOpened) as error:
            raise CommandError(f"NOT VERIFIED. {error}") from error

    def _our_own(self, *, ask: bool) -> None:
        published = Published.now()  # before the database
        found: list[Finding] = []
        with one_moment():
            latest, size = latest_checkpoint(), size_now()
            if latest is None and not published.note:
                raise CommandError("The log has no checkpoint yet; nothing to verify against.")
            for step in look_at_log(size, published):
                if isinstance(step, Finding):
                    found.append(step)
                elif step % 100_000 == 0:
                    self.stdout.write(f"  {step} entries hashed")
        if ask:
            found.extend(witnesses_asked())
        if found:
            told = "\n".join(f"{one.place}: {one.sentence_en}" for one in found[:MOST])
            more = f"\n… and {len(found) - MOST} more" if len(found) > MOST else ""
            raise NotVerified(f"{len(found)} findings:\n{told}{more}")
        self.stdout.write("Looked at:")
        for one in (*LOOKED_AT, *((ASKED,) if ask and witnesses() else ())):
            self.stdout.write(f"  {one}")
        self.stdout.write(ELSEWHERE)
        signed = latest.size if latest else 0
        self.stdout.write(f"Verified: {signed} entries give the root that was signed.")

    def _held(self, options: dict[str, Any], vkey: str) -> None:
        """Two checkpoints are one log if the same entries give both."""
        folder = options["files"]
        given = [path for path in (options["against"], options["also"]) if path]
        for path in given or [folder / "checkpoint"]:
            against = kept(read(path), vkey)
            entries = published_entries(folder) if folder else entry_bodies()
            for hashed in verify_log(entries, against):
                if hashed % 100_000 == 0:
                    self.stdout.write(f"  {hashed} entries hashed")
            what = "published entries" if folder else "entries of the database"
            self.stdout.write(f"Looked at: {path}, and the first {against.size} {what}.")
            if folder and not given:
                tiles = verify_tiles(folder, against.size)
                self.stdout.write(f"Looked at: {tiles} published tiles, against those entries.")
            self.stdout.write(f"Verified: {against.size} entries give the root that was signed.")

    def _receipt(self, path: Path, opening: Path | None, vkey: str) -> None:
        receipt = Receipt.from_text(read(path))
        size = verify_receipt(receipt, vkey)
        self.stdout.write(f"Genuine: leaf {receipt.index} of {size} signed leaves.")
        if opening is not None:
            said = verify_opening(Opening.from_json(read(opening)), receipt.entry)
            for name, value in said.items():
                self.stdout.write(f"{name}: {value}")
