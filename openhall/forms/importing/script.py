"""The little scripts of Form.io, ``show = data.a === "x"``, as formulas of ours."""

import re
from collections.abc import Sequence
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead, Tree, read_script
from openhall.forms.importing.script_moments import Moments, path_of
from openhall.forms.terms import FieldKind

K = FieldKind
NUMBERS: Final = (K.NUMBER, K.MONEY, K.COMPUTED, K.YEAR)
ROOTS: Final = ("data", "row", "submission", "form", "instance")


class Names:
    """Where each component's answer is kept here: by its path in the file, and by its last name."""

    def __init__(self) -> None:
        self.every: set[str] = set()  # all names in the file, also of what was not taken
        self.dead: set[str] = set()  # names spoken of that nothing in the file has
        self.keys: dict[tuple[str, ...], str] = {}
        self.kinds: dict[str, FieldKind] = {}
        self.tables: dict[str, str] = {}  # a cell's key: its table's

    def learn(self, path: Sequence[str], key: str, kind: FieldKind, table: str = "") -> None:
        for start in range(len(path)):
            self.keys.setdefault(tuple(path[start:]), key)
        self.keys[tuple(path)] = key
        self.kinds[key] = kind
        if table:
            self.tables[key] = table

    def is_dead(self, path: Sequence[str]) -> bool:
        """Whether nothing in the file has these names: what is asked of it is always absent."""
        named = [one for one in path if one not in ("value", "label", "length")]
        if not named or all(one in self.every for one in named):
            return False
        self.dead.add(".".join(named))
        return True

    def find(self, path: Sequence[str], around: Sequence[str]) -> tuple[str, list[str]] | None:
        """The key for a path spoken of among ``around``, and the names left over after it."""
        for long in range(len(path), 0, -1):
            told = tuple(path[:long])
            for deep in range(len(around), -1, -1):
                if found := self.keys.get((*around[:deep], *told)):
                    return found, list(path[long:])
        return None


class Script(Moments):
    """One script's place: the names it may speak of and the path it is spoken from."""

    def __init__(self, names: Names, around: Sequence[str], table: str = "", own: str = "") -> None:
        self.names, self.around, self.table, self.own = names, around, table, own
        self.known: dict[str, Tree] = {}
        self.zeroes: set[str] = set()
        self.rows: dict[str, str] = {}  # names for one row of a table, within an arrow

    def result(self, told: str, name: str) -> str:
        """The formula of what the script leaves in ``name``. Raises :class:`NotRead`."""
        tree = self._statements(told, name)
        return self.truth(tree) if name in ("show", "valid") else self.said(tree)

    def checked(self, told: str) -> tuple[str, str]:
        """The formula of a check, and the sentence it says where it fails."""
        tree = self._statements(told, "valid")
        match tree:
            case ("if", test, ("true",), ("str", words)):
                return self.truth(test), words
            case ("if", test, ("str", words), ("true",)):
                return f"(not {self.truth(test)})", words
            case ("op", "or", test, ("str", words)) if words not in ("true", "false"):
                return self.truth(test), words
        return self.truth(tree), ""

    def _statements(self, told: str, name: str) -> Tree:
        told = re.sub(r"/\*.*?\*/|(?m:^\s*//[^\n]*$)", "", told, flags=re.DOTALL).strip()
        told = re.sub(r"^(show|valid)(?=\s+\()", r"\1 =", told)  # the sign left out
        told = self._helpers(told)
        if not told:
            return ("true",)
        if found := re.fullmatch(
            r"if\s*\((?P<test>.*?)\)\s*\{?\s*(?P<yes>[^{}]*?);?\s*\}?"
            r"\s*(?:else\s*\{?\s*(?P<no>[^{}]*?);?\s*\}?)?\s*;?",
            told,
            re.DOTALL,
        ):
            yes = self._statements(found["yes"], name)
            no = self._statements(found["no"], name) if found["no"] else ("none",)
            return ("if", read_script(found["test"]), yes, no)
        last: Tree | None = None
        for one in split(told):
            head = re.match(r"(?:(?:var|let|const)\s+)?([A-Za-z_$][\w$]*)\s*=(?!=|>)\s*", one)
            if head is None:
                raise NotRead(one[:60])
            tree = read_script(one[head.end() :])
            if _names(tree, head[1]):  # what it was before is part of it
                before = self.known.get(head[1])
                if before is None:
                    raise NotRead(one[:60])
                tree = _instead(tree, head[1], before)
            self.known[head[1]] = tree
            last = tree
        if name in self.known:
            return self.known[name]
        if "hide" in self.known and name == "show":
            return ("not", self.known["hide"])
        if last is None:
            raise NotRead(told[:60])
        raise NotRead(f"{name} = …")

    def _helpers(self, told: str) -> str:
        """Functions that only put 0 for what is missing; their calls are known by name."""
        pattern = r"function\s+(\w+)\s*\(\s*(\w+)\s*\)\s*\{(?:[^{}]|\{[^{}]*\})*\}"
        for found in re.finditer(pattern, told):
            if re.search(r"\b0\b", found[0]):
                self.zeroes.add(found[1])
        return re.sub(pattern, "", told).strip() if self.zeroes else told

    # ------------------------------------------------------------ truth
    def truth(self, tree: Tree) -> str:
        match tree:
            case ("true",) | ("false",):
                return str(tree[0]).capitalize()
            case ("str", "true" | "false" as told):
                return told.capitalize()
            case ("op", "and" | "or" as sign, left, right):
                return f"({self.truth(left)} {sign} {self.truth(right)})"
            case ("not", inner):
                return f"(not {self.truth(inner)})"
            case ("if", test, yes, no):
                return f"({self.truth(yes)} if {self.truth(test)} else {self.truth(no)})"
            case ("none",):
                return "False"
            case ("call", "Boolean" | "Number", [inner]):
                return self.truth(inner)
            case ("op", "==" | "!=", _left, _right):
                return self._equal(tree)
            case ("op", "<" | ">" | "<=" | ">=", _left, _right):
                return self.said(tree)
            case ("method", _, _, _) | ("call", _, _):
                return self.said(tree)
        if (read := self.path(tree)) is not None:
            return self._answered(*read)
        if tree[0] == "bare" and tree[1] in self.known:
            return self.truth(self.known[tree[1]])
        raise NotRead(_told(tree))

    def _answered(self, key: str, rest: list[str]) -> str:
        if not key:
            return "False"
        if self.names.kinds.get(key) == K.CHOICES and rest:
            return f"chosen({key}, {rest[0]!r})"
        if self.names.kinds.get(key) == K.STATEMENT:
            return f"({key} == True)"
        if rest == ["length"]:
            return f"(length({key}) > 0)"
        return f"answered({key})"

    def _equal(self, tree: Tree) -> str:
        _op, sign, left, right = tree
        if left[0] in ("str", "num", "true", "false", "none") and right[0] not in ("str", "num"):
            left, right = right, left
        no = "" if sign == "==" else "not "
        read = self.path(left)
        if read is not None:
            key, rest = read
            if not key:  # nothing in the file is called so: absent, whatever it is compared with
                same = right[0] == "none" or right == ("str", "") or right == ("false",)
                return str(same == (sign == "==") and right != ("false",))
            kind = self.names.kinds.get(key)
            if kind == K.CHOICES and rest and rest[0] != "length":
                yes = right[0] == "true" or right == ("str", "true")
                if right[0] in ("true", "false", "none") or right[0] == "str":
                    told = f"chosen({key}, {rest[0]!r})"
                    return f"({no if yes else ('not ' if sign == '==' else '')}{told})"
            if right[0] == "none" or right == ("str", ""):
                return f"({'not ' if sign == '==' else ''}answered({key}))"
            if right[0] in ("true", "false") and kind == K.CHOICE:
                return f"({no}{key} == {right[0]!r})"
            if right[0] in ("true", "false") or right == ("str", "true"):
                wanted = right != ("false",)
                return f"({'' if wanted == (sign == '==') else 'not '}({key} == True))"
            if right[0] in ("num", "str") and rest != ["length"]:
                value = right[1] if kind in NUMBERS else repr(str(right[1]))
                if kind == K.CHOICES:
                    return f"({no}chosen({key}, {value}))"
                return f"({key} {sign} {value})"
        if right == ("true",):
            return f"({no}{self.truth(left)})"
        if right == ("false",):
            return f"({'not ' if sign == '==' else ''}{self.truth(left)})"
        return f"({self.said(left)} {sign} {self.said(right)})"

    # ------------------------------------------------------------ values
    def said(self, tree: Tree) -> str:
        match tree:
            case ("num", told):
                return str(told)
            case ("str", told):
                return repr(told)
            case ("true",) | ("false",):
                return str(tree[0]).capitalize()
            case ("none",):
                return "''"
            case ("neg", inner):
                return f"(-{self.said(inner)})"
            case ("not", _) | ("op", "and" | "==" | "!=", _, _):
                return self.truth(tree)
            case ("op", "or", _, right) if right[0] != "num":
                return self.truth(tree)
            case ("op", "or", left, ("num", zero)):
                return f"first({self.said(left)}, {zero})"
            case ("op", sign, left, right):
                return f"({self.said(left)} {sign} {self.said(right)})"
            case ("if", test, yes, no):
                return f"({self.said(yes)} if {self.truth(test)} else {self.said(no)})"
            case ("call", "Number" | "parseInt" | "parseFloat" | "String", [inner, *_rest]):
                return self.said(inner)
            case ("call", "new Date", []):
                return "today"
            case ("call", "new Date", [("num", year), ("num", month), ("num", day)]):
                return f"date('{int(year):04d}-{int(month) + 1:02d}-{int(day):02d}')"
            case ("call", "new Date" | "moment", [("str", told), *_rest]):
                return f"date({told[:10]!r})"
            case ("call", "new Date" | "moment", [inner, *_rest]):
                return self.said(inner)
            case ("call", "moment", []) | ("method", ("bare", "utils"), "moment", []):
                return "today"
            case ("method", ("bare", "utils"), "moment", [inner]):
                return self.said(inner)
            case ("call", name, [inner]) if name in self.zeroes:
                return f"first({self.said(inner)}, 0)"
            case ("method", on, name, args):
                return self._method(on, name, args)
            case ("bare", told) if told in self.known:
                return self.said(self.known[told])
            case ("bare", "input" | "value") if self.own:
                return self.own
        read = self.path(tree)
        if read is None:
            raise NotRead(_told(tree))
        key, rest = read
        if not key:
            return "''"
        if rest == ["length"]:
            kind = self.names.kinds.get(key)
            return f"count({key})" if kind == K.TABLE else f"length({key})"
        return key

    def _method(self, on: Tree, name: str, args: list[Tree]) -> str:
        if on == ("bare", "_") and name in ("sum", "sumBy", "size"):
            return self._added_up(name, args)
        if on == ("bare", "_") and name in ("some", "every", "includes", "get", "isEmpty"):
            if name == "get" and len(args) > 1 and args[1][0] == "str":
                return self.said(_dotted(args[0], args[1][1]))
            if name == "isEmpty":
                return f"(not answered({self.said(args[0])}))"
            on, args = args[0], args[1:]
        if on == ("bare", "instance") and name == "isSubmissionDigital":
            return "True"
        if on == ("bare", "instance") and name == "isSubmissionPaper":
            return "False"
        if on == ("bare", "utils"):
            return self._of_utils(name, args)
        if on == ("bare", "Math"):
            told = {"round": "round", "floor": "floor", "abs": "abs", "min": "min", "max": "max"}
            if name in told:
                return f"{told[name]}({', '.join(self.said(one) for one in args)})"
        if name in ("includes", "indexOf") and len(args) == 1:
            if on[0] == "list":
                parts = [self._equal(("op", "==", args[0], one)) for one in on[1]]
                return f"({' or '.join(parts)})"
            return f"contains({self.said(on)}, {self.said(args[0])})"
        if name in ("some", "every") and len(args) == 1 and args[0][0] == "arrow":
            return self._some(name, on, args[0])
        dates = {"getFullYear": "year({})", "getMonth": "(month({}) - 1)", "getDate": "day({})"}
        if name in dates and not args:
            return dates[name].format(self.said(on))
        if on == ("bare", "Date") and name == "now":
            return "today"
        if (said := self._of_days(on, name, args)) is not None:
            return said
        if name == "test" and on[0] == "pattern":
            return f"matches({self.said(args[0])}, {on[1]!r})"
        if name == "toFixed" and args:
            return f"round({self.said(on)}, {self.said(args[0])})"
        if name in ("trim", "toString"):
            return self.said(on)
        if name in ("startsWith", "endsWith"):
            return f"{name[:-4]}({self.said(on)}, {self.said(args[0])})"
        if name == "reduce" and len(args) == 2 and args[0][0] == "arrow":
            return self._reduced(on, args[0])
        raise NotRead(f".{name}()")

    def _of_utils(self, name: str, args: list[Tree]) -> str:
        if name == "isBornBeforeYear" and len(args) >= 2:
            return f"(year({self._named(args[1])}) < {self.said(args[0])})"
        if name == "isBornAfterYear" and len(args) >= 2:
            return f"(year({self._named(args[1])}) > {self.said(args[0])})"
        if name == "isAgeBetween" and len(args) >= 2 and args[0][0] == "list":
            low, high = (self.said(one) for one in args[0][1])
            age = f"years({self._named(args[1])}, today)"
            return f"({age} >= {low} and {age} <= {high})"
        raise NotRead(f"utils.{name}()")

    def _named(self, tree: Tree) -> str:
        if tree[0] == "str" and (read := self.names.find(tree[1].split("."), self.around)):
            return read[0]
        return self.said(tree)

    def _some(self, name: str, on: Tree, arrow: Tree) -> str:
        """“Some row says so”: one column, one or several values of it."""
        table = self.said(on)
        params, body = arrow[1], arrow[2]
        if self.names.kinds.get(table) != K.TABLE or len(params) < 1:
            raise NotRead(_told(on))
        found = self._values(body, params[0], table)
        if found is not None:
            column, values = found
            return f"{name}({table}, {column!r}, {', '.join(repr(one) for one in values)})"
        row = Script(self.names, self.around, table)
        row.rows = {**self.rows, params[0]: table}
        inner = repr(row.truth(body))
        if name == "some":
            return f"(where({table}, {inner}) > 0)"
        return f"(where({table}, {inner}) == count({table}))"

    def _values(self, body: Tree, row: str, table: str) -> tuple[str, list[str]] | None:
        match body:
            case ("op", "==", left, ("str" | "num", told)):
                path = path_of(left)
                if path is None or path[0] != row:
                    return None
                rest = [one for one in path[1:] if one != "value"]
                for long in range(len(rest), 0, -1):
                    for known, key in self.names.keys.items():
                        if known[-long:] == tuple(rest[:long]) and (
                            self.names.tables.get(key) == table
                        ):
                            return key, [str(told)]
                return None
            case ("op", "==", left, ("true",)):
                path = path_of(left)
                if path is None or path[0] != row or len(path) < 2:
                    return None
                if len(path) == 3:
                    return self._values(
                        ("op", "==", _member(path[:2]), ("str", path[2])), row, table
                    )
                return self._values(("op", "==", left, ("str", "true")), row, table)
            case ("op", "or", left, right):
                one, other = self._values(left, row, table), self._values(right, row, table)
                if one and other and one[0] == other[0]:
                    return one[0], [*one[1], *other[1]]
        return None

    def _reduced(self, on: Tree, arrow: Tree) -> str:
        """Adding up a column: ``rows.reduce((total, row) => total + row.x, 0)``."""
        table, params, body = self.said(on), arrow[1], arrow[2]
        if len(params) == 2 and body[0] == "op" and body[1] == "+":
            added = body[3]
            if added[0] == "op" and added[1] == "or" and added[3] == ("num", "0"):
                added = added[2]
            path = path_of(added[2][0] if added[:2] == ("call", "Number") else added)
            if path is not None and path[0] == params[1]:
                read = self.names.find(path[1:], [*self.around])
                if read and self.names.tables.get(read[0]) == table:
                    return f"sum({table}.{read[0]})"
        raise NotRead(".reduce()")

    # ------------------------------------------------------------ names
    def path(self, tree: Tree) -> tuple[str, list[str]] | None:
        """The key an expression names, and what it names inside the answer."""
        if tree[0] == "bare" and tree[1] in self.known:
            return self.path(self.known[tree[1]])
        path = path_of(tree)
        if path is None:
            return None
        if path[0] == "input" and self.own:
            return self.own, path[1:]
        if path[0] in self.rows:
            return self._cell(path[1:], self.rows[path[0]])
        if path[0] not in ROOTS:
            return None
        root, *rest = path
        if rest[:1] == ["data"]:
            rest = rest[1:]
        around = self.around if root == "row" else []
        read = self.names.find(rest, around) or self.names.find(rest, self.around)
        if read is None or (read[1] and self.names.kinds.get(read[0]) == K.TABLE):
            if read is not None and read[1] == ["length"]:
                return read
            if self.names.is_dead(rest):
                return "", []
            raise NotRead(".".join(path))
        key, left = read
        table = self.names.tables.get(key, "")
        if table and table != self.table:
            if root == "data" and len(rest) > 1:  # a list has no such member: always absent
                self.names.dead.add(".".join(rest))
                return "", []
            raise NotRead(".".join(path))  # a cell of which row?
        return key, [one for one in left if one not in ("value", "label")]

    def _cell(self, path: list[str], table: str) -> tuple[str, list[str]] | None:
        rest = [one for one in path if one != "value"]
        for long in range(len(rest), 0, -1):
            for known, key in self.names.keys.items():
                if known[-long:] == tuple(rest[:long]) and self.names.tables.get(key) == table:
                    return key, rest[long:]
        if self.names.is_dead(rest):
            return "", []
        raise NotRead(".".join(path))


def split(told: str) -> list[str]:
    """Statements, parted at semicolons outside quotes and braces, or at ends of line."""
    found, depth, quote, start = [], 0, "", 0
    for at, sign in enumerate(told):
        if quote:
            quote = "" if sign == quote and told[at - 1] != "\\" else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "({[":
            depth += 1
        elif sign in ")}]":
            depth -= 1
        elif sign == ";" and depth == 0:
            found.append(told[start:at])
            start = at + 1
    found.append(told[start:])
    head = r"\n(?=[^\S\n]*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$]*\s*=(?!=|>))"
    lines = [line for one in found for line in re.split(head, one)]
    return [one.strip() for one in lines if one.strip()]


def _member(path: Sequence[str]) -> Tree:
    tree: Tree = ("bare", path[0])
    for one in path[1:]:
        tree = ("member", tree, one)
    return tree


def _dotted(tree: Tree, told: str) -> Tree:
    for one in told.split("."):
        tree = ("member", tree, one)
    return tree


def _told(tree: Tree) -> str:
    path = path_of(tree)
    return ".".join(path) if path else str(tree[0])


def _names(tree: object, name: str) -> bool:
    """Whether the variable stands somewhere in the tree."""
    if isinstance(tree, tuple | list):
        return tree == ("bare", name) or any(_names(one, name) for one in tree)
    return False


def _instead(tree: Any, name: str, other: Any) -> Any:
    """The tree with ``other`` where the variable stands."""
    if tree == ("bare", name):
        return other
    if isinstance(tree, tuple | list):
        return type(tree)(_instead(one, name, other) for one in tree)
    return tree
