"""A published version of every kind there is, by its acts; a new kind is added here once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openhall.deeds.doing import Doing
from openhall.joint.actions import switch_on
from openhall.joint.kinds import MATTER, SWITCH
from openhall.organs.models import Account
from openhall.versions.kinds import VersionKind
from tests.factories import joint


@dataclass
class Published:
    """A version in force without end, who wrote it and who publishes."""

    kind: VersionKind
    version: Any
    writer: Account
    publisher: Account
    doing: Callable[..., Doing]  # (who, key="")

    @property
    def first_day(self) -> date:
        self.version.refresh_from_db()
        return self.version.effective_from


def joint_matter() -> Published:
    there = joint.furnished()
    return Published(MATTER, joint.published(there), there.clerk, there.office, joint.doing)


def deemed_consent() -> Published:
    office = joint.furnished().office
    tomorrow = joint.DAY + timedelta(days=1)
    made = switch_on(tomorrow, None, "某府办发〔2026〕3号", joint.doing(office))
    return Published(SWITCH, made, office, office, joint.doing)


BUILT = {"deemed-consent": deemed_consent, "joint-matter": joint_matter}
