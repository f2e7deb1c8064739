"""The editing desk as forms: every field of a version in its section, its rows as tables.

The forms only read what was typed; ``save_version`` keeps it, and the gate's faults are shown
beside the fields of the stored draft.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.validators import FileExtensionValidator
from django.db import models
from django.forms.utils import ErrorDict, ErrorList
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.queries import (
    Faq,
    FlowStep,
    ItemVersion,
    LawRef,
    Material,
    Prerequisite,
    reached_at,
)
from openhall.catalogue.rules.fields import CODED, ROW_FIELDS, Family, VersionField, in_words
from openhall.catalogue.rules.guide import OF_HALL, OF_UNIT, Fault
from openhall.catalogue.rules.variants import INHERITED
from openhall.glossary import Term
from openhall.organs.fields import TextField

TABLES: Final = {
    Family.MATERIALS: Material,
    Family.STEPS: FlowStep,
    Family.LAWS: LawRef,
    Family.FAQS: Faq,
    Family.PREREQUISITES: Prerequisite,
}
PAPERS: Final = ("pdf", "doc", "docx", "xls", "xlsx", "jpg", "jpeg", "png")
LONG: Final = {"conditions", "conditions_en", "change_note", "summary", "summary_en"}
SECTIONS: Final[Sequence[tuple[str, Any, tuple[str, ...], tuple[str, ...]]]] = (
    (
        "basics",
        _("What it is"),
        ("name", "name_en", "summary", "summary_en", "plain_names", "service_objects", "topics"),
        ("power_source", "organ_nature", "entrusted_by"),
    ),
    (
        "conditions",
        _("Conditions"),
        ("conditions", "conditions_en", "quantity_limit", "no_prerequisites"),
        (),
    ),
    (
        "limits",
        _("Time limits"),
        (
            "project_type",
            "statutory_days",
            "statutory_unit",
            "statutory_basis",
            "promised_days",
            "promised_unit",
        ),
        (
            "statutory_note",
            "statutory_note_en",
            "promised_note",
            "promised_note_en",
            "special_procedure",
            "season",
            "season_en",
            "season_from",
            "season_until",
        ),
    ),
    (
        "how",
        _("How and where"),
        (
            "handling_forms",
            "online_depth",
            "visits",
            "visit_reason",
            "visit_reason_en",
            "accepts_post",
            "address",
            "address_en",
            "hours",
            "hours_en",
        ),
        (
            "accepts_appointments",
            "in_centre",
            "at_kiosk",
            "online_url",
            "mobile_url",
            "area_scope",
            "joint_organs",
            "intermediary",
        ),
    ),
    ("fee", _("Fees"), ("has_fee", "fee_basis", "pays_online"), ()),
    (
        "result",
        _("Result"),
        ("result_kind", "result_name", "result_name_en", "result_validity", "result_validity_en"),
        ("result_sample", "result_by_post"),
    ),
    (
        "contacts",
        _("Enquiries and complaints"),
        ("enquiry_phone", "enquiry_ways", "complaint_phone", "complaint_ways"),
        (),
    ),
    ("no_materials", _("Whether materials are needed"), ("no_material_needed",), ()),
    ("note", _("About this version"), ("change_note",), ()),
)
ROW_ALWAYS: Final[Mapping[Family, tuple[str, ...]]] = {
    Family.MATERIALS: ("name", "necessity", "condition", "source", "legal_basis"),
    Family.STEPS: ("name", "officer", "days", "standard"),
    Family.LAWS: ("law", "article", "number"),
    Family.FAQS: ("question", "answer"),
    Family.PREREQUISITES: ("item", "words", "legal_basis"),
}
FIRST_ROWS: Final = 1  # empty rows offered when there are none; "add" offers more
MORE_ROWS: Final = 3


def words_for(terms: Iterable[type[Term]]) -> list[tuple[str, str]]:
    """Terms to choose from, in the language of the page."""
    return [(term.value, term.said_in(get_language())) for one in terms for term in one]


def _asked(column: models.Field, family: str) -> forms.Field:
    """The question for a column: never required, because a draft may be half written."""
    terms = CODED.get((family, column.name))
    if terms and isinstance(column, models.JSONField):
        return forms.MultipleChoiceField(
            required=False, choices=words_for(terms), widget=forms.CheckboxSelectMultiple
        )
    if terms:
        return forms.ChoiceField(choices=words_for(terms), initial=column.get_default())
    if isinstance(column, models.BooleanField):
        if column.null:
            said = [("", _("Not said yet")), ("yes", _("Yes")), ("no", _("No"))]
            return forms.TypedChoiceField(
                required=False,
                choices=said,
                coerce=lambda typed: typed == "yes",
                empty_value=None,
            )
        return forms.BooleanField(required=False)
    if isinstance(column, models.FileField):
        return forms.FileField(required=False, validators=[FileExtensionValidator(PAPERS)])
    if isinstance(column, models.PositiveIntegerField | models.PositiveSmallIntegerField):
        return forms.IntegerField(required=False, min_value=0, max_value=9999)
    if isinstance(column, models.URLField):
        return forms.URLField(required=False, max_length=column.max_length, assume_scheme="https")
    if isinstance(column, models.TextField) or column.name in LONG:
        return TextField(
            required=False,
            max_length=column.max_length,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
    return TextField(required=False, max_length=column.max_length)


class Faulty(forms.Form):
    """A form that, not yet sent, shows beside its fields what the gate found in what is stored."""

    def __init__(self, *args: Any, faults: Iterable[Fault] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.faults = list(faults)

    def found(self, fault: Fault) -> str:
        """The field a fault stands beside."""
        return fault.field

    @property
    def errors(self) -> ErrorDict:
        if self.is_bound:
            return super().errors
        found = ErrorDict()
        for fault in self.faults:
            if (name := self.found(fault)) in self.fields:
                found.setdefault(name, ErrorList()).append(fault.said.said_in(get_language()))
        return found


class VersionForm(Faulty):
    """Every field of the version itself."""

    def __init__(
        self,
        version: ItemVersion,
        typed: Any = None,
        files: Any = None,
        *,
        above: ItemVersion | None = None,
        faults: Iterable[Fault] = (),
    ) -> None:
        super().__init__(typed, files, faults=faults, prefix="v")
        self.version, self.above = version, above
        language = get_language() or ""
        locked = {"name", "name_en"} | (set(INHERITED) if above is not None else set())
        for term in VersionField:
            column = ItemVersion._meta.get_field(term.value)
            assert isinstance(column, models.Field)
            field = _asked(column, "")
            field.label = term.said_in(language)
            value = getattr(version, term.value)
            if term == VersionField.HAS_FEE:
                value = {True: "yes", False: "no"}.get(value, "")
            field.initial = value
            if term.value in locked:
                field.disabled = True
                field.help_text = (
                    _("From the central list; read only.")
                    if term.value in ("name", "name_en")
                    else _("Inherited from the city's guide; read only.")
                )
            elif above is None and (left := self._left_to_the_unit(term)):
                field.help_text = left
            elif above is not None:
                field.help_text = self._beside_the_city(term, value)
            self.fields[term.value] = field

    def _left_to_the_unit(self, term: VersionField) -> str:
        """What an empty field shows: what the hall or the unit says."""
        if not (said := self._known(term.value)):
            return ""
        if term.value in OF_HALL and self.version.in_centre:
            told = _("Empty: as its hall or its unit says, now %(said)s.")
        else:
            told = _("Empty: the unit's, now %(said)s. It changes once for all guides of the unit.")
        return told % {"said": said}

    def _known(self, name: str) -> str:
        """What stands where the guide says nothing of its own; empty where nobody says it."""
        if name not in OF_UNIT:
            return ""
        return reached_at(self.version.item.organ, name, in_hall=self.version.in_centre)

    def _not_asked(self, name: str) -> bool:
        """Whether the system knows it and the guide says nothing else: nobody types it again."""
        base = name.removesuffix("_en")
        return name in OF_UNIT and bool(self._known(base)) and not getattr(self.version, base)

    def _beside_the_city(self, term: VersionField, value: Any) -> Any:
        """What the city's guide says, and whether the variant has changed it."""
        language = get_language() or ""
        assert self.above is not None
        city = getattr(self.above, term.value)
        if term == VersionField.HAS_FEE:
            mine = {"yes": True, "no": False}.get(value)
        else:
            mine = value
        if term == VersionField.RESULT_SAMPLE or mine == city:
            return _("As in the city's guide.")
        said = in_words("", term.value, city, language) or "—"
        return _("The district's own; the city says: %(said)s") % {"said": said}

    def sections(self) -> list[dict[str, Any]]:
        """The sections in order: fields shown, fields folded, whether a folded one is wrong, and
        what is known without asking."""
        told = []
        for key, title, shown, folded in SECTIONS:
            spared = [name for name in shown if self._not_asked(name)]
            hidden = [*spared, *folded]
            told.append(
                {
                    "key": key,
                    "title": title,
                    "shown": [self[name] for name in shown if name not in spared],
                    "known": [
                        (self.fields[name].label, said)
                        for name in spared
                        if (said := self._known(name))
                    ],
                    "folded": [self[name] for name in hidden],
                    "open": any(self[name].errors for name in hidden),
                }
            )
        return told

    def words(self) -> dict[str, Any]:
        """What was typed, as ``save_version`` takes it; a file only when one was sent."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if not self.fields[name].disabled
        }
        if not said.get("result_sample"):
            said.pop("result_sample", None)
        return said


class RowForm(Faulty):
    """One row of a family. A row whose fields are all as they were offered is no row."""

    family: Family

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or ""
        table = TABLES[self.family]
        if self.family == Family.MATERIALS:
            self.fields["key"] = TextField(required=False, max_length=40, widget=forms.HiddenInput)
        for term in ROW_FIELDS[self.family.value]:
            column = table._meta.get_field(term.value)
            assert isinstance(column, models.Field)
            if term.value == "item":
                field: forms.Field = TextField(required=False, max_length=80)
            else:
                field = _asked(column, self.family.value)
            field.label = term.said_in(language)
            if field.initial is None and column.has_default():
                field.initial = column.get_default()
            self.fields[term.value] = field

    def found(self, fault: Fault) -> str:
        return fault.column

    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in ROW_ALWAYS[self.family]]

    def folded(self) -> list[forms.BoundField]:
        return [
            self[name]
            for name in self.fields
            if name not in (*ROW_ALWAYS[self.family], "key", "ORDER", "DELETE")
        ]

    def is_blank(self) -> bool:
        """Whether nothing is written in it."""
        written = (
            self.cleaned_data.get(name)
            for name in ROW_ALWAYS[self.family]
            if not isinstance(self.fields[name], forms.ChoiceField)
        )
        return not any(value not in (None, "") for value in written)

    def said(self) -> dict[str, Any]:
        """The row as ``save_version`` takes it; a file only when one was sent."""
        given = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("ORDER", "DELETE")
        }
        for name in ("blank_form", "sample"):
            if name in given and not given[name]:
                del given[name]
        for name in ("originals", "copies"):
            if name in given and given[name] is None:
                given[name] = 0
        return given


class BaseRows(forms.BaseFormSet):
    """A family's rows: ordered by number, taken out by a tick; faults beside their fields."""

    family: Family
    faults: Sequence[Fault] = ()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        kwargs = dict(super().get_form_kwargs(index))
        kwargs["faults"] = [one for one in self.faults if one.row == index]
        return kwargs

    def of_all(self) -> list[Fault]:
        """What is wrong with the family as a whole."""
        return [one for one in self.faults if one.row is None]

    def rows(self) -> list[dict[str, Any]]:
        """The rows as typed, in the order numbered; those ticked or emptied are out."""
        kept = [
            (form.cleaned_data.get("ORDER"), place, form)
            for place, form in enumerate(self.forms)
            if (form.has_changed() or form.initial)
            and not form.cleaned_data.get("DELETE")
            and not form.is_blank()
        ]
        kept.sort(key=lambda one: (one[0] is None, one[0] or 0, one[1]))
        self.kept = [form for _order, _place, form in kept]
        return [form.said() for form in self.kept]

    def refuse(self, place: int, column: str, sentence: str) -> None:
        """Put the act's refusal of the row it was given at ``place`` beside its field."""
        form = self.kept[place]
        form.add_error(column if column in form.fields else None, sentence)


def rows_of(
    version: ItemVersion,
    family: Family,
    typed: Any = None,
    files: Any = None,
    *,
    faults: Iterable[Fault] = (),
    more: bool = False,
) -> BaseRows:
    """The table of one family of ``version``, with empty rows to add."""
    form = type(f"{family.name.title()}Row", (RowForm,), {"family": family})
    initial = []
    for row in getattr(version, family.value).all():
        said = {term.value: getattr(row, term.value) for term in ROW_FIELDS[family.value]}
        if family == Family.MATERIALS:
            said["key"] = row.key
        if family == Family.PREREQUISITES:
            said["item"] = row.item.code if row.item else ""
        initial.append(said)
    extra = MORE_ROWS if more else (0 if initial else FIRST_ROWS)
    kind = forms.formset_factory(
        form, formset=BaseRows, extra=extra, can_delete=True, can_order=True
    )
    table: BaseRows = kind(typed, files, initial=initial, prefix=family.value)  # type: ignore[assignment]
    table.family = family
    table.faults = [one for one in faults if one.field == family.value]
    return table
