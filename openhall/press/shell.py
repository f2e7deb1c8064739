"""What every page is made with and no table says: programme, templates, words, static files,
settings. Another shell makes every stored page stale."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

ENDINGS: Final = (".py", ".html", ".mo", ".json", ".css", ".js", ".svg")
SAID: Final = (
    "BASE_URL",
    "CITY_NAME",
    "CITY_NAME_EN",
    "CITY_PHONE",
    "CITY_MAIL",
    "SITE_CODE",
    "SITE_FILINGS",
    "DEMO",
    "HOTLINE",
    "TIME_ZONE",
    "SECURE",
    "SECURE_HSTS_SECONDS",
    "SECURE_REFERRER_POLICY",
    "CONTENT_SECURITY_POLICY",
    "SESSION_COOKIE_AGE",
    "COURTS",
)


@lru_cache(maxsize=1)
def shell() -> str:
    """A hash of all of it, the same on every node of one installation."""
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parent.parent
    for path in sorted(root.rglob("*")):
        if path.suffix in ENDINGS and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(root)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.is_file():
        digest.update(manifest.read_bytes())
    for name in SAID:
        digest.update(f"{name}={getattr(settings, name, '')!r}\n".encode())
    return digest.hexdigest()
