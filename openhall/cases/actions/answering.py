"""Answers are checked in the act, so that no door can leave it out. 行政许可法 29, 31.

Page, window and programs' door call the same rule before; the act calls it again and believes
nobody. An item that has no form asks nothing, and keeps what it is told.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from openhall.cases.models import Case
from openhall.cases.terms import Channel
from openhall.catalogue.asking import form_of
from openhall.catalogue.models import ItemVersion
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from openhall.forms.rules import FormDefinition, answers_of
from openhall.forms.rules.definition import files_in
from openhall.forms.rules.values import ON_PAPER
from openhall.glossary import Said

AT_THE_WINDOW = (Channel.WINDOW, Channel.POST)


def says_nothing(value: Any) -> bool:
    """Whether nothing was typed: an empty field, a table of empty rows, an empty address."""
    if isinstance(value, dict):
        return all(says_nothing(one) for one in value.values())
    if isinstance(value, list | tuple):
        return all(says_nothing(one) for one in value)
    return value is None or value is False or not str(value).strip()


def lawful_answers(
    version: ItemVersion,
    answers: Mapping[str, Any],
    day: date,
    folder: int | None,
    channel: Channel,
    *,
    form_on_paper: bool = False,
) -> Mapping[str, Any]:
    """The answers as they are kept. Raises :class:`Refused`, naming the first wrong question.

    ``form_on_paper``: the form itself, filled in and signed, lies on the counter. Then it is the
    application (行政许可法 29) and nobody copies it out: what is typed is judged, what is not typed
    stands on the paper.
    """
    form = form_of(version)
    if form is None:
        return answers
    checked = answers_of(form, answers, day)
    faults = checked.faults
    if form_on_paper and channel in AT_THE_WINDOW:
        faults = {key: one for key, one in faults.items() if not says_nothing(answers.get(key))}
    _refuse_first(form, faults)
    for field in form:
        if given := files_in(field, checked.answers.get(field.key)):
            _check_files(field.key, field.label, given, folder, channel)
    return checked.answers


def supplemented(case: Case, answers: Mapping[str, Any], day: date) -> dict[str, Any]:
    """The answers of ``case`` with those a supplement or correction changes, alone judged."""
    before: dict[str, Any] = json.loads(case.answers)
    merged = before | dict(answers)
    form = form_of(case.item_version)
    if form is None:
        return merged
    known = {key: one for key, one in merged.items() if form.field(key)}
    checked = answers_of(form, known, day)
    _refuse_first(form, {key: one for key, one in checked.faults.items() if key in answers})
    kept = {key: one for key, one in merged.items() if key in checked.faults or key not in known}
    return kept | checked.answers


def _refuse_first(form: FormDefinition, faults: Mapping[str, Any]) -> None:
    for key, said in faults.items():
        field = form.field(key)
        zh, en = (f"“{field.label}”:", f"“{field.called('en')}”: ") if field else ("", "")
        raise Refused(Said(zh + said.zh, en + said.en), key)


def _check_files(
    field: str, label: str, given: list[Any], folder: int | None, channel: Channel
) -> None:
    """Files are those of the draft that is being sent; papers come to the window or by post."""
    if ON_PAPER in given:
        if channel not in AT_THE_WINDOW:
            raise Refused(
                Said(
                    f"“{label}”：网上申请请上传文件。",
                    f"“{label}”: upload the files; an application made online has no paper.",
                ),
                field,
            )
        return
    there = Upload.objects.filter(folder=folder, material=field, replaced=False)
    if set(given) - set(there.values_list("pk", flat=True)):
        raise Refused(
            Said(
                f"“{label}”：找不到已上传的文件。请重新上传。",
                f"“{label}”: the uploaded file was not found. Upload it again.",
            ),
            field,
        )
