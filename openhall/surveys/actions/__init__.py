"""The verbs of a survey: planned, announced and drawn, answered, keyed in, closed, reported."""

from openhall.supervision.actions.problems import Problem
from openhall.surveys.actions.answering import answer, answer_by_phone, answer_in_person
from openhall.surveys.actions.fielding import close_survey, go_into_field, go_on, issue_codes
from openhall.surveys.actions.instruments import begin_instrument, save_instrument
from openhall.surveys.actions.keying import key_again, key_paper, settle_paper
from openhall.surveys.actions.planning import (
    Planned,
    announce_survey,
    begin_survey,
    drop_survey,
    rewrite_survey,
    send_back_survey,
)
from openhall.surveys.actions.reporting import report_survey

__all__ = [
    "Planned",
    "Problem",
    "announce_survey",
    "answer",
    "answer_by_phone",
    "answer_in_person",
    "begin_instrument",
    "begin_survey",
    "close_survey",
    "drop_survey",
    "go_into_field",
    "go_on",
    "issue_codes",
    "key_again",
    "key_paper",
    "report_survey",
    "rewrite_survey",
    "save_instrument",
    "send_back_survey",
    "settle_paper",
]
