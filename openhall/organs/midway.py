"""A form that was sent after its session had ended: kept for who typed it, offered once again.

Kept encrypted in the new session, for an hour, and only for the page it was typed into. A session
begun without a person passes to who signs in next, so the page itself asks again who may see it.
"""

import json
from time import time

from django.http import HttpRequest, QueryDict

from openhall.vault.fields import decrypt, encrypt

KEPT = "rescued"
MOST = 200_000  # characters; a longer form is not kept in a session
SECONDS = 3600
UNREPEATABLE = ("csrfmiddlewaretoken", "password")


def keep_typed(request: HttpRequest) -> bool:
    """Keep what was posted to this page; False where it is too long to be kept."""
    typed = request.POST.copy()
    for name in UNREPEATABLE:
        typed.pop(name, None)
    said = typed.urlencode()
    if len(said) > MOST:
        return False
    kept = {"path": request.path, "typed": said, "at": int(time())}
    request.session[KEPT] = encrypt(json.dumps(kept))
    return True


def _kept(request: HttpRequest) -> dict[str, str] | None:
    if not (found := request.session.get(KEPT)):
        return None
    kept: dict[str, str] = json.loads(decrypt(found))
    if time() - int(kept["at"]) > SECONDS:
        del request.session[KEPT]
        return None
    return kept


def typed_at(request: HttpRequest) -> str:
    """The address of the page for which something is kept; empty if nothing is."""
    kept = _kept(request)
    return kept["path"] if kept else ""


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What was kept for this very page, once; None otherwise."""
    if request.method != "GET" or (kept := _kept(request)) is None:
        return None
    if kept["path"] != request.path:
        return None
    del request.session[KEPT]
    return QueryDict(kept["typed"])
