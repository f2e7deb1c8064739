"""What a room asks of rooms above it, by dotted paths: rooms look down only.

The procedure, the vault, the log and the desks each read their list; ``settings`` takes these in.
"""

# Rooms look down only. What the procedure must ask of a room above it, or leave it to do in the
# same transaction, hangs on these lists (openhall/cases/actions/rooms_above.py).
CASE_ADMITS: tuple[str, ...] = ("openhall.permits.actions.bans.not_barred",)
CASE_GATES: tuple[str, ...] = (
    "openhall.joint.actions.gates.not_before_the_others",
    "openhall.hall.actions.gates.only_on_duty",
)
CASE_FOLLOWS: tuple[str, ...] = (
    "openhall.permits.actions.permits.begin_at_issue",
    "openhall.permits.actions.register.enter_decision",
    "openhall.applying.actions.reusing.keep_at_delivery",
    "openhall.joint.actions.gates.tell_within_two_days",
)
# Who hears that somebody came to their appointment: the hall makes the ticket, in its transaction.
APPOINTMENT_ARRIVALS: tuple[str, ...] = ("openhall.hall.actions.booked.give_ticket",)
# What a hall took as stuck (办不成事) is told to the ledger of rectification.
STUCK_FOLLOWS: tuple[str, ...] = ("openhall.supervision.actions.stuck.put_right",)
CALENDAR_FOLLOWS: tuple[str, ...] = ("openhall.joint.actions.recounting.recount_joint",)
# Of a matter of several units: what its application asks for, and what binds its cases once sent.
APPLICATION_WHOLE = "openhall.joint.applying.whole_of"
APPLICATION_SENT = "openhall.joint.actions.drafting.bind"
# Rooms above cases that keep something of an applicant: from which day its term runs, who may
# object, and who forgets it.
ERASURE_LAST_DAYS: tuple[str, ...] = ("openhall.permits.actions.erasing.last_day",)
ERASURE_OBJECTIONS: tuple[str, ...] = (
    "openhall.permits.actions.erasing.objection",
    "openhall.applying.actions.erasing.objection",
    "openhall.supervision.actions.erasing.objection",
)
ERASURE_FORGETS: tuple[str, ...] = (
    "openhall.permits.actions.erasing.forget",
    "openhall.applying.actions.erasing.forget",
    "openhall.joint.actions.erasing.forget",
    "openhall.supervision.actions.erasing.forget",
    "openhall.hall.actions.stuck.forget",
    "openhall.hall.actions.errands.forget",
    "openhall.appraisal.actions.forget_comment",
)
# Who knows a private file in the clear as the one that was given (`openhall keys rotate`).
VAULT_FILES_GIVEN: tuple[str, ...] = ("openhall.files.actions.is_as_given",)
# Who hears of each deed, in its own transaction, and of an import of policies; what is searched.
DEED_FOLLOWS = ("openhall.search.actions.changes.heard", "openhall.press.actions.heard")
POLICY_FOLLOWS: tuple[str, ...] = ("openhall.search.actions.changes.policies_taken",)
SEARCH_SOURCES: tuple[str, ...] = (  # a source, or several
    "openhall.search.sources.every.EVERY",
    "openhall.sites.searching.ARTICLES",
    "openhall.portal.places.PLACES",
)
# What waits at a desk and what its search finds, room by room (openhall/organs/desks.py).
DESK_WAITS: tuple[str, ...] = (
    *("cases.desks.waiting", "joint.desks", "fees.desks", "supervision.desks", "catalogue.desk"),
    "papers.desks",
    "enquiries.desks",
    "appraisal.desks",
    "targets.desks",
    "sites.desks",
    "office.waits",
)
DESK_FINDS = ("fees.desks", "supervision.desks", "enquiries.desks", "sites.desks", "catalogue.desk")
# With what a webhook is signed: the outbox carries it and knows no key.
WEBHOOK_SECRETS = "openhall.clients.queries.signing_secret"
# Rooms look down only, so the roof names what each looks at before the log is signed.
LEDGER_CHECKS: tuple[str, ...] = (
    "openhall.deeds.audit.faults",
    "openhall.deeds.rows.sealed.faults",
    "openhall.versions.audit.faults",
    "openhall.cases.application.files.faults",
    "openhall.statistics.recount.faults",
    "openhall.statistics.queries.published.faults",
    "openhall.supervision.recount.faults",
    "openhall.fees.checking.faults",
    "openhall.slots.checking.faults",
    "openhall.hall.journal.faults",
    "openhall.press.checking.faults",
    "openhall.surveys.checking.faults",
)
# Called with the new alarms of one look; and who is told besides those at the desks concerned.
LEDGER_ALARM_TELLS: tuple[str, ...] = ("openhall.supervision.alarming.tell",)
