"""A table: columns that a page or a view declares, drawn alike everywhere.

What every table of the house has, because it is drawn here alone: a name for people who do not
see it, headings that say which way they read, a region that the keyboard reaches when it scrolls,
figures to the right, and a card for each row on a phone. How a page writes one: ``docs/design.md``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template
from django.http import QueryDict
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from openhall.paging.keyset import Page

OPTIONS = {"name", "by", "look", "current"}
FLAGS = {"wide", "shown"}
KINDS = {"number", "head", "bare"}


@dataclass(frozen=True)
class Column:
    """A heading and how what stands beneath it is set.

    ``number`` sets figures, ``head`` names the row (the first column, unless another does), and
    the heading of a ``bare`` column is read aloud but not seen.
    """

    label: Any
    number: bool = False
    head: bool = False
    bare: bool = False


def drawn(
    columns: Sequence[Column], rows: Iterable[tuple[bool, Sequence[Any]]], **more: Any
) -> SafeString:
    """The table as HTML; ``rows`` hold whether one is the present one, and its cells."""
    named = any(column.head for column in columns)
    heads = [column.head if named else place == 0 for place, column in enumerate(columns)]
    lines = [(current, list(zip(columns, heads, cells, strict=True))) for current, cells in rows]
    return mark_safe(  # noqa: S308  # a template of ours has drawn it
        get_template("design/components/table.html").render(
            {"columns": columns, "rows": lines, **more}
        )
    )


def grid(
    heads: Sequence[Any], rows: Iterable[Sequence[Any]], name: Any = "", by: str = ""
) -> SafeString:
    """A table whose texts a view has ready, one for each heading (a text or a ``Column``)."""
    columns = [head if isinstance(head, Column) else Column(head) for head in heads]
    lines = [(False, [_text(cell) for cell in row]) for row in rows]
    return drawn(columns, lines, name=name, by=by, look="table-stack")


def ways(context: template.Context, page: Page[Any]) -> dict[str, object]:
    """The addresses before and behind a page: this one, read on from another row."""
    request, here = context.get("request"), context.get("this_page")
    said = urlsplit(here).query if here else request.GET.urlencode() if request else ""
    sent = QueryDict(said, mutable=True)
    after, before = f"{page.name}after", f"{page.name}before"
    for name in (after, before):
        sent.pop(name, None)

    def at(name: str, key: str | int) -> str:
        return "?" + urlencode([*sent.lists(), (name, key)], doseq=True) if key else ""

    return {"older": at(after, page.after), "newer": at(before, page.before)}


def _text(cell: Any) -> SafeString:
    text = conditional_escape("—" if cell is None else cell)
    return mark_safe(text.replace("\n", "<br>"))  # noqa: S308  # escaped in the line above


@dataclass(frozen=True)
class _Declared:
    label: FilterExpression
    kinds: frozenset[str]
    when: FilterExpression | None
    body: NodeList

    def column(self, context: template.Context) -> Column:
        return Column(self.label.resolve(context), **dict.fromkeys(self.kinds, True))


class _Said(Node):
    """The sentence that stands where a table has no rows: what is so, what to do, and where."""

    def __init__(self, words: list[FilterExpression]) -> None:
        self.words = words

    def render(self, context: template.Context) -> SafeString:
        names = ("text", "what_to_do", "href")
        said = [word.resolve(context) for word in self.words]
        return mark_safe(  # noqa: S308  # a template of ours has drawn it
            get_template("design/components/empty.html").render(
                dict(zip(names, said, strict=False))
            )
        )


class TableNode(Node):
    """One table of a page: its rows drawn, or what the page says where there are none."""

    child_nodelists = ("nothing",)

    def __init__(
        self,
        names: list[str],
        rows: FilterExpression,
        options: dict[str, FilterExpression],
        flags: set[str],
        columns: list[_Declared],
        nothing: NodeList,
    ) -> None:
        self.names, self.rows, self.options = names, rows, options
        self.flags, self.columns, self.nothing = flags, columns, nothing

    def render(self, context: template.Context) -> SafeString:
        columns = [one for one in self.columns if one.when is None or one.when.resolve(context)]
        rows = self.rows.resolve(context) or ()
        lines = [self._line(context, columns, row) for row in rows]
        if not lines:
            return self.nothing.render(context)
        told: dict[str, Any] = ways(context, rows) if isinstance(rows, Page) else {}
        told |= {key: said.resolve(context) for key, said in self.options.items()}
        told["look"] = f"{told.get('look', '')} {'' if 'wide' in self.flags else 'table-stack'}"
        return drawn(
            [one.column(context) for one in columns], lines, shown="shown" in self.flags, **told
        )

    def _line(
        self, context: template.Context, columns: list[_Declared], row: Any
    ) -> tuple[bool, list[SafeString]]:
        values = [row] if len(self.names) == 1 else list(row)
        with context.push(**dict(zip(self.names, values, strict=True))):
            current = self.options.get("current")
            return (
                bool(current and current.resolve(context) in (True, "current")),
                [mark_safe(one.body.render(context).strip()) for one in columns],  # noqa: S308
            )


def table(parser: Parser, token: Token) -> TableNode:
    """Read a table of a page; a table without a name or a column fails when it is compiled."""
    bits = token.split_contents()[1:]
    if "in" not in bits[1:-1]:
        raise template.TemplateSyntaxError("A table begins: table row in rows name=…")
    place = bits.index("in")
    names = " ".join(bits[:place]).replace(",", " ").split()
    options, flags = _options(parser, bits[place + 2 :], OPTIONS, FLAGS)
    if not {"name", "by"} & set(options):
        raise template.TemplateSyntaxError("A table has a name: name=_('…') or by='id-of-heading'")
    columns, nothing = [], NodeList()
    parser.parse(("column",))
    while True:
        mark, *rest = parser.next_token().split_contents()
        if mark != "column":
            break
        kinds, said = _options(parser, rest[1:], {"when"}, KINDS)
        body = parser.parse(("column", "empty", "endtable"))
        label = parser.compile_filter(rest[0])
        columns.append(_Declared(label, frozenset(said), kinds.get("when"), body))
    if mark == "empty":
        nothing = parser.parse(("endtable",))
        parser.delete_first_token()
        if rest:
            nothing.insert(0, _Said([parser.compile_filter(word) for word in rest]))
    rows = parser.compile_filter(bits[place + 1])
    return TableNode(names, rows, options, flags, columns, nothing)


def _options(
    parser: Parser, bits: list[str], known: set[str], flags: set[str]
) -> tuple[dict[str, FilterExpression], set[str]]:
    """What stands after the rows or the heading: ``name=value`` and single words."""
    options, said = {}, set()
    for bit in bits:
        key, equals, value = bit.partition("=")
        if equals and key in known:
            options[key] = parser.compile_filter(value)
        elif bit in flags:
            said.add(bit)
        else:
            raise template.TemplateSyntaxError(f"A table knows no {bit!r}")
    return options, said
