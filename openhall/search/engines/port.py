"""What the room asks of an engine. Everything in it can be made anew from the records."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from openhall.search.rules.fields import Analysed
from openhall.search.rules.plan import Retrieval


class Hit(NamedTuple):
    """A record's number and its score: BM25 by field, times the weights of the plan."""

    n: int
    score: float


class Torn(Exception):
    """What stands in the folder is no whole index; it is made anew."""


class Engine(Protocol):
    """An engine in one folder. ``upsert`` and ``delete`` are seen after ``commit``."""

    name: str

    def upsert(self, rows: Iterable[tuple[int, Analysed]]) -> None:
        """Take records under their numbers, in place of those with the same id."""

    def delete(self, ids: Iterable[str]) -> None:
        """Forget records by their id."""

    def commit(self) -> None:
        """Make it last."""

    def reload(self) -> None:
        """See what another process made last."""

    def search(self, asked: Retrieval) -> list[Hit]:
        """The best hits, the best first."""

    def suggest(self, asked: Retrieval) -> list[Hit]:
        """As ``search``, of heads alone, for each letter that is typed."""

    def exact(self, field: str, word: str, most: int) -> list[int]:
        """The numbers of records whose exact ``field`` is ``word``."""

    def rebuild(self, rows: Iterable[tuple[int, Analysed]]) -> None:
        """Take ``rows`` and nothing else."""

    def health(self) -> dict[str, int | str]:
        """How many records it holds, and how much room it takes in bytes."""

    def close(self) -> None:
        """Give files and memory back."""
