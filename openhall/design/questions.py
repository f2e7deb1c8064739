"""Which questions of a form were not answered well, in the order they were asked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField


@dataclass(frozen=True)
class WrongQuestion:
    """One error and where to put it right; no anchor for an error of the whole form."""

    anchor: str
    label: str
    message: str


def anchor_of(bound: BoundField) -> str:
    """The id of the control to go to: the first choice of a group, else the control itself."""
    if bound.use_fieldset and (choices := bound.subwidgets):
        return str(choices[0].id_for_label)
    return str(bound.id_for_label or bound.auto_id)


def _of_form(form: BaseForm) -> Iterator[WrongQuestion]:
    for message in form.non_field_errors():
        yield WrongQuestion("", "", str(message))
    for bound in form:
        for message in bound.errors:
            yield WrongQuestion(
                "" if bound.is_hidden else anchor_of(bound), str(bound.label or ""), str(message)
            )


def questions_wrong(form: BaseForm | BaseFormSet | None) -> list[WrongQuestion]:
    """Every error of a bound form or formset; nothing for one not yet sent."""
    if form is None or not form.is_bound:
        return []
    if isinstance(form, BaseFormSet):
        whole = [WrongQuestion("", "", str(message)) for message in form.non_form_errors()]
        return whole + [wrong for one in form.forms for wrong in _of_form(one)]
    return list(_of_form(form))
