"""Cosignatures verified again, and the witnesses themselves asked what they have seen."""

import logging
from collections.abc import Iterator

from openhall.ledger.checks.announced import told
from openhall.ledger.models import Cosignature
from openhall.ledger.queries import latest_checkpoint
from openhall.ledger.rules.cosignature import (
    NotCosigned,
    cosigned_line,
    key_id_of,
    signed_by,
)
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.witnessing import Asking
from openhall.ledger.terms import WITNESS
from openhall.ledger.witnesses import NoAnswer, ask, witnesses

log = logging.getLogger(__name__)
CHUNK = 2_000


def known_keys() -> dict[tuple[str, bytes], str]:
    """Every witness's key by its name and id: those in the log's entries, and the settings'."""
    keys = [str(one.get("key")) for one in told()[WITNESS]]
    keys += [one.vkey for one in witnesses()]
    found: dict[tuple[str, bytes], str] = {}
    for vkey in keys:
        try:
            found.setdefault(key_id_of(vkey), vkey)
        except ValueError:  # an entry that is no key: nothing is verified with it
            continue
    return found


def cosignatures() -> Iterator[Finding]:
    """Every cosignature fits the checkpoint it stands beside, under a key that was announced."""
    keys = known_keys()
    rows = Cosignature.objects.order_by("pk").values_list(
        "witness", "line", "checkpoint__size", "checkpoint__note"
    )
    for name, line, size, note in rows.iterator(chunk_size=CHUNK):
        vkey = keys.get(signed_by(line) or ("", b""))
        if vkey is None or not vkey.startswith(f"{name}+"):
            yield _forged(
                name, size, "不是由已公告的公钥作出", "is not by a key that was announced"
            )
            continue
        try:
            same = cosigned_line(line, note, vkey) == line
        except NotCosigned:
            same = False
        if not same:
            yield _forged(
                name,
                size,
                "与检查点不符：是伪造的，或检查点被改写",
                "does not fit the checkpoint: it is forged, or the checkpoint was rewritten",
            )


def _forged(name: str, size: int, chinese: str, english: str) -> Finding:
    return Finding(
        f"cosignature/{size}/{name}",
        f"{name}对检查点{size}的副署{chinese}。",
        f"The cosignature of {name} over checkpoint {size} {english}.",
    )


def witnesses_asked() -> Iterator[Finding]:
    """Whether a witness has seen more than we have, or another log of the same length.

    It is asked with the checkpoint that we have and no proof, so it learns nothing new of us.
    One that does not answer, or has seen less, is no fault. Not to be asked inside ``one_moment``:
    the log goes on, and what a witness has just seen must be seen here too.
    """
    latest = latest_checkpoint()
    if latest is None:
        return
    for witness in witnesses():
        try:
            answer = ask(witness, Asking(latest.size, (), latest.note))
        except NoAnswer as fault:
            log.warning("Witness %s did not answer: %s", witness.name, fault)
            continue
        seen = answer.size
        if seen is None or seen < latest.size or (seen > latest.size and _signed_since(seen)):
            continue
        if seen > latest.size:
            chinese = f"见过{seen}条，现在签署的只有{latest.size}条：尾部被截去，或由旧的备份恢复"
            english = (
                f"has seen {seen} entries; only {latest.size} are signed now: the end was cut off, "
                "or an old backup was restored"
            )
        else:
            chinese = f"见过另一本同为{seen}条的日志：日志被整体改写"
            english = f"has seen another log of {seen} entries: the log was rewritten as a whole"
        yield Finding(
            f"witness/{witness.name}",
            f"见证方{witness.name}{chinese}。",
            f"Witness {witness.name} {english}.",
        )


def _signed_since(size: int) -> bool:
    """Whether we have signed ``size`` entries by now: the log went on while a witness was asked."""
    latest = latest_checkpoint()
    return latest is not None and latest.size >= size
