"""The forms of the joint matter's editor: words, limits, and one row for each unit's item."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.terms_topics import TOPICS
from openhall.design.words import called
from openhall.glossary import Term
from openhall.joint.actions.matters import MOST_PARTS, Part
from openhall.joint.queries import MOST_DAYS
from openhall.joint.terms import JointKind, JointMode, PartNeed
from openhall.organs.fields import TextField
from openhall.organs.queries import Organ
from openhall.paging.whole import whole, whole_or

ROW: Final = ("item", "limit_days", "need", "question", "question_en")


def _words_of(terms: type[Term]) -> list[tuple[str, str]]:
    return [(one.value, one.said_in(get_language())) for one in terms]


class MatterForm(forms.Form):
    """What the matter is called, who leads it, how and how long it is handled."""

    kind = forms.ChoiceField(label=_("Kind of matter"), widget=forms.RadioSelect)
    title = TextField(label=_("Title"), max_length=120)
    title_en = TextField(label=_("Title in English"), max_length=200, required=False)
    summary = TextField(
        label=_("In one line: for whom, and what comes out"), max_length=300, required=False
    )
    summary_en = TextField(label=_("The same line in English"), max_length=400, required=False)
    code = forms.SlugField(
        label=_("Name in the web address"),
        max_length=60,
        help_text=_("Small Latin letters, figures and hyphens; it stands in the page's address."),
    )
    topic = forms.ChoiceField(
        label=_("Life event or topic"),
        required=False,
        help_text=_("Where people find it. It may be left open."),
    )
    lead = forms.ChoiceField(
        label=_("Lead unit"),
        help_text=_("One of the units that decide a part, or a service centre."),
    )
    mode = forms.ChoiceField(
        label=_("How the units decide"),
        widget=forms.RadioSelect,
        help_text=_(
            "By copied notice: each decides at its own desk. At a meeting: for what must be seen"
            " and discussed together."
        ),
    )
    limit_days = forms.IntegerField(
        label=_("Common limit in working days"),
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("From acceptance to the last decision; 45 at most (Licensing Law, art. 42)."),
    )

    def __init__(
        self, *args: Any, leads: Iterable[Organ], settled: bool, known: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kind", _words_of(JointKind))
        self._choose("mode", _words_of(JointMode))
        self._choose("lead", [("", _("Choose")), *((one.code, called(one)) for one in leads)])
        names = (
            _("Life events of persons"),
            _("Topics of persons"),
            _("Life events of enterprises"),
            _("Topics of enterprises"),
        )
        groups = [(name, _words_of(family)) for name, family in zip(names, TOPICS, strict=True)]
        self._choose("topic", [("", _("None")), *groups])
        if known:
            del self.fields["code"]
        if settled:  # published once: these belong to the matter for good
            for name in ("kind", "topic", "lead"):
                del self.fields[name]

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class PartForm(forms.Form):
    """One unit's item in the matter."""

    item = TextField(widget=forms.HiddenInput, max_length=80)
    limit_days = forms.IntegerField(
        label=_("Its limit in working days"), min_value=1, max_value=MOST_DAYS
    )
    need = forms.ChoiceField(label=_("Who needs it"))
    question = TextField(
        label=_("The question, if only some need it"), max_length=200, required=False
    )
    question_en = TextField(label=_("The question in English"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = _words_of(PartNeed)  # type: ignore[attr-defined]

    def part(self) -> Part:
        said = self.cleaned_data
        return Part(**{name: said[name] for name in ROW})


def rows_typed(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows as a browser sent them, whatever they hold."""
    count = min(whole_or(0, data.get("rows")), MOST_PARTS)
    return [{name: str(data.get(f"parts-{n}-{name}", "")) for name in ROW} for n in range(count)]


def stepped(rows: list[dict[str, str]], way: str) -> list[dict[str, str]]:
    """The rows after one press: ``up 2``, ``down 0``, ``remove 1``, ``add CODE``."""
    act, _blank, what = way.partition(" ")
    made = list(rows)
    if act == "add" and what and what not in {row["item"] for row in rows}:
        limit = {"limit_days": "10", "need": PartNeed.ALWAYS.value, "question": ""}
        return [*made, {"item": what, "question_en": "", **limit}]
    place = whole(what)
    if place is None or place >= len(rows):
        return made
    if act == "remove":
        made.pop(place)
    elif act == "up" and place > 0:
        made.insert(place - 1, made.pop(place))
    elif act == "down":
        made.insert(place + 1, made.pop(place))
    return made
