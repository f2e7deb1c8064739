"""A matter of the library: one service described whole, in both languages, for any city to adopt.

What a file under ``openhall/catalogue/matters`` may say, and whether it makes sense: a guide that
a person can act on, not one that only fills the fields. A city adopts a matter into an item of its
own and adds what only it knows (telephone, address, hours, its promise). 行政许可法 30; A7.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from openhall.catalogue.rules.guide import bare, is_hollow
from openhall.catalogue.rules.sense import SAME_FROM, cites_only
from openhall.catalogue.terms import DayUnit, ItemKind, ResultKind, ServiceObject
from openhall.catalogue.terms_topics import topic_of
from openhall.forms.rules.answers import answers_of
from openhall.forms.rules.definition import Field as FormField
from openhall.forms.rules.definition import NotAForm
from openhall.forms.rules.faults import faults_of_form
from openhall.forms.rules.reading import read_form
from openhall.forms.terms import FieldKind

FOLDER: Final = Path(__file__).resolve().parents[1] / "matters"
LEVELS: Final = ("district", "city", "both", "town")
NEEDS: Final = ("required", "conditional", "optional")
SOURCES: Final = ("applicant", "government", "other")
ELECTRONIC: Final = ("accepted", "fetched", "original_only")
ROLES: Final = ("applicant", "window", "handler", "decider", "other")
HAN: Final = re.compile(r"[\u3400-\u9fff]")
LAW_NAMED: Final = re.compile(r"《[^《》]+》")
AGENTS_OWN: Final = "authorisation"  # the paper that every application by an agent adds itself
CHOSEN: Final = (FieldKind.CHOICE, FieldKind.CHOICES)
UNSHOWN: Final = (  # what needs no example: it is chosen, ticked, uploaded or reckoned
    FieldKind.CHOICE,
    FieldKind.CHOICES,
    FieldKind.FILE,
    FieldKind.STATEMENT,
    FieldKind.COMPUTED,
)


class Wrong(NamedTuple):
    """One fault: where in the file (``materials.2.why.en``), and what to do."""

    at: str
    sentence: str


class Field(NamedTuple):
    """What one key of an object may hold, and whether it must be there."""

    reads: Callable[[object, str], Iterator[Wrong]]
    must: bool = False


def _text(most: int, most_en: int) -> Callable[[object, str], Iterator[Wrong]]:
    """Both languages, neither empty nor too long, each in its own writing."""

    def read(told: object, at: str) -> Iterator[Wrong]:
        if not isinstance(told, Mapping) or not {"zh", "en"} <= set(told):
            yield Wrong(at, "应写中文（zh）和英文（en）。")
            return
        for language, limit in (("zh", most), ("en", most_en)):
            words = told[language]
            if not isinstance(words, str) or not words.strip():
                yield Wrong(f"{at}.{language}", "不能为空；不知道的整项删去。")
            elif words != words.strip():
                yield Wrong(f"{at}.{language}", "首尾有空格。")
            elif len(words) > limit:
                yield Wrong(f"{at}.{language}", f"最多{limit}个字符，现有{len(words)}个。")
            elif language == "en" and HAN.search(re.sub(r"\([^()]*\)", "", words)):
                yield Wrong(f"{at}.en", "英文中有汉字；只有括号内可以注明原名。")
            elif language == "zh" and not HAN.search(words):
                yield Wrong(f"{at}.zh", "没有汉字。")
            elif language == "zh" and re.search(r"[\u3400-\u9fff][,;:?!]", words):
                yield Wrong(f"{at}.zh", "中文应使用全角标点。")

    return read


def _one_of(values: Iterable[str]) -> Callable[[object, str], Iterator[Wrong]]:
    known = tuple(values)

    def read(told: object, at: str) -> Iterator[Wrong]:
        if told not in known:
            yield Wrong(at, f"应为 {'、'.join(known)} 之一。")

    return read


def _number(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        yield Wrong(at, "应为不小于零的整数。")


def _yes_no(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, bool):
        yield Wrong(at, "应为 true 或者 false。")


def _line(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, str) or not told.strip() or len(told) > 300:
        yield Wrong(at, "应为一行文字，最多300个字符。")


def _basis(told: object, at: str) -> Iterator[Wrong]:
    yield from _line(told, at)
    if isinstance(told, str) and not LAW_NAMED.search(told) and "〔" not in told:
        yield Wrong(at, "依据应写法律文件全称，加书名号，或者写文号。")


def _key(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, str) or not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", told):
        yield Wrong(at, "代码应由小写字母、数字和连字符组成。")


def _lines(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, list) or not told:
        yield Wrong(at, "应为一个列表，至少一行。")
        return
    for place, one in enumerate(told, start=1):
        yield from _line(one, f"{at}.{place}")


def _rows(
    reads: Callable[[object, str], Iterator[Wrong]],
) -> Callable[[object, str], Iterator[Wrong]]:
    def read(told: object, at: str) -> Iterator[Wrong]:
        if not isinstance(told, list) or not told:
            yield Wrong(at, "应为一个列表，至少一行；没有的整项删去。")
            return
        for place, one in enumerate(told, start=1):
            yield from reads(one, f"{at}.{place}")

    return read


def _object(
    fields: Mapping[str, Field], texts: int = 0
) -> Callable[[object, str], Iterator[Wrong]]:
    """An object with these keys and no other; with ``texts`` it is a sentence of its own too."""

    def read(told: object, at: str) -> Iterator[Wrong]:
        if not isinstance(told, Mapping):
            yield Wrong(at, "应为一个对象。")
            return
        if texts:
            yield from _text(texts, texts + 100)(told, at)
        known = {*fields, *(("zh", "en") if texts else ())}
        for strange in sorted(set(map(str, told)) - known):
            yield Wrong(f"{at}.{strange}".lstrip("."), "没有这一项。")
        for name, field in fields.items():
            if name in told:
                yield from field.reads(told[name], f"{at}.{name}".lstrip("."))
            elif field.must:
                yield Wrong(f"{at}.{name}".lstrip("."), "缺少这一项。")

    return read


SENTENCE: Final = _text(280, 400)
LIMIT: Final = _object(
    {
        "days": Field(_number, must=True),
        "unit": Field(_one_of(DayUnit.codes()), must=True),
        "basis": Field(_basis),
        "note": Field(SENTENCE),
    }
)
VALID: Final = {
    "number": Field(_number),
    "unit": Field(_one_of(("year", "month", "day"))),
    "long_term": Field(_yes_no),
    "until": Field(SENTENCE),
    "when": Field(SENTENCE),
}


def _valid(told: object, at: str) -> Iterator[Wrong]:
    for place, one in enumerate(told if isinstance(told, list) else [told], start=1):
        here = f"{at}.{place}" if isinstance(told, list) else at
        yield from _object(VALID)(one, here)
        if isinstance(one, Mapping):
            said = [{"number", "unit"} <= set(one), "long_term" in one, "until" in one]
            if sum(said) != 1:
                yield Wrong(here, "有效期应写数字和单位、长期，或者到何时为止，三者之一。")


def _form(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, Mapping) or set(told) != {"title", "fields"}:
        yield Wrong(at, "申请表有标题（title）和问题（fields）。")
        return
    yield from _text(100, 160)(told["title"], f"{at}.title")
    try:
        form = read_form(told["fields"], "title", "title")
    except NotAForm as fault:
        yield Wrong(f"{at}.{fault.at}", fault.said.zh)
        return
    for wrong in faults_of_form(form):  # as the gate reads it when its guide is published
        if not wrong.warns:
            yield Wrong(f"{at}.{wrong.at}", wrong.said.zh)
    keys: set[str] = set()
    for field in form:
        if field.key in keys:
            yield Wrong(f"{at}.{field.key}", "两个问题用了同一代码。")
        if field.show_if and field.show_if.field not in keys:
            yield Wrong(f"{at}.{field.key}.show_if", "显示条件应指向前面的问题。")
        keys.add(field.key)
        for one in (field, *field.columns):
            if not one.label_en:
                yield Wrong(f"{at}.{field.key}.label_en", "缺少英文。")
            if any(not option.label_en for option in one.options):
                yield Wrong(f"{at}.{field.key}.options", "选项缺少英文。")
            if one.kind in CHOSEN and len(one.options) < 2:
                yield Wrong(f"{at}.{field.key}.options", f"“{one.label}”至少两个选项。")
        for zh, en in (("help", "help_en"), ("why", "why_en"), ("statement", "statement_en")):
            if bool(getattr(field, zh)) != bool(getattr(field, en)):
                yield Wrong(f"{at}.{field.key}.{en}", "中英文应同时填写。")


MATERIAL: Final = _object(
    {
        "key": Field(_key, must=True),
        "name": Field(_text(80, 160), must=True),
        "need": Field(_one_of(NEEDS), must=True),
        "when": Field(SENTENCE),
        "spared": Field(SENTENCE),
        "why": Field(SENTENCE, must=True),
        "from": Field(SENTENCE),
        "source": Field(_one_of(SOURCES), must=True),
        "form": Field(_yes_no),
        "originals": Field(_number, must=True),
        "copies": Field(_number, must=True),
        "electronic": Field(_one_of(ELECTRONIC)),
        "shows": Field(SENTENCE),
        "checks": Field(
            _object(
                {
                    "window": Field(SENTENCE, must=True),
                    "handler": Field(SENTENCE),
                    "decider": Field(SENTENCE),
                }
            )
        ),
        "basis": Field(_basis),
    }
)
FEE: Final = _object(
    {
        "charged": Field(_yes_no, must=True),
        "basis": Field(_line),
        "note": Field(SENTENCE),
        "lines": Field(
            _rows(
                _object(
                    {
                        "name": Field(_text(80, 160), must=True),
                        "fen": Field(_number, must=True),
                        "per": Field(_text(40, 80)),
                    }
                )
            )
        ),
    }
)


def _people(told: object, at: str) -> Iterator[Wrong]:
    yield from _rows(_one_of(ServiceObject.codes()))(told, at)


def _topics(told: object, at: str) -> Iterator[Wrong]:
    yield from _lines(told, at)
    for place, one in enumerate(told if isinstance(told, list) else (), start=1):
        if topic_of(str(one)) is None:
            yield Wrong(f"{at}.{place}", f"没有“{one}”这个主题。")


def _unit(told: object, at: str) -> Iterator[Wrong]:
    if not isinstance(told, str) or not re.fullmatch(r"[a-z]{2,8}", told):
        yield Wrong(at, "应为部门代码。")


MATTER: Final = _object(
    {
        "key": Field(_key, must=True),
        "name": Field(_text(60, 160), must=True),
        "plain_names": Field(
            _object({"zh": Field(_lines, must=True), "en": Field(_lines, must=True)}), must=True
        ),
        "summary": Field(_text(120, 300), must=True),
        "kind": Field(_one_of(ItemKind.codes()), must=True),
        "unit": Field(_unit, must=True),
        "level": Field(_one_of(LEVELS), must=True),
        "for": Field(_people, must=True),
        "topics": Field(_topics, must=True),
        "who_may": Field(_rows(SENTENCE), must=True),
        "who_may_not": Field(_rows(_object({"instead": Field(SENTENCE)}, texts=280))),
        "conditions": Field(_rows(_object({"basis": Field(_basis)}, texts=280))),
        "materials": Field(_rows(MATERIAL)),
        "no_material": Field(_yes_no),
        "form": Field(_form),
        "steps": Field(
            _rows(
                _object(
                    {
                        "name": Field(_text(30, 80), must=True),
                        "who": Field(_one_of(ROLES), must=True),
                        "days": Field(_number),
                        "does": Field(SENTENCE, must=True),
                    }
                )
            ),
            must=True,
        ),
        "statutory": Field(LIMIT),
        "promise": Field(LIMIT),
        "fee": Field(FEE),
        "result": Field(
            _object(
                {
                    "kind": Field(_one_of(ResultKind.codes()), must=True),
                    "name": Field(_text(80, 160), must=True),
                    "valid": Field(_valid),
                    "basis": Field(_basis),
                }
            ),
            must=True,
        ),
        "visits": Field(_number),
        "visit_reason": Field(SENTENCE),
        "prerequisites": Field(_rows(_object({"matter": Field(_key)}, texts=280))),
        "followed_by": Field(_rows(_key)),
        "joint_with": Field(_rows(SENTENCE)),
        "where": Field(SENTENCE),
        "when": Field(SENTENCE),
        "questions": Field(
            _rows(
                _object(
                    {
                        "question": Field(_text(120, 240), must=True),
                        "answer": Field(_text(600, 900), must=True),
                    }
                )
            ),
            must=True,
        ),
        "sent_back": Field(_rows(SENTENCE)),
        "remedy": Field(SENTENCE),
        "laws": Field(
            _rows(
                _object(
                    {
                        "law": Field(_line, must=True),
                        "number": Field(_line),
                        "article": Field(_line),
                        "for": Field(SENTENCE),
                    }
                )
            ),
            must=True,
        ),
        "sources": Field(_lines, must=True),
        "left_out": Field(_lines),
    }
)


def _sense(matter: Mapping[str, Any], phrases: frozenset[str]) -> Iterator[Wrong]:
    """What fits the fields and still says nothing, or says two things at once."""
    materials = matter.get("materials") or []
    if not materials and not matter.get("no_material"):
        yield Wrong("materials", "应列出材料；确实不需要的，写明 no_material。")
    said: dict[str, str] = {}
    for place, one in enumerate(materials, start=1):
        at = f"materials.{place}"
        if one["need"] == "conditional" and "when" not in one:
            yield Wrong(f"{at}.when", "应写明哪种情形下需要。")
        given = one["originals"] or one["copies"] or one.get("form") or one.get("electronic")
        if not given:
            yield Wrong(at, "原件和复印件都是零，应说明以何种形式提供。")
        told = {"why": one["why"], "shows": one.get("shows")}
        told |= {f"checks.{who}": words for who, words in (one.get("checks") or {}).items()}
        for name, words in told.items():
            plain = bare(words["zh"]) if words else ""
            if len(plain) >= SAME_FROM and said.get(plain, at) != at:
                yield Wrong(f"{at}.{name}.zh", f"与{said[plain]}的说法完全相同。")
            said.setdefault(plain, at)
    keys = [one["key"] for one in materials]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Wrong("materials", f"代码“{key}”用了两次。")
    if AGENTS_OWN in keys:
        yield Wrong("materials", f"代码“{AGENTS_OWN}”是系统为委托书留的，请换一个。")
    if sum(bool(one.get("form")) for one in materials) > 1:
        yield Wrong("materials", "申请表只有一份。")
    for place, one in enumerate(matter.get("conditions") or [], start=1):
        if cites_only(one["zh"]):
            yield Wrong(f"conditions.{place}.zh", "只引条文，没有说出申请人能自己核对的条件。")
    for at, words in _all_texts(matter, ""):
        if not at.endswith(".per.zh") and is_hollow(words, phrases):
            yield Wrong(at, f"“{words}”没有说明内容。")


def _all_texts(told: object, at: str) -> Iterator[tuple[str, str]]:
    """Every Chinese sentence of the file with its place."""
    if isinstance(told, Mapping):
        for name, one in told.items():
            here = f"{at}.{name}".lstrip(".")
            if name == "zh" and isinstance(one, str):
                yield here, one
            else:
                yield from _all_texts(one, here)
    elif isinstance(told, list):
        for place, one in enumerate(told, start=1):
            yield from _all_texts(one, f"{at}.{place}")


def _samples(matter: Mapping[str, Any], today: date) -> Iterator[Wrong]:
    """The filled-in sample of the form: every question has an example that would be taken."""
    if "form" not in matter:
        return
    form = read_form(matter["form"]["fields"])
    typed = {one.key: sample_of(one) for one in form}
    for one in form:
        for part in one.columns or (one,):
            if part.kind not in UNSHOWN and part.example == "" and not one.example:
                yield Wrong(f"form.{one.key}.example", "缺少填写示例。")
                break
    for key, said in answers_of(form, typed, today).faults.items():
        field = form.field(key)
        if field is not None and field.kind != FieldKind.FILE:
            yield Wrong(f"form.{key}.example", f"示例填不进表格：{said.zh}")


def sample_of(field: FormField) -> Any:
    """What the sample says to ``field``: its example, else what there is to choose."""
    if field.kind == FieldKind.STATEMENT:
        return True
    if field.kind == FieldKind.TABLE and not field.example:
        return [{column.key: sample_of(column) for column in field.columns}]
    if field.example != "" or field.kind not in CHOSEN:
        return field.example
    first = field.options[0].value
    return first if field.kind == FieldKind.CHOICE else [first]


def faults_of(told: object, phrases: Iterable[str] = (), today: date | None = None) -> list[Wrong]:
    """What is wrong with a matter as read from JSON: its form first, then its sense.

    ``phrases`` are the stock phrases that say nothing; with ``today`` the samples of the form are
    filled in too. Pure; raises nothing.
    """
    wrong = list(MATTER(told, ""))
    if not wrong and isinstance(told, Mapping):
        wrong = list(_sense(told, frozenset(phrases)))
        if today is not None:
            wrong += _samples(told, today)
    return wrong
