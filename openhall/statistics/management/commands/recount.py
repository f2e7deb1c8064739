"""``openhall recount``: count every public figure anew from the cases and compare exactly."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from openhall.statistics.recount import differences


class Command(BaseCommand):
    help = "Count every public figure anew from the cases; ends with an error if one differs."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for one in differences():
            found += 1
            self.stderr.write(
                f"{one.organ} {one.month:%Y-%m} {one.figure}: kept {one.kept}, is {one.counted}"
            )
        if found:
            raise CommandError(f"{found} figures differ from their cases.")
        self.stdout.write("Every figure is exactly what its cases say.")
