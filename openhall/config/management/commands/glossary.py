"""Write ``docs/glossary.md`` from the terms in the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.config.words import PAGE, glossary


class Command(BaseCommand):
    help = "Write docs/glossary.md from the terms in the code"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether it is current")

    def handle(self, *args: Any, **options: Any) -> None:
        now = glossary()
        if options["check"]:
            if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != now:
                raise CommandError("docs/glossary.md is out of date; run: openhall glossary")
            return
        PAGE.write_text(now, encoding="utf-8")
        self.stdout.write(f"{PAGE} written.")
