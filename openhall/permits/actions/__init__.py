"""The verbs that follow a permit: changed, renewed, revoked, cancelled; and bans."""

from openhall.permits.actions.bans import bar

__all__ = ["bar"]
