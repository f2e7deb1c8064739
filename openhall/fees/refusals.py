"""Why money was not taken or not asked for."""

from openhall.deeds.refusals import Refused


class FeeRefused(Refused):
    """``code`` tells a program which kind it is."""

    def __init__(self, message: str, code: str = "refused") -> None:
        super().__init__(message, code=code)
