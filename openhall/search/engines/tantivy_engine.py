"""Tantivy, which makes the grams of long texts itself: most of what building costs."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import tantivy

from openhall.search.engines.port import Hit, Torn
from openhall.search.rules.fields import EXACT, TEXTS, TOKENS, Analysed
from openhall.search.rules.plan import Node, OneOf, Only, Retrieval

HEAP: Final = 64_000_000  # bytes for the writer; more only while everything is made anew
BUILD_HEAP: Final = 300_000_000
MOST_ROOTS: Final = 64
Occur = tantivy.Occur
Query = tantivy.Query


def _schema() -> Any:
    made = tantivy.SchemaBuilder()
    made.add_unsigned_field("n", stored=False, fast=True)
    made.add_unsigned_field("day", indexed=True, fast=True)
    made.add_text_field("head", stored=False, tokenizer_name="raw", index_option="basic")
    for name in EXACT:
        made.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
    for name in TOKENS:
        made.add_text_field(name, stored=False, tokenizer_name="blank", index_option="freq")
    for name in TEXTS:
        made.add_text_field(name, stored=False, tokenizer_name=f"grams_{name}", index_option="freq")
    return made.build()


class TantivyEngine:
    """An index in ``folder``/tantivy. One process writes at a time (the room's lock)."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tantivy"
        self.path.mkdir(parents=True, exist_ok=True)
        self.schema = _schema()
        try:
            self.index = tantivy.Index(self.schema, path=str(self.path), reuse=True)
        except (ValueError, OSError) as error:
            raise Torn(str(error)) from error
        builder, kinds = tantivy.TextAnalyzerBuilder, tantivy.Tokenizer
        self.index.register_tokenizer("blank", builder(kinds.whitespace()).build())
        for name, (least, most) in TEXTS.items():
            made = builder(kinds.ngram(least, most, False)).build()
            self.index.register_tokenizer(f"grams_{name}", made)
        self.writer: Any = None
        self.searcher = self.index.searcher()

    # ------------------------------------------------------------ writing
    def _writer(self, heap: int = HEAP) -> Any:
        if self.writer is None:
            self.writer = self.index.writer(heap_size=heap, num_threads=1 if heap == HEAP else 2)
        return self.writer

    def upsert(self, rows: Iterable[tuple[int, Analysed]]) -> None:
        writer = self._writer()
        for n, one in rows:
            writer.delete_documents_by_term("id", one.exact["id"])
            writer.add_document(self._document(n, one))

    def delete(self, ids: Iterable[str]) -> None:
        writer = self._writer()
        for one in ids:
            writer.delete_documents_by_term("id", one)

    def commit(self) -> None:
        if self.writer is not None:
            self.writer.commit()
            self.writer.wait_merging_threads()
            self.writer = None  # gives the lock of the folder back
        self.reload()

    def rebuild(self, rows: Iterable[tuple[int, Analysed]]) -> None:
        writer = self._writer(BUILD_HEAP)
        writer.delete_all_documents()
        for n, one in rows:
            writer.add_document(self._document(n, one))
        self.commit()

    def _document(self, n: int, one: Analysed) -> Any:
        made = tantivy.Document()
        made.add_unsigned("n", n)
        made.add_unsigned("day", one.day)
        made.add_text("head", "1" if one.head else "0")
        for name, word in one.exact.items():
            if word:
                made.add_text(name, word)
        for name, tokens in one.tokens.items():
            made.add_text(name, " ".join(tokens))
        for name, text in one.texts.items():
            if text:
                made.add_text(name, text)
        return made

    # ------------------------------------------------------------ reading
    def reload(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, asked: Retrieval) -> list[Hit]:
        parts = [part for node in asked.any_of for part in self._node(node)]
        if not parts:
            return []
        query = Query.boolean_query(parts)
        if kept := self._only(asked.only):
            query = Query.boolean_query([(Occur.Must, query), *kept])
        return self._hits(query, asked.most)

    def suggest(self, asked: Retrieval) -> list[Hit]:
        return self.search(replace(asked, only=replace(asked.only, heads=True)))

    def exact(self, field: str, word: str, most: int) -> list[int]:
        return [hit.n for hit in self._hits(self._term(field, word, "basic"), most)]

    def _hits(self, query: Any, most: int) -> list[Hit]:
        found = self.searcher.search(query, most, count=False).hits
        if not found:
            return []
        numbers = self.searcher.fast_field_values("n", [place for _score, place in found])
        return [Hit(int(n or 0), score) for (score, _place), n in zip(found, numbers, strict=True)]

    def _term(self, field: str, word: str, option: str = "freq") -> Any:
        return Query.term_query(self.schema, field, word, index_option=option)

    def _node(self, node: Node) -> list[Any]:
        terms = [self._term(node.field, token) for token in node.tokens]
        if isinstance(node, OneOf):
            return [(Occur.Should, Query.boost_query(term, node.weight)) for term in terms]
        if node.lacking:
            least = len(terms) - node.lacking
            every = Query.boolean_query([(Occur.Should, term) for term in terms], least)
        else:
            every = Query.boolean_query([(Occur.Must, term) for term in terms])
        return [(Occur.Should, Query.const_score_query(every, node.bonus))]

    def _only(self, only: Only) -> list[Any]:
        kept = []
        if only.heads:
            kept.append((Occur.Must, self._free([self._term("head", "1", "basic")])))
        for field, words in (("kind", only.kinds), ("unit", only.units), ("root", only.roots)):
            if words:
                terms = [self._term(field, word, "basic") for word in words[:MOST_ROOTS]]
                kept.append((Occur.Must, self._free(terms)))
        if only.not_kinds:
            terms = [self._term("kind", word, "basic") for word in only.not_kinds]
            kept.append((Occur.MustNot, self._free(terms)))
        if only.days:
            first, last = only.days
            within = Query.range_query(
                self.schema, "day", tantivy.FieldType.Unsigned, first, last, True, True
            )
            kept.append((Occur.Must, Query.const_score_query(within, 0.0)))
        return kept

    @staticmethod
    def _free(terms: list[Any]) -> Any:
        """A condition that adds nothing to the score."""
        any_of = Query.boolean_query([(Occur.Should, term) for term in terms])
        return Query.const_score_query(any_of, 0.0)

    def health(self) -> dict[str, int | str]:
        size = sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())
        return {"engine": self.name, "records": self.searcher.num_docs, "bytes": size}

    def close(self) -> None:
        self.writer = None
