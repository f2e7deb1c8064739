"""The keys of the vault: what is still under which, and sealing anew under the first."""

from argparse import ArgumentParser
from collections import Counter
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from openhall.vault.keys import ring
from openhall.vault.rotating import (
    Aside,
    blind_anew,
    blind_columns,
    seal_anew,
    seal_files_anew,
    sealed_columns,
)

MOST_NAMED: Final = 20  # of one table and column


class Command(BaseCommand):
    help = "Seal everything anew under the first key of OPENHALL_VAULT_KEYS; may be stopped at will"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        console, done = Console(stderr=True), Counter[str]()
        aside: list[Aside] = []
        with console.status("Sealing anew …") as status:
            for model, columns in sealed_columns():
                for many in seal_anew(model, columns, aside):
                    done["values"] += many
                    status.update(f"{model._meta.label}: {done['values']:,} values")
            for table, indexes in blind_columns():
                for many in blind_anew(table, indexes, aside):
                    done["indexes"] += many
                    status.update(f"{table._meta.label}: {done['indexes']:,} indexes")
            for name in seal_files_anew(aside):
                done["files"] += 1
                status.update(f"{done['files']:,} files ({name})")
        self.stdout.write(
            f"{done['values']:,} values and {done['files']:,} files were sealed anew, "
            f"{done['indexes']:,} indexes made anew. {len(ring())} keys of the vault and "
            f"{len(settings.BLIND_KEYS)} of the index are set."
        )
        if aside:
            raise CommandError(self._told(aside))

    def _told(self, aside: list[Aside]) -> str:
        """Every place, and what in it could not be opened."""
        by_place: dict[tuple[str, str], list[str]] = {}
        for one in aside:
            by_place.setdefault((one.place, one.why), []).append(one.which)
        lines = [
            f"  {place}: {', '.join(which[:MOST_NAMED])}"
            + (f" and {len(which) - MOST_NAMED:,} more" if len(which) > MOST_NAMED else "")
            + f" ({why})"
            for (place, why), which in sorted(by_place.items())
        ]
        return (
            f"{len(aside):,} could not be opened and stand as they were:\n"
            + "\n".join(lines)
            + "\nDo not take out any key: what opens them may be among those set. Run openhall "
            "audit to see what was changed, set the missing key or restore the rows, and run this "
            "again."
        )
