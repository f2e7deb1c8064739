"""宋监 plans, 冯办 announces; nine inspectors of four categories; the units that are drawn."""

import pytest

from tests.rooms.surveys.conftest import bureau, feng_ban, song_jian  # noqa: F401

PEOPLE = "\n".join(
    f"检查员{n} | Inspector {n} | {kind} | {'cd-d1' if n == 1 else ''}"
    for n, kind in enumerate(
        ("congress", "congress", "consultative", "consultative", "invited", "partner"), start=1
    )
)


@pytest.fixture
def units(cast):
    from tests.factories.surveys import _organ

    for n in range(1, 6):
        _organ("department", f"cd-d{n}", f"市第{n}局")
        _organ("district", f"cd-q{n}", f"第{n}区")


@pytest.fixture
def planned(units):
    from datetime import date

    from openhall.inspections import actions
    from openhall.inspections.rules.lifecycle import inspectors_of

    return actions.Planned(
        "2026年政务公开监督检查",
        3,
        2,
        3,
        date(2026, 11, 7),
        date(2026, 11, 20),
        inspectors_of(PEOPLE),
        "Inspection of 2026",
    )


@pytest.fixture
def plan_begun(planned, bureau, song_jian, doing):  # noqa: F811
    from openhall.inspections import actions

    return actions.begin_inspection(bureau, planned, doing(song_jian, "2026-11-01 09:00"))


@pytest.fixture
def visiting(plan_begun, song_jian, feng_ban, doing):  # noqa: F811
    """Drawn, and the teams formed."""
    from openhall.inspections import actions
    from tests.factories.surveys import ASKED, Ceremony

    actions.announce_inspection(plan_begun.pk, ASKED, doing(feng_ban, "2026-11-02 09:00"))
    plan_begun.refresh_from_db()
    ceremony = Ceremony(plan_begun.draw, doing)
    ceremony.commit()
    ceremony.open()
    ceremony.draw_lots(song_jian)
    actions.assign_teams(plan_begun.pk, doing(song_jian, "2026-11-07 08:00"))
    plan_begun.refresh_from_db()
    return plan_begun
