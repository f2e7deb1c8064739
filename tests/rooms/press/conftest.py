"""A small city whose pages are stored: triggers laid, the sign in a folder of its own."""

import pytest


@pytest.fixture
def press(cast, settings, tmp_path):
    """The press is on; laying and everything stored is gone with the test's transaction."""
    from openhall.press.serving import generation
    from openhall.press.watching import triggers

    settings.PRESS, settings.PRESS_ROOT, settings.PUBLISHED_ROOT = True, tmp_path, tmp_path / "log"
    generation.forget()
    triggers.lay()
    yield cast
    generation.forget()
