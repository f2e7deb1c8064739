"""The way of a version is data: its hands in order, and the last of them publishes."""

import pytest

from openhall.glossary import Said
from openhall.versions.rules.route import Route, Step


def step(name: str) -> Step:
    return Step(name, Said(name, name), Said("不能", "no"), lambda who, _version, _day: who == name)


CLERK, HEAD, SECOND, OFFICE = (step(name) for name in ("clerk", "unit", "second", "legal"))
SHORT, LONG = Route(CLERK, OFFICE), Route(CLERK, OFFICE, (HEAD, SECOND))


def test_the_writer_is_no_stop_and_the_publisher_is_the_last():
    assert SHORT.stops == (OFFICE,)
    assert LONG.stops == (HEAD, SECOND, OFFICE)


@pytest.mark.parametrize(
    ("here", "there"), [("unit", SECOND), ("second", OFFICE), ("legal", OFFICE)]
)
def test_who_passes_hands_it_to_the_next_and_the_publisher_keeps_it(here, there):
    assert LONG.after(here) is there


def test_a_stop_is_found_by_its_name_and_no_other_route_lends_one():
    assert LONG.stop("second") is SECOND
    with pytest.raises(StopIteration):
        SHORT.stop("unit")
    with pytest.raises(StopIteration):
        LONG.stop("clerk")
    with pytest.raises(ValueError, match="clerk"):
        LONG.after("clerk")


def test_nobody_publishes_alone_unless_the_route_says_why():
    assert (SHORT.alone, LONG.alone) == (None, None)
    why = Said("依据文件登记", "registered after a document")
    assert Route(OFFICE, OFFICE, alone=why).alone is why
