"""A month of a city, frozen and signed; and its bundles checked by plain Python."""

import io
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from openhall.statistics import standalone
from tests.rooms.appraisal.conftest import *  # noqa: F403

CHECKER = Path(standalone.__file__).with_name("check_figure.py")
SIXTH = datetime.fromisoformat("2024-04-06T05:10:00+08:00")


def checked(path, *more):
    """The verifier as a stranger runs it: plain Python, nothing of ours, nothing installed."""
    words = [sys.executable, "-I", "-S", str(CHECKER), str(path), *more]
    done = subprocess.run(words, capture_output=True, encoding="utf-8", timeout=60, cwd=path.parent)
    return done.returncode, done.stdout + done.stderr


def files_of(packed):
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def at_the_sixth():
    with time_machine.travel(SIXTH, tick=False):
        yield SIXTH


@pytest.fixture
def month(cast, doing, delivered):
    """March 2024: two cases closed in time and delivered, one late, one waiting; one bad rating."""
    from openhall.appraisal import actions
    from openhall.appraisal.terms import BadReason, RatingSource, Satisfaction
    from openhall.ledger.actions import seal
    from tests.factories.cases import Walk

    with time_machine.travel(SIXTH, tick=False):
        walk = Walk(cast, doing)
        one, two = delivered(1), delivered(2)
        late = walk.handed_over(walk.accepted(walk.submitted(moment="2024-03-04 11:00")))
        late = walk.refused(walk.reviewed(late, "2024-03-28 09:00"), "2024-03-28 15:00")
        waits = walk.accepted(walk.submitted(moment="2024-03-04 12:00"), "2024-03-06 09:00")
        said = (Satisfaction.BAD, [BadReason.SLOW], "", RatingSource.ONLINE)
        actions.rate(one.pk, *said, doing(cast.wang_fang, "2024-03-14 09:00"))
        good = (Satisfaction.GOOD, [], "", RatingSource.ONLINE)
        actions.rate(two.pk, *good, doing(cast.wang_fang, "2024-03-14 09:30"))
        seal()
        yield {"one": one, "two": two, "late": late, "waits": waits}


@pytest.fixture
def frozen(month):
    """Its nine figures, published."""
    from openhall.ledger.actions import seal
    from openhall.statistics.actions import freeze_due

    with time_machine.travel(SIXTH, tick=False):
        assert freeze_due(SIXTH) == 9
        seal()
        yield month
