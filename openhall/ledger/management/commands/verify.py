"""``openhall verify``: check a receipt, or the whole log against a kept checkpoint."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.ledger.queries import entry_bodies, latest_checkpoint
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint
from openhall.ledger.rules.receipt import Receipt, verify_receipt
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.verify import published_entries, verify_log


class Command(BaseCommand):
    help = "Verify a receipt offline, or the whole log against a checkpoint (default: its latest)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--receipt", type=Path, help="a receipt file to verify")
        parser.add_argument("--files", type=Path, help="a folder of published tiles to verify")
        parser.add_argument("--against", type=Path, help="a checkpoint file kept from before")
        parser.add_argument("--key", help="the verifier key (name+hash+key); default: our own")

    def handle(self, *args: Any, **options: Any) -> None:
        vkey = options["key"] or public_verifier_key()
        try:
            if options["receipt"]:
                receipt = Receipt.from_json(options["receipt"].read_text())
                size = verify_receipt(receipt, vkey)
                self.stdout.write(f"Genuine: leaf {receipt.index} of {size} signed leaves.")
                return
            entries = entry_bodies()
            if options["files"]:
                entries = published_entries(options["files"])
                against = options["against"] or options["files"] / "checkpoint"
                note = against.read_text()
            elif options["against"]:
                note = options["against"].read_text()
            elif latest := latest_checkpoint():
                note = latest.note
            else:
                raise CommandError("The log has no checkpoint yet; nothing to verify against.")
            checkpoint = read_checkpoint(open_note(note, vkey))
            for hashed in verify_log(entries, checkpoint):
                if hashed % 100_000 == 0:
                    self.stdout.write(f"  {hashed} entries hashed")
        except OSError as error:
            raise CommandError(f"Cannot read {error.filename}: {error.strerror}.") from error
        except NotVerified as error:
            raise CommandError(f"NOT VERIFIED. {error}") from error
        self.stdout.write(f"Verified: {checkpoint.size} entries give the root that was signed.")
