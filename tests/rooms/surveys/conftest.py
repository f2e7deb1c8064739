"""宋监 leads the survey, 冯办 announces it, 吴军 of the centre keys in; cases to draw from."""

import pytest

from tests.rooms.supervision.conftest import bodies, seated


@pytest.fixture
def bureau(db):
    return bodies("cd-jcj", "市监察局", "Supervision")


@pytest.fixture
def song_jian(bureau):
    return seated("song_jian", bureau, "supervision")


@pytest.fixture
def feng_ban(db):
    return seated(
        "feng_ban", bodies("cd-zfb", "市政府办公厅", "Government Office"), "government_office"
    )


@pytest.fixture
def keyers(bureau):
    """Three who key papers in."""
    return [seated(f"keyer_{n}", bureau, "inspector") for n in range(3)]


@pytest.fixture
def begun(walk, bureau, song_jian, doing):
    """A plan under review."""
    from tests.factories import surveys as factory

    factory.units(walk.delivered(walk.issued()))
    return factory.actions.begin_survey(
        bureau, factory.planned(), doing(song_jian, "2026-11-01 09:00")
    )


@pytest.fixture
def announced(begun, feng_ban, doing):
    """The plan announced, its draw waiting for commitments."""
    from tests.factories import surveys as factory

    factory.actions.announce_survey(begun.pk, factory.ASKED, doing(feng_ban, "2026-11-02 09:00"))
    begun.refresh_from_db()
    return begun


@pytest.fixture
def in_field(announced, song_jian, doing):
    """Drawn, and the codes issued."""
    from tests.factories import surveys as factory

    ceremony = factory.Ceremony(announced.draw, doing)
    ceremony.commit()
    ceremony.open()
    ceremony.draw_lots(song_jian)
    factory.actions.go_into_field(announced.pk, doing(song_jian, "2026-11-07 08:00"))
    announced.refresh_from_db()
    return announced
