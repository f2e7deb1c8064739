"""The WSGI door for granian or any other server."""

import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from openhall.hall.state.served import HallStates
from openhall.vault.modes import UMASK

os.umask(UMASK)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")


def door() -> Any:
    """Django, with the states of halls before it and stored pages before these."""
    inside = get_wsgi_application()
    from openhall.press.serving.around import around  # its tables stand once the rooms are loaded

    return around(HallStates(inside, settings.HALL_FOLDER))


application = door()
if settings.HALL_PRESSES:
    from openhall.hall.state.presser import begin  # its tables stand once the rooms are loaded

    begin()
