"""The small changes of a line that ``tests/mutants.py`` tries, read from the source as a tree."""

import ast
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Change = Callable[[Any], Any]
OTHER_WAY: dict[type, type] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
OTHER_NAME = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """The ``place``-th possible change of ``path``; ``said`` tells it."""

    path: Path
    place: int
    line: int
    said: str
    at_import: bool

    @property
    def name(self) -> str:
        return f"{self.path.relative_to(ROOT).as_posix()}:{self.line}: {self.said}"

    @property
    def turn(self) -> str:
        return hashlib.sha256(f"{self.path.name}{self.place}".encode()).hexdigest()


# ------------------------------------------------------------------------------------ changing
class Changer(ast.NodeTransformer):
    """Walks a module and counts possible changes; makes the one whose number is ``wanted``."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted, self.count, self.depth = wanted, 0, 0
        self.found: list[tuple[int, str, bool]] = []
        self.line = 0

    def offered(self, node: Any, said: str) -> bool:
        self.found.append((getattr(node, "lineno", self.line), said, self.depth == 0))
        self.count += 1
        return self.count - 1 == self.wanted

    def visit(self, node: ast.AST) -> Any:
        self.line = getattr(node, "lineno", self.line)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return node  # a docstring
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return node
        return super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        self.depth += 1
        node.body = [self.visit(one) for one in node.body]
        self.depth -= 1
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        node.body = [self.visit(one) for one in node.body]  # not how it is decorated
        return node

    def visit_Lambda(self, node: ast.Lambda) -> Any:
        self.depth += 1
        node.body = self.visit(node.body)
        self.depth -= 1
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> Any:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_Compare(self, node: ast.Compare) -> Any:
        self.generic_visit(node)
        for n, op in enumerate(node.ops):
            other = OTHER_WAY[type(op)]
            if self.offered(node, f"{type(op).__name__} → {other.__name__}"):
                node.ops[n] = other()
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> Any:
        self.generic_visit(node)
        other = OTHER_WAY[type(node.op)]
        if self.offered(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()
        return node

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        self.generic_visit(node)
        other = OTHER_WAY.get(type(node.op))
        words = any(
            isinstance(one, ast.JoinedStr) or isinstance(getattr(one, "value", None), str)
            for one in (node.left, node.right)
        )
        if (
            other
            and not words
            and self.offered(node, f"{type(node.op).__name__} → {other.__name__}")
        ):
            node.op = other()
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> Any:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and self.offered(node, "not struck out"):
            return node.operand
        return node

    def visit_Constant(self, node: ast.Constant) -> Any:
        if isinstance(node.value, int):
            other = not node.value if isinstance(node.value, bool) else node.value + 1
            if self.offered(node, f"{node.value} → {other}"):
                return ast.copy_location(ast.Constant(other), node)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> Any:
        return node  # how a sentence is written is the paper's, not the law's

    def visit_Name(self, node: ast.Name) -> Any:
        other = OTHER_NAME.get(node.id)
        if other and isinstance(node.ctx, ast.Load) and self.offered(node, f"{node.id} → {other}"):
            return ast.copy_location(ast.Name(other, ast.Load()), node)
        return node

    def visit_If(self, node: ast.If) -> Any:
        plain = isinstance(node.test, (ast.Name, ast.Attribute, ast.Call, ast.NamedExpr))
        if plain and self.offered(node.test, "if → if not"):
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
        self.generic_visit(node)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> Any:
        self.generic_visit(node)
        if self.offered(node, "if and else exchanged"):
            node.body, node.orelse = node.orelse, node.body
        return node

    def visit_comprehension(self, node: ast.comprehension) -> Any:
        self.generic_visit(node)
        for n in range(len(node.ifs)):
            if self.offered(node.ifs[n], "condition of a comprehension struck out"):
                node.ifs[n] = ast.copy_location(ast.Constant(True), node.ifs[n])
        return node

    def visit_Return(self, node: ast.Return) -> Any:
        self.generic_visit(node)
        empty = node.value is None or (
            isinstance(node.value, ast.Constant) and node.value.value is None
        )
        if not empty and self.offered(node, "return → return None"):
            node.value = ast.copy_location(ast.Constant(None), node)
        return node

    def visit_Raise(self, node: ast.Raise) -> Any:
        if node.exc is not None and self.offered(node, "raise struck out"):
            return ast.copy_location(ast.Pass(), node)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        self.generic_visit(node)
        if self.offered(node, "addition struck out"):
            return ast.copy_location(ast.Pass(), node)
        return node

    def visit_Expr(self, node: ast.Expr) -> Any:
        self.generic_visit(node)
        if isinstance(node.value, ast.Call) and self.offered(node, "call struck out"):
            return ast.copy_location(ast.Pass(), node)
        return node

    def visit_Dict(self, node: ast.Dict) -> Any:
        self.generic_visit(node)
        if self.depth == 0 and len(node.values) > 1:
            for n, value in enumerate(list(node.values)):
                if self.offered(value, "line of a table struck out"):
                    del node.keys[n], node.values[n]
                    break
        return node

    def visit_Set(self, node: ast.Set) -> Any:
        return self._members(node)

    def visit_Tuple(self, node: ast.Tuple) -> Any:
        # Words written beside each other (a term's code, its Chinese, its English) are no table.
        words = [isinstance(getattr(one, "value", None), str) for one in node.elts]
        return node if self.depth == 0 and any(words) else self._members(node)

    def _members(self, node: Any) -> Any:
        self.generic_visit(node)
        loaded = isinstance(getattr(node, "ctx", ast.Load()), ast.Load)
        if self.depth == 0 and loaded and len(node.elts) > 2:
            for n, one in enumerate(list(node.elts)):
                if self.offered(one, "member struck out"):
                    del node.elts[n]
                    break
        return node


def mutants_of(path: Path) -> list[Mutant]:
    changer = Changer()
    changer.visit(ast.parse(path.read_text(encoding="utf-8")))
    return [Mutant(path, n, *one) for n, one in enumerate(changer.found)]


def changed(mutant: Mutant) -> ast.Module:
    tree = Changer(mutant.place).visit(ast.parse(mutant.path.read_text(encoding="utf-8")))
    return ast.fix_missing_locations(tree)
