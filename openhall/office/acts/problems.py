"""Publishing what was found of units that were drawn, with what each must put right."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.desk.offers import Offer
from openhall.glossary import Said
from openhall.organs.fields import TextField

AT_ONCE: Final = 3
OF_A_REPORT: Final[dict[str, Any]] = {
    "widget": forms.Textarea(attrs={"rows": 8}),
    "max_length": 8000,
    "required": False,
}


def listed(organs: Iterable[Any]) -> list[tuple[str, str]]:
    """Units by code and name, to choose from."""
    english = (get_language() or "").startswith("en")
    return [(one.code, one.name_en if english else one.name) for one in organs]


class WithProblems(Offer):
    """A report for everybody; ``problem`` makes of a unit and words what its act takes."""

    effect = _("Everybody reads it; each problem becomes a finding that must be put right.")
    problem: Callable[[str, Said], Any]

    def units(self) -> Iterable[Any]:
        """The units of which something may have been found."""
        raise NotImplementedError

    def ask(self) -> None:
        units = listed(self.units())
        for place in range(1, AT_ONCE + 1):
            self.fields[f"unit_{place}"] = forms.ChoiceField(
                label=_("Unit that must put something right"),
                choices=[("", _("None")), *units],
                required=False,
            )
            self.fields[f"problem_{place}"] = TextField(
                label=_("The problem, as the public reads it"), max_length=200, required=False
            )
            self.fields[f"problem_en_{place}"] = TextField(
                label=_("The problem in English"), max_length=300, required=False
            )

    def problems(self) -> list[Any]:
        typed = self.cleaned_data
        return [
            type(self).problem(
                typed[f"unit_{place}"],
                Said(typed[f"problem_{place}"], typed[f"problem_en_{place}"]),
            )
            for place in range(1, AT_ONCE + 1)
            if typed[f"unit_{place}"]
        ]
