"""Controls the browser does not have: rows of a table, a region with its street, files kept.

Each works without script: rows are added and removed by submit buttons, which the page answers by
showing the form again with everything typed. They know no room.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from openhall.paging.whole import whole, whole_or


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of rows, or one part of an answer of several.

    ``live`` is what the page's own script reads; ``offered`` are words to choose from or not.
    """

    key: str
    label: str
    widget: forms.Widget
    required: bool = False
    hint: str = ""
    live: Mapping[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()


class RowsInput(forms.Widget):
    """A table that people fill in: a list of mappings by column key.

    ``name-rows`` says how many rows were shown; ``name-add`` and ``name-remove`` are the buttons.
    As ``cards`` each row stands on its own, its cells below each other: for many or tall cells.
    """

    template_name = "design/components/rows_input.html"
    use_fieldset = True

    def __init__(
        self,
        columns: Sequence[Column],
        least: int = 1,
        most: int = 50,
        attrs: Any = None,
        *,
        cards: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.columns, self.least, self.most = list(columns), max(least, 1), most
        self.cards = cards
        self.wrong: set[tuple[int, str]] = set()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows = [row for row in value or [] if isinstance(row, Mapping)]
        rows += [{}] * (self.least - len(rows))
        context["widget"] |= {
            "columns": self.columns,
            "rows": [self._row(name, place, row) for place, row in enumerate(rows)],
            "count": len(rows),
            "may_add": len(rows) < self.most,
            "cards": self.cards,
        }
        return context

    def _row(self, name: str, place: int, row: Mapping[str, Any]) -> list[dict[str, Any]]:
        cells = []
        for column in self.columns:
            where = f"{name}-{place}-{column.key}"
            attrs: dict[str, str] = {"id": f"id_{where}"}
            if not self.cards:
                attrs["aria-label"] = _("Row %(row)d: %(column)s") % {
                    "row": place + 1,
                    "column": column.label,
                }
            wrong = (place, column.key) in self.wrong
            if wrong:
                attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
            if column.live:
                attrs |= {**column.live, "data-around": f"{name}-{place}-"}
            shown = column.widget.render(where, row.get(column.key), attrs)
            cells.append(
                {
                    "column": column,
                    "control": shown,
                    "id": column.widget.id_for_label(f"id_{where}"),
                    "wrong": wrong,
                    "bare": isinstance(column.widget, forms.CheckboxInput),
                    "between": getattr(column.widget, "kind", ""),
                    "hidden": column.widget.is_hidden,
                }
            )
        return cells

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        count = min(whole_or(0, data.get(f"{name}-rows")), self.most + 1)
        rows = [
            {
                column.key: column.widget.value_from_datadict(
                    data, files, f"{name}-{place}-{column.key}"
                )
                or ""
                for column in self.columns
                if not isinstance(column.widget, Reckoned)
            }
            for place in range(count)
        ]
        out = whole(data.get(f"{name}-remove"))
        if out is not None and out < len(rows):
            del rows[out]
        if f"{name}-add" in data:
            rows.append({})
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-rows" not in data

    def is_reshaped(self, data: Any, name: str) -> bool:
        """Whether a row was added or removed: the form is to be shown again, not judged."""
        if f"{name}-add" in data or f"{name}-remove" in data:
            return True
        inner = [one for one in self.columns if isinstance(one.widget, RowsInput)]
        return bool(inner) and any(
            told.startswith(f"{name}-") and told.endswith(("-add", "-remove")) for told in data
        )


class RegionInput(forms.Widget):
    """A division from a list and the street in words: ``510104 春熙路街道``."""

    template_name = "design/components/region_input.html"
    use_fieldset = True

    def __init__(self, divisions: Iterable[tuple[str, str]], attrs: Any = None) -> None:
        super().__init__(attrs)
        self.divisions = list(divisions)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        code, _blank, street = str(value or "").partition(" ")
        known = code in dict(self.divisions)
        context["widget"] |= {
            "divisions": self.divisions,
            "code": code if known else "",
            "street": street if known or not code else str(value),
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        code, street = (str(data.get(one, "")).strip() for one in (name, f"{name}-street"))
        return f"{code} {street}".strip()

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class Reckoned(forms.Widget):
    """A value the office reckons; shown, never typed."""

    template_name = "design/components/reckoned.html"

    def __init__(self, attrs: Any = None, *, hidden: bool = False) -> None:
        super().__init__(attrs)
        self.hidden = hidden

    @property
    def is_hidden(self) -> bool:
        """A value that only other questions depend on is not shown."""
        return self.hidden

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        return None


class KeptFiles(forms.FileInput):
    """Files to add, and those kept already with a button to take each back.

    The value is the list of numbers of the files kept; what was just sent is the page's to keep.
    In a table's row it stands without knowing them: their numbers come back as ``name-kept``.
    """

    template_name = "design/components/kept_files.html"
    allow_multiple_selected = True
    use_fieldset = True

    def __init__(self, kept: Sequence[tuple[int, str]] = (), attrs: Any = None) -> None:
        super().__init__({"multiple": True} | (attrs or {}))
        self.kept = list(kept)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        numbers = [one for one in value or [] if isinstance(one, int)]
        context["widget"]["kept"] = self.kept
        context["widget"]["numbers"] = [] if self.kept else numbers
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[int]:
        if self.kept or not hasattr(data, "getlist"):
            return [number for number, _name in self.kept]
        told = [whole(one) for one in data.getlist(f"{name}-kept")]
        return [one for one in told if one is not None]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False
