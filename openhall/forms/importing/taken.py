"""What an import makes: the fields of a form, and line by line what it could not take.

Nothing is left out in silence: what a reader does not understand it says with :meth:`Making.lose`,
and the form that comes out is checked by the same rules as one that was built by hand.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import Any, Final

from openhall.forms.rules import FormDefinition, NotAForm, faults_of_form, read_form
from openhall.forms.rules.formula import FormulaFault, names_in
from openhall.forms.rules.lists import listed
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
LONGEST_KEY: Final = 40
Condition = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """One thing that could not be taken: where it stands in the file, and what it is."""

    at: str
    said: Said


@dataclass(frozen=True, slots=True)
class Taken:
    """The form as far as it could be taken. ``notes`` were taken otherwise than they stood."""

    format: Said
    form: FormDefinition
    lost: tuple[Lost, ...]
    notes: tuple[Lost, ...]

    @property
    def is_whole(self) -> bool:
        """Whether the form says all that the file said."""
        return not self.lost


class NotReadable(ValueError):
    """The file is none of the formats that are read, or is broken; ``said`` tells people."""

    def __init__(self, said: Said) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(slots=True)
class Group:
    """A page, a section, or a group of neither name with a condition of its own."""

    label: str = ""
    label_en: str = ""
    when: Condition | None = None
    children: list["Group | dict[str, Any]"] = field(default_factory=list)
    is_page: bool = False
    words: str = ""
    words_en: str = ""


class Making:
    """What is being made: the keys given so far, and what was lost."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.lost: list[Lost] = []
        self.notes: list[Lost] = []

    def lose(self, at: str, zh: str, en: str) -> None:
        one = Lost(at, Said(zh, en))
        if one not in self.lost:
            self.lost.append(one)

    def note(self, at: str, zh: str, en: str) -> None:
        one = Lost(at, Said(zh, en))
        if one not in self.notes:
            self.notes.append(one)

    def key(self, wish: str, taken: set[str] | None = None) -> str:
        """A key nobody has: small letters, digits and underscores, from the name in the file."""
        known = self.keys if taken is None else taken
        stem = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", wish)
        stem = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")
        if not stem or not stem[0].isalpha() or iskeyword(stem) or stem == "today":
            stem = f"q_{stem}".rstrip("_")
        stem = stem[:LONGEST_KEY].rstrip("_")
        made, place = stem, 2
        while made in known:
            made = f"{stem[: LONGEST_KEY - 4]}_{place}"
            place += 1
        known.add(made)
        return made

    # ------------------------------------------------------------ the flat form
    def fields_of(self, root: Group) -> list[dict[str, Any]]:
        """The tree of groups as the flat list a form is: markers, questions, tables."""
        made: list[dict[str, Any]] = []
        self._emit(root, [], made, [None])
        return made

    def _emit(
        self,
        group: Group,
        around: list[Group],
        made: list[dict[str, Any]],
        current: list[Group | None],
    ) -> None:
        path = [*around, group]
        for child in group.children:
            if isinstance(child, Group):
                self._emit(child, path, made, current)
                continue
            if current[0] is not group:
                self._open(path, made)
                current[0] = group
            made.append(child)

    def _open(self, path: list[Group], made: list[dict[str, Any]]) -> None:
        """The markers that lead into the last group of ``path``."""
        page = next((one for one in path if one.is_page), None)
        if page is not None and not self._is_open(page, made):
            made.append(self._marker(page, "page", page.when))
        inner = path[path.index(page) + 1 :] if page is not None else path[1:]
        conditions: list[Condition] = []
        for one in inner:
            if one.when is not None:
                conditions.append(one.when)
            last = one is inner[-1]
            shown = id(one) in self._shown
            if last or (one.label and not shown):
                made.append(self._marker(one, "section", joined("all", conditions), bare=shown))
        told = page is not None or any(one["kind"] == "section" for one in made)
        if not inner and told and made and made[-1]["kind"] != "page":
            made.append({"key": self.key("rest"), "kind": "section", "label": ""})

    _shown: set[int]

    def _is_open(self, page: Group, made: list[dict[str, Any]]) -> bool:
        return id(page) in self._shown

    def _marker(
        self, group: Group, kind: str, when: Condition | None, bare: bool = False
    ) -> dict[str, Any]:
        self._shown.add(id(group))
        label = "" if bare else group.label
        if kind == "page" and not label.strip():
            label = "…"
        told: dict[str, Any] = {
            "key": self.key(f"{kind}_{group.label_en or group.label}"[:30]),
            "kind": kind,
            "label": label,
        }
        if group.label_en and not bare:
            told["label_en"] = group.label_en
        if group.words and not bare:
            told |= {"statement": group.words, "statement_en": group.words_en}
        if when is not None:
            told["show_if"] = when
        return told

    def cells_of(self, group: Group, when: Condition | None = None) -> list[dict[str, Any]]:
        """The columns of a repeated group: inner groups become words and conditions."""
        made: list[dict[str, Any]] = []
        for child in group.children:
            if not isinstance(child, Group):
                made.append(with_condition(child, when))
                continue
            inner = joined("all", [one for one in (when, child.when) if one is not None])
            if child.label.strip():
                note = {
                    "key": self.key("note"),
                    "kind": "note",
                    "label": child.label,
                    "label_en": child.label_en,
                }
                made.append(with_condition(note, inner))
            made += self.cells_of(child, inner)
        return made

    def finish(self, what: Said, root: Group, title: str, title_en: str) -> Taken:
        """The form, checked as one that was built by hand; its faults are told as lost."""
        self._shown = set()
        in_order(root)
        fields = [self._shallow(one, 0) for one in self.fields_of(root)]
        self._prune(fields)
        try:
            form = read_form(fields, title, title_en)
        except NotAForm as fault:
            raise NotReadable(
                Said(
                    f"无法组成表格（第{fault.at}处）：{fault.said.zh}",
                    f"No form can be made of it, at {fault.at}: {fault.said.en}",
                )
            ) from fault
        named = {one.key: one.label for one in form}
        for wrong in faults_of_form(form):
            if not wrong.warns:
                at = f"{wrong.at} {named.get(wrong.at, '')[:40]}".strip()
                self.lose(at, wrong.said.zh, wrong.said.en)
        return Taken(what, form, tuple(self.lost), tuple(self.notes))

    def _prune(self, fields: list[dict[str, Any]]) -> None:
        """Values that no option has are never answered: such a test says nothing anywhere."""
        known = {
            one["key"]: {each["value"] for each in one.get("options", [])}
            | {each.value for each in listed(one.get("listed", ""))}
            for field in fields
            for one in (field, *field.get("columns", []))
            if one.get("options") or one.get("listed")
        }
        self._drop(fields, known)

    def _drop(self, told: Any, known: dict[str, set[str]]) -> None:
        if isinstance(told, list):
            for one in told:
                self._drop(one, known)
            return
        if not isinstance(told, dict):
            return
        for test in ("is", "contains"):
            offered = known.get(told.get("field", "")) if test in told else None
            lost = [one for one in told[test] if one not in offered] if offered else []
            if offered and lost:
                self.note(
                    told["field"],
                    f"条件提到没有的选项“{'、'.join(lost)}”，不会成立，已略去。",
                    f"A condition names options that are not there ({', '.join(lost)}).",
                )
                told[test] = [one for one in told[test] if one in offered]
                if not told[test]:
                    told.clear()
                    told["holds"] = "False"
                    return
        for one in list(told.values()):
            self._drop(one, known)

    def _shallow(self, told: dict[str, Any], depth: int) -> dict[str, Any]:
        """The field without the rows of rows that no page can ask."""
        if not told.get("columns"):
            return told
        kept = []
        for one in told["columns"]:
            if depth and one["kind"] in ("table", "file"):
                self.lose(
                    f"{told['key']}.{one['key']} {one['label'][:40]}",
                    "表格里的表格再套的表格或者附件没有取。",
                    "Rows or files within rows within rows were not taken.",
                )
                continue
            kept.append(self._shallow(one, depth + 1))
        return told | {"columns": kept}


def in_order(group: Group) -> None:
    """Each question after those it depends on, where both stand in the same group."""
    waiting = list(group.children)
    for one in waiting:
        if isinstance(one, Group):
            in_order(one)
        elif one.get("columns"):
            rows = Group(children=one["columns"])
            in_order(rows)
            one["columns"] = rows.children
    where = {key: place for place, one in enumerate(waiting) for key in keys_of(one)}
    needs = [
        {where[key] for key in speaks_of(one) if where.get(key, place) != place}
        for place, one in enumerate(waiting)
    ]
    done: list[int] = []
    left = list(range(len(waiting)))
    while left:
        place = next((one for one in left if needs[one] <= set(done)), left[0])
        left.remove(place)
        done.append(place)
    group.children = [waiting[place] for place in done]


def keys_of(one: Group | dict[str, Any]) -> set[str]:
    """The keys a child of a group brings into the form."""
    if isinstance(one, Group):
        return {key for child in one.children for key in keys_of(child)}
    return {one["key"]}


def speaks_of(one: Any) -> set[str]:
    """The keys a child of a group speaks of, in whatever place."""
    if isinstance(one, Group):
        told = speaks_of(one.when)
        return told.union(*(speaks_of(child) for child in one.children))
    if isinstance(one, list):
        return set[str]().union(*(speaks_of(part) for part in one))
    if not isinstance(one, dict):
        return set()
    found: set[str] = set()
    for name, value in one.items():
        if name == "field":
            found.add(value)
        elif name in ("holds", "formula") or str(value).startswith("="):
            with suppress(FormulaFault):
                found |= names_in(str(value).removeprefix("="))
        elif isinstance(value, dict | list) and name not in ("example", "default"):
            found |= speaks_of(value)
    return found


def with_condition(told: dict[str, Any], when: Condition | None) -> dict[str, Any]:
    """The field, asked only if ``when`` holds as well."""
    both = joined("all", [one for one in (when, told.get("show_if")) if one is not None])
    return told | {"show_if": both} if both is not None else told


def joined(how: str, parts: list[Condition]) -> Condition | None:
    """Several conditions as one; one as itself; none as none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return {how: parts}


def digits(value: Any) -> str:
    """A whole number as it stands in the file, as text; nothing for what is none."""
    told = "" if value is None or isinstance(value, bool) else str(value)
    return told if re.fullmatch(r"-?[0-9]{1,9}", told) else ""


def parts(told: Any) -> Mapping[str, Any]:
    """What a file gives as parts by their names; none where it gives something else."""
    return told if isinstance(told, Mapping) else {}


def plain(words: Any) -> str:
    """Words without the marks of HTML and of Markdown's headings and emphasis."""
    said = "" if words is None else str(words)
    said = re.sub(r"(?is)<(script|style)\b.*?</\1>", "", said)
    said = re.sub(r'(?is)<a\b[^>]*?href\s*=\s*["\']([^"\']*)["\'][^>]*>(.*?)</a>', _link, said)
    said = re.sub(r"(?i)<(?:br\s*/?|/p|/li|/div|/h[1-6]|/ul|/ol|/tr)\s*>", "\n", said)
    said = re.sub(r"(?i)<li\b[^>]*>", "- ", said)
    said = re.sub(r"<[^<>]{1,2000}>", "", said)
    for mark, sign in ENTITIES.items():
        said = said.replace(mark, sign)
    said = re.sub(r"(?m)^#{1,6}\s+", "", said).replace("**", "")
    lines = [" ".join(line.split()) for line in said.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _link(found: "re.Match[str]") -> str:
    where, words = found[1].strip(), found[2]
    return f"{words} ({where})" if where.startswith("http") and where not in words else words


ENTITIES: Final = {
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#39;": "'",
    "&amp;": "&",
}
