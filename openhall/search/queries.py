"""What the doors ask: results in groups, what to type next, the rules in force. B8."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from time import monotonic, sleep
from typing import Final

from django.utils import timezone

from openhall.glossary import Said
from openhall.search.index.finding import Found, find, merged, wanted_in
from openhall.search.index.node import node
from openhall.search.index.store import Store
from openhall.search.kept import memory, rules_on
from openhall.search.rules.correcting import meant_instead
from openhall.search.rules.everyday import SHARE, WHOLE, Rules
from openhall.search.rules.fitting import fits_well
from openhall.search.rules.likeness import rerank
from openhall.search.rules.marking import Part, around, marked
from openhall.search.rules.plan import Only, plan
from openhall.search.rules.reading import Query, read
from openhall.search.rules.records import Candidate, Record
from openhall.search.sources import sources
from openhall.search.terms import QueryClass, RecordKind

SERVICES: Final = (
    RecordKind.GUIDE.value,
    RecordKind.JOINT.value,
    RecordKind.QUESTIONS.value,
    RecordKind.PLACE.value,
)
FEW: Final = 8
PAGE: Final = 20
SUGGESTED: Final = 8
LEAST_FIT: Final = 0.5  # less likeness is no answer, unless nothing else is there
WEAK: Final = 0.34
STRAY: Final = 0.6  # what fits so much worse than the best is a stray likeness
SURE: Final = 0.9
MEANS_IT: Final = 0.93  # said as it is called, or as it sounds; a slip away may be another thing


@dataclass(frozen=True, slots=True)
class Shown:
    """One result as a page shows it: parts of the text with what matches marked."""

    record: Record
    title: list[Part]
    text: list[Part]
    pinned: str = ""
    more: int = 0  # so many further passages of the same head
    unit: str = ""

    @property
    def kind(self) -> RecordKind:
        return RecordKind(self.record.kind)

    @property
    def name(self) -> str:
        """What it is called, in the language of the page."""
        return "".join(words for words, _marks in self.title)

    @property
    def closed(self) -> Said:
        return Said(*self.record.closed)


@dataclass(slots=True)
class Results:
    """What a search came to. ``ready`` is False while this node's first index is being made."""

    query: Query
    ready: bool = True
    fits: bool = False
    cited: list[Shown] = field(default_factory=list)
    services: list[Shown] = field(default_factory=list)
    others: list[Shown] = field(default_factory=list)
    service_count: int = 0
    other_count: int = 0
    kinds: list[tuple[RecordKind, int]] = field(default_factory=list)
    units: list[tuple[str, tuple[str, str], int]] = field(default_factory=list)
    instead: str = ""
    meant: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.cited) + self.service_count + self.other_count

    @property
    def unit(self) -> str:
        """The unit that the best result belongs to: who hears that nothing fitted."""
        return next((one.record.unit for one in self.services if one.record.unit), "")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page keeps the results to."""

    kind: str = ""
    unit: str = ""
    since: date | None = None
    until: date | None = None
    within: str = ""  # more words that each result must have: search within the results
    root: str = ""
    most: int = PAGE
    english: bool = False

    def only(self, kinds: Sequence[str] = (), not_kinds: Sequence[str] = ()) -> Only:
        days = None
        if self.since or self.until:
            days = (
                int((self.since or date.min).strftime("%Y%m%d").zfill(8)),
                int((self.until or date.max).strftime("%Y%m%d")),
            )
        return Only(
            kinds=(self.kind,) if self.kind else tuple(kinds),
            units=(self.unit,) if self.unit else (),
            roots=(self.root,) if self.root else (),
            days=days,
            not_kinds=() if self.kind else tuple(not_kinds),
        )


# ------------------------------------------------------------ searching
def search(typed: str, wanted: Wanted = Wanted(), rules: Rules | None = None) -> Results:
    """Everything public that fits ``typed``: services as a group of their own, then the rest."""
    query = read(typed)
    results = Results(query)
    if query.says_nothing:
        return results
    store = node().ready()
    if store is None:
        results.ready = False
        return results
    today = timezone.localdate()
    kept = rules_on(today) if rules is None else rules
    groups = _groups(store, query, wanted, kept, today)
    cited: Collapsed = [(one, 0) for group in groups for one in group.cited]
    top = max((one.fits for group in groups for one in group.others), default=0.0)
    least = SURE if cited else top * STRAY
    services, others = (_collapsed(group, least) for group in groups)
    best = [*groups[0].others[:PAGE], *groups[1].others[:PAGE]]
    results.fits = bool(cited) or _fits(store, query, best)
    results.meant = [one.query.folded for one in kept.meant(query) if one.said]
    if results.meant and any(one.fits >= WEAK for one, _more in services):
        results.fits = True
    _count(results, store, services, others)
    wide = len(services) if wanted.kind in SERVICES else FEW
    results.cited = _shown(store, query, cited, wanted, today)
    results.services = _shown(store, query, services[: min(wide, wanted.most)], wanted, today)
    results.others = _shown(store, query, others[: wanted.most], wanted, today)
    if cited:
        return results
    ordered = sorted(groups[0].others[:FEW] + groups[1].others[:FEW], key=lambda one: -one.fits)
    results.instead = meant_instead(query, ordered)
    return results


Collapsed = list[tuple[Candidate, int]]


def has_read_all(seconds: float) -> bool:
    """Whether this node's index has read every change; one that is behind is waited for."""
    end = monotonic() + seconds
    while True:
        node().ready()
        told = node().health()
        today = timezone.localdate().isoformat()
        if (told["state"], told.get("behind"), told.get("day")) == ("whole", 0, today):
            return True
        if monotonic() > end:
            return False
        sleep(0.2)


def _groups(
    store: Store, query: Query, wanted: Wanted, rules: Rules, today: date
) -> tuple[Found, Found]:
    """Services, and everything else."""
    services = Found([], [])
    if wanted.kind in ("", *SERVICES):
        services = find(store, query, wanted.only(kinds=SERVICES), memory())
        services = _meant_places(_with_meant(store, query, services, wanted, rules))
    others = Found([], [])
    if wanted.kind not in SERVICES:
        others = find(store, query, wanted.only(not_kinds=SERVICES), memory())
    return tuple(  # type: ignore[return-value]
        _ruled(store, query, _within(group, wanted.within), rules, today, first)
        for group, first in ((services, True), (others, False))
    )


def _meant_places(found: Found) -> Found:
    """A page of the site is meant, or it is not: it never fills up a list, nor sets its measure."""
    kept = [
        one for one in found.others if one.kind != RecordKind.PLACE.value or one.fits >= MEANS_IT
    ]
    return Found(found.cited, kept)


def _with_meant(store: Store, query: Query, found: Found, wanted: Wanted, rules: Rules) -> Found:
    """Also what the official words find. What stands there as typed, or is called so, comes first.

    A question's own finds are on a scale of their own, so there the meant ones go before them.
    """
    asks = query.cls == QueryClass.ASK
    best: dict[int, Candidate] = {} if asks else {one.n: one for one in found.others}
    sure = {one.n for one in best.values() if one.fits >= 1}
    for meant in rules.meant(query):
        told = plan(meant.query)
        scores = merged(store, told.heads, None, wanted.only(kinds=SERVICES))
        for one in rerank(meant.query, store.candidates(scores)):
            if not wanted_in(one, query):
                continue
            exact = one.fits >= 1
            if one.fits < (SURE if asks else LEAST_FIT):
                continue
            one.score = one.score * meant.share + meant.bonus * exact
            one.fits *= meant.share
            if exact and meant.bonus >= WHOLE / 2 and meant.share >= SHARE:
                sure.add(one.n)
            if one.n not in best or best[one.n].score < one.score:
                best[one.n] = one
    if not best:
        return found
    ordered = sorted(best.values(), key=lambda one: (one.n not in sure, -one.score, one.n))
    rest = [one for one in found.others if one.n not in best]
    return Found(found.cited, ordered + rest)


def _within(found: Found, words: str) -> Found:
    told = read(words).folded.split()
    if not told:
        return found

    def has(one: Candidate) -> bool:
        assert one.folded is not None
        text = "\n".join((*one.folded.titles, one.folded.body, *one.folded.english))
        return all(word in text for word in told)

    return Found(
        [one for one in found.cited if has(one)], [one for one in found.others if has(one)]
    )


def _ruled(
    store: Store, query: Query, found: Found, rules: Rules, today: date, services: bool
) -> Found:
    """Boosts never pass an exact name; a pinned answer stands first, with its reason."""
    boosts = rules.boosts or {}
    for one in found.others:
        one.score *= boosts.get(one.root, 1.0) if one.fits < 1 else 1.0
    others = sorted(found.others, key=lambda one: (-one.score, one.n)) if boosts else found.others
    pins = {pin.record: pin for pin in rules.pinned(query, today)}
    if not pins:
        return Found(found.cited, others)
    numbers = store.numbers_of(list(pins))
    first = [
        one
        for one in store.candidates(dict.fromkeys(numbers.values(), 9.0))
        if (one.kind in SERVICES) == services
    ]
    for one in first:
        one.pinned, one.fits = pins[one.id].reason, 1.0
    taken = {one.n for one in first}
    return Found(found.cited, first + [one for one in others if one.n not in taken])


def _collapsed(found: Found, best: float) -> Collapsed:
    """One entry a head: its best passage stands for all; what is hardly alike is left out."""
    entries: dict[str, tuple[Candidate, int]] = {}
    for one in found.others:
        if 0 < one.fits < best:
            continue
        first, more = entries.get(one.root, (one, -1))
        entries[one.root] = (first, more + 1)
    return list(entries.values())


def _fits(store: Store, query: Query, best: list[Candidate]) -> bool:
    if query.cls == QueryClass.ASK and any(one.fits >= LEAST_FIT for one in best[:FEW]):
        return True
    return fits_well(query, best, store.rarity)


def _count(results: Results, store: Store, services: Collapsed, others: Collapsed) -> None:
    results.service_count, results.other_count = len(services), len(others)
    kinds = Counter(one.kind for one, _more in (*services, *others))
    results.kinds = [(kind, kinds[kind.value]) for kind in RecordKind if kinds[kind.value]]
    records = store.records([one.n for one, _more in (*services, *others)])
    units = Counter((one.unit, one.units) for one in records.values() if one.unit)
    results.units = [(code, names, count) for (code, names), count in units.most_common(12)]


def _shown(
    store: Store, query: Query, found: Collapsed, wanted: Wanted, today: date
) -> list[Shown]:
    """As a page shows them, each asked once more whether it is still public."""
    records = store.records([one.n for one, _more in found])
    gone = no_longer_public([records[one.n] for one, _more in found if one.n in records], today)
    shown = []
    for one, more in found:
        record = records.get(one.n)
        if record is None or record.id in gone:
            continue
        english = wanted.english and bool(record.title_en)
        title = record.title_en if english else record.title
        note = record.note[1] if english else record.note[0]
        text = note if record.head else (record.body_en if english else record.body)
        if record.head and not _matches(query, title) and not _matches(query, note):
            body = record.body_en if english else record.body
            text = around(query, body) if _matches(query, body) else note
        elif not record.head:
            text = around(query, text)
        shown.append(
            Shown(
                record,
                marked(query, title),
                marked(query, text),
                one.pinned,
                more,
                record.units[1] if english and record.units[1] else record.units[0],
            )
        )
    return shown


def _matches(query: Query, text: str) -> bool:
    return any(mark for _words, mark in marked(query, text[:600]))


def no_longer_public(records: Iterable[Record], day: date) -> set[str]:
    """The ids of ``records`` that are not public any more, though the index still has them."""
    gone: set[str] = set()
    asked: dict[str, list[Record]] = {}
    for one in records:
        asked.setdefault(one.kind, []).append(one)
    for kind, its in asked.items():
        source = sources().get(kind)
        if source is None or source.public is None:
            continue
        still = source.public(sorted({one.key for one in its}), day)
        gone |= {one.id for one in its if one.key not in still}
    return gone


# ------------------------------------------------------------ while typing
@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a person may mean: a name, and the record it leads to."""

    title: str
    record: Record


def suggest(typed: str, english: bool = False, most: int = SUGGESTED) -> list[Suggestion]:
    """Names that fit what is typed so far, services first."""
    query = read(typed)
    if query.says_nothing or len(query.plain) < 2 or query.cls == QueryClass.ASK:
        return []
    store = node().ready()
    if store is None:
        return []
    told = plan(query)
    found = rerank(query, store.candidates(merged(store, told.heads, None, Only())))
    rules = rules_on(timezone.localdate())
    for meant in rules.meant(query)[:3]:
        more = plan(meant.query)
        scores = merged(store, more.heads, None, Only(kinds=SERVICES))
        found += rerank(meant.query, store.candidates(scores))[:most]
    near = [one for one in found if one.fits >= SURE]
    near.sort(key=lambda one: (one.kind not in SERVICES, -one.score, one.n))
    records = store.records([one.n for one in near[: 3 * most]])
    names: dict[str, Record] = {}
    for one in near[: 3 * most]:
        record = records[one.n]
        title = record.title_en if english and record.title_en else record.title
        names.setdefault(title, record)
    return [Suggestion(title, record) for title, record in list(names.items())[:most]]
