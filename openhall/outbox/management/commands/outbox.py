"""``openhall outbox``: what waits, what failed and why; carry now, try again, take reports."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from openhall.outbox.actions import deliver_due, report, retry
from openhall.outbox.models import Message
from openhall.outbox.queries import counts, listed
from openhall.outbox.rules.signature import NotFromTheGateway, Report
from openhall.outbox.terms import Channel, MessageState


class Command(BaseCommand):
    help = "List messages that wait or failed; --deliver carries them now, --retry ID tries again"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--deliver", action="store_true", help="carry what is due now")
        parser.add_argument("--retry", type=int, metavar="ID", help="a message to try again")
        parser.add_argument("--reports", type=Path, help="delivery reports, one JSON a line")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["deliver"]:
            self.stdout.write(f"{deliver_due()} messages carried.")
        if options["retry"]:
            self._retry(options["retry"])
        if options["reports"]:
            self._take(options["reports"])
        for state, count in counts().items():
            self.stdout.write(f"{MessageState(state).en:28} {count:>8,}")
        for state in (MessageState.GIVEN_UP, MessageState.FAILED):
            for message in listed(state):
                last = message.tries.last()
                channel = Channel(message.channel).en
                why = last.answer if last else ""
                self.stdout.write(f"{message.pk}  {channel}  {message.recipient}  {why}")

    def _retry(self, number: int) -> None:
        message = Message.objects.filter(pk=number).first()
        if message is None or not retry(message, "openhall outbox"):
            raise CommandError("No message that failed has this number. See: openhall outbox")
        self.stdout.write(f"Message {number} will be tried again.")

    def _take(self, file: Path) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        taken = 0
        for place, line in enumerate(file.read_bytes().splitlines(), start=1):
            if not line.strip():
                continue
            try:
                taken += report(Report.read(line)) is not None
            except NotFromTheGateway as error:
                raise CommandError(f"Line {place}: {error}") from error
        self.stdout.write(f"{taken} reports taken.")
