"""What the room keeps: the outbox of changes, its dated rules, what was asked and answered. B8.

None of it holds who asked. The records themselves stand in each node's own index, not here.
"""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from openhall.deeds.models import Deed
from openhall.search.terms import AnswerState
from openhall.versions.models import DatedVersion, version_constraints

LONGEST_KEY: Final = 120
LONGEST_QUERY: Final = 60


class SearchChange(models.Model):
    """Something public changed: written in the act's own transaction, read by every node."""

    kind = models.CharField(max_length=20)  # RecordKind, or the name of a source
    key = models.CharField(max_length=LONGEST_KEY)  # empty: all of the kind
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class SearchRules(DatedVersion):
    """Everyday words, boosts and pinned answers from ``effective_from`` on.

    ``words``: ``{"said": 房产证, "means": [不动产权证书, …]}``; ``boosts``: ``{"record", "weight",
    "reason", "until"}``; ``pins``: ``{"query", "record", "from", "until", "reason"}``.
    """

    words = models.JSONField(default=list, blank=True)
    boosts = models.JSONField(default=list, blank=True)
    pins = models.JSONField(default=list, blank=True)
    scope = models.CharField(max_length=10, default="city", editable=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = version_constraints("search_rules", ["scope"])

    def __str__(self) -> str:
        return f"第{self.number}版"


class SearchRulesEvent(Deed):
    """A signed step of the rules: begun, sent, published, ended."""

    version = models.ForeignKey(SearchRules, on_delete=models.PROTECT, related_name="events")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "seq"], name="search_rules_event_has_its_place"
            )
        ]


class JudgedQuery(models.Model):
    """A query with the records that should answer it, as staff judged: 3 best, 1 of some use."""

    query = models.CharField(max_length=LONGEST_QUERY, unique=True)
    answers = models.JSONField(default=dict)  # record id → grade
    note = models.CharField(max_length=200, blank=True)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["query"]
        verbose_name_plural = "judged queries"

    def __str__(self) -> str:
        return self.query


class AskedCount(models.Model):
    """How often a query was asked on a day, and how often nothing fitted. No word of who asked."""

    day = models.DateField()
    query = models.CharField(max_length=LONGEST_QUERY)
    asked = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-day", "query"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "query"], name="asked_is_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.query}"


class AnswerSaid(models.Model):
    """A resident said that a record answered a question, or that nothing did (``record`` empty)."""

    query = models.CharField(max_length=LONGEST_QUERY)
    record = models.CharField(max_length=160, blank=True)
    root = models.CharField(max_length=160, blank=True)
    unit = models.CharField(max_length=40, blank=True)  # to whom it goes
    title = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=12, choices=AnswerState.choices(), default=AnswerState.SAID.value
    )
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-last_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["query", "record"], name="answer_is_said_once"),
            models.CheckConstraint(
                condition=Q(state__in=AnswerState.codes()), name="answer_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=AnswerState.SAID.value)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="answer_is_settled_by_somebody",
                violation_error_message=_("Who confirms an answer stands beside it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.query} → {self.record or '—'}"
