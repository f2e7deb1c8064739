"""The questions of the demo's items: a short form for most, a full one for two of them. B5.

The full ones use rows, conditions, regions, reckoned values and files as a real paper form does;
the simulator answers each as its applicant would. Both stand in ``data/forms.json``.
"""

from typing import Any, Final

from openhall.cases.actions import Party
from openhall.cases.terms import ApplicantKind
from openhall.demo.data import filled, told

SAID: Final = told("forms")


def _field(said: Any) -> dict[str, Any]:
    """A question as it stands, one shared by all forms, or such a one with words of its own."""
    if isinstance(said, str):
        return dict(SAID["shared"][said])
    own = dict(said)
    return SAID["shared"][own.pop("like")] | own if "like" in own else own


FULL: Final = {item: [_field(said) for said in fields] for item, fields in SAID["full"].items()}


def fields_of(item: str, person: bool) -> list[dict[str, Any]]:
    """The questions of the item called ``item``."""
    if item in FULL:
        return FULL[item]
    first, *others = [_field(said) for said in SAID["short"]]
    return [first if person else first | SAID["of_bodies"], *others]


def answers_for(item: str, party: Party) -> dict[str, Any]:
    """What the simulated applicant writes into the form of ``item``."""
    company, number = party.kind == ApplicantKind.COMPANY, party.number
    facts = {
        "subject": party.name if company else "本人办理",
        "name": party.name[:60],
        "short_name": party.name[:30],
        "born": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
    }
    answers: dict[str, Any] = filled(SAID["answers"][""] | SAID["answers"].get(item, {}), facts)
    return answers
