"""Controls of several parts, and what stands between controls. They know no room.

Each works without script: an address in parts, a scale for several statements, a ranking.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget

from openhall.design.widgets import Column


class Between(forms.Widget):
    """A heading or words between questions; nothing is sent.

    ``kind`` is note, section or page; ``look`` of a note: info, warning or fold.
    """

    template_name = "design/components/between.html"

    def __init__(self, kind: str, look: str, title: str, words: str) -> None:
        super().__init__()
        self.kind, self.look, self.title, self.words = kind, look, title, words

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"] |= {
            "kind": self.kind,
            "look": self.look,
            "title": self.title,
            "words": self.words,
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> None:
        return None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class PartsInput(forms.Widget):
    """One answer of several parts, a mapping by the parts' keys, sent as ``name-part``."""

    template_name = "design/components/parts_input.html"
    use_fieldset = True

    def __init__(self, parts: Sequence[Column]) -> None:
        super().__init__()
        self.parts = list(parts)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = value if isinstance(value, Mapping) else {"detail": value or ""}
        context["widget"]["parts"] = [self._part(name, one, said) for one in self.parts]
        return context

    def _part(self, name: str, part: Column, said: Mapping[str, Any]) -> dict[str, Any]:
        where = f"id_{name}-{part.key}"
        attrs = {"id": where}
        if part.offered:
            attrs["list"] = f"{where}-offered"
        shown = part.widget.render(f"{name}-{part.key}", said.get(part.key, ""), attrs)
        return {"column": part, "control": shown, "id": where}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        told = {
            one.key: one.widget.value_from_datadict(data, files, f"{name}-{one.key}")
            for one in self.parts
        }
        return {key: value for key, value in told.items() if value}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}-{one.key}" not in data for one in self.parts)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}-{self.parts[0].key}"


class MatrixInput(forms.Widget):
    """A scale for several statements: a mapping from each to the point chosen."""

    template_name = "design/components/matrix_input.html"
    use_fieldset = True

    def __init__(self, rows: Sequence[tuple[str, str]], options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.rows, self.options = list(rows), list(options)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = value if isinstance(value, Mapping) else {}
        context["widget"] |= {
            "options": self.options,
            "rows": [
                (
                    f"{name}-{place}",
                    label,
                    [(code, word, said.get(key) == code) for code, word in self.options],
                )
                for place, (key, label) in enumerate(self.rows)
            ],
        }
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        told = {key: data.get(f"{name}-{place}") for place, (key, _l) in enumerate(self.rows)}
        return {key: value for key, value in told.items() if value}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}-{place}" not in data for place in range(len(self.rows)))


class RankInput(forms.Widget):
    """Options put in order: one list to open for each place."""

    template_name = "design/components/rank_input.html"
    use_fieldset = True

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.options = list(options)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        said = list(value) if isinstance(value, list | tuple) else []
        said += [""] * (len(self.options) - len(said))
        context["widget"]["places"] = [
            (
                place,
                f"{name}-{place}",
                [(code, word, said[place - 1] == code) for code, word in self.options],
            )
            for place in range(1, len(self.options) + 1)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        places = range(1, len(self.options) + 1)
        told = [data.get(f"{name}-{place}", "") for place in places]
        return told if any(told) else []

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-1" not in data


class _Offered(ChoiceWidget):
    """Options that are offered only after some answers: the page's script hides the others.

    ``when`` maps a value to the condition as that script reads it.
    """

    def __init__(self, options: Sequence[tuple[str, Any]], when: Mapping[str, str]) -> None:
        super().__init__(choices=options)
        self.when = dict(when)

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if told := self.when.get(str(value)):
            option["attrs"]["data-offered"] = told
        return option


class OfferedList(_Offered, forms.Select):
    """A list to open."""


class OfferedRadios(_Offered, forms.RadioSelect):
    """One of a few, all seen."""


class OfferedBoxes(_Offered, forms.CheckboxSelectMultiple):
    """Several, all seen."""
