"""The search on real records beside FTS5's own tokenizers: quality by kind of query, time, room.

Run: ``.venv/bin/python benchmarks/search.py [RECORDS] [QUERIES A KIND] [ENGINE …]``. It reads the
shared data (``OPENHALL_SHARED_DATA``; without it it says so and stops): service items, whole laws,
articles, and queries made mechanically from them. A query counts where a record with its words is
in the corpus; it is answered when one is among the first ten. Limits: docs/decisions/0032.
"""

import csv
import gzip
import json
import os
import resource
import shutil
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import mean, median
from time import perf_counter, thread_time
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from openhall.policies.rules.law_names import article_number, law_key  # noqa: E402
from openhall.policies.rules.pages import sections  # noqa: E402
from openhall.search.index.finding import find  # noqa: E402
from openhall.search.index.store import Store  # noqa: E402
from openhall.search.rules.asking import Kept, Memory  # noqa: E402
from openhall.search.rules.fitting import likelihood  # noqa: E402
from openhall.search.rules.folding import clean, fold  # noqa: E402
from openhall.search.rules.grams import grams  # noqa: E402
from openhall.search.rules.plan import Only  # noqa: E402
from openhall.search.rules.reading import read  # noqa: E402
from openhall.search.rules.records import Record  # noqa: E402
from openhall.search.terms import QueryClass  # noqa: E402

DATA = Path(os.environ.get("OPENHALL_SHARED_DATA") or ROOT.parent / "shared" / "data")
LEVELS = {"法律": 2, "司法解释": 1, "行政法规": 0, "部门规章": -1, "地方性法规": -1}
LIMITS = {"A": 0.995, "B": 0.975, "p95 ms": 10.0, "bytes a record": 700, "records a second": 5000}
TEN = 10
SUBJECTS = """
火星移民 量子纠缠 光谱仪 足球彩票 电吉他 恐龙化石 咖啡拉花 星座运势 鲸鱼歌唱 魔方速拧 滑翔伞
交响乐团 冰川漂流 手冲壶 折纸鹤 猫薄荷 太空电梯 摇滚乐队 塔罗牌 极光摄影
"""
OFF_TOPIC = SUBJECTS.split()
PHRASES = ("{}", "怎么买{}", "{}多少钱", "哪里有{}培训", "{}的历史")


def _lines(name: str) -> Iterator[dict[str, Any]]:
    file = DATA / name
    with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
        yield from map(json.loads, lines)


def _record(name: str, title: str, **more: Any) -> Record:
    told: dict[str, Any] = {"kind": "policy", "key": name, "root": name, "at": ("",)} | more
    return Record(id=name, title=title, **told)


def records(most: int) -> Iterator[Record]:
    """Items, whole laws as heads, articles as passages: at most ``most``."""
    with (DATA / "catalogue/guangan_2024.csv").open(encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            body = f"{row['department']} {row['group']}"
            yield _record(f"item:{row['item_code']}", row["name"], kind="guide", body=body)
    laws = list(_lines("policies/documents.jsonl.gz"))
    level = {law_key(one["title"]): LEVELS.get(one["category"], 2) for one in laws}
    for law in laws:
        yield _record(f"law:{law['id']}", law["title"], level=level[law_key(law["title"])])
    left = most - len(laws) - 1135
    for name in ("search/articles_relevant.jsonl.gz", "search/articles_distractor.jsonl.gz"):
        for one in _lines(name):
            law = law_key(one["law"])
            number = article_number(one["article"]) or 0
            more = {"level": level.get(law, 2), "law": law, "article": number}
            yield _record(one["id"], one["law"], root=law, head=False, body=one["text"], **more)
            left -= 1
            if left <= 0:
                return
    copy = 0
    while left > 0:  # past what there is, the laws again: more of the same words
        for law in laws:
            for place, part in enumerate(sections(law["text"])):
                name = f"{law['id']}-{copy}-{place}"
                body = part.text[:3000]
                yield _record(name, law["title"], root=f"law:{law['id']}", head=False, body=body)
                left -= 1
                if left <= 0:
                    return
        copy += 1


Answer = Callable[[str], list[int]]


def ours(store: Store) -> Answer:
    return lambda query: [one.n for one in find(store, read(query)).every[:TEN]]


def fts5(folder: Path, store: Store, tokenizer: str) -> Answer:
    """SQLite's own tokenizer on the same texts."""
    base = sqlite3.connect(folder / f"{tokenizer}.sqlite3")
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(title, body, tokenize={tokenizer})")
    rows = store.base.execute("SELECT n, titles, body FROM record")
    base.executemany("INSERT INTO t(rowid, title, body) VALUES (?,?,?)", rows)
    base.commit()

    def answer(query: str) -> list[int]:
        words = [clean(fold(word)) for word in query.split()]
        if tokenizer == "trigram":
            words = [one for word in words for one in (grams(word, 3) or [])]
        told = " OR ".join(f'"{word}"' for word in words if word)
        if not told:
            return []
        sql = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 3.0, 1.0) LIMIT 10"
        return [row[0] for row in base.execute(sql, (told,))]

    return answer


class Truth:
    """Which records have all the words of a query."""

    def __init__(self, store: Store) -> None:
        rows = store.base.execute("SELECT n, titles || char(10) || body FROM record")
        self.texts: dict[int, str] = dict(rows)
        self.all = "\x00".join(self.texts.values())

    def holds(self, n: int, must: list[str]) -> bool:
        return all(one in self.texts[n] for one in must)

    def answerable(self, must: list[str]) -> bool:
        return all(one in self.all for one in must)


def queries(name: str, truth: Truth, most: int) -> dict[str, list[tuple[str, list[str]]]]:
    found = defaultdict(list)
    for one in _lines(name):
        must = [clean(fold(word)) for word in one["must"]]
        if truth.answerable(must):
            found[one["v"]].append((one["q"], must))
    for its in found.values():
        Random(1).shuffle(its)
    return {kind: its[:most] for kind, its in found.items()}


def measure(answer: Answer, asked: list[tuple[str, list[str]]], truth: Truth) -> dict[str, Any]:
    hits, ranks, times = 0, 0.0, []
    for query, must in asked:
        begun = thread_time()
        found = answer(query)
        times.append((thread_time() - begun) * 1000)
        place = next((at for at, n in enumerate(found, 1) if truth.holds(n, must)), 0)
        hits += place > 0
        ranks += 1 / place if place else 0
    return {"recall": hits / len(asked), "mrr": ranks / len(asked), "ms": times}


def lay(store: Store) -> None:
    """Questions of lay people, all of them; the memory holds the other half of them."""
    asked = list(_lines("search/lay_questions_dev.jsonl"))
    Random(2).shuffle(asked)
    halves = asked[: len(asked) // 2], asked[len(asked) // 2 :]
    roots = dict(store.base.execute("SELECT id, root FROM record"))
    # Past what there is the laws stand again: an article counts wherever its words stand.
    texts = dict(store.base.execute("SELECT id, body FROM record"))

    def kept(half: list[dict[str, Any]]) -> Memory:
        return Memory(
            [
                Kept(
                    one["query"],
                    tuple(one["relevant"]),
                    tuple(roots[r] for r in one["relevant"] if r in roots),
                )
                for one in half
            ]
        )

    for remembers in (False, True):
        hits, shares, times = [], [], []
        for half, other in (halves, halves[::-1]):
            memory = kept(other) if remembers else Memory(())
            for one in half:
                wanted = {texts[each] for each in one["relevant"] if each in texts}
                if not wanted:
                    continue
                begun = thread_time()
                every = find(store, read(one["query"]), Only(), memory).every[:200]
                times.append((thread_time() - begun) * 1000)
                found = list(dict.fromkeys(texts[each.id] for each in every))
                hits.append(bool(wanted & set(found[:TEN])))
                shares.append(len(wanted & set(found[:100])) / len(wanted))
        name = f"memory of {len(halves[0])}" if remembers else "without memory"
        print(
            f"lay, {name}: hit@10 {mean(hits):.3f}  R@100 {mean(shares):.3f}  n {len(hits)}  "
            f"CPU ms p50/p95 {median(times):.1f} / {sorted(times)[int(len(times) * 0.95)]:.1f}"
        )


def nothing(store: Store, answered: list[str]) -> None:
    """AUC of "something fits" on subjects that no record names against queries that have one."""
    texts = "".join(row[0] for row in store.base.execute("SELECT body FROM record"))
    absent = [phrase.format(s) for s in OFF_TOPIC if s not in texts for phrase in PHRASES]

    def score(typed: str) -> float:
        query = read(typed)
        found = find(store, query).every
        if query.cls in (QueryClass.LATIN, QueryClass.MIXED):
            return max((one.fits for one in found), default=0.0)
        return likelihood(query, found, store.rarity)

    good, bad = [score(one) for one in answered], [score(one) for one in absent]
    wins = sum((g > b) + 0.5 * (g == b) for g in good for b in bad)
    print(f"nothing fits: AUC {wins / len(good) / len(bad):.3f}  n {len(good)} and {len(bad)}")


def main() -> None:
    if not (DATA / "search").is_dir():
        print(f"No shared data in {DATA} (set OPENHALL_SHARED_DATA): nothing is measured.")
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    each = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    engines = sys.argv[3:] or ["tantivy", "fts5"]
    folder = Path(tempfile.mkdtemp(prefix="openhall-search-"))
    rivals: dict[str, Answer] = {}
    stores: dict[str, Store] = {}
    for name in engines:
        stores[name] = store = Store(folder / name, name)
        begun, cpu = perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
        count = store.build(records(most), {})
        spent = resource.getrusage(resource.RUSAGE_SELF).ru_utime - cpu
        size = int(store.engine.health()["bytes"])
        texts = (folder / name / "records.sqlite3").stat().st_size
        print(
            f"{name}: {count:,} records in {perf_counter() - begun:.1f} s ({spent:.1f} s CPU, "
            f"{count / spent:,.0f} a CPU second); postings {size / count:,.0f} B a record, "
            f"texts {texts / count:,.0f} B"
        )
        rivals[name] = ours(store)
    store = stores[engines[0]]
    for tokenizer in ("trigram", "unicode61"):
        rivals[f"FTS5 {tokenizer}"] = fts5(folder, store, tokenizer)
    truth = Truth(store)
    sets = {"A": "search/titles_dev.jsonl", "B": "search/hard_dev.jsonl"}
    answered: list[str] = []
    for name, file in sets.items():
        asked = queries(file, truth, each)
        totals: dict[str, list[dict[str, Any]]] = defaultdict(list)
        print(f"\n{name:12}{'n':>5}" + "".join(f"{rival:>22}" for rival in rivals))
        for kind, its in asked.items():
            answered += [query for query, _must in its[:5]]
            cells = []
            for rival, answer in rivals.items():
                got = measure(answer, its, truth)
                totals[rival].append(got)
                cells.append(f"{got['recall']:.3f} / {got['mrr']:.3f}".rjust(22))
            print(f"{kind:12}{len(its):>5}" + "".join(cells))
        print(f"{'mean':17}", end="")
        for its in totals.values():
            told = (
                f"{mean(one['recall'] for one in its):.3f} / {mean(one['mrr'] for one in its):.3f}"
            )
            print(told.rjust(22), end="")
        print(f"\n{'CPU ms p50/p95':17}", end="")
        for its in totals.values():
            times = sorted(time for one in its for time in one["ms"])
            told = f"{median(times):.1f} / {times[int(len(times) * 0.95)]:.1f}"
            print(told.rjust(22), end="")
        print(f"\nlimit: recall {LIMITS[name]}, no kind under a rival")
    print()
    lay(store)
    nothing(store, answered)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {peak:,.0f} MB (all engines and texts); limits {LIMITS}")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
