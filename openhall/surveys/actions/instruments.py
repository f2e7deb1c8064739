"""调查表和打分表: a draft from what is in force; its form comes from a file of any builder."""

from typing import Any

from openhall.deeds.doing import Doing
from openhall.forms.rules import FormDefinition, as_json
from openhall.surveys.kinds import INSTRUMENT
from openhall.surveys.models import SurveyInstrument
from openhall.surveys.queries import instrument_on
from openhall.surveys.terms import Instrument
from openhall.versions import actions as versions
from openhall.versions.queries import in_force


def kept(form: FormDefinition) -> dict[str, Any]:
    """A form as a column holds it."""
    fields = [as_json(field) for field in form]
    return {"title": form.title, "title_en": form.title_en, "fields": fields}


def begin_instrument(which: Instrument, doing: Doing) -> SurveyInstrument:
    """A new draft, from the version in force or from the shipped form."""

    def fill(version: Any) -> None:
        if not version.form:
            version.form = kept(instrument_on(doing.day, which))

    source = in_force(SurveyInstrument, doing.day, instrument=which.value)
    family = {"instrument": which.value}
    made: SurveyInstrument = versions.begin(INSTRUMENT, family, doing, fill, source=source)
    return made


def save_instrument(pk: int, form: FormDefinition, doing: Doing) -> SurveyInstrument:
    """Keep another form in the draft. ``doing.seen`` is its revision."""

    def change(version: Any) -> None:
        version.form = kept(form)

    made: SurveyInstrument = versions.save(INSTRUMENT, pk, doing, change)
    return made
