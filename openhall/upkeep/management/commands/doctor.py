"""``openhall doctor``: whether this machine can go on keeping the records."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.upkeep.queries import looks


class Command(BaseCommand):
    help = (
        "Look at the disk, the database, the clock, the log, the worker and the messages. "
        "Status 1 if anything is wrong; changes nothing."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a monitoring program")

    def handle(self, *args: Any, **options: Any) -> None:
        found = looks()
        wrong = [look for look in found if look.wrong]
        if options["json"]:
            told = [
                {"code": one.code, "wrong": one.wrong, "zh": one.found.zh, "en": one.found.en}
                for one in found
            ]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        else:
            for one in found:
                mark = "WRONG" if one.wrong else "ok"
                self.stdout.write(f"{mark:5}  {one.name.en}: {one.found.en}")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(found)} are wrong.")
