"""The city that programmes ask."""

import pytest


@pytest.fixture
def city(cast, walk):
    """王芳's case, a hall, a sealed log, a key of every kind."""
    from openhall.throttle import actions
    from tests import photo
    from tests.factories.open_api import open_city

    actions._ahead.clear()
    made, walk.doing.keys = photo.of(
        lambda: (open_city(cast, walk), walk.doing.keys), "open city", walk.doing.keys
    )
    return made


@pytest.fixture
def one_connection():
    """At the end of a request a server closes its connection, and with it would go the transaction
    of a test that asks the application as a server does."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
