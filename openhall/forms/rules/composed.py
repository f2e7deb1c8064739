"""Answers of several parts: a structured address, a matrix, a ranking."""

from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.rules.definition import Field
from openhall.forms.rules.wrong import Wrong, kept
from openhall.glossary import Said
from openhall.organs.rules.divisions import PROVINCES
from openhall.paging.typed import narrow, text_of

PARTS: Final[dict[str, tuple[Said, int]]] = {  # of an address: what each is called, most signs
    "country": (Said("国家或者地区", "Country"), 60),
    "province": (Said("省（自治区、直辖市）", "Province"), 60),
    "city": (Said("市（州）", "City"), 60),
    "district": (Said("区（县）", "District or county"), 60),
    "street": (Said("街道（乡镇）", "Street or township"), 100),
    "detail": (Said("路名、门牌号等", "Road, number, room"), 200),
    "postcode": (Said("邮政编码", "Postcode"), 12),
}
DEMANDED: Final = ("province", "city", "district", "detail")
DEMANDED_ABROAD: Final = ("country", "city", "detail")
CITIES: Final = ("北京市", "天津市", "上海市", "重庆市")  # their own province


def parts_of(field: Field) -> tuple[str, ...]:
    """The parts of the address asked: a country only where any may be meant."""
    return tuple(one for one in PARTS if field.look == "world" or one != "country")


def place(field: Field, typed: Any) -> dict[str, str]:
    """The address by its parts; one typed as a sentence is its detail."""
    given = typed if isinstance(typed, Mapping) else {"detail": typed}
    made: dict[str, str] = {}
    for part in parts_of(field):
        name, most = PARTS[part]
        said = " ".join(kept(given.get(part)).split())
        if len(said) > most:
            raise Wrong(
                f"{name.zh}最多{most}个字。请缩短。",
                f"{name.en}: at most {most} signs. Shorten it.",
            )
        if said:
            made[part] = narrow(said) if part == "postcode" else said
    abroad = made.get("country", "") not in ("", "中国", "China", "CN")
    if made.get("province") in CITIES:
        made.setdefault("city", made["province"])
    if not abroad and "province" in made and made["province"] not in PROVINCES:
        raise Wrong("请从列表中选择省、自治区或者直辖市。", "Choose the province from the list.")
    demanded = DEMANDED_ABROAD if field.look == "world" else DEMANDED
    if lacking := [PARTS[one][0] for one in demanded if one not in made]:
        zh, en = "、".join(one.zh for one in lacking), ", ".join(one.en for one in lacking)
        raise Wrong(f"请填写{zh}。", f"Fill in: {en}.")
    return made


def matrix(field: Field, typed: Any) -> dict[str, str]:
    """For each row the point of the scale; every row where the question must be answered."""
    given = typed if isinstance(typed, Mapping) else {}
    offered = {one.value for one in field.options}
    made: dict[str, str] = {}
    for row in field.rows:
        said = text_of(given.get(row.value))
        if said and said not in offered:
            raise Wrong("请从所列选项中选择。", "Choose from the options listed.")
        if said:
            made[row.value] = said
        elif field.required:
            raise Wrong(f"请回答“{row.label}”。", f"Answer for “{row.label_en or row.label}”.")
    return made


def ranking(field: Field, typed: Any) -> list[str]:
    """The options in the order given; all of them, each once."""
    given = [text_of(one) for one in typed] if isinstance(typed, list | tuple) else []
    order = [one for one in given if one]
    offered = [one.value for one in field.options]
    if set(order) - set(offered):
        raise Wrong("请只从所列选项中选择。", "Choose only from the options listed.")
    if len(set(order)) != len(order):
        raise Wrong("每个选项只能排一次。", "Put each option in one place only.")
    if len(order) < len(offered):
        raise Wrong(
            f"请排完全部{len(offered)}个选项。", f"Put all {len(offered)} options in order."
        )
    return order
