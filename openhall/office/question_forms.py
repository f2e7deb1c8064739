"""The forms of the question editor: everything is chosen or written, nothing is coded. B7."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.catalogue.terms_topics import TOPICS
from openhall.organs.fields import TextField
from openhall.questions.rules.content import (
    Condition,
    Content,
    Fill,
    ItemLine,
    MaterialLine,
    Option,
    Question,
    Result,
    Rule,
)
from openhall.questions.rules.faults import ItemFacts
from openhall.questions.terms import QuestionKind

SHORT = forms.Textarea(attrs={"rows": 3})
EXTRA_OPTIONS = 3
APART = "|"


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _named(thing: Any, name: str) -> str:
    return str((getattr(thing, f"{name}_en") if _english() else "") or getattr(thing, name) or "")


def node_choices(content: Content, but: str = "") -> list[tuple[str, Any]]:
    """Where one may go on: each question and each result by its words."""
    questions = [
        (one.key, f"{n}. {_named(one, 'text') or one.key}")
        for n, one in enumerate(content.questions, start=1)
        if one.key != but
    ]
    results = [(one.key, _named(one, "title") or one.key) for one in content.results]
    groups: list[tuple[Any, Any]] = [(_("Questions"), questions), (_("Results"), results)]
    return [("", _("Choose")), *(group for group in groups if group[1])]


class WordsForm(forms.Form):
    """What the guide is called."""

    title = TextField(label=_("Title"), max_length=120)
    title_en = TextField(label=_("Title in English"), max_length=200, required=False)
    summary = TextField(
        label=_("In one line: for whom, and what comes out"), max_length=300, required=False
    )
    summary_en = TextField(label=_("The same line in English"), max_length=400, required=False)


class BeginForm(WordsForm):
    """A new guide: for one item of the unit, or for a topic or life event."""

    slug = forms.SlugField(
        label=_("Name in the web address"),
        max_length=60,
        help_text=_("Small Latin letters, figures and hyphens; it stands in the page's address."),
    )

    def __init__(self, *args: Any, items: Iterable[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if items is not None:
            choices = [("", _("Choose")), *items]
            self.fields["item"] = forms.ChoiceField(label=_("Item"), choices=choices)
        else:
            groups = [
                (family.__name__, [(one.value, one.said_in(get_language())) for one in family])
                for family in TOPICS
            ]
            names = (
                _("Life events of persons"),
                _("Topics of persons"),
                _("Life events of enterprises"),
                _("Topics of enterprises"),
            )
            told = [(name, rows) for name, (_family, rows) in zip(names, groups, strict=True)]
            self.fields["topic"] = forms.ChoiceField(
                label=_("Life event or topic"), choices=[("", _("Choose")), *told]
            )
        self.order_fields(["item", "topic", "title", "title_en", "slug"])


# ---------------------------------------------------------------- questions
class QuestionForm(forms.Form):
    """One question and where everybody goes whom no rule takes."""

    text = TextField(label=_("Question"), max_length=300)
    text_en = TextField(label=_("Question in English"), max_length=400, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), widget=forms.RadioSelect)
    help = TextField(label=_("Hint under the question"), max_length=300, required=False)
    help_en = TextField(label=_("Hint in English"), max_length=400, required=False)
    why = TextField(label=_("Why we ask"), max_length=300, required=False)
    why_en = TextField(label=_("Why we ask, in English"), max_length=400, required=False)
    unit = TextField(label=_("Unit of the number"), max_length=20, required=False)
    unit_en = TextField(label=_("Unit in English"), max_length=30, required=False)
    least = forms.IntegerField(label=_("Least number"), min_value=0, required=False)
    most = forms.IntegerField(label=_("Greatest number"), min_value=0, required=False)
    otherwise = forms.ChoiceField(
        label=_("Otherwise go on to"),
        required=False,
        help_text=_("Where everybody goes whom no rule takes. It may be chosen later."),
    )
    fills = forms.MultipleChoiceField(
        label=_("The answer goes into the application's form"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, content: Content, facts: Any, key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind.value, kind.said_in(get_language())) for kind in QuestionKind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["otherwise"].choices = node_choices(content, key)  # type: ignore[attr-defined]
        fields = [
            (f"{item.code}{APART}{name}", f"{item.name_en if _english() else item.name} · {name}")
            for item in facts.values()
            for name in item.fields
        ]
        if fields:
            self.fields["fills"].choices = fields  # type: ignore[attr-defined]
        else:
            del self.fields["fills"]

    @staticmethod
    def told(question: Question) -> dict[str, Any]:
        """The question as the form first shows it."""
        names = ("text", "text_en", "kind", "help", "help_en", "why", "why_en", "unit", "unit_en")
        return {name: getattr(question, name) for name in names} | {
            "least": question.least,
            "most": question.most,
            "otherwise": question.otherwise,
            "fills": [f"{one.item}{APART}{one.field}" for one in question.fills],
        }

    def question(self, before: Question, options: tuple[Option, ...]) -> Question:
        """The question as it now is; its rules are kept."""
        said = dict(self.cleaned_data)
        fills = tuple(Fill(*one.split(APART, 1)) for one in said.pop("fills", []))
        return Question(key=before.key, rules=before.rules, options=options, fills=fills, **said)


class OptionForm(forms.Form):
    """One option; an empty row is none."""

    key = TextField(widget=forms.HiddenInput, required=False)
    label = TextField(label=_("Option"), max_length=100, required=False)
    label_en = TextField(label=_("In English"), max_length=160, required=False)
    value = TextField(label=_("Value for the form"), max_length=60, required=False)


OptionSet = formset_factory(OptionForm, extra=EXTRA_OPTIONS, can_delete=True, can_order=True)


def options_told(question: Question) -> list[dict[str, str]]:
    names = ("key", "label", "label_en", "value")
    return [{name: getattr(one, name) for name in names} for one in question.options]


def options_of(rows: BaseFormSet) -> tuple[Option, ...]:
    """The rows that say something, in the order given; new ones get a key of their own."""
    used = {form.cleaned_data.get("key", "") for form in rows.forms}
    found = []
    for form in rows.ordered_forms:
        said = form.cleaned_data
        if not said.get("label", "").strip() and not said.get("key"):
            continue
        key, number = said.get("key") or "", 1
        while not key or (not said.get("key") and key in used):
            key, number = f"o{number}", number + 1
        used.add(key)
        found.append(Option(key, said["label"], said["label_en"], said["value"]))
    return tuple(found)


# ---------------------------------------------------------------- conditions
class WhenForm(forms.Form):
    """Conditions, ticked: several options of one question mean any of them; all questions hold."""

    def __init__(
        self, *args: Any, content: Content, when: tuple[Condition, ...] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        told = {one.question: one for one in when}
        for n, question in enumerate(content.questions, start=1):
            said, label = told.get(question.key), f"{n}. {_named(question, 'text') or question.key}"
            if question.kind == QuestionKind.NUMBER:
                for name, what in (("least", _("at least")), ("most", _("at most"))):
                    self.fields[f"when-{question.key}-{name}"] = forms.IntegerField(
                        label=_("%(question)s — %(what)s") % {"question": label, "what": what},
                        required=False,
                        min_value=0,
                        initial=getattr(said, name, None),
                    )
                continue
            self.fields[f"when-{question.key}"] = forms.MultipleChoiceField(
                label=label,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(one.key, _named(one, "label")) for one in question.choices()],
                initial=list(said.any) if said else [],
            )

    def when(self) -> tuple[Condition, ...]:
        """The conditions as ticked."""
        found, said = [], self.cleaned_data
        for question in self.content.questions:
            if question.kind == QuestionKind.NUMBER:
                least = said[f"when-{question.key}-least"]
                most = said[f"when-{question.key}-most"]
                if least is not None or most is not None:
                    found.append(Condition(question.key, least=least, most=most))
            elif chosen := said[f"when-{question.key}"]:
                found.append(Condition(question.key, tuple(chosen)))
        return tuple(found)


class RuleForm(WhenForm):
    """If all of this holds, go on to."""

    def __init__(self, *args: Any, content: Content, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, content=content, when=rule.when, **kwargs)
        self.fields["to"] = forms.ChoiceField(
            label=_("Then go on to"), choices=node_choices(content), initial=rule.to
        )

    def rule(self) -> Rule:
        return Rule(self.when(), self.cleaned_data["to"])


# ---------------------------------------------------------------- results
class ResultForm(forms.Form):
    """What a result is called, and what it says in words."""

    title = TextField(label=_("Title of the result"), max_length=120)
    title_en = TextField(label=_("Title in English"), max_length=200, required=False)
    note = TextField(label=_("What to know"), widget=SHORT, max_length=1000, required=False)
    note_en = TextField(
        label=_("What to know, in English"), widget=SHORT, max_length=1500, required=False
    )

    @staticmethod
    def told(result: Result) -> dict[str, str]:
        names = ("title", "title_en", "note", "note_en")
        return {name: getattr(result, name) for name in names}


class LineForm(WhenForm):
    """One item of a result, for whom it is, and its fees."""

    def __init__(
        self,
        *args: Any,
        content: Content,
        line: ItemLine | None,
        items: Iterable[tuple[str, str]],
        facts: ItemFacts | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, content=content, when=line.when if line else (), **kwargs)
        self.fields["item"] = forms.ChoiceField(
            label=_("Item"),
            choices=[("", _("Choose")), *items],
            initial=line.item if line else "",
        )
        self.fields["note"] = TextField(
            label=_("What to know about this item"),
            max_length=300,
            required=False,
            initial=line.note if line else "",
        )
        self.fields["note_en"] = TextField(
            label=_("The same in English"),
            max_length=400,
            required=False,
            initial=line.note_en if line else "",
        )
        if facts is not None and len(facts.fees) > 1:
            self.fields["fees"] = forms.MultipleChoiceField(
                label=_("Fees that apply (none ticked: all)"),
                choices=[(code, code) for code in facts.fees],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=list(line.fees) if line else [],
            )
        self.order_fields(["item", "note", "note_en", "fees"])
        self.before = line

    def line(self) -> ItemLine:
        """The line as it now is; what is said of its materials is kept while the item stays."""
        said, before = self.cleaned_data, self.before
        same = before is not None and before.item == said["item"]
        return ItemLine(
            said["item"],
            self.when(),
            before.materials if same and before is not None else (),
            tuple(said.get("fees", ())),
            said["note"],
            said["note_en"],
        )


class MaterialForm(WhenForm):
    """Whether one material applies, and why."""

    ITS_OWN, NEEDED, SPARED = "", "needed", "spared"

    def __init__(
        self, *args: Any, content: Content, said: MaterialLine | None, key: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, content=content, when=said.when if said else (), **kwargs)
        self.key = key
        chosen = self.ITS_OWN if said is None else self.NEEDED if said.needed else self.SPARED
        self.fields["applies"] = forms.ChoiceField(
            label=_("Does it apply?"),
            required=False,
            widget=forms.RadioSelect,
            choices=[
                (self.ITS_OWN, _("As the item has it")),
                (self.NEEDED, _("Needed when the conditions hold")),
                (self.SPARED, _("Not needed when the conditions hold")),
            ],
            initial=chosen,
        )
        for name, label in (("reason", _("Reason")), ("reason_en", _("Reason in English"))):
            self.fields[name] = TextField(
                label=label, max_length=300, required=False, initial=getattr(said, name, "")
            )
        self.order_fields(["applies", "reason", "reason_en"])

    def material(self) -> MaterialLine | None:
        said = self.cleaned_data
        if said["applies"] == self.ITS_OWN:
            return None
        needed = said["applies"] == self.NEEDED
        return MaterialLine(self.key, needed, said["reason"], said["reason_en"], self.when())
