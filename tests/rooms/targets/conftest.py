"""夏办 writes targets, 何杰 signs them for the unit, 冯办 issues and verifies."""

from datetime import date

import pytest

from tests.rooms.supervision.conftest import bodies, seated


@pytest.fixture
def office(db):
    return bodies("cd-zfb", "市政府办公厅", "Government Office")


@pytest.fixture
def xia_ban(office):
    """Writes."""
    return seated("xia_ban", office, "government_office")


@pytest.fixture
def feng_ban(office):
    """Issues, and verifies."""
    return seated("feng_ban", office, "government_office")


@pytest.fixture
def he_jie(cast):
    return seated("he_jie", cast.organ, "head")


@pytest.fixture
def issued(cast, xia_ban, feng_ban, he_jie, doing):
    from openhall.deeds.refusals import Refused
    from openhall.targets import actions
    from openhall.targets.kinds import SHEET
    from openhall.versions import actions as versions
    from tests.factories.traces import no_trace

    draft = actions.begin_sheet(cast.organ, 2026, doing(xia_ban, "2026-01-05 09:00"))
    versions.send(SHEET, draft.pk, doing(xia_ban, "2026-01-06 09:00"))
    with no_trace(), pytest.raises(Refused, match="只有责任单位的负责人"):
        versions.pass_on(SHEET, draft.pk, doing(feng_ban, "2026-01-07 09:00"))
    versions.pass_on(SHEET, draft.pk, doing(he_jie, "2026-01-07 10:00"))
    with no_trace(), pytest.raises(Refused, match="参与起草"):
        versions.publish(SHEET, draft.pk, date(2026, 1, 8), doing(xia_ban, "2026-01-08 09:00"))
    versions.publish(SHEET, draft.pk, date(2026, 1, 8), doing(feng_ban, "2026-01-08 10:00"))
    draft.refresh_from_db()
    return draft
