"""Days reckoned and columns added up, as the libraries of most Form.io scripts do it."""

from typing import TYPE_CHECKING, Final

from openhall.forms.importing.expressions import NotRead, Tree
from openhall.forms.terms import FieldKind

if TYPE_CHECKING:
    from openhall.forms.importing.script import Names

K = FieldKind
LATER: Final = {
    **dict.fromkeys(("days", "day", "d"), "add_days({}, {})"),
    **dict.fromkeys(("weeks", "week", "w"), "add_days({}, 7 * ({}))"),
    **dict.fromkeys(("months", "month", "M"), "add_months({}, {})"),
    **dict.fromkeys(("years", "year", "y"), "add_years({}, {})"),
}
SINCE: Final = {
    **dict.fromkeys(("days", "day", "d"), "days"),
    **dict.fromkeys(("months", "month", "M"), "months"),
    **dict.fromkeys(("years", "year", "y"), "years"),
}
COMPARED: Final = {
    "isBefore": "<",
    "isAfter": ">",
    "isSame": "==",
    "isSameOrBefore": "<=",
    "isSameOrAfter": ">=",
}


def path_of(tree: Tree) -> list[str] | None:
    match tree:
        case ("bare", told):
            return [told]
        case ("member", on, name):
            before = path_of(on)
            return None if before is None else [*before, str(name)]
    return None


class Moments:
    """The part of a script's reader that knows two libraries."""

    names: "Names"

    def said(self, tree: Tree) -> str:
        raise NotImplementedError

    def _cell(self, path: list[str], table: str) -> tuple[str, list[str]] | None:
        raise NotImplementedError

    def _of_days(self, on: Tree, name: str, args: list[Tree]) -> str | None:
        """Moments of the library most forms reckon days with."""
        match name, args:
            case "add" | "subtract", [many, ("str", unit)] if unit in LATER:
                sign = "" if name == "add" else "-"
                return LATER[unit].format(self.said(on), f"{sign}{self.said(many)}")
            case "diff", [other, ("str", unit), *_rest] if unit in SINCE:
                return f"{SINCE[unit]}({self.said(other)}, {self.said(on)})"
            case "diff", [other]:
                return f"(days({self.said(other)}, {self.said(on)}) * 86400000)"
            case (("isBefore" | "isAfter" | "isSame" | "isSameOrBefore" | "isSameOrAfter"), _):
                limit = self.said(args[0]) if args else "today"
                return f"({self.said(on)} {COMPARED[name]} {limit})"
            case "startOf" | "endOf" | "clone" | "toDate", _:
                return self.said(on)
            case "format", [("str", "YYYY-MM-DD")]:
                return f"join({self.said(on)})"
            case "format", [("str", "YYYY")] | "year", []:
                return f"year({self.said(on)})"
        return None

    def _added_up(self, name: str, args: list[Tree]) -> str:
        """``_.sumBy(rows, 'a')``, ``_.sum(_.map(rows, 'a'))``: a column added up."""
        match name, args:
            case "size", [one]:
                table = self.said(one)
                return f"{'count' if self.names.kinds.get(table) == K.TABLE else 'length'}({table})"
            case "sum", [("method", ("bare", "_"), "map", inner)]:
                return self._added_up("sumBy", inner)
            case "sumBy", [rows, ("str", column)]:
                table = self.said(rows)
                read = self._cell(column.split("."), table)
                if read is not None and read[0]:
                    return f"sum({table}.{read[0]})"
            case "sumBy", [rows, ("arrow", [row], body)]:
                table, path = self.said(rows), path_of(body)
                read = self._cell(path[1:], table) if path and path[0] == row else None
                if read is not None and read[0]:
                    return f"sum({table}.{read[0]})"
        raise NotRead(f"_.{name}()")
