"""What a version says, in words: every place of its content and every stored code. A5.

Content is digested, so it stands as plain values under short keys. A page shows people neither:
``parts[2].need`` is “Parts 2 · When it is applied for”, and ``if_chosen`` its own word. A kind says
its words (``names`` and ``terms``); those that mean the same everywhere are here.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from openhall.glossary import Said, Term

STEP: Final = re.compile(r"[^.\[\]]+|\[\d+\]")
Wording = type[Term] | tuple[type[Term], ...] | Callable[[Any], Any]

# Keys that people typed themselves, to point from one place to another: they are shown as typed.
TYPED: Final = frozenset(
    {"code", "field", "item", "items", "joint_organs", "key", "materials", "otherwise", "query"}
    | {"question", "record", "result", "to", "value", "fees"}
)
WORDS: Final[Mapping[str, Said]] = {
    "accept": Said("文件种类", "Kinds of file"),
    "aim": Said("目标值（%）", "Aim in percent"),
    "all": Said("全部满足", "All of these"),
    "amount": Said("金额", "Amount"),
    "answers": Said("回答", "Answers"),
    "any": Said("满足其一", "Any of these"),
    "applies": Said("适用条件", "Applies where"),
    "applies_en": Said("适用条件（英文）", "Applies where, in English"),
    "basis": Said("依据", "Basis"),
    "channel": Said("缴款渠道", "Way of paying"),
    "checks": Said("校验", "Checks"),
    "code": Said("代码", "Code"),
    "columns": Said("表格的列", "Columns of the table"),
    "contains": Said("包含", "Contains"),
    "counted": Said("怎样计算", "How it is counted"),
    "decimals": Said("小数位数", "Decimal places"),
    "default": Said("默认值", "Value to begin with"),
    "each": Said("每增一人（分钟）", "Minutes for each further person"),
    "equals": Said("等于", "Is"),
    "evidence": Said("佐证", "Evidence"),
    "evidence_en": Said("佐证（英文）", "Evidence in English"),
    "example": Said("示例", "Example"),
    "example_en": Said("示例（英文）", "Example in English"),
    "fact": Said("对应的信息", "Fact it stands for"),
    "fee": Said("收费（分）", "Fee in fen"),
    "fees": Said("收费项目", "Fees"),
    "field": Said("字段", "Field"),
    "fields": Said("字段", "Field"),
    "filled": Said("已填写", "Is filled in"),
    "fills": Said("填入表格", "Filled into the form"),
    "form": Said("表格", "Form"),
    "formula": Said("计算方法", "How it is computed"),
    "from": Said("自", "From"),
    "greater_than": Said("大于", "More than"),
    "at_least": Said("不小于", "At least"),
    "at_most": Said("不大于", "At most"),
    "head": Said("大类", "Head"),
    "help": Said("填写说明", "Help"),
    "help_en": Said("填写说明（英文）", "Help in English"),
    "hidden": Said("不显示", "Hidden"),
    "holds": Said("公式成立", "A formula holds"),
    "identity": Said("需要证件号", "Identity number needed"),
    "in": Said("为其中之一", "Is one of"),
    "item": Said("事项", "Item"),
    "items": Said("事项", "Items"),
    "key": Said("代号", "Key"),
    "kind": Said("类型", "Kind"),
    "label": Said("名称", "Label"),
    "label_en": Said("名称（英文）", "Label in English"),
    "least": Said("不少于", "At least"),
    "least_words": Said("最少字词数", "Least words"),
    "less_than": Said("小于", "Less than"),
    "limit_days": Said("期限（工作日）", "Limit in working days"),
    "listed": Said("选项来自名单", "Options from a list"),
    "look": Said("样式", "Look"),
    "materials": Said("材料", "Materials"),
    "maximum": Said("最大限制", "Most allowed"),
    "means": Said("指的是", "Means"),
    "message": Said("不符时提示", "Said where it does not hold"),
    "message_en": Said("不符时提示（英文）", "Said where it does not hold, in English"),
    "minimum": Said("最小限制", "Least allowed"),
    "minutes": Said("分钟", "Minutes"),
    "missing": Said("未填时提示", "Said where it is missing"),
    "missing_en": Said("未填时提示（英文）", "Said where it is missing, in English"),
    "most": Said("不多于", "At most"),
    "most_words": Said("最多字词数", "Most words"),
    "must": Said("应当", "Must"),
    "name": Said("名称", "Name"),
    "name_en": Said("名称（英文）", "Name in English"),
    "needed": Said("需要", "Needed"),
    "not": Said("不满足", "Not"),
    "note": Said("说明", "Note"),
    "note_en": Said("说明（英文）", "Note in English"),
    "options": Said("选项", "Options"),
    "organ": Said("单位", "Unit"),
    "otherwise": Said("否则转到", "Otherwise goes to"),
    "pattern": Said("格式", "Format"),
    "persons": Said("最多人数", "Most persons"),
    "position": Said("顺序", "Order"),
    "query": Said("查询词", "Words searched for"),
    "question": Said("问题", "Question"),
    "question_en": Said("问题（英文）", "Question in English"),
    "questions": Said("问题", "Questions"),
    "read_only": Said("不能改", "Read only"),
    "reason": Said("原因", "Reason"),
    "reason_en": Said("原因（英文）", "Reason in English"),
    "record": Said("检索结果", "What is found"),
    "regex": Said("自定义格式", "Own pattern"),
    "required": Said("必填", "Required"),
    "required_if": Said("何时必填", "Required when"),
    "result": Said("结果", "Result"),
    "results": Said("结果", "Results"),
    "rows": Said("评价的行", "Rows to judge"),
    "rules": Said("规则", "Rules"),
    "said": Said("用语", "Words"),
    "sha256": Said("SHA-256摘要", "SHA-256 digest"),
    "show_if": Said("何时填写", "Asked when"),
    "size": Said("字节数", "Bytes"),
    "statement": Said("声明内容", "Words of the statement"),
    "statement_en": Said("声明内容（英文）", "Words of the statement, in English"),
    "text": Said("文字", "Text"),
    "text_en": Said("文字（英文）", "Text in English"),
    "title": Said("标题", "Title"),
    "title_en": Said("标题（英文）", "Title in English"),
    "to": Said("转到", "Goes to"),
    "topic": Said("主题", "Topic"),
    "type": Said("文件类型", "Type of file"),
    "unit": Said("单位", "Unit"),
    "unit_en": Said("单位（英文）", "Unit in English"),
    "until": Said("至", "Until"),
    "value": Said("值", "Value"),
    "weight": Said("权重", "Weight"),
    "when": Said("条件", "When"),
    "why": Said("为何填写", "Why it is asked"),
    "why_en": Said("为何填写（英文）", "Why it is asked, in English"),
    "words": Said("文字", "Words"),
}


def _found(names: Mapping[str, Any], path: str, key: str) -> Any:
    """What ``names`` says of a place: under its path first, then under its last key; where the keys
    themselves are data (a bank's own words), under ``channels.*``."""
    above = path.rpartition(".")[0]
    return names.get(path, names.get(key, names.get(f"{above}.*")))


def _steps(place: str) -> Iterator[tuple[str, str, int | None]]:
    """Each step of a place: its path without numbers, the key, and the number in a list if any.

    A number deeper in a list of lists keeps ``[]`` before it: ``seen[3][2]`` is ``seen[][2]``.
    """
    path, key = "", ""
    for step in STEP.findall(place):
        if step[0] == "[":
            yield path, key, int(step[1:-1])
            path += "[]"
        else:
            path, key = f"{path}.{step}" if path else step, step
            path = path.replace("[]", "")
            yield path, key, None


def place_in_words(names: Mapping[str, Said], place: str) -> Said:
    """A place of the content as people call it; a key that has no word stands as it is."""
    zh: list[str] = []
    en: list[str] = []
    for path, key, number in _steps(place):
        if number is None:
            word = _found(names, path, key) or WORDS.get(key) or Said(key, key)
            zh.append(word.zh)
            en.append(word.en)
        elif (word := names.get(f"{path}[{number}]")) is not None:
            if not path.endswith("[]"):  # a pair of words: the second takes the place of the first
                zh, en = zh[:-1], en[:-1]
            zh.append(word.zh)
            en.append(word.en)
        else:
            zh[-1] += f" 第{number}项"
            en[-1] += f" {number}"
    return Said(" · ".join(zh), " · ".join(en))


def value_in_words(terms: Mapping[str, Wording], place: str, value: Any) -> Any:
    """A value as people read it: the word of a stored code, else the value itself."""
    wording: Any = None
    for path, key, number in _steps(place):
        if number is None:
            wording = _found(terms, path, key)
        else:
            wording = terms.get(f"{path}[{number}]", wording)
    if wording is None or value in (None, ""):
        return value
    if not isinstance(wording, type | tuple):
        return wording(value)
    for family in wording if isinstance(wording, tuple) else (wording,):
        if issubclass(family, Term) and value in family.codes():
            return family(value)
    return value
