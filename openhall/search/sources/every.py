"""The sources that come with OpenHall, in the order of the groups on the page of results."""

from typing import Final

from openhall.search.sources.answers import ANSWERS
from openhall.search.sources.calls import CALLS
from openhall.search.sources.decisions import DECISIONS
from openhall.search.sources.forms import FORMS
from openhall.search.sources.guides import GUIDES
from openhall.search.sources.halls import HALLS
from openhall.search.sources.joint import JOINT
from openhall.search.sources.policies import POLICIES
from openhall.search.sources.questions import QUESTIONS
from openhall.search.sources.units import FIGURES, UNITS

EVERY: Final = (
    GUIDES, JOINT, QUESTIONS, ANSWERS, FORMS, POLICIES, CALLS, HALLS, UNITS, DECISIONS, FIGURES,
)  # fmt: skip
