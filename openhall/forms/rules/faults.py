"""What is wrong with a form before anybody meets it: beside which field, and what to do."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from keyword import iskeyword
from typing import Final

from openhall.forms.rules.definition import (
    LOOKS,
    WITH_OPTIONS,
    Condition,
    Field,
    FormDefinition,
    Option,
)
from openhall.forms.rules.facts import facts
from openhall.forms.rules.formula import (
    COLUMN,
    DATE,
    LIST,
    NUMBER,
    TABLE,
    TEXT,
    TRUTH,
    WORDS_OF,
    FormulaFault,
    kind_of,
)
from openhall.forms.rules.lists import LISTS
from openhall.forms.rules.moments import limit_month, limit_year, time_of
from openhall.forms.rules.patterns import NotAPattern, check_pattern
from openhall.forms.rules.values import PATTERNS, decimal_of, written
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.paging.days import day_of
from openhall.paging.whole import whole

K = FieldKind
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
NUMBERS: Final = (K.NUMBER, K.MONEY, K.COMPUTED)
FILES: Final = ("pdf", "jpg", "png", "webp", "heic", "ofd", "docx")
WORDED: Final = (K.TEXT, K.LONG_TEXT, K.ORGANISATION, K.ADDRESS)
LONGEST_VALUE: Final = 120
RESERVED: Final = ("today", "row_number")
ROW: Final = Field("row_number", K.NUMBER, "第几行", "Number of the row")
ANY_DAY: Final = date(2003, 5, 26)  # stands for "today" when limits are compared


@dataclass(frozen=True, slots=True)
class FormFault:
    """``at`` is the key of the field, empty for the whole form; a warning does not stop."""

    at: str
    said: Said
    warns: bool = False


def faults_of_form(form: FormDefinition) -> list[FormFault]:
    """Everything to put right, in the order of the fields; warnings too."""
    found: list[FormFault] = []
    if not form.title.strip():
        found.append(FormFault("", Said("请填写表格名称。", "Give the form a title.")))
    elif not form.title_en.strip():
        said = Said("表格名称还没有英文。", "The title has no English yet.")
        found.append(FormFault("", said, warns=True))
    if not form.fields:
        said = Said("表格还没有字段。请添加第一个。", "The form has no field yet. Add the first.")
        found.append(FormFault("", said))
    seen: dict[str, Field] = {}
    for field in form:
        if field.key in seen:
            said = Said(
                f"字段代码“{field.key}”已被“{seen[field.key].label}”使用。请改用别的代码。",
                f"The key “{field.key}” is used already. Choose another.",
            )
            found.append(FormFault(field.key, said))
        found += [FormFault(field.key, said) for said in _of_field(field)]
        found += [FormFault(field.key, said) for said in _of_conditions(field, seen, form)]
        found += [FormFault(field.key, said, warns=True) for said in _warnings(field)]
        seen.setdefault(field.key, field)
    return found


def _of_field(field: Field, cell: bool = False) -> Iterator[Said]:
    if not KEY.fullmatch(field.key) or iskeyword(field.key) or field.key in RESERVED:
        yield Said(
            f"字段代码“{field.key}”应以小写字母开头，只含小写字母、数字、下划线。",
            f"The key “{field.key}” begins with a small letter and has only small letters,"
            " digits and underscores.",
        )
    if field.kind in WITH_OPTIONS:
        yield from _of_options(field.options)
    elif field.options:
        yield Said("这种字段没有选项。请删去选项。", "This kind has no options. Remove them.")
    if field.listed and field.listed not in LISTS:
        yield Said(f"没有名为“{field.listed}”的清单。", f"No list is called “{field.listed}”.")
    if field.kind == K.MATRIX:
        yield from _of_options(field.rows, least=1)
    elif field.rows:
        yield Said("只有矩阵量表有评价的行。", "Only a matrix has rows to judge.")
    if field.kind == K.TABLE:
        yield from _of_columns(field)
    elif field.columns:
        yield Said("这种字段没有列。请删去列。", "This kind has no columns. Remove them.")
    yield from _of_limits(field)
    yield from _of_patterns(field)
    if strange := [one for one in field.accept if one not in FILES]:
        yield Said(
            f"文件只收 {'、'.join(FILES).upper()}，不收“{strange[0]}”。",
            f"Files are {', '.join(FILES).upper()}, not “{strange[0]}”.",
        )
    if field.kind == K.COMPUTED and field.required:
        yield Said("自动计算的字段不能设为必填。", "A computed value cannot be required.")
    if field.look and field.look not in LOOKS.get(field.kind, ()):
        yield Said(f"这种字段没有“{field.look}”样式。", f"This kind has no look “{field.look}”.")
    if field.fact and field.fact not in facts():
        yield Said(
            f"没有“{field.fact}”这一事实。请从列表中选择，或者不选。",
            f"No fact “{field.fact}” is declared. Choose one of the list, or none.",
        )
    elif field.fact and facts()[field.fact].kind != field.kind:
        asked = facts()[field.fact]
        yield Said(
            f"“{asked.name.zh}”应以“{asked.kind.zh}”填写。请改字段类型，或者不选事实。",
            f"“{asked.name.en}” is asked as “{asked.kind.en}”. Change the kind, or name no fact.",
        )
    if field.is_marker and (field.required or field.required_if or field.checks):
        yield Said(
            "说明、小节和分页不用填写。", "Nothing is answered here; remove what demands it."
        )
    unseen = field.hidden or field.read_only
    if unseen and field.kind != K.COMPUTED and field.default in ("", None):
        yield Said(
            "不显示或者只读的字段应有默认值。", "A hidden or read-only field has a default value."
        )


def _of_patterns(field: Field) -> Iterator[Said]:
    if field.pattern and field.pattern not in PATTERNS:
        yield Said(f"没有“{field.pattern}”这种格式。", f"No pattern “{field.pattern}”.")
    elif field.pattern and field.kind != K.TEXT:
        yield Said("只有单行文本可以要求格式。", "Only a text can have a pattern.")
    if field.regex:
        try:
            check_pattern(field.regex)
        except NotAPattern as fault:
            yield Said(
                f"自定义格式无法使用：{fault}。不支持前后查找和反向引用。",
                f"This pattern cannot be used: {fault}. It has no look-around and no"
                " back-reference.",
            )
        if field.kind not in WORDED:
            yield Said("只有文本可以自定义格式。", "Only a text can have a pattern of its own.")
    for limit in (field.least_words, field.most_words):
        if limit and (whole(limit, 99_999) is None or field.kind not in WORDED):
            yield Said(f"字词数“{limit}”不适用。", f"“{limit}” is no number of words here.")


def _of_options(options: tuple[Option, ...], least: int = 2) -> Iterator[Said]:
    values = [option.value for option in options]
    if len(values) < least:
        yield Said("请至少给出两个选项。", "Give two options at least.")
    always = [option.value for option in options if option.show_if is None]
    twice = sorted({value for value in always if values.count(value) > 1})
    if twice:
        yield Said(f"选项代码“{twice[0]}”重复。", f"The option “{twice[0]}” is there twice.")
    if any(not value.strip() or len(value) > LONGEST_VALUE or "\n" in value for value in values):
        yield Said(
            f"选项代码应为1至{LONGEST_VALUE}位。",
            f"The value of an option has 1 to {LONGEST_VALUE} signs.",
        )


def _of_columns(field: Field) -> Iterator[Said]:
    if not field.columns:
        yield Said("表格至少要有一列。", "A table has one column at least.")
    keys = [column.key for column in field.columns]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        yield Said(f"列代码“{twice[0]}”重复。", f"The column “{twice[0]}” is there twice.")
    for column in field.columns:
        for said in _of_field(column, cell=True):
            yield Said(f"列“{column.label}”：{said.zh}", f"Column {column.called('en')}: {said.en}")


def _of_limits(field: Field) -> Iterator[Said]:
    if not (field.minimum or field.maximum):
        return
    pair: list[object] = []
    for limit in (field.minimum, field.maximum):
        if limit.startswith("="):  # a formula, checked with the fields before it
            pair.append(None)
            continue
        read = _limit(field, limit)
        if limit and read is None:
            yield Said(f"限制“{limit}”不适用于这种字段。", f"“{limit}” is no limit of this kind.")
        pair.append(read)
    least, most = pair
    if least is not None and most is not None and least > most:  # type: ignore[operator]
        yield Said(
            f"最小值{field.minimum}大于最大值{field.maximum}，没有人能填对。请改正。",
            f"The least ({field.minimum}) exceeds the most ({field.maximum}): nobody can answer.",
        )
    if (
        field.kind == K.CHOICES
        and isinstance(least, int)
        and field.options
        and least > len(field.options)
    ):
        yield Said(
            f"至少选{least}项，但只有{len(field.options)}个选项。",
            f"At least {least} are asked for, but there are {len(field.options)} options.",
        )


def _limit(field: Field, limit: str) -> object | None:
    if not limit:
        return None
    if field.kind in (K.NUMBER, K.MONEY):
        return decimal_of(limit)
    if field.kind in (K.DATE, K.DATETIME):
        return ANY_DAY if limit == "today" else day_of(limit)
    if field.kind == K.MONTH:
        return limit_month(limit, ANY_DAY)
    if field.kind == K.YEAR:
        return limit_year(limit, ANY_DAY)
    if field.kind == K.TIME:
        return time_of(limit)
    if field.kind in (K.TEXT, K.LONG_TEXT, K.ORGANISATION, K.ADDRESS, K.CHOICES, K.TABLE, K.FILE):
        return whole(limit, 99_999_999)
    return None


def _of_conditions(field: Field, seen: Mapping[str, Field], form: FormDefinition) -> Iterator[Said]:
    """All it says of other answers: when it is asked and demanded, its checks, options, limits."""
    own = {**seen, field.key: field}
    told = [(field.show_if, seen), (field.required_if, seen)]
    told += [(one.show_if, seen) for one in field.options]
    told += [(one.must, own) for one in field.checks]
    for condition, known in told:
        for leaf in condition.leaves() if condition else ():
            yield from _of_leaf(leaf, known, form)
    for limit in (field.minimum, field.maximum):
        if limit.startswith("="):
            yield from _of_formula(limit[1:], seen, (NUMBER, DATE, TEXT))
    if field.kind == K.COMPUTED:
        yield from _of_formula(field.formula, seen, (NUMBER, DATE, TEXT, TRUTH))
    elif field.formula:
        yield Said("只有自动计算的字段有公式。", "Only a computed value has a formula.")
    inside = {**seen, ROW.key: ROW} if field.columns else dict(seen)
    for column in field.columns:
        for said in _of_conditions(column, inside, form):
            yield Said(f"列“{column.label}”：{said.zh}", f"Column {column.called('en')}: {said.en}")
        inside[column.key] = column


def _of_leaf(leaf: Condition, seen: Mapping[str, Field], form: FormDefinition) -> Iterator[Said]:
    if leaf.test == "holds":
        yield from _of_formula(leaf.formula, seen, (TRUTH,))
        return
    if leaf.field not in seen:
        where = "在它之后" if form.field(leaf.field) else "不存在"
        yield Said(
            f"显示条件所指的字段“{leaf.field}”{where}。请选择前面的字段。",
            f"The condition names “{leaf.field}”, which is not an earlier field. Choose an"
            " earlier one.",
        )
        return
    asked = seen[leaf.field]
    if asked.is_marker or (asked.kind in (K.TABLE, K.FILE) and leaf.test != "answered"):
        yield Said(
            f"不能按“{asked.label}”决定是否显示。",
            f"A condition cannot depend on {asked.called('en')}.",
        )
    if not leaf.values or not any(leaf.values):
        yield Said("请写明条件的取值。", "Say for which answer it is asked.")
    elif asked.kind in (K.NUMBER, K.MONEY) and leaf.test in ("is", "is_not"):
        for value in leaf.values:
            number = decimal_of(value)
            if number is None or written(number) != value:
                right = "数字" if number is None else f"“{written(number)}”"
                yield Said(
                    f"显示条件的取值“{value}”请写成{right}，否则永远不会符合。",
                    f"The condition's “{value}” never holds: numbers are kept as "
                    f"{'numbers' if number is None else written(number)}.",
                )
    elif asked.kind in WITH_OPTIONS and leaf.test in ("is", "is_not", "contains"):
        known = {option.value for option in asked.options}
        if lost := [value for value in leaf.values if value not in known]:
            yield Said(
                f"“{asked.label}”没有选项“{lost[0]}”，这个字段永远不会按预期显示。",
                f"{asked.called('en')} has no option “{lost[0]}”; the condition never holds.",
            )


def _of_formula(formula: str, seen: Mapping[str, Field], gives: tuple[str, ...]) -> Iterator[Said]:
    try:
        kind = kind_of(formula, kinds_of(seen.values()))
    except FormulaFault as fault:
        yield fault.said
        return
    if kind not in gives:
        zh, en = WORDS_OF.get(gives[0], (gives[0], gives[0]))
        yield Said(f"公式的结果应为{zh}。", f"This formula gives a {en}.")


def kinds_of(fields: Iterable[Field]) -> dict[str, str]:
    """What a formula may speak of: keys of answers, and ``table.column``."""
    kinds: dict[str, str] = {}
    for one in fields:
        if one.is_marker:
            continue
        if one.kind == K.COMPUTED:
            kinds[one.key] = _kind_of_computed(one, kinds)
        else:
            kinds[one.key] = KIND_OF_VALUE.get(one.kind, TEXT)
        for column in one.columns:
            _kinds_of_cells(column, one.key, kinds)
    return kinds


def _kinds_of_cells(column: Field, table: str, kinds: dict[str, str]) -> None:
    """A column's cells, and those of the columns of a table within the table."""
    if column.is_marker:
        return
    name = f"{table}.{column.key}"
    number = column.kind in NUMBERS
    kinds[name] = COLUMN if number else KIND_OF_VALUE.get(column.kind, TEXT)
    for inner in column.columns:
        _kinds_of_cells(inner, name, kinds)


def _kind_of_computed(field: Field, kinds: Mapping[str, str]) -> str:
    try:
        return kind_of(field.formula, kinds)
    except FormulaFault:
        return NUMBER


KIND_OF_VALUE: Final = {
    K.NUMBER: NUMBER,
    K.MONEY: NUMBER,
    K.YEAR: NUMBER,
    K.DATE: DATE,
    K.TABLE: TABLE,
    K.CHOICES: LIST,
    K.FILE: LIST,
    K.RANKING: LIST,
    K.STATEMENT: TRUTH,
}


def _warnings(field: Field) -> Iterator[Said]:
    lacking = []
    if field.label and not field.label_en:
        lacking.append("label")
    for words in ("help", "why", "statement", "unit", "message", "missing"):
        if getattr(field, words) and not getattr(field, f"{words}_en"):
            lacking.append(words)
    if any(not option.label_en for option in field.options):
        lacking.append("options")
    if any(not column.label_en for column in field.columns):
        lacking.append("columns")
    if lacking:
        yield Said("还缺少英文内容。", f"English is missing: {', '.join(lacking)}.")
