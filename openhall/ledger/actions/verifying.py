"""A verification of the whole log: asked for, done in the background, its findings kept."""

from django.db import transaction
from django.utils import timezone

from openhall.ledger.actions.alarms import MOST, raise_alarms
from openhall.ledger.checks import look_at_all
from openhall.ledger.models import Verification
from openhall.ledger.publishing import Published
from openhall.ledger.queries import size_now
from openhall.ledger.rules.finding import Finding
from openhall.ledger.terms import VerificationState


@transaction.atomic
def begin_verification(by: str) -> Verification:
    """Ask for one; whoever calls has asked for the permission."""
    return Verification.objects.create(
        asked_by=by, asked_at=timezone.now(), state=VerificationState.WAITING.value
    )


def verify_all(verification_id: int) -> int:
    """Do it, noting how far it is; the number of findings. Each finding raises its alarm."""
    rows = Verification.objects.filter(pk=verification_id)
    begun = timezone.now()
    published = Published.now()  # before the size
    size = size_now()
    rows.update(state=VerificationState.RUNNING.value, begun_at=begun, size=size, looked_at=0)
    found: list[Finding] = []
    for step in look_at_all(size, published):
        if isinstance(step, int):
            rows.update(looked_at=step)
        elif len(found) < MOST:
            found.append(step)
    raise_alarms(found, "verification")
    state = VerificationState.FAULTY if found else VerificationState.SOUND
    rows.update(
        state=state.value,
        ended_at=timezone.now(),
        seconds=(timezone.now() - begun).total_seconds(),
        findings=[
            {"place": one.place, "sentence": one.sentence, "sentence_en": one.sentence_en}
            for one in found
        ],
    )
    return len(found)
