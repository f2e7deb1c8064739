"""Copy the database and the files into one archive, while the site is running; the keys apart."""

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

SUFFIX = ".tar.gz"


def beside(target: Path) -> Path:
    """Where the keys of an archive are put: ``hall.keys.tar.gz`` beside ``hall.tar.gz``."""
    return target.with_name(target.name.removesuffix(SUFFIX) + ".keys" + SUFFIX)


class Command(BaseCommand):
    help = (
        "Copy the database and all files into one archive, the keys into another "
        "(the site may be running)"
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="for example hall-2026-11-24.tar.gz")
        parser.add_argument(
            "--no-keys",
            action="store_true",
            help="write no archive of the keys; without them sealed personal data cannot be read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"].expanduser().resolve()
        wanted = [target] if options["no_keys"] else [target, beside(target)]
        for path in wanted:
            if path.exists():
                raise CommandError(f"{path} exists already; a backup never overwrites another.")
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        facts = {
            "city": settings.CITY_NAME,
            "made_at": timezone.now().isoformat(timespec="microseconds"),
            "version": version("openhall"),
            "database": connection.vendor,
            "keys": holdings.keys_told(),
        }
        count = self._everything(target, facts)
        self.stdout.write(
            f"{target}: {count} files, {target.stat().st_size:,} bytes, all with checksums."
        )
        if not options["no_keys"]:
            self._keys(beside(target), facts)

    def _everything(self, target: Path, facts: dict[str, Any]) -> int:
        console = Console(stderr=True)
        home = Path(settings.HOME)
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as room,
            tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as still,
        ):
            picture = holdings.Picture(Path(still))
            copy = Path(room) / databases.member_name()
            with console.status("Copying the database"):
                picture.hold_published()
                picture.hold_uploads()
                databases.copy_out(copy)
                picture.hold_uploads()
            members = {copy.name: copy, **picture.members()}
            told = facts | {"folders": sorted(holdings.folders())}
            total = sum(path.stat().st_size for path in members.values())
            with Progress(console=console, transient=True) as progress:
                bar = progress.add_task("Packing", total=total)
                archive.pack(
                    target, members, told, lambda name, size: progress.update(bar, advance=size)
                )
        return len(members)

    def _keys(self, target: Path, facts: dict[str, Any]) -> None:
        where = holdings.keys()
        members = {
            f"{holdings.SECRETS}/{path.relative_to(where).as_posix()}": path
            for path in holdings.files(where)
        }
        archive.pack(target, members, facts | {"folders": [holdings.SECRETS]}, lambda *_: None)
        self.stdout.write(
            f"{target}: {len(members)} keys. Keep it apart from the backup: whoever has both can "
            "read everything; without it sealed personal data can never be read again."
        )
        in_files = "".join(
            path.read_text("utf-8", "replace") for path in members.values() if path.suffix != ".key"
        )
        for name in ("VAULT_KEYS", "BLIND_KEYS"):
            if any(one not in in_files for one in getattr(settings, name)):
                self.stdout.write(
                    f"OPENHALL_{name} stands in the environment and is not in it: keep it as well."
                )
        ledger = Path(settings.LEDGER_SIGNING_KEY_FILE)
        if ledger.is_file() and where.resolve() not in ledger.resolve().parents:
            self.stdout.write(f"The log's key is kept elsewhere and is not in it: {ledger}")
