"""Why an act was refused: what, why, under which clause, and what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused(Exception):
    """``message`` is a whole sentence for people; ``field`` names the input it belongs beside."""

    message: str
    field: str = ""

    def __str__(self) -> str:
        return self.message


class Moved(Refused):
    """Somebody else acted on the case first; the page must be read again."""
