"""The product's own settings, with the outside held still: memory mail, quick hashing."""

import tempfile
from pathlib import Path

from openhall.config.settings import *  # noqa: F403
from openhall.config.settings import DATABASES, LOGGING, STORAGES

_room = Path(tempfile.mkdtemp(prefix="openhall-test-"))
SECRET_KEY = "only-for-tests-and-nothing-else-at-all"
BLIND_KEYS = ["only-for-tests-the-key-of-the-index-and-no-more"]
VAULT_KEYS = ["only-for-tests-vault-key-and-nothing-else"]
HOME = _room
MEDIA_ROOT = _room / "media"
PUBLISHED_ROOT = _room / "published"
LEDGER_SIGNING_KEY_FILE = _room / "ledger.key"
LEDGER_ORIGIN = "openhall.test"
BANK_STATEMENTS = _room / "statements"
LEDGER_WITNESSES_FILE = _room / "witnesses"
LEDGER_CLOCK_FILE = ""  # tests travel in time
DISK_LEAST_MB = 1
OUTBOX_FOLDER = _room / "outbox"
SEARCH_FOLDER = _room / "search"
HALL_FOLDER = _room / "hall"
HALL_PRESSES = PRESS = False  # the tests of the press ask for it
PRESS_ROOT = _room / "pages"
PRESS_WAITS = ()
SEARCH_BESIDE = False
LOGGING["root"]["handlers"] = ["console"]
STORAGES = STORAGES | {
    "private": {
        "BACKEND": "openhall.vault.storage.SealedStorage",
        "OPTIONS": {
            "inner": {
                "BACKEND": "django.core.files.storage.FileSystemStorage",
                "OPTIONS": {"location": _room / "private", "base_url": None},
            }
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STAFF_MFA_REQUIRED = False
PROOF_OF_WORK = 0  # the tests of the proof ask for it
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STATIC_ROOT = _room / "static"
STATIC_ROOT.mkdir()
if DATABASES["default"]["ENGINE"] == "openhall.gate":
    # A file of its own for every test process: the runner knows Django's own engine only.
    DATABASES["default"]["TEST"] = {"NAME": str(_room / "test.sqlite3")}
