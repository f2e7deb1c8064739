"""The short forms of the catalogue's acts: a reason, a day, the lines of the central list."""

from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.actions import Line
from openhall.catalogue.queries import CatalogueEntry
from openhall.catalogue.terms import ItemKind, UseLevel
from openhall.design.forms import DateInput
from openhall.office.catalogue_forms import words_for
from openhall.organs.fields import TextField

NOTE = {"rows": 2}
LINE: Final = ("name", "name_en", "kind", "use_level", "legal_basis", "group")


class ReasonForm(forms.Form):
    """Why; the sentence is public."""

    reason = TextField(
        label=_("Reason and basis"),
        max_length=300,
        widget=forms.Textarea(attrs=NOTE),
        help_text=_("Everybody can read it in the history."),
    )


class DatedForm(ReasonForm):
    """Why, and from which day."""

    first_day = forms.DateField(label=_("From which day"), widget=DateInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = today


class SuspendForm(DatedForm):
    """Why, from which day, to which day."""

    until = forms.DateField(label=_("Last day of the suspension"), widget=DateInput)


class SuspendEntryForm(DatedForm):
    """A central suspension may be open-ended."""

    until = forms.DateField(
        label=_("Last day of the suspension"),
        widget=DateInput,
        required=False,
        help_text=_("Left empty: until it is resumed."),
    )


class PublishForm(forms.Form):
    """From which day the version is in force."""

    first_day = forms.DateField(label=_("In force from"), widget=DateInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_day"].initial = today


class LineForm(forms.Form):
    """The base elements of one line of the list."""

    name = TextField(label=_("Name of the matter"), max_length=300)
    name_en = TextField(label=_("Name in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Type of matter"))
    use_level = forms.ChoiceField(label=_("Level it is exercised at"))
    legal_basis = TextField(label=_("Legal basis"), widget=forms.Textarea(attrs=NOTE))
    group = TextField(label=_("Parent matter"), max_length=300, required=False)

    def __init__(self, *args: Any, entry: CatalogueEntry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds, levels = words_for([ItemKind]), words_for([UseLevel])
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["use_level"].choices = levels  # type: ignore[attr-defined]
        self.fields["use_level"].initial = UseLevel.CITY.value
        if entry is not None:
            for name in LINE:
                self.fields[name].initial = getattr(entry, name)

    def line(self) -> Line:
        return Line(**{name: self.cleaned_data[name] for name in LINE})


class NewLineForm(LineForm, DatedForm):
    """A line, with why and from when."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        self.order_fields([*LINE, "reason", "first_day"])


class SplitForm(DatedForm):
    """The names of what takes the place of a line, one a row; the rest is inherited."""

    names = TextField(
        label=_("Names after the split"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One matter a line, at least two. Type, level and basis stay as they are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["names", "reason", "first_day"])

    def lines(self, entry: CatalogueEntry) -> list[Line]:
        typed = [name.strip() for name in self.cleaned_data["names"].splitlines() if name.strip()]
        return [
            Line(
                name=name,
                kind=entry.kind,
                legal_basis=entry.legal_basis,
                use_level=entry.use_level,
                group=entry.name,
            )
            for name in typed
        ]


class MergeForm(NewLineForm):
    """The codes of the lines that become one, and what that one is."""

    entries = TextField(
        label=_("Codes of the lines to merge"),
        widget=forms.Textarea(attrs=NOTE),
        help_text=_("One code a line, at least two."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["entries", *LINE, "reason", "first_day"])


class PhraseForm(ReasonForm):
    """A phrase that says nothing, and why it does."""

    phrase = TextField(label=_("Phrase"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["phrase", "reason"])
