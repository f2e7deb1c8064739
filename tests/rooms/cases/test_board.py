"""The board of all units: each of its numbers is the cases behind it, one for one."""

from datetime import date

import pytest

from openhall.cases.board import STANDINGS, board, cases_behind
from openhall.cases.terms import LoadKind
from tests.factories.cases import WANG, Walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [None, *LoadKind])
def test_a_number_of_the_board_is_exactly_the_cases_behind_it(cast, doing, kind):
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    walk.submitted()
    walk.accepted()
    walk.handed_over()
    walk.granted()
    for day in (date(2024, 3, 4), date(2024, 3, 8), date(2024, 3, 11), date(2024, 4, 30)):
        counted = {one.organ: one for one in board(day, kind)}.get(cast.organ)
        for standing in STANDINGS:
            behind = cases_behind(cast.organ, standing, day, kind).count()
            assert behind == (getattr(counted, standing) if counted else 0), (standing, day)
