"""A table of what may be done: state and act lead to a state; no pair, no act."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from openhall.glossary import Said, Term

S = TypeVar("S", bound=Term)
A = TypeVar("A", bound=Term)


@dataclass(frozen=True, slots=True)
class NoSuchStep(Exception):
    """The act has no place at this state; says what may be done instead."""

    state: Term
    act: Term
    instead: tuple[Term, ...]

    @property
    def said(self) -> Said:
        may = "、".join(act.zh for act in self.instead) or "无"
        now = "; ".join(act.en for act in self.instead) or "nothing"
        return Said(
            f"“{self.state.zh}”时不能“{self.act.zh}”。现在可以：{may}。请刷新页面后再操作。",
            f"“{self.act.en}” is not possible while it stands at “{self.state.en}”. "
            f"Possible now: {now}. Reload the page, then act.",
        )

    def __str__(self) -> str:
        return self.said.zh


def acts_at(table: Mapping[tuple[S, A], S], state: S) -> tuple[A, ...]:
    """Every act the table allows at ``state``, in its order."""
    return tuple(act for (at, act) in table if at == state)


def lead(table: Mapping[tuple[S, A], S], state: S, act: A) -> S:
    """Where ``act`` leads from ``state``; raises :class:`NoSuchStep` outside the table."""
    found = table.get((state, act))
    if found is None:
        raise NoSuchStep(state, act, tuple(one for (at, one) in table if at == state))
    return found
