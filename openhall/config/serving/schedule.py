"""The work that the clock begins. Rooms look down only, so the roof names the work of each."""

from typing import Final

Rows = tuple[tuple[str, str], ...]

ALWAYS: Final[Rows] = (
    ("openhall.ledger.tasks.seal_log", "every 30s"),
    ("openhall.ledger.tasks.verify_by_night", "daily 02:30"),
    ("openhall.upkeep.tasks.look_at_the_machine", "every 60s"),
    ("openhall.jobs.tasks.forget_done", "daily 03:30"),
    ("openhall.throttle.tasks.forget_old", "every 3600s"),
    ("openhall.files.tasks.scan_pending", "every 300s"),
    ("openhall.applying.tasks.remove_old_drafts", "daily 03:40"),
    ("openhall.ledger.tasks.name_the_day", "daily 09:00"),
    ("openhall.outbox.tasks.deliver", "every 10s"),
    ("openhall.outbox.tasks.erase_old", "daily 03:40"),
    ("openhall.clients.tasks.tell_webhooks", "every 30s"),
    ("openhall.catalogue.tasks.bring_into_force", "daily 00:01"),
    ("openhall.search.tasks.forget_old", "daily 04:10"),
    ("openhall.hall.tasks.learn_by_night", "daily 02:45"),
    ("openhall.hall.tasks.forget_old_keys", "daily 03:20"),
    ("openhall.press.tasks.turn", "daily 00:02"),
    ("openhall.press.tasks.name_days", "daily 00:05"),
    ("openhall.press.tasks.look", "daily 04:20"),
    ("openhall.press.tasks.export", "every 600s"),
    ("openhall.press.tasks.press_stale", "every 10s"),
    ("openhall.sites.tasks.visit_sites", "every 3600s"),
    ("openhall.sites.tasks.look_at_sites", "daily 03:05"),
    ("openhall.sites.tasks.remind_owners", "daily 08:40"),
    ("openhall.sites.tasks.prove_coverage", "daily 03:15"),
    ("openhall.sites.tasks.tell_subscribers", "every 300s"),
    ("openhall.slots.tasks.release", "every 3600s"),
    ("openhall.slots.tasks.tidy", "every 60s"),
)
# In the demo the simulator does these, once its history has come to the present.
LIVE: Final[Rows] = (
    ("openhall.statistics.tasks.freeze", "daily 05:10"),
    ("openhall.targets.tasks.remind", "daily 08:10"),
    ("openhall.slots.tasks.note_missed", "daily 00:15"),
    ("openhall.cases.tasks.accept_by_silence", "daily 00:10"),
    ("openhall.joint.tasks.consent_by_silence", "daily 00:25"),
    ("openhall.joint.tasks.accept_together", "daily 00:10"),
    ("openhall.cases.tasks.lapse_unanswered", "daily 00:20"),
    ("openhall.joint.tasks.lapse_together", "daily 00:20"),
    ("openhall.permits.tasks.renew_by_silence", "daily 00:30"),
    ("openhall.cases.tasks.recompute_after_a_new_calendar", "daily 01:10"),
    ("openhall.enquiries.tasks.lapse_unanswered", "daily 00:40"),
    ("openhall.enquiries.tasks.forget_old", "daily 03:50"),
    ("openhall.supervision.tasks.observe", "every 60s"),
    ("openhall.supervision.tasks.forget_old_complaints", "daily 03:50"),
    ("openhall.supervision.tasks.sweep", "every 3600s"),
    ("openhall.supervision.tasks.count_scores", "daily 01:00"),
)


def schedule(demo: bool) -> Rows:
    """Each task with its hour or its interval."""
    return ALWAYS if demo else ALWAYS + LIVE
