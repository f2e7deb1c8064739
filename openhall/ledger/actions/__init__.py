"""Writing the log: append in the act's transaction; look, sequence, sign and cosign in a job."""

from openhall.ledger.actions.alarms import close_alarm, raise_alarm, raise_alarms
from openhall.ledger.actions.cosigning import cosign
from openhall.ledger.actions.days import name_the_day
from openhall.ledger.actions.sealing import LogForked, seal, sequence, sign_checkpoint
from openhall.ledger.actions.verifying import begin_verification, verify_all
from openhall.ledger.actions.writing import append, append_many

__all__ = [
    "LogForked",
    "append",
    "append_many",
    "begin_verification",
    "close_alarm",
    "cosign",
    "name_the_day",
    "raise_alarm",
    "raise_alarms",
    "seal",
    "sequence",
    "sign_checkpoint",
    "verify_all",
]
