"""The verbs of supervision. Nothing else writes a card, a complaint, a finding or a score."""

from openhall.supervision.actions.cards import (
    BY_HAND,
    close,
    escalate,
    explain,
    issue_notice,
    object_to,
    raise_by_hand,
    rule_on,
)
from openhall.supervision.actions.complaints import (
    Grievance,
    accept_complaint,
    answer_complaint,
    complain,
    confirm_complaint,
    pass_complaint,
    reject_complaint,
    reopen_complaint,
    send_back_complaint,
    time_out_complaint,
)
from openhall.supervision.actions.enquiries import observe_enquiries
from openhall.supervision.actions.issues import (
    accept_issue,
    check_issue,
    close_issue,
    escalate_issue,
    open_issue,
    start_issue,
    submit_issue,
)
from openhall.supervision.actions.observing import measure, observe, sweep
from openhall.supervision.actions.reviews import (
    announce_draw,
    draw_sample,
    share_out,
    sign_review,
)
from openhall.supervision.actions.rules import Change, revise_rule
from openhall.supervision.actions.scoring import count_all, count_month, freeze_month, freeze_score
from openhall.supervision.actions.weights import set_weights

__all__ = [
    "BY_HAND",
    "Change",
    "Grievance",
    "accept_complaint",
    "accept_issue",
    "announce_draw",
    "answer_complaint",
    "check_issue",
    "close",
    "close_issue",
    "complain",
    "confirm_complaint",
    "count_all",
    "count_month",
    "draw_sample",
    "escalate",
    "escalate_issue",
    "explain",
    "freeze_month",
    "freeze_score",
    "issue_notice",
    "measure",
    "object_to",
    "observe",
    "observe_enquiries",
    "open_issue",
    "pass_complaint",
    "raise_by_hand",
    "reject_complaint",
    "reopen_complaint",
    "revise_rule",
    "rule_on",
    "send_back_complaint",
    "set_weights",
    "share_out",
    "sign_review",
    "start_issue",
    "submit_issue",
    "sweep",
    "time_out_complaint",
]
