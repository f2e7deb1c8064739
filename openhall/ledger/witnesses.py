"""The witnesses this log asks: read from the settings, spoken to over HTTP."""

import urllib.error
import urllib.request
from dataclasses import dataclass

from django.conf import settings

from openhall.ledger.rules.cosignature import parse_witness_key
from openhall.ledger.rules.witnessing import Asking
from openhall.paging.whole import whole

PATIENCE = 5.0  # seconds; a slow witness must not hold up the log
MOST_BYTES = 16_384


class NoAnswer(OSError):
    """The witness could not be reached."""


@dataclass(frozen=True, slots=True)
class Witness:
    name: str
    vkey: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``size`` is what the witness has seen, when it answered a conflict with it."""

    status: int
    text: str

    @property
    def size(self) -> int | None:
        return whole(self.text.strip()) if self.status == 409 else None


def witnesses() -> list[Witness]:
    """From the settings and their file, pairs of vkey and address; a bad key fails loudly."""
    found = []
    for pair in [*settings.LEDGER_WITNESSES, *_in_the_file()]:
        vkey, _, url = pair.strip().partition(" ")
        if not url.strip().startswith(("http://", "https://")):
            raise ValueError(f"{pair!r} is not a witness: give its key, a space and its address.")
        name, _key = parse_witness_key(vkey)
        found.append(Witness(name, vkey, url.strip().rstrip("/")))
    return found


def _in_the_file() -> list[str]:
    file = settings.LEDGER_WITNESSES_FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [line for line in lines if line.strip()]


def ask(witness: Witness, asking: Asking) -> Answer:
    """POST add-checkpoint; raises :class:`NoAnswer` when nobody is there."""
    request = urllib.request.Request(  # noqa: S310 - http(s) only, see witnesses()
        f"{witness.url}/add-checkpoint", data=asking.text().encode(), method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return Answer(answer.status, answer.read(MOST_BYTES).decode(errors="replace"))
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.read(MOST_BYTES).decode(errors="replace"))
    except OSError as error:
        raise NoAnswer(str(error)) from error
