"""XPath of an XLSForm as a formula of ours. What has no equal here raises :class:`NotRead`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from openhall.forms.importing.days_in_words import day_in_words
from openhall.forms.importing.expressions import NotRead, Tree, read_xpath
from openhall.forms.terms import FieldKind

K = FieldKind
PLAIN: Final = {  # functions that only change their name
    "selected": "chosen",
    "count-selected": "how_many",
    "string-length": "length",
    "concat": "join",
    "coalesce": "first",
    "contains": "contains",
    "starts-with": "starts",
    "ends-with": "ends",
    "regex": "matches",
    "number": "number",
    "int": "floor",
    "round": "round",
    "abs": "abs",
    "date": "date",
    "date-time": "date",
    "substr": "part",
    "min": "min",
    "max": "max",
    "string": "join",
    "normalize-space": "trimmed",
    "selected-at": "at",
    "upper-case": "upper",
    "lower-case": "lower",
}
DAYS: Final = "days(date('1970-01-01'), {})"
NUMBERS: Final = (
    *("number", "int", "round", "abs", "sum", "count", "min", "max", "string-length"),
    *("count-selected", "decimal-date-time", "decimal-date", "pow", "position"),
)
BEGINS: Final = {K.YEAR: "-01-01", K.MONTH: "-01"}
OVER_A_COLUMN: Final = {"sum": "sum", "max": "highest", "min": "lowest"}


class Speaking:
    """One expression's place: how the names in it are called here, and which is its own."""

    def __init__(
        self,
        keys: Mapping[str, str],
        kinds: Mapping[str, FieldKind],
        *,
        own: str = "",
        columns: Mapping[str, str] | None = None,
        inside: Sequence[str] = (),
        bare: Callable[[str], str] | None = None,
    ) -> None:
        self.keys, self.kinds, self.own = keys, kinds, own
        self.columns, self.inside, self.bare = columns or {}, inside, bare
        self.tables = {keys[name]: table for name, table in self.columns.items() if name in keys}

    def formula(self, told: str) -> str:
        """The formula that says the same. Raises :class:`NotRead`."""
        return self._said(read_xpath(told))

    def truth(self, told: str) -> str:
        """The formula of a condition: a bare answer holds when it is there and is not false."""
        return self._truth(read_xpath(told))

    def _truth(self, tree: Tree) -> str:
        match tree:
            case ("op", "and" | "or" as sign, left, right):
                return f"({self._truth(left)} {sign} {self._truth(right)})"
            case ("call", "not", [inner]):
                return f"(not {self._truth(inner)})"
            case ("call", "boolean", [inner]):
                return self._truth(inner)
            case (
                "call",
                "true"
                | "false"
                | "selected"
                | "contains"
                | "starts-with"
                | "ends-with"
                | "regex"
                | "boolean-from-string",
                _args,
            ):
                return self._said(tree)
            case ("op", "==" | "!=" | "<" | "<=" | ">" | ">=", _left, _right):
                return self._said(tree)
            case ("call", "if", [test, yes, no]):
                test, yes, no = self._truth(test), self._truth(yes), self._truth(no)
                return f"({yes} if {test} else {no})"
            case ("name", _name):
                said = self._said(tree)
                return said if self.kinds.get(said) == K.STATEMENT else f"answered({said})"
        return f"({self._said(tree)} != 0)"

    def _said(self, tree: Tree) -> str:
        match tree:
            case ("num", told):
                return str(told)
            case ("str", told):
                return repr(told)
            case ("self",):
                if not self.own:
                    raise NotRead(".")
                return self.own
            case ("name", told):
                return self._name(told)
            case ("bare", "null" | "NULL"):
                return "''"
            case ("bare", told):
                if self.bare is None:
                    raise NotRead(str(told))
                return self.bare(told)
            case ("neg", inner):
                return f"(-{self._number(inner)})"
            case ("op", "and" | "or", _left, _right):
                return self._truth(tree)
            case ("op", "==" | "!=" | "<" | "<=" | ">" | ">=" as sign, left, right):
                return f"({self._side(left, right)} {sign} {self._side(right, left)})"
            case ("op", "-", left, right) if self._is_day(left) and self._is_day(right):
                return f"days({self._said(right)}, {self._said(left)})"
            case ("op", "-" | "+" as sign, left, right) if self._is_day(left) != self._is_day(
                right
            ) and all(self._is_day(one) or self._is_reckoned(one) for one in (left, right)):
                first, second = (DAYS.format(self._said(one)) for one in (left, right))
                return f"({first} {sign} {second})"
            case ("op", "-" | "+" as sign, left, right) if self._is_day(left):
                return f"({self._said(left)} {sign} {self._number(right)})"
            case ("op", sign, left, right):
                return f"({self._number(left)} {sign} {self._number(right)})"
            case ("call", name, args):
                return self._call(name, args)
        raise NotRead(str(tree[0]))

    def _side(self, tree: Tree, other: Tree) -> str:
        """A side of a comparison; a number compared with a named value is that value's text."""
        said = self._said(tree)
        if tree[0] == "num" and other[0] in ("name", "self"):
            kind = self.kinds.get(self._said(other))
            if kind in (K.CHOICE, K.CHOICES, K.TEXT):
                return repr(said)
        if tree[0] in ("name", "self") and self._is_day(other):
            begun = BEGINS.get(self.kinds.get(said, K.DATE))
            if begun:
                return f"date(join({said}, '{begun}'))"
        if tree == ("str", "OK") and other[0] in ("name", "self"):
            return "True" if self.kinds.get(self._said(other)) == K.STATEMENT else said
        return said

    def _words(self, tree: Tree) -> str:
        said = self._said(tree)
        return f"join({said})" if self.kinds.get(said) == K.CHOICES else said

    def _is_reckoned(self, tree: Tree) -> bool:
        """Whether it is a computed value: a day, where a day is added to it or taken from it."""
        return tree[0] == "name" and self.kinds.get(self._said(tree)) == K.COMPUTED

    def _is_number(self, tree: Tree) -> bool:
        """Whether it is a number by its form; a choice of two is one when either of them is."""
        match tree:
            case ("num" | "neg", *_rest):
                return True
            case ("op", "+" | "-" | "*" | "/" | "%", *_rest):
                return True
            case ("call", "if", [_test, yes, no]):
                return self._is_number(yes) or self._is_number(no)
            case ("call", name, _args):
                return name in NUMBERS
            case ("name" | "self", *_rest):
                return self.kinds.get(self._said(tree)) == K.NUMBER
        return False

    def _is_day(self, tree: Tree) -> bool:
        """Whether it is a day by its form: today, or a day written out."""
        if tree[0] in ("name", "self"):
            return self.kinds.get(self._said(tree)) in (K.DATE, K.DATETIME)
        if tree[0] == "op" and tree[1] in ("+", "-"):
            left, right = tree[2:]
            return self._is_day(left) and not (self._is_day(right) or self._is_reckoned(right))
        return tree[0] == "call" and tree[1] in ("today", "now", "date", "date-time")

    def _number(self, tree: Tree) -> str:
        if self._is_test(tree):
            return f"(1 if {self._truth(tree)} else 0)"
        said = self._said(tree)
        kind = self.kinds.get(said)
        if kind in (K.DATE, K.DATETIME) or said == "today":
            return DAYS.format(said)  # arithmetic with days counts days
        if kind in (K.CHOICE, K.TEXT) or tree[0] in ("str", "bare"):
            return f"number({said})"
        return said

    def _name(self, told: str) -> str:
        if told in self.columns:
            if self.columns[told] in self.inside:
                return self.keys[told]
            raise NotRead(f"${{{told}}}")  # one cell of a table cannot be meant from outside
        if told not in self.keys:
            raise NotRead(f"${{{told}}}")
        return self.keys[told]

    def _column(self, told: str) -> str:
        """A column as one says it here: by the tables that lead to it, from where one stands."""
        path, table = [self.keys[told]], self.columns[told]
        while table and table not in self.inside:
            path.insert(0, table)
            table = self.tables.get(table, "")
        if len(path) == 1:
            path.insert(0, self.columns[told])
        return ".".join(path)

    def _over_rows(self, name: str, args: list[Tree]) -> str | None:
        """What is said of all rows of a repeat."""
        match name, args:
            case "sum" | "max" | "min", [("name", told)] if self._is_column(told):
                return f"{OVER_A_COLUMN[name]}({self._column(told)})"
            case "count", [("name", told)]:
                if told in self.keys and self.kinds.get(self.keys[told]) == K.TABLE:
                    return (
                        f"count({self._column(told) if told in self.columns else self.keys[told]})"
                    )
                if told in self.columns:
                    return f"count({self._column(told).rpartition('.')[0]})"
                return f"count({self._name(told)})"
            case "count-non-empty", [("name", told)] if self._is_column(told):
                table, _dot, column = self._column(told).rpartition(".")
                if "." in table:
                    raise NotRead(f"${{{told}}}")
                return f"where({table}, 'answered({column})')"
            case "indexed-repeat", [("name", told), ("name", _table), place] if (
                told in self.columns
            ):
                return f"cell({self._column(told)}, {self._number(place)})"
            case "join", [between, ("name", told)] if self._is_column(told):
                return f"joined({self._column(told)}, {self._said(between)})"
            case "join", [between, first, *rest]:
                told = [self._words(first)]
                for one in rest:
                    told += [self._said(between), self._words(one)]
                return f"join({', '.join(told)})"
            case "position", [("parent",) | ("name", "..")] if self.inside:
                return "row_number"
        return None

    def _is_column(self, told: str) -> bool:
        return told in self.columns and self.columns[told] not in self.inside

    def _call(self, name: str, args: list[Tree]) -> str:
        if (said := self._over_rows(name, args)) is not None:
            return said
        match name, args:
            case "true" | "false", []:
                return name.capitalize()
            case "today" | "now", []:
                return "today"
            case "not", [inner]:
                return f"(not {self._truth(inner)})"
            case "if", [test, yes, no]:
                of = self._number if self._is_number(yes) or self._is_number(no) else self._words
                return f"({of(yes)} if {self._truth(test)} else {of(no)})"
            case ("decimal-date-time" | "decimal-date", [inner]):
                return DAYS.format(self._said(inner))
            case ("format-date" | "format-date-time", [inner, ("str", form)]):
                return day_in_words(form, self._said(inner))
            case "pow", [inner, ("num", "2")]:
                return f"({self._number(inner)} * {self._number(inner)})"
            case "pow", [inner, ("num", "3")]:
                said = self._number(inner)
                return f"({said} * {said} * {said})"
            case "jr:choice-name", [inner, _which]:
                return self._said(inner)
            case "once", [inner]:
                return self._said(inner)
            case "count-selected", [("name", told)] if self._is_single(told):
                return f"(1 if answered({self._name(told)}) else 0)"
            case "selected-at", [("name", told), ("num", "0")] if self._is_single(told):
                return self._name(told)
            case "selected", [where, what]:
                return f"chosen({self._said(where)}, {self._text(what)})"
            case "translate", [inner, ("str", signs), ("str", others)]:
                said = self._words(inner)
                for place, sign in enumerate(signs):
                    said = f"replace({said}, {sign!r}, {others[place : place + 1]!r})"
                return said
            case "boolean", [inner]:
                return f"(1 if {self._truth(inner)} else 0)"
            case "number", [inner] if self._is_test(inner):
                return f"(1 if {self._truth(inner)} else 0)"
            case "boolean-from-string", [inner]:
                return f"({self._said(inner)} == 'true')"
            case "count-non-empty", _many:
                told = " + ".join(f"(1 if answered({self._said(one)}) else 0)" for one in args)
                return f"({told})"
        if name in PLAIN:
            return f"{PLAIN[name]}({', '.join(self._said(one) for one in args)})"
        raise NotRead(f"{name}()")

    def _is_single(self, told: str) -> bool:
        """Whether one thing is chosen there: the first of those chosen is the answer itself."""
        return told in self.keys and self.kinds.get(self.keys[told]) == FieldKind.CHOICE

    def _is_test(self, tree: Tree) -> bool:
        """Whether it is a statement that holds or not, which arithmetic counts as one or nought."""
        tests = ("selected", "contains", "starts-with", "ends-with", "regex", "not", "boolean")
        return (tree[0] == "call" and tree[1] in (*tests, "true", "false")) or (
            tree[0] == "op" and tree[1] in ("and", "or", "==", "!=", "<", "<=", ">", ">=")
        )

    def _text(self, tree: Tree) -> str:
        return repr(tree[1]) if tree[0] in ("str", "num") else self._said(tree)
