"""Put an archive made by ``openhall backup`` in place of what is here."""

import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from rich.console import Console

from openhall.config import archive, databases, holdings


class Command(BaseCommand):
    help = "Put a backup in place of what is here (stop the site first)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="replace what is here")

    def handle(self, *args: Any, **options: Any) -> None:
        source: Path = options["file"].expanduser().resolve()
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        if not databases.is_empty() and not options["yes"]:
            raise CommandError(
                "This installation holds data. To put the backup in its place, add --yes; what is "
                "here now is kept aside, not deleted."
            )
        home = Path(settings.HOME)
        with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as room:
            console = Console(stderr=True)
            with console.status("Unpacking and comparing every checksum"):
                contents = self._unpacked(source, Path(room))
            aside = home / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S-%f}"
            aside.mkdir(mode=0o700)
            with console.status("Replacing the database"):
                if not databases.is_empty():
                    databases.copy_out(aside / databases.member_name())
                databases.copy_in(Path(room) / databases.member_name())
            for name, folder in holdings.folders().items():
                if name in contents.facts["folders"]:
                    self._replace(folder, Path(room) / name, aside / name)
        self.stdout.write(
            f"Restored {len(contents.files)} files of {contents.facts['city']}, copied at "
            f"{contents.facts['made_at']}. What was here before is in {aside}.\n"
            "Now run: openhall migrate, then openhall verify."
        )

    def _unpacked(self, source: Path, room: Path) -> archive.Contents:
        try:
            contents = archive.unpack(source, room, lambda name, size: None)
        except archive.NotAnArchive as problem:
            raise CommandError(f"Nothing was changed. {problem}") from problem
        if contents.facts["database"] != connection.vendor:
            raise CommandError(
                f"Nothing was changed. The backup holds a {contents.facts['database']} database; "
                f"this installation uses {connection.vendor}."
            )
        return contents

    def _replace(self, folder: Path, new: Path, aside: Path) -> None:
        if folder.exists():
            shutil.move(folder, aside)
        if new.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(new, folder)
