"""Bodies put away, each packed with what it is most like."""

from openhall.press.bodies import dictionary, digest
from openhall.press.models import Body, Page
from openhall.press.rules.delta import is_new_key, pack


def _of_the_kind(page: Page) -> Body | None:
    """The first key of the kind in the same language: the dictionary of all its keys."""
    english = page.path.startswith("/en/")
    rows = Page.objects.filter(
        kind=page.kind, key__base__isnull=True, key__packed__isnull=False
    ).exclude(pk=page.pk)
    rows = (
        rows.filter(path__startswith="/en/") if english else rows.exclude(path__startswith="/en/")
    )
    first = rows.order_by("pk").select_related("key").first()
    return first.key if first else None


def put_away(page: Page, body: bytes) -> Body:
    """Keep ``body`` as the newest of ``page``, whose key it becomes where it is unlike its key."""
    name = digest(body)
    if standing := Body.objects.filter(pk=name).first():
        if page.key is None:
            page.key = standing
        return standing
    key = page.key if page.key is not None and page.key.packed is not None else None
    packed = pack(body, dictionary(key.pk) if key else b"")
    base = key
    if key is None or is_new_key(len(packed), len(bytes(key.packed or b""))):
        base = _of_the_kind(page)
        packed = pack(body, dictionary(base.pk) if base else b"")
    made, _new = Body.objects.get_or_create(
        pk=name, defaults={"base": base, "packed": packed, "length": len(body)}
    )
    if base is not key or key is None:
        page.key = made
    return made
