"""A condition in words: beside a question, on the blank sheet and in the builder alike."""

from collections.abc import Mapping
from typing import Final

from openhall.forms.rules.definition import Condition, Field
from openhall.forms.terms import FieldKind
from openhall.paging.whole import whole

ZH: Final = {
    "is": "为",
    "is_not": "不是",
    "at_least": "不低于",
    "at_most": "不超过",
    "more_than": "高于",
    "less_than": "低于",
    "contains": "含有",
}
EN: Final = {
    "is": "is",
    "is_not": "is not",
    "at_least": "is at least",
    "at_most": "is at most",
    "more_than": "is more than",
    "less_than": "is less than",
    "contains": "includes",
}
BARE: Final = ("at_least", "at_most", "more_than", "less_than")


def condition_in_words(
    condition: Condition, fields: Mapping[str, Field], language: str | None
) -> str:
    """“领取方式”为“邮寄送达”; what only a formula can say is told as such."""
    english = (language or "").startswith("en")
    if condition.test in ("all", "any"):
        told = [_part(one, fields, language) for one in condition.parts]
        glue = {"all": (" and ", "，并且"), "any": (" or ", "，或者")}[condition.test]
        return glue[0 if english else 1].join(told)
    if condition.test == "not":
        inner = condition_in_words(condition.parts[0], fields, language)
        return f"it is not so that {inner}" if english else f"不是“{inner}”的情形"
    if condition.test == "holds":
        return "the answers above call for it" if english else "前面的回答符合条件"
    return _single(condition, fields, english)


def _part(one: Condition, fields: Mapping[str, Field], language: str | None) -> str:
    told = condition_in_words(one, fields, language)
    if one.test not in ("all", "any"):
        return told
    return f"({told})" if (language or "").startswith("en") else f"（{told}）"


def _single(condition: Condition, fields: Mapping[str, Field], english: bool) -> str:
    language = "en" if english else "zh"
    asked = fields.get(condition.field)
    name = asked.called(language) if asked else condition.field
    name = f"“{name}”"
    if condition.test == "answered":
        if "false" in condition.values:
            return f"{name} is not answered" if english else f"{name}没有填写"
        return f"{name} is answered" if english else f"{name}已填写"
    words = (" / " if english else "或者").join(
        ("confirmed" if english else "已确认")
        if asked and asked.kind == FieldKind.STATEMENT
        else asked.words_of(value, language)
        if asked
        else value
        for value in condition.values
    )
    if english:
        return f"{name} {EN[condition.test]} {words}"
    return f"{name}{ZH[condition.test]}{words if condition.test in BARE else f'“{words}”'}"


def when_asked(field: Field, fields: Mapping[str, Field], language: str | None) -> str:
    """In words, after which answers the question is to be answered; empty when always."""
    if field.show_if is None:
        return ""
    told = condition_in_words(field.show_if, fields, language)
    if (language or "").startswith("en"):
        return f"Only if {told}."
    return f"仅当{told}时填写。"


def formula_of(condition: Condition) -> str:
    """The condition as one formula: how the builder shows what single tests cannot."""
    if condition.test in ("all", "any"):
        glue = {"all": " and ", "any": " or "}[condition.test]
        return glue.join(f"({formula_of(one)})" for one in condition.parts)
    if condition.test == "not":
        return f"not ({formula_of(condition.parts[0])})"
    if condition.test == "holds":
        return condition.formula
    key, values = condition.field, condition.values
    if condition.test == "answered":
        return f"not answered({key})" if "false" in values else f"answered({key})"
    if condition.test in SIGNS:
        limit = values[0] if values else ""
        return f"{key} {SIGNS[condition.test]} {limit if whole(limit) is not None else repr(limit)}"
    name = "contains" if condition.test == "contains" else "chosen"
    told = " or ".join(
        f"({key} == True)" if value == "true" else f"{name}({key}, {value!r})" for value in values
    )
    if condition.test == "is_not":
        return f"answered({key}) and not ({told})"
    return told


SIGNS: Final = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<"}
