"""The questions of a form asked on a page, for the portal and for the window alike.

The law checks again when they are sent; here a mistake gets its sentence beside its field.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language

from openhall.design.widgets import Reckoned, RowsInput
from openhall.design.widgets.composites import Between
from openhall.forms.controls import field_of, live
from openhall.forms.rules import FormDefinition, answers_of, read_form
from openhall.forms.terms import FieldKind
from openhall.paging.whole import whole


class Questions(forms.Form):
    """The item's own questions as one form, judged by the one rule of ``forms.rules``.

    ``typed`` is what was typed, right or wrong, as it may be kept in a draft; ``reshaped`` says
    that only a row was added or removed, so that the page shows the form again unjudged.
    """

    use_required_attribute = False

    def __init__(
        self,
        definition: FormDefinition,
        *args: Any,
        only: set[str] | None = None,
        said: Mapping[str, Any] | None = None,
        kept: Mapping[str, Sequence[tuple[int, str]]] | None = None,
        on_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.said = definition, dict(said or {})
        for question in definition:
            if only is not None and question.key not in only:
                continue
            field = field_of(
                question,
                before=definition,
                kept=(kept or {}).get(question.key, ()),
                on_paper=on_paper,
            )
            field.widget.attrs |= live(question, self.add_prefix(""))
            self.fields[question.key] = field

    @property
    def typed(self) -> dict[str, Any]:
        """What stands in the controls, by key; reckoned values are not typed."""
        return {
            key: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(key))
            for key, field in self.fields.items()
            if not isinstance(field.widget, Reckoned | Between | forms.HiddenInput)
        }

    @property
    def reshaped(self) -> bool:
        """A row was added or removed, or a file taken back."""
        return "take-back" in self.data or any(
            field.widget.is_reshaped(self.data, self.add_prefix(key))
            for key, field in self.fields.items()
            if isinstance(field.widget, RowsInput)
        )

    def clean(self) -> dict[str, Any]:
        known = {key: one for key, one in self.said.items() if self.definition.field(key)}
        checked = answers_of(self.definition, known | self.typed, timezone.localdate())
        for key, sentence in checked.faults.items():
            if key in self.fields:
                self.add_error(key, sentence.said_in(get_language()))
                widget = self.fields[key].widget
                if isinstance(widget, RowsInput):
                    widget.wrong = {
                        (row, column) for row, column, _said in checked.cells.get(key, [])
                    }
        return {key: one for key, one in checked.answers.items() if key in self.fields}


def row_files(
    definition: FormDefinition, files: Any, prefix: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """Files sent in rows of tables: the table's key, the control they came by, the file."""
    for field in definition:
        columns = {one.key for one in field.columns if one.kind == FieldKind.FILE}
        for name in list(files) if columns else ():
            table, _sign, rest = name.partition("-")
            place, _sign, column = rest.partition("-")
            if table == f"{prefix}{field.key}" and whole(place) is not None and column in columns:
                for file in files.getlist(name):
                    yield field.key, name, file


def questions_form(
    questions: list[dict[str, Any]] | FormDefinition, *args: Any, **kwargs: Any
) -> Questions:
    """The item's own questions as one form; ``only`` leaves the fields a supplement reopened."""
    definition = questions if isinstance(questions, FormDefinition) else read_form(questions)
    return Questions(definition, *args, **kwargs)
