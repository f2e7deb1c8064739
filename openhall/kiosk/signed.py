"""Who asks: a machine of the hall, told by its signature. No cookie or session is asked. E1."""

import base64
import binascii
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from openhall.deeds.keys import persons_key
from openhall.deeds.sent import FIELD
from openhall.hall.queries import Kiosk, kiosk_coded
from openhall.hall.terms import KioskKind
from openhall.paging.whole import whole
from openhall.terminal.rules.signing import FRESH, KIOSK, SIGNATURE, TIME, signed_text


def machine_of(request: HttpRequest, hall: str) -> Kiosk | None:
    """The machine of the hall ``hall`` whose key signed this request lately; None for all else."""
    told = {name: request.headers.get(name, "") for name in (KIOSK, TIME, SIGNATURE)}
    at, kiosk = whole(told[TIME]), kiosk_coded(told[KIOSK][:40])
    if at is None or kiosk is None or kiosk.hall.slug != hall:
        return None
    if abs(timezone.now().timestamp() - at) > FRESH:
        return None
    try:
        signature = base64.b64decode(told[SIGNATURE], validate=True)
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(kiosk.public_key))
        text = signed_text(request.method or "", request.get_full_path(), at, request.body)
        key.verify(signature, text)
    except (InvalidSignature, ValueError, binascii.Error):
        return None
    return kiosk


def key_from(request: HttpRequest, kiosk: Kiosk) -> str:
    """The key of what the page at ``kiosk`` sent: nobody elsewhere can spend it, and whatever signs
    it has, it is a key."""
    return persons_key(f"k{kiosk.pk}", request.POST.get(FIELD, "") or str(uuid.uuid4()))


def by_machine(*kinds: KioskKind, locked: bool = False) -> Callable[..., Any]:
    """A view for machines of these kinds: it is given the machine as ``kiosk``.

    Exempt from the CSRF token because nothing a browser would send by itself is believed here: no
    cookie is read, and a forged request has no signature. ``locked``: also while it is locked.
    """

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_POST
        @wraps(view)
        def asked(request: HttpRequest, slug: str, **where: Any) -> HttpResponse:
            kiosk = machine_of(request, slug)
            if kiosk is None or kiosk.kind not in kinds or (kiosk.locked and not locked):
                raise PermissionDenied(_("Only a registered machine of this hall may do that."))
            return view(request, kiosk=kiosk, **where)

        return asked

    return around
