"""What deeds of this room are done to. Whose a person's key is does not stand in the entry."""

from typing import Any

from openhall.clients.models import ClientDeed, Hook, Key
from openhall.clients.terms import HookAct, KeyAct
from openhall.deeds.kinds import Kind, register
from openhall.glossary import Said


def _of_unit(key: Key) -> dict[str, Any]:
    return {"organ": key.organ.code} if key.organ is not None else {}


KEY = register(
    Kind(
        name="client-key",
        model=Key,
        events=ClientDeed,
        acts=KeyAct,
        title=Said("接入密钥", "Key of a programme"),
        related=("organ", "account"),
        number=lambda key: key.name,
        tells=lambda key: {**_of_unit(key), "scopes": key.scopes},
        loose={"used_on": "when it was last used; no deed of anybody"},
    )
)
HOOK = register(
    Kind(
        name="webhook",
        model=Hook,
        events=ClientDeed,
        acts=HookAct,
        title=Said("推送", "Webhook"),
        related=("key__organ", "key__account"),
        number=lambda hook: hook.name,
        tells=lambda hook: {"key": hook.key.name, "topics": hook.topics},
        loose={
            "place": "how far the log was told; the log itself says what was in it",
            "upto": "the end of the batch under way",
            "message": "the batch under way, as the outbox carries it",
            "turn": "how often a place was told from anew",
        },
    )
)
