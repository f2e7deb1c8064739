"""What is wrong with a form before anybody meets it: beside which field, and what to do."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.forms.rules.definition import WITH_OPTIONS, Field, FormDefinition
from openhall.forms.rules.formula import COLUMN, DATE, NUMBER, TABLE, FormulaFault, check_formula
from openhall.forms.rules.values import PATTERNS, day_of, decimal_of
from openhall.forms.terms import FieldKind
from openhall.glossary import Said
from openhall.paging.whole import whole

K = FieldKind
KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
NUMBERS: Final = (K.NUMBER, K.MONEY, K.COMPUTED)
FILES: Final = ("pdf", "jpg", "png")
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
        found += [FormFault(field.key, said) for said in _of_condition(field, seen, form)]
        found += [FormFault(field.key, said) for said in _of_formula(field, seen)]
        found += [FormFault(field.key, said, warns=True) for said in _warnings(field)]
        seen.setdefault(field.key, field)
    return found


def _of_field(field: Field, cell: bool = False) -> Iterator[Said]:
    if not KEY.fullmatch(field.key):
        yield Said(
            f"字段代码“{field.key}”应以小写字母开头，只含小写字母、数字、下划线。",
            f"The key “{field.key}” begins with a small letter and has only small letters,"
            " digits and underscores.",
        )
    if field.kind in WITH_OPTIONS:
        yield from _of_options(field)
    elif field.options:
        yield Said("这种字段没有选项。请删去选项。", "This kind has no options. Remove them.")
    if field.kind == K.TABLE:
        yield from _of_columns(field)
    elif field.columns:
        yield Said("这种字段没有列。请删去列。", "This kind has no columns. Remove them.")
    yield from _of_limits(field)
    if field.pattern and field.pattern not in PATTERNS:
        yield Said(f"没有“{field.pattern}”这种格式。", f"No pattern “{field.pattern}”.")
    elif field.pattern and field.kind != K.TEXT:
        yield Said("只有单行文本可以要求格式。", "Only a text can have a pattern.")
    if strange := [one for one in field.accept if one not in FILES]:
        yield Said(
            f"文件只收 PDF、JPG、PNG,不收“{strange[0]}”。",
            f"Files are PDF, JPG or PNG, not “{strange[0]}”.",
        )
    if field.kind == K.COMPUTED and field.required:
        yield Said("自动计算的字段不能设为必填。", "A computed value cannot be required.")


def _of_options(field: Field) -> Iterator[Said]:
    values = [option.value for option in field.options]
    if len(values) < 2:
        yield Said("请至少给出两个选项。", "Give two options at least.")
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        yield Said(f"选项代码“{twice[0]}”重复。", f"The option “{twice[0]}” is there twice.")
    if any(not value.strip() or len(value) > 40 or "\n" in value for value in values):
        yield Said("选项代码应为1至40位。", "The value of an option has 1 to 40 signs.")


def _of_columns(field: Field) -> Iterator[Said]:
    if not field.columns:
        yield Said("表格至少要有一列。", "A table has one column at least.")
    keys = [column.key for column in field.columns]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        yield Said(f"列代码“{twice[0]}”重复。", f"The column “{twice[0]}” is there twice.")
    for column in field.columns:
        for said in _of_field(column, cell=True):
            yield Said(f"列“{column.label}”：{said.zh}", f"Column {column.called('en')}: {said.en}")
        if column.show_if:
            yield Said(
                f"列“{column.label}”不能有显示条件。",
                f"Column {column.called('en')} cannot have a condition.",
            )


def _of_limits(field: Field) -> Iterator[Said]:
    if not (field.minimum or field.maximum):
        return
    pair: list[object] = []
    for limit in (field.minimum, field.maximum):
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
    if field.kind == K.DATE:
        return ANY_DAY if limit == "today" else day_of(limit)
    if field.kind in (K.TEXT, K.LONG_TEXT, K.ORGANISATION, K.ADDRESS, K.CHOICES, K.TABLE, K.FILE):
        return whole(limit, 99_999_999)
    return None


def _of_condition(field: Field, seen: dict[str, Field], form: FormDefinition) -> Iterator[Said]:
    if field.show_if is None:
        return
    named = field.show_if.field
    if named not in seen:
        where = "在它之后" if form.field(named) else "不存在"
        yield Said(
            f"显示条件所指的字段“{named}”{where}。请选择前面的字段。",
            f"The condition names “{named}”, which is not an earlier field. Choose an earlier one.",
        )
        return
    asked = seen[named]
    if asked.kind in (K.TABLE, K.FILE):
        yield Said(
            f"不能按“{asked.label}”决定是否显示。",
            f"A condition cannot depend on {asked.called('en')}.",
        )
    if not field.show_if.values or not any(field.show_if.values):
        yield Said("请写明条件的取值。", "Say for which answer it is asked.")
    elif asked.kind in WITH_OPTIONS and field.show_if.test in ("is", "is_not"):
        offered = {option.value for option in asked.options}
        if lost := [value for value in field.show_if.values if value not in offered]:
            yield Said(
                f"“{asked.label}”没有选项“{lost[0]}”，这个字段永远不会按预期显示。",
                f"{asked.called('en')} has no option “{lost[0]}”; the condition never holds.",
            )


def _of_formula(field: Field, seen: dict[str, Field]) -> Iterator[Said]:
    if field.kind != K.COMPUTED:
        if field.formula:
            yield Said("只有自动计算的字段有公式。", "Only a computed value has a formula.")
        return
    try:
        check_formula(field.formula, kinds_of(seen.values()))
    except FormulaFault as fault:
        yield fault.said


def kinds_of(fields: Iterable[Field]) -> dict[str, str]:
    """What a formula may speak of: keys of numbers, dates, tables and their number columns."""
    kinds: dict[str, str] = {}
    for one in fields:
        if one.kind in NUMBERS:
            kinds[one.key] = NUMBER
        elif one.kind == K.DATE:
            kinds[one.key] = DATE
        elif one.kind == K.TABLE:
            kinds[one.key] = TABLE
            for column in one.columns:
                if column.kind in NUMBERS:
                    kinds[f"{one.key}.{column.key}"] = COLUMN
    return kinds


def _warnings(field: Field) -> Iterator[Said]:
    lacking = []
    if not field.label_en:
        lacking.append("label")
    for words in ("help", "why", "statement", "unit"):
        if getattr(field, words) and not getattr(field, f"{words}_en"):
            lacking.append(words)
    if any(not option.label_en for option in field.options):
        lacking.append("options")
    if any(not column.label_en for column in field.columns):
        lacking.append("columns")
    if lacking:
        yield Said("还缺少英文内容。", f"English is missing: {', '.join(lacking)}.")
