"""What changed between the form a person holds and the form in force. B5."""

from collections.abc import Iterator
from dataclasses import dataclass

from openhall.forms.rules.definition import Field, FormDefinition
from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class Change:
    """One question that was added, removed or changed; ``how`` says what about it."""

    kind: str  # added, removed, changed
    label: Said
    how: tuple[Said, ...] = ()


SAID: dict[str, Said] = {
    "label": Said("名称", "label"),
    "help": Said("填写说明", "help"),
    "why": Said("为何填写", "why we ask"),
    "options": Said("选项", "options"),
    "columns": Said("表格的列", "columns of the table"),
    "show_if": Said("何时填写", "when it is asked"),
    "minimum": Said("最小限制", "least allowed"),
    "maximum": Said("最大限制", "most allowed"),
    "pattern": Said("格式", "format"),
    "formula": Said("计算方法", "how it is computed"),
    "accept": Said("文件种类", "kinds of file"),
    "statement": Said("声明内容", "words of the statement"),
    "unit": Said("单位", "unit"),
    "decimals": Said("小数位数", "decimal places"),
    "rows": Said("评价的行", "rows to judge"),
    "within": Said("所在小节何时填写", "when its section is asked"),
    "required_if": Said("何时必填", "when it must be answered"),
    "checks": Said("校验", "checks"),
    "regex": Said("自定义格式", "the office's own pattern"),
    "least_words": Said("最少字词数", "least words"),
    "most_words": Said("最多字词数", "most words"),
    "default": Said("默认值", "default value"),
}


def changes_between(held: FormDefinition, current: FormDefinition) -> list[Change]:
    """Questions of ``current`` that ``held`` lacks, lacks no more, or asks otherwise."""
    before = {one.key: one for one in held}
    after = {one.key: one for one in current}
    found: list[Change] = []
    for field in current:
        if field.key not in before:
            found.append(Change("added", _named(field)))
        elif how := tuple(_how(before[field.key], field)):
            found.append(Change("changed", _named(field), how))
    found += [Change("removed", _named(one)) for one in held if one.key not in after]
    return found


def _named(field: Field) -> Said:
    return Said(field.label, field.called("en"))


def _how(old: Field, new: Field) -> Iterator[Said]:
    if old.kind != new.kind:
        yield Said(
            f"由“{old.kind.zh}”改为“{new.kind.zh}”",
            f"{old.kind.en} became {new.kind.en}",
        )
    if old.required != new.required:
        yield Said(
            "改为必填" if new.required else "改为选填",
            "is now required" if new.required else "is now optional",
        )
    for name, said in SAID.items():
        if getattr(old, name) != getattr(new, name):
            if name == "label":
                yield Said(f"原名“{old.label}”", f"was called {old.called('en')}")
            else:
                yield Said(f"{said.zh}有变化", f"{said.en} changed")
