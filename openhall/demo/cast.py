"""The named cast: one person for every role, with a sign-in that exists only in the demo."""

from dataclasses import dataclass
from typing import Final

from openhall.demo.data import told
from openhall.organs.terms import Desk

PASSWORD: Final = "yangguang-2003"  # noqa: S105 - public on purpose, and only in a demo database
CIVIL: Final = "cd-mzh"
POLICE: Final = "cd-gaj"
JINJIANG: Final = "cd-510104-spj"


@dataclass(frozen=True, slots=True)
class Player:
    """Who signs in as ``username``; an official sits at ``desk`` of the organ ``organ``."""

    username: str
    name: str
    name_en: str
    role: str
    role_en: str
    organ: str = ""
    desk: Desk | None = None


def _player(row: dict[str, str]) -> Player:
    desk = row.pop("desk", None)
    return Player(**row, desk=Desk(desk) if desk else None)


CAST: Final = tuple(_player(dict(row)) for row in told("cast"))
