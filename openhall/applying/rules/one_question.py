"""Which questions of several forms are one: asked alike, or naming the same declared fact.

A fact (``forms/facts.json``) says what an answer is, whatever a unit calls it: the name of a child,
the address of the premises. Questions of one fact are one question where a validator would judge
their answers alike; each unit's own words, conditions and demands are kept in it. 行政许可法 26.
"""

import ast
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from openhall.forms.rules.conditions import fields_named, renamed
from openhall.forms.rules.definition import Condition, Field, FormDefinition, both
from openhall.forms.rules.facts import fact_of, facts
from openhall.forms.rules.formula import FormulaFault, names_in
from openhall.forms.terms import FieldKind

K = FieldKind
LONGEST_KEY: Final = 40  # a file question's key is the key of its upload, which has 40 signs


def own_key(item: str, key: str) -> str:
    """A key that no other item's can be: the same for the same item and key, 40 signs at most.

    It is a name a formula may speak of, and begins as no key of a form does by chance.
    """
    made = f"x{_digest(item)[:8]}_{key}"
    return made if len(made) <= LONGEST_KEY else f"x{_digest(f'{item} {key}')[:24]}"


def _digest(told: str) -> str:
    return hashlib.sha256(told.encode()).hexdigest()


# ---------------------------------------------------------------- what is one
@dataclass(frozen=True, slots=True)
class AskedForm:
    """One item's form, as the combined one takes it in."""

    item: str
    form: FormDefinition
    name: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A question that several items ask alike; ``key`` is that of its first asker.

    ``fact``: what they all name with it; empty where only their words are the same.
    """

    key: str
    items: tuple[str, ...]
    fields: tuple[Field, ...]
    fact: str = ""

    def own(self, item: str) -> str:
        """Its key in the form of ``item``."""
        return self.fields[self.items.index(item)].key

    def is_asked_as(self, key: str, items: Sequence[str]) -> bool:
        """Whether it is the question ``key`` of every one of ``items``."""
        return all(item in self.items and self.own(item) == key for item in items)

    @property
    def depends_on(self) -> list[str]:
        """What must be one question for all of them too, under their own keys."""
        first = self.fields[0]
        return depends_on(_unconditional(first) if self.fact else first)


def alike(forms: Sequence[AskedForm]) -> list[Group]:
    """The questions that several forms ask alike, with everything they depend on asked alike too.

    A question that depends on one which differs is itself different, and so on. Questions of one
    fact may be asked under conditions that differ: those are joined (:func:`in_the_whole`).
    """
    found: dict[tuple[str, str, Any], dict[str, Field]] = {}
    for one in forms:
        for field in one.form:
            if field.kind in (K.PAGE, K.SECTION):
                continue  # whose questions they are, the combined form says itself
            fact = fact_of(field)
            if fact and not _may_be_joined(field, one.form):
                fact = ""
            asks = _judged(field) if fact else _asks(field)
            found.setdefault((fact, "" if fact else field.key, asks), {}).setdefault(
                one.item, field
            )
    groups = [
        Group(next(iter(asked.values())).key, tuple(asked), tuple(asked.values()), fact)
        for (fact, _key, _asks), asked in found.items()
        if len(asked) > 1
    ]
    while lost := [one for one in groups if not _stands(one, groups)]:
        groups = [one for one in groups if one not in lost]
    return groups


def _may_be_joined(field: Field, form: FormDefinition) -> bool:
    """Whether another unit's asking changes nothing else: what is asked only sometimes leads on.

    Where a further question hangs on an answer that is asked under a condition, answering it for
    another unit would ask that question too.
    """
    if condition_of(field) is None:
        return True
    return not any(field.key in depends_on(one) for one in form if one is not field)


def condition_of(field: Field) -> Condition | None:
    """When it is asked, by its own condition and those of its section and page."""
    return both(field.within, field.show_if)


def _unconditional(field: Field) -> Field:
    return replace(field, show_if=None, within=None, required_if=None)


def _stands(group: Group, groups: Sequence[Group]) -> bool:
    """Whether all that the question depends on is one question for all who ask it."""
    return all(
        any(other.is_asked_as(named, group.items) for other in groups) for named in group.depends_on
    )


def ordered(groups: Sequence[Group]) -> Iterator[Group]:
    """The questions asked alike, each after those it depends on."""
    told: list[Group] = []

    def tell(group: Group) -> None:
        if group in told:
            return
        for named in group.depends_on:
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
    """What makes two questions the same: all that a validator looks at, and the Chinese label.

    Whether it must be answered may differ: it must, if anybody demands it.
    """
    when = (field.show_if, field.within, field.required_if)
    return (field.label.strip(), fact_of(field), when, _judged(field))


def _judged(field: Field) -> Any:
    """All by which an answer is judged, whenever it is asked for."""
    return (
        field.kind,
        tuple((one.value, one.label, one.show_if) for one in field.options),
        tuple((one.value, one.label) for one in field.rows),
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


def merged(fields: Sequence[Field]) -> Field:
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


def in_the_whole(field: Field, keys: Mapping[str, str]) -> Field:
    """The question under its key of the combined form, and all it speaks of under theirs."""
    own = {key: there for key, there in keys.items() if key not in {c.key for c in field.columns}}
    return replace(
        _spoken_anew(field, keys),
        key=keys[field.key],
        columns=tuple(_spoken_anew(one, own) for one in field.columns),
    )


def as_one(group: Group, keys: Mapping[str, Mapping[str, str]]) -> Field:
    """The question of the group in the combined form: asked whenever any of its units asks."""
    told = [
        in_the_whole(one, keys[item]) for item, one in zip(group.items, group.fields, strict=True)
    ]
    whole = merged(told)
    if not group.fact:
        return whole
    if len({one.label.strip() for one in told}) > 1:
        name = facts()[group.fact].name
        whole = replace(whole, label=name.zh, label_en=name.en)
    asked = [condition_of(one) for one in told]
    needs = [
        (True, both(when, None if one.required else one.required_if))
        for one, when in zip(told, asked, strict=True)
        if one.required or one.required_if is not None
    ]
    always = all(one.required for one in told) or any(when is None for _needed, when in needs)
    return replace(
        whole,
        show_if=_any([one for one in asked if one is not None])
        if all(one is not None for one in asked)
        else None,
        within=None,
        required=always,
        required_if=None if always else _any([when for _needed, when in needs if when is not None]),
    )


def _any(conditions: Sequence[Condition]) -> Condition | None:
    told = tuple(dict.fromkeys(conditions))
    return Condition("", "any", parts=told) if len(told) > 1 else next(iter(told), None)


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
