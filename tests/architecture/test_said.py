"""What the law says is said in both languages: refusals, faults and what they are built from.

No refusal of a room that was converted is a bare sentence. The English of a ``Said`` holds no
Chinese but the numbers of documents, such as 成办发〔2003〕75号, and what stands in quotes: it is
named as it is printed.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from openhall.glossary import cited

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "applying",
    "cases",
    "catalogue",
    "files",
    "joint",
    "papers",
    "permits",
    "questions",
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")
AS_PRINTED = re.compile(
    r"[\u4e00-\u9fff]+〔\d{4}〕\d+号( [一二三四五六]（[一二三四五六]）)?|“[^”]*”|【[^】]*】"
)


def sources() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / "openhall" / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
            yield node


def words_of(sentence: ast.expr) -> str:
    """The letters that stand in a sentence; what is put in is left out."""
    match sentence:
        case ast.Constant(value=str(words)):
            return words
        case ast.JoinedStr(values=parts):
            return "".join(words_of(one) if isinstance(one, ast.Constant) else "0" for one in parts)
        case ast.BinOp(left=left, right=right):
            return words_of(left) + words_of(right)
    return "0"  # built elsewhere, or handed on


def bare(refusal: ast.Call) -> bool:
    """Whether a sentence stands in ``refusal`` itself and not in a ``Said``."""
    if not refusal.args:
        return False
    return isinstance(refusal.args[0], (ast.Constant, ast.JoinedStr, ast.BinOp))


def faults_of_english(said: ast.Call) -> str:
    """What is wrong with the English of one ``Said``; empty when nothing."""
    parts = {word.arg: word.value for word in said.keywords}
    zh, en = (*said.args, *(parts.get(name, ast.Constant("")) for name in ("zh", "en")))[:2]
    english = words_of(en)
    if not english.strip() and words_of(zh).strip():
        return "no English"
    left = CHINESE.findall(AS_PRINTED.sub("", english))
    return f"Chinese in the English: {''.join(left)}" if left else ""


@pytest.mark.parametrize("path", sources(), ids=named)
def test_every_refusal_and_fault_has_its_english(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lines = [one.lineno for one in calls(tree, "Refused") if bare(one)]
    assert not lines
    wrong = {one.lineno: fault for one in calls(tree, "Said") if (fault := faults_of_english(one))}
    assert not wrong


@pytest.mark.parametrize(
    ("source", "right"),
    [
        ('Said("已公布。", "It is published.")', True),
        ('Said(f"{one}已公布。", f"{one} is published (成办发〔2003〕75号).")', True),
        ('Said("没有“姓名”。", "There is no “姓名”.")', True),
        ('Said("", "")', True),
        ('Said("已公布。", "")', False),
        ('Said("已公布。", "It is 公布.")', False),
        ('Said(zh="已公布。", en="It is 公布.")', False),
    ],
)
def test_english_that_is_missing_or_mixed_is_told(source, right):
    assert (faults_of_english(ast.parse(source, mode="eval").body) == "") is right


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ('Refused("已公布。")', True),
        ('Refused(f"{one}已公布。", "day")', True),
        ('Refused(Said("已公布。", "It is published."))', False),
        ("Refused(fault, field)", False),
    ],
)
def test_a_bare_refusal_is_told(source, told):
    assert bare(ast.parse(source, mode="eval").body) is told


@pytest.mark.parametrize(
    ("basis", "english"),
    [
        ("行政许可法 42", "Administrative Licensing Law, art. 42"),
        ("行政许可法 32（4）", "Administrative Licensing Law, art. 32(4)"),
        ("行政许可法 47、48", "Administrative Licensing Law, arts. 47, 48"),
        ("《行政许可法》第四十七条", "Administrative Licensing Law, art. 47"),
        ("《行政许可法》第三十二条第一款第（四）项", "Administrative Licensing Law, art. 32(1)(4)"),
        ("《行政许可法》第二十条", "Administrative Licensing Law, art. 20"),
        ("行政许可法", "Administrative Licensing Law"),
        ("成办发〔2003〕75号", "成办发〔2003〕75号"),
        ("成办发〔2003〕75号 二（一）", "成办发〔2003〕75号, part 2(1)"),
        ("行政许可法实施规范", "Norms for the Administrative Licensing Law"),
        ("行政许可法释义", "行政许可法释义"),
    ],
)
def test_a_clause_is_cited_in_both_languages(basis, english):
    assert (cited(basis).zh, cited(basis).en) == (basis, english)
