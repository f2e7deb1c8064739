"""``openhall voice FOLDER``: a hall's own recordings in place of the voice that is shipped."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from openhall.hall.voice.packing import NotPacked, joined, own_recordings, wanted, write


class Command(BaseCommand):
    help = "Speak the calls of the halls with a folder of your own recordings"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", help="one 16-bit WAV a word")
        parser.add_argument("--shipped", action="store_true", help="go back to the shipped voice")

    def handle(self, *args: Any, **options: Any) -> None:
        console, out = Console(stderr=True), settings.HALL_FOLDER / "voice"
        if options["shipped"]:
            for name in ("voice.json", "voice.wav"):
                (out / name).unlink(missing_ok=True)
            console.print("The halls speak with the shipped voice.")
            return
        if options["folder"] is None:
            raise CommandError("Record these, one WAV each: " + ", ".join(wanted()))
        try:
            clips = own_recordings(options["folder"])
        except NotPacked as fault:
            raise CommandError(str(fault)) from None
        write(out, *joined(clips), "voice.wav")
        console.print(f"{len(clips)} words packed. The halls speak with your recordings.")
