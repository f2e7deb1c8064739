"""The WSGI door for granian or any other server."""

import os

from django.core.wsgi import get_wsgi_application

from openhall.vault.modes import UMASK

os.umask(UMASK)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
application = get_wsgi_application()
