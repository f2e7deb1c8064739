"""前置手续 as a graph: what must be had before what, without cycles. Pure."""

from collections.abc import Collection, Mapping

Edges = Mapping[str, Collection[str]]  # item code → codes of the items it needs


def cycle_through(start: str, edges: Edges) -> list[str] | None:
    """The way from ``start`` back to itself, both ends named; None when there is none."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for needed in edges.get(here, ()):
            if needed == start:
                way = [here]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return [*reversed(way), start]
            if needed not in came:
                came[needed] = here
                waiting.append(needed)
    return None


def in_order(start: str, edges: Edges) -> list[tuple[str, int]]:
    """Everything ``start`` needs, first things first, each with its distance from ``start``.

    What is needed by two ways stands once, at its greatest distance. Raises ``ValueError`` on a
    cycle, which saving and publishing refuse.
    """
    done: list[str] = []  # a thing stands after all that it needs
    path: list[str] = []

    def walk(here: str) -> None:
        if here in path:
            raise ValueError(" → ".join([*path[path.index(here) :], here]))
        if here in done:
            return
        path.append(here)
        for needed in edges.get(here, ()):
            walk(needed)
        path.pop()
        done.append(here)

    walk(start)
    far = {start: 0}
    for here in reversed(done):
        for needed in edges.get(here, ()):
            far[needed] = max(far.get(needed, 0), far[here] + 1)
    return sorted(((code, far[code]) for code in done if code != start), key=lambda one: -one[1])
