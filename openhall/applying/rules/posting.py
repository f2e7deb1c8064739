"""Who wants something sent by post says where to: an address is asked, and an empty one refused.

Forms call the question differently (how to collect, delivery, receiving the licence); what counts
is the option that was chosen. 行政许可法 44: the decision is delivered.
"""

from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.rules import Field, FormDefinition, is_asked
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

POST: Final = frozenset({"post", "mail", "courier", "express"})  # as an option's value has it
IN_WORDS: Final = ("邮寄", "寄送", "快递")
NO_ADDRESS: Final = Said(
    "选择了邮寄，请填写收件地址，写到门牌号。",
    "You chose the post: give the address, with the number of the house.",
)


def by_post(field: Field) -> list[str]:
    """The values of those options of ``field`` by which something comes by post."""
    if field.kind not in (FieldKind.CHOICE, FieldKind.CHOICES):
        return []
    return [
        option.value
        for option in field.options
        if POST & set(option.value.lower().replace("-", "_").split("_"))
        or (any(word in option.label for word in IN_WORDS) and "不" not in option.label)
    ]


def where_asked(form: FormDefinition) -> dict[str, list[str]]:
    """The questions with such an option, with its values, whose form does not ask for an address.

    A form that asks for it itself, once the post is chosen, is left to its own questions.
    """
    return {
        field.key: ways
        for field in form
        if (ways := by_post(field)) and not _asks_itself(form, field.key, ways[0])
    }


def _asks_itself(form: FormDefinition, key: str, way: str) -> bool:
    return any(
        one.kind == FieldKind.ADDRESS and is_asked(one, {key: way}) and not is_asked(one, {})
        for one in form
    )


def lacks_address(form: FormDefinition, answers: Mapping[str, Any], address: str) -> bool:
    """Whether something is to be posted and nobody said where to."""
    if address.strip():
        return False
    for key, ways in where_asked(form).items():
        field, given = form.field(key), answers.get(key)
        chosen = {str(one) for one in given} if isinstance(given, list) else {str(given or "")}
        if field is not None and is_asked(field, answers) and chosen & set(ways):
            return True
    return False
