"""The keys of the vault: what is still under which, and sealing anew under the first."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console

from openhall.vault.keys import ring
from openhall.vault.rotating import seal_anew, seal_files_anew, sealed_columns


class Command(BaseCommand):
    help = "Seal everything anew under the first key of OPENHALL_VAULT_KEYS; may be stopped at will"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        console, done = Console(stderr=True), Counter[str]()
        with console.status("Sealing anew …") as status:
            for model, columns in sealed_columns():
                for many in seal_anew(model, columns):
                    done["values"] += many
                    status.update(f"{model._meta.label}: {done['values']:,} values")
            for name in seal_files_anew():
                done["files"] += 1
                status.update(f"{done['files']:,} files ({name})")
        self.stdout.write(
            f"{done['values']:,} values and {done['files']:,} files were sealed anew. "
            f"{len(ring())} keys are set."
        )
