"""Why an act on figures was refused."""

from openhall.deeds.refusals import Refused

AuditRefused = Refused
