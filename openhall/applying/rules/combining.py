"""One list of materials and one form for what several units decide. 行政许可法 26, 31.

A paper that several items need is asked once and names each of them; a question that several
forms ask alike is asked once. What was answered is told apart again for each unit's own form, so
that a unit never reads what its form does not ask.
"""

import ast
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from openhall.catalogue.terms import MaterialKind, Necessity
from openhall.forms.rules.conditions import fields_named, renamed
from openhall.forms.rules.definition import Field, FormDefinition
from openhall.forms.rules.formula import FormulaFault, names_in
from openhall.forms.terms import FieldKind

K = FieldKind
LONGEST_KEY: Final = 40  # a file question's key is the key of its upload, which has 40 signs
WEIGHT: Final[Mapping[str, int]] = MappingProxyType(
    {Necessity.OPTIONAL.value: 0, Necessity.CONDITIONAL.value: 1, Necessity.REQUIRED.value: 2}
)
GENERIC: Final = frozenset(
    {"申请书", "申请表", "申请报告", "登记表", "审批表", "备案表", "承诺书", "委托书", "其他材料"}
)  # names that do not say which paper: each unit means its own

# What units call differently and mean alike, so that it is asked once whatever its key: one project
# has one name, one code, one site. Only words that can mean nothing else in any form stand here.
FACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "项目名称": "项目名称",
        "工程名称": "项目名称",
        "建设项目名称": "项目名称",
        "工程项目名称": "项目名称",
        "项目代码": "项目代码",
        "投资项目代码": "项目代码",
        "投资项目统一代码": "项目代码",
        "建设地点": "建设地点",
        "工程地点": "建设地点",
        "工程地址": "建设地点",
        "建设地址": "建设地点",
        "设计单位和资质": "设计单位和资质",
        "设计单位和资质等级": "设计单位和资质",
        "统一社会信用代码": "统一社会信用代码",
        "经营场所地址": "经营场所地址",
        "营业场所地址": "经营场所地址",
    }
)


# ---------------------------------------------------------------- keys
def own_key(item: str, key: str) -> str:
    """A key that no other item's can be: the same for the same item and key, 40 signs at most.

    It is a name a formula may speak of, and begins as no key of a form does by chance.
    """
    made = f"x{_digest(item)[:8]}_{key}"
    return made if len(made) <= LONGEST_KEY else f"x{_digest(f'{item} {key}')[:24]}"


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


# ---------------------------------------------------------------- materials
@dataclass(frozen=True, slots=True)
class Paper:
    """One material as one item's guide asks for it; ``blank`` names its own blank form."""

    item: str
    key: str
    name: str
    name_en: str = ""
    necessity: str = Necessity.REQUIRED.value
    condition: str = ""
    condition_en: str = ""
    kind: str = MaterialKind.ORIGINAL.value
    originals: int = 1
    copies: int = 0
    blank: str = ""


@dataclass(frozen=True, slots=True)
class CombinedPaper:
    """One row of the combined list. ``papers`` are what the items ask, in the order of the parts.

    ``key`` is that of its first asker, told apart from every other item's.
    """

    key: str
    papers: tuple[Paper, ...]

    @property
    def first(self) -> Paper:
        return self.papers[0]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.item for one in self.papers))

    @property
    def necessity(self) -> str:
        """Demanded if any item demands it."""
        return max((one.necessity for one in self.papers), key=lambda code: WEIGHT.get(code, 2))

    @property
    def conditions(self) -> tuple[tuple[str, str], ...]:
        """When it is needed, in both languages; empty where somebody always needs it."""
        if self.necessity != Necessity.CONDITIONAL.value:
            return ()
        told = [
            (one.condition, one.condition_en)
            for one in self.papers
            if one.necessity == Necessity.CONDITIONAL.value and one.condition
        ]
        return tuple(dict.fromkeys(told))

    @property
    def originals(self) -> int:
        """The original is shown once, to the joint window. 行政许可法 35."""
        return max(one.originals for one in self.papers)

    @property
    def copies(self) -> int:
        return max(one.copies for one in self.papers)


def bare_name(name: str) -> str:
    """A paper's name without signs, blanks and width: 《章程》（草案） and 章程(草案) are one."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name)).casefold()


def combine_papers(papers: Iterable[Paper]) -> tuple[CombinedPaper, ...]:
    """Each paper once, in the order it is first asked for.

    What one item asks twice (the cards of both spouses) stays two rows.
    """
    rows: dict[tuple[tuple[str, ...], int], list[Paper]] = {}
    told: Counter[tuple[str, ...]] = Counter()
    for paper in papers:
        identity = _identity(paper)
        rows.setdefault((identity, told[paper.item, *identity]), []).append(paper)
        told[paper.item, *identity] += 1
    return tuple(
        CombinedPaper(own_key(found[0].item, found[0].key), tuple(found)) for found in rows.values()
    )


def _identity(paper: Paper) -> tuple[str, ...]:
    name, form = bare_name(paper.name), paper.kind == MaterialKind.FORM.value
    if not name or (name in GENERIC and not paper.blank):
        return (name, paper.item, paper.key)
    return (name, "form" if form else "", paper.blank)


# ---------------------------------------------------------------- forms
@dataclass(frozen=True, slots=True)
class AskedForm:
    """One item's form, as the combined one takes it in."""

    item: str
    form: FormDefinition


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading: those of ``items``, several only for what they ask alike."""

    items: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class CombinedForm:
    """All questions once. ``form`` is what the one validator reads, in the order of ``sections``.

    ``keys`` tells, for each item, under which key of the combined form each of its own stands.
    """

    form: FormDefinition
    sections: tuple[Section, ...]
    keys: Mapping[str, Mapping[str, str]]

    def asked_by(self, key: str) -> tuple[str, ...]:
        """The items whose form asks the question ``key``."""
        return tuple(item for item, own in self.keys.items() if key in own.values())


def combine_forms(forms: Sequence[AskedForm], title: str = "", title_en: str = "") -> CombinedForm:
    """One form of several: what is asked alike comes first, then each item's own questions."""
    groups = _alike(forms)
    keys = {
        one.item: {field.key: own_key(one.item, field.key) for field in one.form} for one in forms
    }
    plain: set[str] = set()
    for group in groups:
        key = group.key if group.key not in plain else own_key(group.items[0], group.key)
        plain.add(group.key)
        for item in group.items:
            keys[item][group.own(item)] = key
    sections = []
    if groups:
        items = dict.fromkeys(one.item for one in forms if any(one.item in g.items for g in groups))
        told = tuple(_renamed(_merged(one.fields), keys[one.items[0]]) for one in _ordered(groups))
        sections.append(Section(tuple(items), told))
    shared = {(item, group.own(item)) for group in groups for item in group.items}
    for one in forms:
        own = [field for field in one.form if (one.item, field.key) not in shared]
        if own:
            told = tuple(_renamed(field, keys[one.item]) for field in own)
            sections.append(Section((one.item,), told))
    fields = tuple(field for section in sections for field in section.fields)
    return CombinedForm(FormDefinition(title, title_en, fields), tuple(sections), keys)


def split_answers(combined: CombinedForm, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For each item the answers its own form asks for, under its own keys."""
    return {
        item: {key: answers[there] for key, there in own.items() if there in answers}
        for item, own in combined.keys.items()
    }


@dataclass(frozen=True, slots=True)
class _Group:
    """A question that several items ask alike; ``key`` is that of its first asker."""

    key: str
    items: tuple[str, ...]
    fields: tuple[Field, ...]

    def own(self, item: str) -> str:
        """Its key in the form of ``item``."""
        return self.fields[self.items.index(item)].key

    def is_asked_as(self, key: str, items: Sequence[str]) -> bool:
        """Whether it is the question ``key`` of every one of ``items``."""
        return all(item in self.items and self.own(item) == key for item in items)


def _alike(forms: Sequence[AskedForm]) -> list[_Group]:
    """The questions that several forms ask alike, with everything they depend on asked alike too.

    A question that depends on one which differs is itself different, and so on.
    """
    found: dict[tuple[str, Any], dict[str, Field]] = {}
    for one in forms:
        for field in one.form:
            fact = FACTS.get(field.label.strip(), field.key)
            found.setdefault((fact, _asks(field)), {}).setdefault(one.item, field)
    groups = [
        _Group(next(iter(asked.values())).key, tuple(asked), tuple(asked.values()))
        for asked in found.values()
        if len(asked) > 1
    ]
    while lost := [one for one in groups if not _stands(one, groups)]:
        groups = [one for one in groups if one not in lost]
    return groups


def _stands(group: _Group, groups: Sequence[_Group]) -> bool:
    """Whether all that the question depends on is one question for all who ask it."""
    return all(
        any(other.is_asked_as(named, group.items) for other in groups)
        for named in depends_on(group.fields[0])
    )


def _ordered(groups: Sequence[_Group]) -> Iterator[_Group]:
    """The questions asked alike, each after those it depends on."""
    told: list[_Group] = []

    def tell(group: _Group) -> None:
        if group in told:
            return
        for named in depends_on(group.fields[0]):
            for other in groups:
                if other is not group and other.is_asked_as(named, group.items):
                    tell(other)
        told.append(group)

    for group in groups:
        tell(group)
    yield from told


def depends_on(field: Field) -> list[str]:
    """The questions whose answers decide whether this one is asked, or what it comes to."""
    named: set[str] = set()
    for condition in field.conditions:
        named |= fields_named(condition)
    limits = [one[1:] for one in (field.minimum, field.maximum) if one.startswith("=")]
    for formula in [field.formula, *limits] if field.kind == K.COMPUTED else limits:
        with suppress(FormulaFault):  # one that nobody can read comes to nothing in either form
            named |= names_in(formula)
    for column in field.columns:
        named |= set(depends_on(column)) - {one.key for one in field.columns}
    return sorted(named - {field.key})


def _asks(field: Field) -> Any:
    """What makes two questions the same: all that a validator looks at, and the Chinese label, or
    the fact that it names.

    Whether it must be answered may differ: it must, if anybody demands it.
    """
    label = field.label.strip()
    return (
        field.kind,
        FACTS.get(label, label),
        tuple((one.value, one.label, one.show_if) for one in field.options),
        tuple((one.value, one.label) for one in field.rows),
        field.show_if,
        field.within,
        field.required_if,
        tuple(one.must for one in field.checks),
        field.regex,
        field.least_words,
        field.most_words,
        field.default,
        field.read_only,
        field.hidden,
        field.look,
        field.listed,
        field.minimum,
        field.maximum,
        field.pattern,
        tuple((one.key, one.required, _asks(one)) for one in field.columns),
        field.formula,
        field.decimals,
        field.unit,
        field.accept,
        field.statement,
    )


def _merged(fields: Sequence[Field]) -> Field:
    """The question asked once: demanded if anybody demands it, with whatever words there are."""
    names: tuple[str, ...] = (
        "label_en",
        "help",
        "help_en",
        "why",
        "why_en",
        "unit_en",
        "statement_en",
    )
    names += ("message", "message_en", "missing", "missing_en")
    words: dict[str, Any] = {
        name: next((said for one in fields if (said := getattr(one, name))), "") for name in names
    }
    return replace(fields[0], required=any(one.required for one in fields), **words)


def _renamed(field: Field, keys: Mapping[str, str]) -> Field:
    """The question under its key of the combined form, and all it speaks of under theirs."""
    own = {key: there for key, there in keys.items() if key not in {c.key for c in field.columns}}
    return replace(
        _spoken_anew(field, keys),
        key=keys[field.key],
        columns=tuple(_spoken_anew(one, own) for one in field.columns),
    )


def _spoken_anew(field: Field, keys: Mapping[str, str]) -> Field:
    """The question under its own key, with every other it names under the new one."""

    def speaking(formula: str) -> str:
        return _speaking_of(formula, keys)

    def limit(told: str) -> str:
        return f"={speaking(told[1:])}" if told.startswith("=") else told

    return replace(
        field,
        show_if=renamed(field.show_if, keys, speaking),
        within=renamed(field.within, keys, speaking),
        required_if=renamed(field.required_if, keys, speaking),
        checks=tuple(
            replace(one, must=renamed(one.must, keys, speaking) or one.must) for one in field.checks
        ),
        options=tuple(
            replace(one, show_if=renamed(one.show_if, keys, speaking)) for one in field.options
        ),
        minimum=limit(field.minimum),
        maximum=limit(field.maximum),
        formula=speaking(field.formula) if field.kind == K.COMPUTED else field.formula,
    )


class _Renaming(ast.NodeTransformer):
    """Questions by their new keys; functions and ``today`` stay."""

    def __init__(self, keys: Mapping[str, str], fields: set[str]) -> None:
        self.keys, self.fields = keys, fields

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """The name of a function is none of a question, though they may be alike."""
        node.args = [self.visit(one) for one in node.args]
        return node

    def visit_Name(self, node: ast.Name) -> ast.Name:
        named = self.keys.get(node.id, node.id) if node.id in self.fields else node.id
        return ast.copy_location(ast.Name(named, node.ctx), node)


def _speaking_of(formula: str, keys: Mapping[str, str]) -> str:
    try:
        fields = names_in(formula)
    except FormulaFault:
        return formula
    tree = ast.parse(formula.strip(), mode="eval")
    return ast.unparse(_Renaming(keys, fields).visit(tree))
