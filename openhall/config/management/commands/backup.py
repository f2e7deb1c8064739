"""Copy the database and the files into one archive, while the site is running."""

import tempfile
from argparse import ArgumentParser
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from openhall.config import archive, databases, holdings


class Command(BaseCommand):
    help = "Copy the database and all files into one archive (the site may be running)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="for example hall-2026-11-24.tar.gz")
        parser.add_argument(
            "--no-secrets",
            action="store_true",
            help="leave the keys out; without them sealed personal data cannot be read again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].expanduser().resolve()
        if target.exists():
            raise CommandError(f"{target} exists already; a backup never overwrites another.")
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        console = Console(stderr=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as room:
            # The database first: a file is stored before the row that names it, so every file the
            # copied rows name is still to be found afterwards.
            copy = Path(room) / databases.member_name()
            with console.status("Copying the database"):
                databases.copy_out(copy)
            held = holdings.folders(with_secrets=not options["no_secrets"])
            members = {copy.name: copy, **holdings.members(held)}
            facts = {
                "city": settings.CITY_NAME,
                "made_at": timezone.now().isoformat(timespec="seconds"),
                "version": version("openhall"),
                "database": connection.vendor,
                "folders": sorted(held),
            }
            total = sum(path.stat().st_size for path in members.values())
            with Progress(console=console, transient=True) as progress:
                bar = progress.add_task("Packing", total=total)
                archive.pack(
                    target, members, facts, lambda name, size: progress.update(bar, advance=size)
                )
        self.stdout.write(
            f"{target}: {len(members)} files, {target.stat().st_size:,} bytes, all with checksums."
        )
        if not options["no_secrets"]:
            self.stdout.write("It holds the keys too: keep it as safe as the server itself.")
