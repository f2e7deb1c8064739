"""``openhall search``: this node's index, made anew, held against the tables, or asked."""

from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand

from openhall.search.index.node import node
from openhall.search.queries import search


class Command(BaseCommand):
    help = "This node's search index: health, rebuild, compare, or ask it something"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("health", "rebuild", "compare", "ask"))
        parser.add_argument("words", nargs="*", help="with ask: what to look for")

    def handle(self, *args: Any, **options: Any) -> None:
        begun = perf_counter()
        if options["what"] == "rebuild":
            count = node().rebuild()
            self.stdout.write(f"{count:,} records taken in {perf_counter() - begun:.1f} s.")
        elif options["what"] == "compare":
            self.stdout.write(f"{node().compare(again=True):,} records differed and are mended.")
        elif options["what"] == "ask":
            self._ask(" ".join(options["words"]))
        self._health()

    def _ask(self, words: str) -> None:
        results = search(words)
        for one in (*results.cited, *results.services, *results.others):
            self.stdout.write(f"{one.record.kind:10} {one.record.title}  {one.record.id}")
        if not results.fits:
            self.stdout.write("Nothing fits well.")

    def _health(self) -> None:
        for name, value in node().health().items():
            told = value
            if isinstance(value, dict):
                told = ", ".join(f"{kind} {count:,}" for kind, count in value.items())
            self.stdout.write(f"{name:12} {told}")
