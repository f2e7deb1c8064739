"""``openhall sites make``: every site in one step; ``look``, ``prove``: what the night does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.sites.actions import make_sites
from openhall.sites.actions.covering import prove_all
from openhall.sites.actions.looking import look_at_all


class Command(BaseCommand):
    help = "Makes the sites of all organs that have none, or does now what the night does."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("make", "look", "prove"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "make":
            now = timezone.now()
            key = system_key("make-sites", now.isoformat())
            made = make_sites(Doing(None, now, key), by_operator=True)
            self.stdout.write(f"{len(made)} sites made.")
        elif options["what"] == "look":
            self.stdout.write(f"{look_at_all()} sites looked at.")
        else:
            self.stdout.write(f"{prove_all()} units asked.")
