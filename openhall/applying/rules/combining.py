"""One list of materials and one form for what several units decide. 行政许可法 26, 31.

A paper that several items need is asked once and names each of them; a question that several
forms ask alike is asked once. What was answered is told apart again for each unit's own form, so
that a unit never reads what its form does not ask.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as column
from types import MappingProxyType
from typing import Any, Final

from openhall.applying.rules.one_question import (
    AskedForm,
    Group,
    alike,
    as_one,
    condition_of,
    depends_on,
    in_the_whole,
    ordered,
    own_key,
)
from openhall.cases.rules.acting import AUTHORISATION, LETTERS
from openhall.catalogue.terms import MaterialKind, Necessity
from openhall.forms.rules.conditions import holds
from openhall.forms.rules.definition import Field, FormDefinition
from openhall.forms.rules.facts import fact_of
from openhall.forms.terms import FieldKind

K = FieldKind
SHARED: Final = ("几个部门共同需要的", "Asked by several units")  # heading of what is asked alike
NAMED: Final = 4  # characters of a label that says what it asks; shorter ones say only a kind
CHOSEN: Final = (K.CHOICE, K.CHOICES)
WEIGHT: Final[Mapping[str, int]] = MappingProxyType(
    {Necessity.OPTIONAL.value: 0, Necessity.CONDITIONAL.value: 1, Necessity.REQUIRED.value: 2}
)
GENERIC: Final = frozenset(
    {"申请书", "申请表", "申请报告", "登记表", "审批表", "备案表", "承诺书", "委托书", "其他材料"}
)  # names that do not say which paper: each unit means its own


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


HEADS: Final = ("法定代表人", "负责人", "经营者", "主要负责人")
CARD: Final = re.compile(r"(.+?)(?:的)?(?:居民)?身份证(?:件|明)?(?:复印件)?")


def paper_called(name: str) -> str:
    """What a paper is called among several units': who heads the applicant shows one card.

    “法定代表人或者负责人身份证” and “经营者或者法定代表人身份证” are the card of the same person.
    """
    bare = bare_name(name)
    card = CARD.fullmatch(bare)
    if card and any(one in HEADS for one in re.split("或者?|和|及", card[1])):
        return "负责人身份证"
    return bare


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
    if paper.key in LETTERS:
        return (AUTHORISATION,)  # one letter for all units, whatever each guide calls it
    name, form = paper_called(paper.name), paper.kind == MaterialKind.FORM.value
    if not name or (name in GENERIC and not paper.blank):
        return (name, paper.item, paper.key)
    return (name, "form" if form else "", paper.blank)


# ---------------------------------------------------------------- forms
@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading: those of ``items``, several only for what they ask alike."""

    items: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class CombinedForm:
    """All questions once. ``form`` is what the one validator reads, in the order of ``sections``.

    ``keys`` tells, for each item, under which key of the combined form each of its own stands;
    ``forms`` are the items' own.
    """

    form: FormDefinition
    sections: tuple[Section, ...]
    keys: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, FormDefinition] = column(default_factory=dict)

    def asked_by(self, key: str) -> tuple[str, ...]:
        """The items whose form asks the question ``key``."""
        return tuple(item for item, own in self.keys.items() if key in own.values())


def combine_forms(forms: Sequence[AskedForm], title: str = "", title_en: str = "") -> CombinedForm:
    """One form of several: what is asked alike comes first, then each item's own questions.

    Where the items are named, each run of questions stands under a page heading that says whose it
    is; a heading of one form whose questions are all asked elsewhere is left out.
    """
    groups = alike(forms)
    while True:
        keys = _keys(forms, groups)
        sections = _sections(forms, groups, keys)
        late = _asked_too_late(sections)
        if not late:
            break
        groups = [one for one in groups if keys[one.items[0]][one.own(one.items[0])] not in late]
    named = {one.item: one for one in forms if one.name}
    fields: list[Field] = []
    for section in sections:
        if len(sections) > 1 and named:
            fields.append(_heading(section, named))
        fields += section.fields
    form = FormDefinition(title, title_en, tuple(fields))
    return CombinedForm(form, tuple(sections), keys, {one.item: one.form for one in forms})


def _keys(forms: Sequence[AskedForm], groups: Sequence[Group]) -> dict[str, dict[str, str]]:
    """For each item its own keys, with those of the combined form."""
    keys = {
        one.item: {field.key: own_key(one.item, field.key) for field in one.form} for one in forms
    }
    plain: set[str] = set()
    for group in groups:
        key = group.key if group.key not in plain else own_key(group.items[0], group.key)
        plain.add(group.key)
        for item in group.items:
            keys[item][group.own(item)] = key
    return keys


def _sections(
    forms: Sequence[AskedForm], groups: Sequence[Group], keys: Mapping[str, Mapping[str, str]]
) -> list[Section]:
    """What several ask, then each item's own; each question after those it depends on."""
    runs: list[tuple[tuple[str, ...], list[Field]]] = []
    if groups:
        items = dict.fromkeys(one.item for one in forms if any(one.item in g.items for g in groups))
        runs.append((tuple(items), [as_one(one, keys) for one in ordered(groups)]))
    shared = {(item, group.own(item)) for group in groups for item in group.items}
    for one in forms:
        own = _headed(field for field in one.form if (one.item, field.key) not in shared)
        runs.append(((one.item,), [in_the_whole(field, keys[one.item]) for field in own]))
    _put_off(runs)
    return [Section(items, tuple(fields)) for items, fields in runs if fields]


def _put_off(runs: Sequence[tuple[tuple[str, ...], list[Field]]]) -> None:
    """A question of several that hangs on one unit's own question moves right behind that one."""
    if not runs or len(runs[0][0]) < 2:
        return
    moved = True
    while moved:
        moved = False
        for field in list(runs[0][1]):
            needed = set(depends_on(field))
            places = [
                (run, place)
                for run, (_items, fields) in enumerate(runs)
                for place, one in enumerate(fields)
                if run and one.key in needed
            ]
            if places:
                run, place = max(places)
                runs[0][1].remove(field)
                runs[run][1].insert(place + 1, field)
                moved = True


def _asked_too_late(sections: Sequence[Section]) -> set[str]:
    """Questions of several that something before them depends on: they are asked apart again."""
    fields = [field for section in sections for field in section.fields]
    place = {field.key: at for at, field in enumerate(fields)}
    return {
        named
        for at, field in enumerate(fields)
        for named in depends_on(field)
        if place.get(named, -1) > at
    }


def _headed(fields: Iterable[Field]) -> list[Field]:
    """The fields without the headings under which nothing is left."""
    kept: list[Field] = []
    below = page_below = False  # whether something stands below, down to the next heading
    for one in reversed(list(fields)):
        if one.kind == K.SECTION:
            if not below:
                continue
            below = False
        elif one.kind == K.PAGE:
            if not page_below:
                continue
            below = page_below = False
        else:
            below = page_below = True
        kept.append(one)
    return kept[::-1]


def _heading(section: Section, named: Mapping[str, AskedForm]) -> Field:
    """Whose questions begin here: those of several units, or one matter's own."""
    if len(section.items) > 1:
        return Field(own_key("", "page"), K.PAGE, *SHARED)
    key = own_key(section.items[0], "page")
    one = named.get(section.items[0])
    return Field(key, K.PAGE, one.name if one else "", one.name_en if one else "")


def split_answers(combined: CombinedForm, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """For each item the answers its own form asks for, under its own keys.

    What one unit asks only sometimes and another always is kept from the first where it does not
    ask: no unit reads what its form does not ask.
    """
    told = {}
    for item, own in combined.keys.items():
        mine = {key: answers[there] for key, there in own.items() if there in answers}
        form = combined.forms.get(item)
        told[item] = mine if form is None else _asked_only(form, mine, combined, item)
    return told


def _asked_only(
    form: FormDefinition, mine: Mapping[str, Any], combined: CombinedForm, item: str
) -> dict[str, Any]:
    kept = dict(mine)
    for field in form:
        when = condition_of(field)
        if field.key in kept and when is not None:
            there = combined.keys[item][field.key]
            if len(combined.asked_by(there)) > 1 and not holds(when, kept, None):
                del kept[field.key]
    return kept


def asked_twice(combined: CombinedForm) -> list[tuple[str, list[tuple[str, Field]]]]:
    """Facts that the combined form still asks more than once: the fact, and who asks it how.

    Where a fact is declared by nobody, two units' questions of one name are told under it.
    """
    facts: dict[str, dict[str, tuple[str, Field]]] = {}
    names: dict[str, dict[str, tuple[str, Field]]] = {}
    for item, form in combined.forms.items():
        for field in form:
            if field.is_marker or field.kind in (K.STATEMENT, K.FILE):
                continue
            there = combined.keys[item][field.key]
            if fact := fact_of(field):
                facts.setdefault(fact, {}).setdefault(there, (item, field))
            elif len(field.label.strip()) >= NAMED and field.kind not in CHOSEN:
                names.setdefault(field.label.strip(), {}).setdefault(there, (item, field))
    told = [(fact, list(asked.values())) for fact, asked in facts.items()]
    told += [("", list(asked.values())) for asked in names.values()]
    return [(fact, asked) for fact, asked in told if len({item for item, _field in asked}) > 1]
