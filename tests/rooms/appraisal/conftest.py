"""A delivered case, and who deals with a bad rating of it."""

import pytest

from tests.rooms.supervision.conftest import *  # noqa: F403
from tests.rooms.supervision.conftest import bodies, seated


@pytest.fixture
def delivered(decided, cast, doing):
    """Delivered on 13 March 2024."""
    from openhall.cases import actions
    from openhall.cases.terms import Delivery

    def make(n=1):
        case = decided("2024-03-12", n=n)
        window = cast.li_chuang
        actions.issue(case.pk, doing(window, f"2024-03-13 09:{n:02d}"))
        actions.deliver(
            case.pk, Delivery.IN_PERSON, "王芳", doing(window, f"2024-03-13 10:{n:02d}")
        )
        return case

    return make


@pytest.fixture
def bad(delivered, cast, doing):
    """Rated 不满意 on Thursday 14 March 2024."""
    from openhall.appraisal import actions
    from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction

    case = delivered()
    said = (Satisfaction.BAD, [BadReason.SLOW], "等了一个小时。", RatingSource.ONLINE)
    return actions.rate(case.pk, *said, doing(cast.wang_fang, "2024-03-14 09:00"))


@pytest.fixture
def qin_guan(db):
    """The management of the centre."""
    return seated("qin_guan", bodies("cd-hall", "市政务服务中心", "Centre"), "centre_manager")


@pytest.fixture
def kong_he(cast):
    """Of the unit, and dealt with no case."""
    return seated("kong_he", cast.organ, "handler")
