"""Why an act was refused: what, why, under which clause, and what to do next."""

from openhall.deeds.refusals import Moved, Refused

__all__ = ["Moved", "Refused"]
