"""Why money was not taken or not asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeeRefused(Exception):
    """``message`` is a whole sentence; ``code`` tells a program which kind it is."""

    message: str
    code: str = "refused"

    def __str__(self) -> str:
        return self.message
