"""The format of a bank's file: written at the fee window, put in force by the finance bureau."""

from collections.abc import Mapping
from typing import Any

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.fees.kinds import FORMAT
from openhall.fees.models import StatementFormat
from openhall.fees.queries import format_on
from openhall.glossary import Said
from openhall.versions import actions as versions


def begin_format(bank: str, words: Mapping[str, Any], doing: Doing) -> StatementFormat:
    """A draft for ``bank``; the draft there is, if there is one."""
    if not bank.strip():
        raise Refused(Said("请选择银行。", "Choose the bank."), "bank")
    made: StatementFormat = versions.begin(
        FORMAT,
        {"bank": bank.strip()},
        doing,
        lambda version: _fill(version, words),
        source=format_on(bank.strip(), doing.day),
    )
    return made


def save_format(pk: int, words: Mapping[str, Any], doing: Doing) -> StatementFormat:
    """Write on the draft; refused where somebody saved it since."""
    saved: StatementFormat = versions.save(FORMAT, pk, doing, lambda version: _fill(version, words))
    return saved


def _fill(version: StatementFormat, words: Mapping[str, Any]) -> None:
    for name, value in words.items():
        setattr(version, name, value)
