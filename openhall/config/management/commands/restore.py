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
from openhall.config.management.commands.backup import beside


class Command(BaseCommand):
    help = "Put a backup in place of what is here (stop the site first)"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--keys", type=Path, help="the archive of the keys, kept apart")
        parser.add_argument(
            "--other-keys",
            action="store_true",
            help="go on although the keys here are not the backup's",
        )
        parser.add_argument("--yes", action="store_true", help="replace what is here")

    def handle(self, *args: Any, **options: Any) -> None:
        source = self._file(options["file"])
        keys = self._file(options["keys"]) if options["keys"] else None
        if not databases.is_empty() and not options["yes"]:
            raise CommandError(
                "This installation holds data. To put the backup in its place, add --yes; what is "
                "here now is kept aside, not deleted."
            )
        home = Path(settings.HOME)
        with tempfile.TemporaryDirectory(dir=home, prefix=".restore-") as room:
            everything, secrets = Path(room) / "all", Path(room) / "keys"
            console = Console(stderr=True)
            with console.status("Unpacking and comparing every checksum"):
                contents = self._unpacked(source, everything)
                self._fitting(source, contents, keys, secrets, go_on=options["other_keys"])
            aside = home / f"before-restore-{timezone.localtime():%Y%m%d-%H%M%S-%f}"
            aside.mkdir(mode=0o700)
            with console.status("Replacing the database"):
                if not databases.is_empty():
                    databases.copy_out(aside / databases.member_name())
                databases.begin()
                databases.copy_in(everything / databases.member_name())
            for name, folder in holdings.folders().items():
                if name in contents.facts["folders"]:
                    self._replace(folder, everything / name, aside / name)
            if keys is not None:
                name = holdings.SECRETS
                self._replace(holdings.keys(), secrets / name, aside / name)
            if (everything / holdings.WITNESSES).is_file():
                shutil.copy2(everything / holdings.WITNESSES, settings.LEDGER_WITNESSES_FILE)
        self.stdout.write(
            f"Restored {len(contents.files)} files of {contents.facts['city']}, copied at "
            f"{contents.facts['made_at']}. What was here before is in {aside}.\n"
            "Now run: openhall migrate, then openhall audit (with --offline it asks no witness). "
            "Witnesses have seen what came after the backup and will say so: that is an alarm for "
            "the supervision bureau to resolve, with this restore as its reason."
        )

    def _file(self, path: Path) -> Path:
        found = path.expanduser().resolve()
        if not found.is_file():
            raise CommandError(f"There is no file {found}.")
        return found

    def _unpacked(self, source: Path, room: Path) -> archive.Contents:
        room.mkdir()
        try:
            contents = archive.unpack(source, room, lambda name, size: None)
        except archive.NotAnArchive as problem:
            raise CommandError(f"Nothing was changed. {source.name}: {problem}") from problem
        if contents.facts["database"] != connection.vendor:
            raise CommandError(
                f"Nothing was changed. The backup holds a {contents.facts['database']} database; "
                f"this installation uses {connection.vendor}."
            )
        return contents

    def _fitting(
        self,
        source: Path,
        contents: archive.Contents,
        keys: Path | None,
        room: Path,
        *,
        go_on: bool,
    ) -> None:
        """The keys that will be here afterwards are those of the backup, or somebody said so."""
        if holdings.SECRETS in contents.facts["folders"]:
            raise CommandError("Nothing was changed. This archive holds keys, not a backup.")
        has = holdings.keys_told()
        if keys is not None:
            unpacked = self._unpacked(keys, room)
            if holdings.SECRETS not in unpacked.facts["folders"]:
                raise CommandError(f"Nothing was changed. {keys.name} holds no keys.")
            has = unpacked.facts["keys"] | holdings.keys_of(room / holdings.SECRETS)
        lacking = holdings.keys_lacking(contents.facts["keys"], has)
        if not lacking or go_on:
            return
        hint = beside(source)
        near = f" They seem to be in {hint}." if keys is None and hint.is_file() else ""
        raise CommandError(
            "Nothing was changed. The backup was made with other keys. Those here lack: "
            f"{'; '.join(lacking)}. Give them with --keys FILE.{near} To go on without them, add "
            "--other-keys."
        )

    def _replace(self, folder: Path, new: Path, aside: Path) -> None:
        if folder.exists():
            shutil.move(folder, aside)
        if new.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            if new.name in holdings.OURS_ALONE:
                for place in (new, *new.rglob("*")):
                    place.chmod(0o700 if place.is_dir() else 0o600)
            shutil.move(new, folder)
