"""XPath of an XLSForm as a formula of ours. What has no equal here raises :class:`NotRead`."""

from collections.abc import Callable, Mapping
from typing import Final

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
    "upper-case": "upper",
    "lower-case": "lower",
}
DAYS: Final = "days(date('1970-01-01'), {})"
FORMATS: Final = {
    "%Y-%m-%d": "join({})",
    "%Y": "year({})",
    "%m": "month({})",
    "%n": "month({})",
    "%d": "day({})",
    "%e": "day({})",
}


class Speaking:
    """One expression's place: how the names in it are called here, and which is its own."""

    def __init__(
        self,
        keys: Mapping[str, str],
        kinds: Mapping[str, FieldKind],
        *,
        own: str = "",
        columns: Mapping[str, str] | None = None,
        inside: str = "",
        bare: Callable[[str], str] | None = None,
    ) -> None:
        self.keys, self.kinds, self.own = keys, kinds, own
        self.columns, self.inside, self.bare = columns or {}, inside, bare

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
        if tree == ("str", "OK") and other[0] in ("name", "self"):
            return "True" if self.kinds.get(self._said(other)) == K.STATEMENT else said
        return said

    def _number(self, tree: Tree) -> str:
        said = self._said(tree)
        kind = self.kinds.get(said)
        return f"number({said})" if kind in (K.CHOICE, K.TEXT) else said

    def _name(self, told: str) -> str:
        if told in self.columns:
            table = self.columns[told]
            if table == self.inside:
                return self.keys[told]
            raise NotRead(f"${{{told}}}")  # one cell of a table cannot be meant from outside
        if told not in self.keys:
            raise NotRead(f"${{{told}}}")
        return self.keys[told]

    def _call(self, name: str, args: list[Tree]) -> str:
        match name, args:
            case "true" | "false", []:
                return name.capitalize()
            case "today" | "now", []:
                return "today"
            case "not", [inner]:
                return f"(not {self._truth(inner)})"
            case "if", [test, yes, no]:
                return f"({self._said(yes)} if {self._truth(test)} else {self._said(no)})"
            case "sum", [("name", told)] if told in self.columns:
                return f"sum({self.columns[told]}.{self.keys[told]})"
            case "count", [("name", told)]:
                told = self.columns.get(told) or self._name(told)
                return f"count({told})"
            case ("decimal-date-time" | "decimal-date", [inner]):
                return DAYS.format(self._said(inner))
            case ("format-date" | "format-date-time", [inner, ("str", form)]) if form in FORMATS:
                return FORMATS[form].format(self._said(inner))
            case "pow", [inner, ("num", "2")]:
                return f"({self._number(inner)} * {self._number(inner)})"
            case "pow", [inner, ("num", "3")]:
                said = self._number(inner)
                return f"({said} * {said} * {said})"
            case "once", [inner]:
                return self._said(inner)
            case "selected", [where, what]:
                return f"chosen({self._said(where)}, {self._text(what)})"
            case "boolean-from-string", [inner]:
                return f"({self._said(inner)} == 'true')"
            case "count-non-empty", _many:
                told = " + ".join(f"(1 if answered({self._said(one)}) else 0)" for one in args)
                return f"({told})"
        if name in PLAIN:
            return f"{PLAIN[name]}({', '.join(self._said(one) for one in args)})"
        raise NotRead(f"{name}()")

    def _text(self, tree: Tree) -> str:
        return repr(tree[1]) if tree[0] in ("str", "num") else self._said(tree)
