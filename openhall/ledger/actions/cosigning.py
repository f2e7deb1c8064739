"""Asking the configured witnesses to cosign; what each answered is kept beside the checkpoint.

A witness that has seen another log than ours is an alarm. One that does not answer stops nothing:
the page says by how many of how many a checkpoint is cosigned.
"""

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from openhall.ledger.actions.alarms import raise_alarm
from openhall.ledger.actions.writing import append
from openhall.ledger.models import Checkpoint, Cosignature
from openhall.ledger.queries import proved
from openhall.ledger.rules import merkle
from openhall.ledger.rules.cosignature import NotCosigned, cosigned_line, signed_by
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.witnessing import Asking
from openhall.ledger.terms import WITNESS
from openhall.ledger.witnesses import NoAnswer, Witness, ask, witnesses

log = logging.getLogger(__name__)


def cosign(checkpoint: Checkpoint) -> int:
    """Ask every witness that has not cosigned ``checkpoint``; how many cosignatures are new."""
    signed = set(checkpoint.cosignatures.values_list("witness", flat=True))
    return sum(_ask_one(checkpoint, one) for one in witnesses() if one.name not in signed)


def _proof(old: int, new: int) -> tuple[bytes, ...]:
    if old == 0 or old == new:
        return ()
    return tuple(proved(lambda subtree: merkle.consistency_proof(old, new, subtree)))


def _ask_one(checkpoint: Checkpoint, witness: Witness) -> bool:
    kept = Cosignature.objects.filter(witness=witness.name)
    old = kept.aggregate(old=Max("checkpoint__size"))["old"] or 0
    try:
        answer = ask(witness, Asking(old, _proof(old, checkpoint.size), checkpoint.note))
        if answer.status == 409 and answer.size is not None and answer.size != old:
            if answer.size > checkpoint.size:
                _alarm(witness, checkpoint, f"{answer.size} > {checkpoint.size}")
                return False
            old = answer.size
            answer = ask(witness, Asking(old, _proof(old, checkpoint.size), checkpoint.note))
    except NoAnswer as fault:
        log.warning("Witness %s did not answer: %s", witness.name, fault)
        return False
    if answer.status in (409, 422):
        _alarm(witness, checkpoint, f"HTTP {answer.status}")
        return False
    try:
        line = cosigned_line(answer.text, checkpoint.note, witness.vkey)
    except NotCosigned as fault:
        log.error("Witness %s (HTTP %s): %s", witness.name, answer.status, fault)
        return False
    last = kept.order_by("-checkpoint__size").values_list("line", flat=True).first()
    with transaction.atomic():
        if last is None or signed_by(last) != signed_by(line):
            _introduce(witness)
        Cosignature.objects.get_or_create(
            checkpoint=checkpoint,
            witness=witness.name,
            defaults={"line": line, "at": timezone.now()},
        )
    return True


def _introduce(witness: Witness) -> None:
    """The log names a witness and its key when it first cosigns, so that every line of it can be
    verified for ever, also when the settings no longer name it."""
    said = {"name": witness.name, "key": witness.vkey}
    append(WITNESS, {"v": 1, "log": settings.LEDGER_ORIGIN, **said})


def _alarm(witness: Witness, checkpoint: Checkpoint, said: str) -> None:
    raise_alarm(
        Finding(
            f"witness/{witness.name}",
            f"见证方{witness.name}拒绝为第{checkpoint.size}条的检查点副署（{said}）："
            "它见过的日志与我们现在的日志不一致。",
            f"Witness {witness.name} refused the checkpoint of size {checkpoint.size} ({said}): "
            "the log it has seen is not the log we have now.",
        ),
        "witness",
    )
