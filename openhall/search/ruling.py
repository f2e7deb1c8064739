"""What the staff page reads: versions of the rules, what each would move, lists, judgements."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet, Sum

from openhall.search.index.node import node
from openhall.search.kept import CITY
from openhall.search.kept import rules_of as rules_of
from openhall.search.kept import rules_on as rules_on
from openhall.search.models import AnswerSaid, AskedCount, JudgedQuery, SearchRules
from openhall.search.models import SearchRulesEvent as SearchRulesEvent
from openhall.search.queries import PAGE, Wanted, search
from openhall.search.rules.everyday import Rules, changed
from openhall.search.rules.quality import ndcg
from openhall.search.terms import AnswerState
from openhall.versions.queries import history, in_force

LISTED: Final = 50
LEAST_TIMES: Final = 3  # a query is listed once so many asked it: no list of single people's words


def rules_history() -> QuerySet[SearchRules]:
    """Every version of the rules, the newest first."""
    return history(SearchRules, **CITY)


def rules_by_pk(pk: int) -> SearchRules | None:
    return SearchRules.objects.filter(pk=pk).first()


def rules_in_force(day: date) -> SearchRules | None:
    """The version in force on ``day``; None while the shipped words are."""
    return in_force(SearchRules, day, **CITY)


def judged() -> QuerySet[JudgedQuery]:
    return JudgedQuery.objects.select_related("judged_by")


def asked_most(since: date, *, unanswered: bool = False) -> list[dict[str, Any]]:
    """Queries since ``since`` that several people asked, the most asked first."""
    rows = AskedCount.objects.filter(day__gte=since).values("query")
    rows = rows.annotate(times=Sum("asked"), nothing=Sum("unanswered"))
    by = "nothing" if unanswered else "times"
    rows = rows.filter(**{f"{by}__gte": LEAST_TIMES}).order_by(f"-{by}", "query")
    return [dict(row) for row in rows[:LISTED]]


def answers_waiting() -> QuerySet[AnswerSaid]:
    """What residents said, not settled yet, the most said first."""
    return AnswerSaid.objects.filter(state=AnswerState.SAID.value).order_by("-times", "-last_at")


def order_of(typed: str, rules: Rules, most: int = PAGE) -> list[str]:
    """The ids in order, services first, as ``rules`` would have it."""
    wanted = replace(Wanted(), most=most)
    results = search(typed, wanted, rules)
    every = (*results.cited, *results.services, *results.others)
    return [one.record.id for one in every][:most]


@dataclass(frozen=True, slots=True)
class Effect:
    """What two versions of the rules make of a query: records that moved, and nDCG if judged."""

    query: str
    moved: list[tuple[str, int | None, int | None]]
    before: float | None = None
    after: float | None = None


def effects(old: Rules, new: Rules, queries: Iterable[str], most: int = PAGE) -> list[Effect]:
    """Queries whose order ``new`` changes, with what moves in it."""
    grades = {row.query: row.answers for row in JudgedQuery.objects.all()}
    found = []
    for query in queries:
        before, after = order_of(query, old, most), order_of(query, new, most)
        if moved := changed(before, after):
            judged_as = grades.get(query)
            found.append(
                Effect(
                    query,
                    moved,
                    ndcg(before, judged_as) if judged_as else None,
                    ndcg(after, judged_as) if judged_as else None,
                )
            )
    return found


def tried_queries(old: Rules, new: Rules, since: date, most: int = 20) -> list[str]:
    """What a change is tried on: words that differ, pins that differ, judged and asked queries."""
    differ = {one.said for one in set(old.words) ^ set(new.words)}
    differ |= {one.query for one in set(old.pins) ^ set(new.pins)}
    kept = JudgedQuery.objects.values_list("query", flat=True)[:most]
    asked = [row["query"] for row in asked_most(since)[:most]]
    return list(dict.fromkeys([*sorted(differ), *kept, *asked]))[:most]


def quality(rules: Rules) -> tuple[int, float]:
    """How many queries are judged, and their mean nDCG at 10 under ``rules``."""
    rows = list(JudgedQuery.objects.all())
    if not rows:
        return 0, 0.0
    return len(rows), sum(ndcg(order_of(row.query, rules), row.answers) for row in rows) / len(rows)


def titles_of(ids: Iterable[str]) -> dict[str, str]:
    """The titles of records by their id, as far as the index has them."""
    store = node().ready()
    if store is None:
        return {}
    numbers = store.numbers_of(list(ids))
    records = store.records(list(numbers.values()))
    return {one: records[n].title for one, n in numbers.items()}
