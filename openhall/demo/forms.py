"""The forms of the demo: the library's, and two that try every kind of question. B5.

The simulator answers a form with its own filled-in sample, as a careful applicant would.
"""

from datetime import date
from typing import Any, Final

from openhall.cases.actions.answering import AT_THE_WINDOW
from openhall.cases.models import Case
from openhall.cases.queries import answers_kept
from openhall.cases.terms import Channel
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import ItemVersion
from openhall.catalogue.rules.matters import sample_of
from openhall.demo.data import told
from openhall.forms.rules.definition import Field, FormDefinition
from openhall.forms.rules.values import ON_PAPER
from openhall.forms.terms import FieldKind

SAID: Final = told("forms")
TODAY: Final = "today"
WRITTEN: Final = (FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.ADDRESS)


def _field(said: Any) -> dict[str, Any]:
    """A question as it stands, one shared by both forms, or such a one with words of its own."""
    if isinstance(said, str):
        return dict(SAID["shared"][said])
    own = dict(said)
    return SAID["shared"][own.pop("like")] | own if "like" in own else own


FULL: Final = {item: [_field(said) for said in fields] for item, fields in SAID["full"].items()}


def answers_for(version: ItemVersion, name: str, day: date) -> dict[str, Any]:
    """What the applicant called ``name`` writes into the form of ``version`` on ``day``."""
    form = form_of(version)
    return {} if form is None else sample_answers(form, name, day)


def sample_answers(form: FormDefinition, name: str, day: date) -> dict[str, Any]:
    """The sample of ``form``, with the applicant's own name, as it may be written on ``day``."""
    typed = {field.key: _on(field, sample_of(field), day) for field in form}
    typed |= {field.key: [ON_PAPER] for field in form if _is_brought(field)}
    if name and (own := form.field(SAID["own_name"])):
        typed[own.key] = name[: int(own.maximum or len(name))]
    return typed


def way_for(form: FormDefinition | None, channel: Channel) -> Channel:
    """``channel``; the window where the form wants a file, which is brought there on paper."""
    drawn = any(_is_brought(field) for field in form or ())
    return Channel.WINDOW if drawn and channel not in AT_THE_WINDOW else channel


def _is_brought(field: Field) -> bool:
    return field.kind == FieldKind.FILE and field.required


def _on(field: Field, said: Any, day: date) -> Any:
    """A sample's day, moved to ``day`` where it would lie on the wrong side of it."""
    if field.kind == FieldKind.TABLE:
        cells = {column.key: column for column in field.columns}
        return [{key: _on(cells[key], one, day) for key, one in row.items()} for row in said]
    if field.kind != FieldKind.DATE or not said:
        return said
    late = field.maximum == TODAY and said > day.isoformat()
    early = field.minimum == TODAY and said < day.isoformat()
    return day.isoformat() if late or early else said


def questioned(case: Case, turn: int) -> Field | None:
    """A written answer of ``case`` that an officer might ask about; None where it has none."""
    form, answers = form_of(case.item_version), answers_kept(case)
    plain = [one for one in form or () if one.kind in WRITTEN and answers.get(one.key)]
    return plain[turn % len(plain)] if plain else None
