"""Words and rows of the question editor: what limits mean for each kind, how tests are called."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.design.widgets import Column
from openhall.forms.terms import FieldKind

K = FieldKind
LIMITED: Final = (
    *(K.TEXT, K.LONG_TEXT, K.ORGANISATION, K.ADDRESS, K.NUMBER, K.MONEY, K.DATE, K.MONTH),
    *(K.YEAR, K.TIME, K.DATETIME, K.CHOICES, K.TABLE, K.FILE),
)
LIMITS: Final = {
    K.NUMBER: _("a number, or = and a formula"),
    K.MONEY: _("an amount in yuan, or = and a formula"),
    K.DATE: _("a date such as 2003-05-26, today, or = and a formula"),
    K.DATETIME: _("a date such as 2003-05-26, today, or = and a formula"),
    K.MONTH: _("a month such as 2003-05, or today"),
    K.YEAR: _("a year such as 2003, or today"),
    K.TIME: _("a time such as 09:30"),
    K.CHOICES: _("how many options"),
    K.TABLE: _("how many rows"),
    K.FILE: _("how many files"),
}
TEST_WORDS: Final = {
    "is": _("is one of"),
    "is_not": _("is none of"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "more_than": _("is more than"),
    "less_than": _("is less than"),
    "contains": _("contains"),
    "answered": _("is answered"),
}
LOOK_WORDS: Final = {
    "info": _("a note"),
    "warning": _("a warning"),
    "fold": _("words to open"),
    "cards": _("each row on its own"),
    "list": _("a list to open"),
    "world": _("an address anywhere in the world"),
    "signature": _("a signature"),
}


def columns(
    which: str, first: Sequence[tuple[str, Any]] = (), second: Sequence[tuple[str, Any]] = ()
) -> list[Column]:
    """The columns of a row of options, of a table's columns, or of a condition."""
    words = [
        Column("label", str(_("In Chinese")), forms.TextInput({"maxlength": 300}), True),
        Column("label_en", str(_("In English")), forms.TextInput({"maxlength": 300})),
    ]
    if which == "options":
        return [Column("value", "", forms.HiddenInput(), True), *words]
    if which == "columns":
        return [
            Column("key", "", forms.HiddenInput(), True),
            Column("kind", str(_("Kind")), forms.Select(choices=first), True),
            *words,
            Column("required", str(_("Must be answered")), forms.CheckboxInput()),
            Column("options", str(_("Options")), forms.TextInput({"maxlength": 2000})),
        ]
    return [
        Column("field", str(_("Question")), forms.Select(choices=first), True),
        Column("test", str(_("when it")), forms.Select(choices=second), True),
        Column("values", str(_("this answer")), forms.TextInput({"maxlength": 500}), True),
    ]
