"""XForms of ODK and its kin (an instance, binds, a body in XML), by way of an XLSForm's rows.

A question of the body is a row with its bind; a value that is only reckoned stands after the node
before it. Absolute paths become the names of XLSForm, so both formats have one reader of formulas.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from openhall.forms.importing.taken import Lost, NotReadable, Taken
from openhall.forms.importing.xlsform import read_rows
from openhall.glossary import Said

FORMAT: Final = Said("ODK XForm", "ODK XForm")
Row = dict[str, Any]
OF_TYPE: Final = {
    "string": "text",
    "int": "integer",
    "integer": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "datetime",
    "boolean": "text",
    "barcode": "barcode",
    "geopoint": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
}
COLUMNS: Final = {  # of a bind, and of a row
    "relevant": "relevant",
    "constraint": "constraint",
    "constraintMsg": "constraint_message",
    "required": "required",
    "requiredMsg": "required_message",
    "readonly": "readonly",
}
CONTROLS: Final = ("input", "secret", "select", "select1", "upload", "trigger", "range", "rank")
RELATIVE: Final = re.compile(r"(?:current\(\)/)?(?:\.\./)+([A-Za-z_][\w.-]*(?:/[\w.-]+)*)")
OF_MACHINES: Final = re.compile(r"\buuid\(|\bposition\(\.\.\)|\brandom\(")
NODES: Final = re.compile(r"instance\('([^']+)'\)/root[/]item(?:\[(.*)\])?", re.DOTALL)


def read_xform(name: str, data: bytes) -> Taken:
    """The form in an XForms document. Raises :class:`NotReadable`."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data):
        raise NotReadable(
            Said("XML 里有文档类型声明，不读取。", "XML with a document type is not read.")
        )
    try:
        root = fromstring(data)  # noqa: S314 - no document type, so no entity of its own
    except (ParseError, ValueError, LookupError) as fault:
        raise NotReadable(
            Said("XML 写法有误，无法读取。", "The XML is malformed and cannot be read.")
        ) from fault
    model = next((one for one in root.iter() if bare(one) == "model"), None)
    body = next((one for one in root.iter() if bare(one) == "body"), None)
    if model is None or body is None:
        raise NotReadable(
            Said("没有 model 和 body，不是 XForms 表格。", "No model and body: no XForm.")
        )
    return _XForm(name, root, model, body).taken()


def bare(one: Element) -> str:
    """The name of an element or attribute without its name space."""
    return one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""


def said(one: Element, name: str) -> str:
    """An attribute by its plain name."""
    return next((value for key, value in one.attrib.items() if key.rpartition("}")[2] == name), "")


def inside(one: Element | None, name: str) -> Iterator[Element]:
    yield from (child for child in (() if one is None else one) if bare(child) == name)


class _XForm:
    """One document on its way to the rows of an XLSForm."""

    def __init__(self, name: str, root: Element, model: Element, body: Element) -> None:
        self.name, self.body = name, body
        titles = [one for one in root.iter() if bare(one) == "title"]
        self.title = "".join(titles[0].itertext()).strip() if titles else ""
        instances = list(inside(model, "instance"))
        first = next(iter(instances[0]), None) if instances else None
        self.paths = list(_leaves(first, f"/{bare(first)}")) if first is not None else []
        self.names = _names(self.paths)
        self.given = dict(_texts(first)) if first is not None else {}
        self.binds = {
            said(one, "nodeset") or said(one, "ref"): one for one in inside(model, "bind")
        }
        self.lists = {said(one, "id"): _items(one) for one in instances[1:] if said(one, "id")}
        itext = next(inside(model, "itext"), None)
        self.texts = {
            said(one, "lang"): {said(text, "id"): text for text in inside(one, "text")}
            for one in inside(itext, "translation")
        }
        self.rows: list[Row] = []
        self.choices: list[Row] = []
        self.aside: list[str] = []  # numbers that a machine gives itself

    def taken(self) -> Taken:
        self._children(self.body, "")
        self._reckoned()
        for place, row in enumerate(self.rows, start=1):
            row["#"] = place
        sheets = {"survey": self.rows, "choices": self.choices}
        sheets["settings"] = [{"form_title": self.title}] if self.title else []
        taken = read_rows(self.name, sheets, FORMAT)
        notes = [
            Lost(path, Said("由设备自己编号，略去。", "Numbered by the device itself; left out."))
            for path in self.aside
        ]
        return replace(taken, notes=(*taken.notes, *notes))

    # ------------------------------------------------------------ words
    def _words(self, one: Element, name: str, column: str) -> Row:
        """A label or a hint in each language it has."""
        told = next(inside(one, name), None)
        if told is None:
            return {}
        found = re.fullmatch(r"jr:itext\((.+)\)", said(told, "ref").strip())
        if found is None:
            words = self._plain(told)
            return {column: words} if words else {}
        key = found[1].strip().strip("'\"")
        made = {}
        for language, texts in self.texts.items():
            values = list(inside(texts.get(key), "value"))
            words = next((self._plain(v) for v in values if not said(v, "form")), "")
            media = [v for v in values if said(v, "form") in ("image", "audio", "video")]
            if words:
                made[f"{column}::{language}"] = words
            for each in media:
                made[f"{said(each, 'form')}::{language}"] = self._plain(each)
        return made

    def _plain(self, one: Element) -> str:
        parts = [one.text or ""]
        for child in one:
            if bare(child) == "output":
                value = said(child, "value") or said(child, "ref")
                parts.append(self._path(value.strip()))
            else:
                parts.append("".join(child.itertext()))
            parts.append(child.tail or "")
        return " ".join("".join(parts).split())

    def _path(self, told: str) -> str:
        """An expression with the names of XLSForm for the paths of the instance."""
        for path in sorted(self.names, key=len, reverse=True):
            if path in told:
                told = re.sub(rf"{re.escape(path)}(?![\w./-])", f"${{{self.names[path]}}}", told)
        told = re.sub(RELATIVE, self._named, told)
        return re.sub(r"\s*(\$\{[^}]+\})\s*", r" \1 ", told).strip()

    def _named(self, found: "re.Match[str]") -> str:
        """A path from where one stands, by the node it most likely leads to."""
        ends = f"/{found[1]}"
        path = next((one for one in self.paths if one.endswith(ends)), "")
        return f"${{{self.names[path]}}}" if path else found[0]

    # ------------------------------------------------------------ the body
    def _children(self, parent: Element, around: str) -> None:
        for one in parent:
            kind = bare(one)
            if kind == "group":
                self._group(one, around)
            elif kind == "repeat":
                self._repeat(one, {})
            elif kind in CONTROLS:
                self._question(one, kind)

    def _group(self, one: Element, around: str) -> None:
        inner = [child for child in one if bare(child) not in ("label", "hint")]
        where = said(one, "ref") or said(one, "nodeset")
        if len(inner) == 1 and bare(inner[0]) == "repeat":
            self._repeat(inner[0], self._words(one, "label", "label"))
            return
        row = {"type": "begin group", "name": self.names.get(where, "group"), "node": where}
        self.rows.append(row | self._words(one, "label", "label") | self._bound(where))
        self._children(one, where)
        self.rows.append({"type": "end group"})

    def _repeat(self, one: Element, words: Row) -> None:
        where = said(one, "nodeset") or said(one, "ref")
        row: Row = {"type": "begin repeat", "name": self.names.get(where, "rows"), "node": where}
        if count := said(one, "count"):
            row["repeat_count"] = self._path(count)
        self.rows.append(row | words | self._bound(where))
        self._children(one, where)
        self.rows.append({"type": "end repeat"})

    def _question(self, one: Element, kind: str) -> None:
        where = said(one, "ref") or said(one, "nodeset") or said(one, "bind")
        bind = self.binds.get(where)
        row: Row = {"name": self.names.get(where, where.rpartition("/")[2]), "node": where}
        row |= self._words(one, "label", "label") | self._words(one, "hint", "hint")
        row |= self._bound(where)
        if look := said(one, "appearance"):
            row["appearance"] = look
        row["type"] = self._type(one, kind, bind, row)
        if self.given.get(where) and row["type"] != "note":
            row["default"] = self.given[where]
        self.rows.append(row)

    def _type(self, one: Element, kind: str, bind: Element | None, row: Row) -> str:
        plain = ("" if bind is None else said(bind, "type")).rpartition(":")[2].lower()
        if kind in ("select", "select1", "rank"):
            return self._choosing(one, kind, row)
        if kind == "upload":
            media = said(one, "mediatype").split("/")[0]
            return media if media in ("image", "audio", "video") else "file"
        if kind == "trigger":
            return "acknowledge"
        if kind == "range":
            row["parameters"] = " ".join(
                f"{key}={said(one, key)}" for key in ("start", "end", "step")
            )
            return "range"
        if row.get("readonly", "").startswith("true") and "calculation" not in row:
            row.pop("readonly")
            return "note"
        return OF_TYPE.get(plain, "text")

    def _choosing(self, one: Element, kind: str, row: Row) -> str:
        name = f"list_{len(self.choices)}_{row['name']}"
        word = {"select": "select_multiple", "select1": "select_one", "rank": "rank"}[kind]
        items = next(inside(one, "itemset"), None)
        if items is not None:
            found = NODES.fullmatch(said(items, "nodeset").strip())
            if found is None or not self.lists.get(found[1]):
                return f"{word}_from_file {said(items, 'nodeset')[:80]}"
            for told in self.lists[found[1]]:
                self.choices.append({"list_name": name, **self._option(told)})
            if found[2]:
                row["choice_filter"] = self._path(found[2])
            return f"{word} {name}"
        for each in inside(one, "item"):
            value = next(inside(each, "value"), None)
            said_ = "" if value is None else (value.text or "").strip()
            self.choices.append(
                {"list_name": name, "name": said_} | self._words(each, "label", "label")
            )
        return f"{word} {name}"

    def _option(self, told: Mapping[str, str]) -> Row:
        """An item of a further instance: its value, its words, and what a filter may ask of it."""
        made: Row = {
            name: value for name, value in told.items() if name not in ("label", "itextId")
        }
        if key := told.get("itextId"):
            for language, texts in self.texts.items():
                values = list(inside(texts.get(key), "value"))
                words = next((self._plain(v) for v in values if not said(v, "form")), "")
                if words:
                    made[f"label::{language}"] = words
        elif told.get("label"):
            made["label"] = told["label"]
        return made

    def _bound(self, where: str) -> Row:
        bind = self.binds.get(where)
        if bind is None:
            return {}
        row: Row = {}
        for name, column in COLUMNS.items():
            if told := said(bind, name):
                row[column] = self._path(told) if not name.endswith("Msg") else self._told(told)
        if told := said(bind, "calculate"):
            row["calculation"] = self._path(told)
        return row

    def _told(self, words: str) -> str:
        found = re.fullmatch(r"jr:itext\((.+)\)", words.strip())
        if found is None:
            return words
        key = found[1].strip().strip("'\"")
        for texts in self.texts.values():
            for value in inside(texts.get(key), "value"):
                return self._plain(value)
        return ""

    # ------------------------------------------------------------ what is only reckoned
    def _reckoned(self) -> None:
        """Values without a question, each after the node before it at its own level."""
        there = {row["node"]: row for row in self.rows if row.get("node")}
        last: dict[str, Row] = {}
        for path in self.paths:
            parent, bind = path.rpartition("/")[0], self.binds.get(path)
            if path in there:
                last[parent] = there[path]
            elif bind is None or "/meta/" in path or said(bind, "preload"):
                continue
            elif re.search(OF_MACHINES, said(bind, "calculate")):
                self.aside.append(path)
            elif said(bind, "calculate"):
                row = {"type": "calculate", "name": self.names[path]} | self._bound(path)
                for word in ("relevant", "readonly", "required"):
                    row.pop(word, None)
                self.rows.insert(self._behind(last.get(parent), there.get(parent)), row)
                last[parent] = row

    def _behind(self, before: Row | None, around: Row | None) -> int:
        """Where a row stands that follows ``before``, or comes first in ``around``."""
        if before is None:
            return 0 if around is None else self._place(around) + 1
        at, depth = self._place(before), 0
        for place in range(at, len(self.rows)):
            kind = str(self.rows[place]["type"])
            depth += kind.startswith("begin ") - kind.startswith("end ")
            if depth <= 0:
                return place + 1
        return at + 1

    def _place(self, row: Row) -> int:
        return next(place for place, one in enumerate(self.rows) if one is row)


def _leaves(one: Element, path: str) -> Iterator[str]:
    """The paths of an instance, in their order; a template of rows stands but once."""
    seen = set()
    for child in one:
        where = f"{path}/{bare(child)}"
        if where in seen:
            continue
        seen.add(where)
        yield where
        yield from _leaves(child, where)


def _texts(one: Element, path: str = "") -> Iterator[tuple[str, str]]:
    path = path or f"/{bare(one)}"
    for child in one:
        where = f"{path}/{bare(child)}"
        if not len(child) and (child.text or "").strip():
            yield where, (child.text or "").strip()
        yield from _texts(child, where)


def _names(paths: list[str]) -> dict[str, str]:
    """A name for each path: its last part, or more of it where that is taken."""
    made: dict[str, str] = {}
    taken: set[str] = set()
    for path in paths:
        parts = path.strip("/").split("/")
        name = parts[-1]
        while name in taken and len(parts) > 1:
            parts = parts[:-1]
            name = f"{parts[-1]}_{name}"
        taken.add(name)
        made[path] = name
    return made


def _items(instance: Element) -> list[dict[str, str]]:
    """The items of a further instance as its columns."""
    root = next(iter(instance), None)
    return [
        {bare(cell): (cell.text or "").strip() for cell in item} for item in inside(root, "item")
    ]
