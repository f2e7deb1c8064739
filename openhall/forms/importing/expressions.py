"""Expressions of other tools read into one tree: XPath as XLSForm has it, and a little JavaScript.

A tree is a tuple: ``("op", "==", left, right)``, ``("call", "selected", [..])``, ``("name", "a")``,
``("str", "x")``, ``("num", "1")``, ``("true",)``, ``("member", tree, "b")``, ``("self",)``.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

Tree = tuple[Any, ...]
LONGEST: Final = 6000
DEEPEST: Final = 60


class NotRead(ValueError):
    """The expression, or a part of it, is nothing that a form can say; the text names the part."""


XPATH: Final = re.compile(
    r"""\s*(?:
      (?P<field>\$\{\s*[^}]+?\s*\})
    | (?P<num>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | (?P<str>'[^']*'|"[^"]*"|[‘’][^‘’]*[‘’]|[“”][^“”]*[“”])
    | (?P<path>(?:current\(\)/)?(?:\.\.?/|/)[\w./-]*[\w-])
    | (?P<dots>\.\.|\.)
    | (?P<sign>!=|<=|>=|[=<>+*(),|-])
    | (?P<name>[A-Za-z_][\w.-]*(?:::?[A-Za-z_][\w.-]*)?)
    )""",
    re.VERBOSE,
)
SCRIPT: Final = re.compile(
    r"""\s*(?:
      (?P<num>[0-9]+(?:\.[0-9]+)?)
    | (?P<pattern>/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\]|\\.)*\])+/[gimsuy]*(?=\s*\.\s*test\b))
    | (?P<str>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<sign>===|!==|==|!=|<=|>=|=>|&&|\|\||\?\.|[<>+*/%(),.!?:\[\]{};=-])
    | (?P<name>[A-Za-z_$][\w$]*)
    )""",
    re.VERBOSE,
)
BINDS: Final = {
    **dict.fromkeys(("or", "||"), 1),
    **dict.fromkeys(("and", "&&"), 2),
    **dict.fromkeys(("=", "!=", "==", "===", "!=="), 3),
    **dict.fromkeys(("<", "<=", ">", ">="), 4),
    **dict.fromkeys(("+", "-"), 5),
    **dict.fromkeys(("*", "/", "%", "div", "mod"), 6),
}
ONE_SIGN: Final = {
    "=": "==",
    "===": "==",
    "!==": "!=",
    "div": "/",
    "mod": "%",
    "||": "or",
    "&&": "and",
}


def read_xpath(told: str) -> Tree:
    """The tree of an XPath expression. Raises :class:`NotRead`."""
    return _Reader(_tokens(XPATH, told), xpath=True).whole()


def read_script(told: str) -> Tree:
    """The tree of one JavaScript expression. Raises :class:`NotRead`."""
    return _Reader(_tokens(SCRIPT, told), xpath=False).whole()


def _tokens(pattern: re.Pattern[str], told: str) -> list[tuple[str, str]]:
    if len(told) > LONGEST:
        raise NotRead(f"{told[:60]}…")
    found, at, told = [], 0, told.rstrip()
    while at < len(told):
        match = pattern.match(told, at)
        if match is None or match.end() == at:
            raise NotRead(told[at : at + 40])
        assert match.lastgroup is not None
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


class _Reader:
    """A reader by binding strength: each infix sign takes what binds tighter on its right."""

    def __init__(self, tokens: Sequence[tuple[str, str]], *, xpath: bool) -> None:
        self.tokens, self.at, self.xpath, self.depth = list(tokens), 0, xpath, 0

    def whole(self) -> Tree:
        tree = self.expression()
        if self.at < len(self.tokens) and self.peek() != ";":
            raise NotRead(" ".join(one for _kind, one in self.tokens[self.at : self.at + 6]))
        return tree

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, wanted: str = "") -> tuple[str, str]:
        if self.at >= len(self.tokens) or (wanted and self.peek() != wanted):
            raise NotRead(self.peek() or "…")
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self, least: int = 0) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NotRead("…")
        left = self.first()
        while True:
            sign = self.peek()
            if not self.xpath and sign == "?" and least == 0:
                self.take()
                yes = self.expression()
                self.take(":")
                left = ("if", left, yes, self.expression())
                continue
            binds = BINDS.get(sign, 0)
            if not binds or binds <= least or (self.xpath and sign in ("/", "==")):
                break
            self.take()
            left = ("op", ONE_SIGN.get(sign, sign), left, self.expression(binds))
        self.depth -= 1
        return left

    def first(self) -> Tree:
        kind, told = self.take()
        if told == "-":
            return ("neg", self.expression(6))
        if not self.xpath and told == "!":
            return ("not", self.expression(6))
        if told == "(":
            if not self.xpath and self._is_arrow():
                return self._arrow()
            inner = self.expression()
            self.take(")")
            return self.after(inner)
        if not self.xpath and told == "[":
            return self.after(("list", self.arguments("]")))
        if kind == "num":
            return ("num", told)
        if kind == "str":
            return self.after(("str", re.sub(r"\\(.)", r"\1", told[1:-1])))
        if kind == "pattern":
            return self.after(("pattern", re.sub(r"^\^|\$$", "", told[1 : told.rindex("/")])))
        if kind == "field":
            return ("name", told[2:-1].strip())
        if kind == "path":
            return ("name", told.rsplit("/", 1)[-1])
        if kind == "dots":
            return ("self",) if told == "." else ("parent",)
        if kind == "name":
            return self.after(self.named(told))
        raise NotRead(told)

    def named(self, told: str) -> Tree:
        if not self.xpath and self.peek() == "=>":
            self.take()
            return ("arrow", [told], self.body())
        if told == "function" and not self.xpath:
            self.take("(")
            return self._arrow(sign="")
        if told == "new" and not self.xpath:
            told = f"new {self.take()[1]}"
        if self.peek() == "(":
            self.take()
            return ("call", told, self.arguments(")"))
        if not self.xpath:
            if told in ("true", "false"):
                return (told,)
            if told in ("null", "undefined"):
                return ("none",)
        return ("bare", told)

    def arguments(self, end: str) -> list[Tree]:
        found: list[Tree] = []
        while self.peek() != end:
            found.append(self.expression())
            if self.peek() != ",":
                break
            self.take()
        self.take(end)
        return found

    def after(self, tree: Tree) -> Tree:
        """Members and calls that follow, in a script."""
        while not self.xpath and self.peek() in (".", "?.", "["):
            sign = self.take()[1]
            if sign == "[":
                inner = self.expression()
                self.take("]")
                tree = ("member", tree, inner[1] if inner[0] in ("str", "num") else "?")
                continue
            name = self.take()[1]
            if self.peek() == "(":
                self.take()
                tree = ("method", tree, name, self.arguments(")"))
            else:
                tree = ("member", tree, name)
        return tree

    def _is_arrow(self) -> bool:
        rest = [one for _kind, one in self.tokens[self.at : self.at + 8]]
        return (
            "=>" in rest and ")" in rest[: rest.index("=>")] and "(" not in rest[: rest.index("=>")]
        )

    def _arrow(self, sign: str = "=>") -> Tree:
        names = []
        while self.peek() != ")":
            names.append(self.take()[1])
        self.take(")")
        if sign:
            self.take(sign)
        return ("arrow", [one for one in names if one != ","], self.body())

    def body(self) -> Tree:
        if self.peek() != "{":
            return self.expression()
        self.take("{")
        self.take("return")
        tree = self.expression()
        if self.peek() == ";":
            self.take()
        self.take("}")
        return tree
