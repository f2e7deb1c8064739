"""``openhall migrate``: Django's own, but a new database is drawn at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import no_translations
from django.core.management.commands import migrate
from django.db import connections

from openhall.config.new_database import draw_if_empty


class Command(migrate.Command):
    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step",
            action="store_true",
            help="migrate even a new database the long way, every step as it was written",
        )

    @no_translations  # names of permissions are kept in English
    def handle(self, *args: Any, **options: Any) -> None:
        plain = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        plain = plain and not (options["fake"] or options["step_by_step"])
        if plain:
            draw_if_empty(connections[options["database"]])
        super().handle(*args, **options)
