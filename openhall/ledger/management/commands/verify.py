"""``openhall verify``: a receipt, an opening, two checkpoints, or the whole log."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.ledger.queries import entry_bodies, latest_checkpoint, note_of
from openhall.ledger.rules.commitment import NotOpened, Opening, verify_opening
from openhall.ledger.rules.note import Checkpoint, NotVerified, open_note, read_checkpoint
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.verify import published_entries, verify_log


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def kept(text: str, vkey: str) -> Checkpoint:
    """A signed note, or the three lines of a day sheet's QR code, which carry no signature."""
    if "\u2014 " in text:
        return read_checkpoint(open_note(text, vkey))
    return read_checkpoint(text.strip() + "\n")


class Command(BaseCommand):
    help = "Verify a receipt offline, or the whole log against a checkpoint (default: its latest)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--receipt", type=Path, help="a receipt file to verify")
        parser.add_argument("--opening", type=Path, help="with --receipt: what was written in it")
        parser.add_argument("--files", type=Path, help="a folder of published tiles to verify")
        parser.add_argument("--against", type=Path, help="a checkpoint kept, or a QR code's text")
        parser.add_argument("--also", type=Path, help="a second checkpoint of the same log")
        parser.add_argument("--key", help="the verifier key (name+hash+key); default: our own")

    def handle(self, *args: Any, **options: Any) -> None:
        vkey = options["key"] or public_verifier_key()
        try:
            if options["receipt"]:
                self._receipt(options["receipt"], options["opening"], vkey)
                return
            for against in self._checkpoints(options, vkey):
                folder = options["files"]
                entries = published_entries(folder) if folder else entry_bodies()
                for hashed in verify_log(entries, against):
                    if hashed % 100_000 == 0:
                        self.stdout.write(f"  {hashed} entries hashed")
                self.stdout.write(
                    f"Verified: {against.size} entries give the root that was signed."
                )
        except OSError as error:
            raise CommandError(f"Cannot read {error.filename}: {error.strerror}.") from error
        except (NotVerified, NotOpened) as error:
            raise CommandError(f"NOT VERIFIED. {error}") from error

    def _receipt(self, path: Path, opening: Path | None, vkey: str) -> None:
        receipt = Receipt.from_json(read(path))
        size = verify_receipt(receipt, vkey)
        self.stdout.write(f"Genuine: leaf {receipt.index} of {size} signed leaves.")
        if opening is not None:
            said = verify_opening(Opening.from_json(read(opening)), receipt.entry)
            for name, value in said.items():
                self.stdout.write(f"{name}: {value}")

    def _checkpoints(self, options: dict[str, Any], vkey: str) -> list[Checkpoint]:
        """What the entries are held against; two checkpoints are one log if both hold."""
        given = [path for path in (options["against"], options["also"]) if path]
        if not given and options["files"]:
            given = [options["files"] / "checkpoint"]
        if given:
            return [kept(read(path), vkey) for path in given]
        if latest := latest_checkpoint():
            return [read_checkpoint(open_note(note_of(latest), vkey))]
        raise CommandError("The log has no checkpoint yet; nothing to verify against.")
