"""What the unit does with a case meanwhile: the acts of its officials, each by who may do it."""

MOVES = """
from django.utils import timezone
from openhall.cases.actions.outcome import owes_nothing_yet
from openhall.cases.models import Case
from openhall.demo.drive import ACTS, Driver
from openhall.demo.models import City
from openhall.demo.rules.plan import Step
told = Driver(City.objects.get())
case = Case.objects.get(number={number!r})
told.cases[case.pk] = (case.pk, case.organ_id)
said = {{"twice": False, "to": 0, "opinion": "grant", "outcome": "granted", "way": "in_person"}}
for place, act in enumerate({acts!r}):
    case.refresh_from_db()
    step = Step(timezone.now(), case.pk, place, act, said=said)
    ACTS[act](told, case.pk, case.organ_id, step)
case.refresh_from_db()
print(case.stage, int(owes_nothing_yet(case, timezone.localdate())))
"""
TO_DECISION = ("accept", "hand_over", "review", "decide")
TO_HAND = ("issue", "deliver")


def moved(asked_of_the_city, number, *acts):
    """The stage after these acts by the unit's officials; whether a fee is still to be billed."""
    told = asked_of_the_city(MOVES.format(number=number, acts=acts)).split()
    return told[-2], told[-1] == "1"
