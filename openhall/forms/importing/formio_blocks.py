"""Components that public offices added to Form.io: what each of them asks, as questions of ours."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead
from openhall.forms.importing.taken import digits, plain

Component = Mapping[str, Any]
Block = list[tuple[str, dict[str, Any]]]
YES_NO: Final = [
    {"value": "ja", "label": "是", "label_en": "Yes"},
    {"value": "nei", "label": "否", "label_en": "No"},
]


def _weighed(weights: Sequence[int], digits: int) -> str:
    """Check digits: the weighed sum of the digits is divisible by eleven. ``@`` is the answer."""
    told = " + ".join(f"number(part(@, {at}, {at + 1})) * {w}" for at, w in enumerate(weights))
    return f"(({told}) % 11 == 0)" if digits else ""


CHECKED: Final[dict[str, tuple[str, str, str, str]]] = {
    "fnrfield": (
        "[0-9]{11}",
        _weighed((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), 10)
        + " and "
        + _weighed((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11),
        "号码为11位数字，请核对。",
        "The number has eleven digits; check it.",
    ),
    "orgNr": (
        "[0-9]{9}",
        _weighed((3, 2, 7, 6, 5, 4, 3, 2, 1), 9),
        "组织号码为9位数字，请核对。",
        "The organisation number has nine digits; check it.",
    ),
    "bankAccount": (
        "[0-9]{11}",
        _weighed((5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1), 11),
        "账号为11位数字，请核对。",
        "The account number has eleven digits; check it.",
    ),
}
"""Pattern, check digits and the sentence, for numbers of other states that offices ask for."""


def _label(one: Component, name: str, otherwise: str) -> str:
    return plain((one.get("customLabels") or {}).get(name) or "") or otherwise


def identity(one: Component) -> Block:
    pattern, _formula, zh, en = CHECKED["fnrfield"]
    return [
        (
            "harDuFodselsnummer",
            {
                "kind": "choice",
                "label": _label(one, "doYouHaveIdentityNumber", "有没有当地的身份号码"),
                "required": True,
                "options": YES_NO,
            },
        ),
        (
            "identitetsnummer",
            {
                "kind": "text",
                "label": "身份号码",
                "label_en": "Identity number",
                "required": True,
                "regex": pattern,
                "message": zh,
                "message_en": en,
                "show_if": {"field": "harDuFodselsnummer", "is": ["ja"]},
            },
        ),
        (
            "fodselsdato",
            {
                "kind": "date",
                "label": "出生日期",
                "label_en": "Date of birth",
                "required": True,
                "maximum": "today",
                "show_if": {"field": "harDuFodselsnummer", "is": ["nei"]},
            },
        ),
    ]


def address(one: Component) -> Block:
    home = {"field": "borDuINorge", "is": ["ja"]}
    told: Block = [
        (
            "borDuINorge",
            {
                "kind": "choice",
                "label": _label(one, "livesInNorway", "是否住在本国"),
                "required": True,
                "options": YES_NO,
            },
        ),
        (
            "vegadresseEllerPostboksadresse",
            {
                "kind": "choice",
                "label": "街道地址或者邮政信箱",
                "label_en": "Street address or post box",
                "required": True,
                "show_if": home,
                "options": [
                    {"value": "vegadresse", "label": "街道地址", "label_en": "Street address"},
                    {"value": "postboksadresse", "label": "邮政信箱", "label_en": "Post box"},
                ],
            },
        ),
        ("co", {"kind": "text", "label": "转交（C/O）", "label_en": "Care of"}),
        (
            "adresse",
            {
                "kind": "text",
                "label": "街道地址或者信箱",
                "label_en": "Street or box",
                "required": True,
            },
        ),
        ("bygning", {"kind": "text", "label": "楼栋、房间", "label_en": "Building, room"}),
        ("postnummer", {"kind": "text", "label": "邮政编码", "label_en": "Postcode"}),
        ("bySted", {"kind": "text", "label": "城市或者地方", "label_en": "Town"}),
        ("region", {"kind": "text", "label": "地区", "label_en": "Region"}),
        (
            "land",
            {
                "kind": "choice",
                "label": "国家",
                "label_en": "Country",
                "listed": "countries",
                "required": True,
                "show_if": {"field": "borDuINorge", "is": ["nei"]},
            },
        ),
    ]
    if one.get("addressType"):  # the kind of address is not asked
        for _name, field in told[2:]:
            field.pop("show_if", None)
        wanted = str(one["addressType"])
        return [
            (name, field)
            for name, field in told
            if name not in ("borDuINorge", "vegadresseEllerPostboksadresse")
            and (wanted == "FOREIGN_ADDRESS" or name not in ("land", "region", "bygning"))
        ]
    return told


def validity(one: Component) -> Block:
    return [
        (
            "gyldigFraOgMed",
            {"kind": "date", "label": "自何时有效", "label_en": "Valid from", "required": True},
        ),
        (
            "gyldigTilOgMed",
            {"kind": "date", "label": "至何时有效", "label_en": "Valid until"},
        ),
    ]


def sender(one: Component) -> Block:
    pattern, _formula, zh, en = CHECKED["fnrfield"]
    organ, _check, organ_zh, organ_en = CHECKED["orgNr"]
    number = {
        "kind": "text",
        "label": _label(one, "nationalIdentityNumber", "身份号码"),
        "required": True,
        "regex": pattern,
        "message": zh,
        "message_en": en,
    }
    names: Block = [
        ("firstName", {"kind": "text", "label": _label(one, "firstName", "名"), "required": True}),
        ("surname", {"kind": "text", "label": _label(one, "surname", "姓"), "required": True}),
    ]
    if one.get("senderRole") == "organization":
        return [
            (
                "organizationNumber",
                {
                    "kind": "text",
                    "label": _label(one, "organizationNumber", "组织号码"),
                    "required": True,
                    "regex": organ,
                    "message": organ_zh,
                    "message_en": organ_en,
                },
            ),
            (
                "organizationName",
                {
                    "kind": "organisation",
                    "label": _label(one, "organizationName", "组织名称"),
                    "required": True,
                },
            ),
        ]
    return [*names, ("nationalIdentityNumber", number)]


WAYS: Final = {
    "leggerVedNaa": ("现在上传", "I attach it now"),
    "ettersender": ("以后补交", "I send it later"),
    "nei": ("不用附", "I attach nothing"),
    "levertTidligere": ("以前已经交过", "I sent it before"),
    "harIkke": ("没有这份材料", "I do not have it"),
    "andre": ("由别人交来", "Somebody else sends it"),
    "nav": ("由本单位调取", "The office fetches it"),
}


def attachment(one: Component) -> Block:
    """A paper: how it comes, the file if it comes now, and what there is to say about it."""
    told = one.get("attachmentValues") or {}
    ways = [
        name
        for name in WAYS
        if isinstance(told.get(name), Mapping) and told[name].get("enabled", True)
    ] or [
        str(each.get("value"))
        for each in one.get("values") or []
        if isinstance(each, Mapping) and each.get("value") in WAYS
    ]
    label = plain(one.get("label") or "") or str(one.get("key"))
    hint = plain(one.get("description") or "")
    if more := plain(one.get("additionalDescriptionText") or ""):
        hint = f"{hint}\n{more}".strip()
    file: dict[str, Any] = {"kind": "file", "label": label, "required": True, "help": hint}
    if len(ways) < 2:
        return [("files", file)]
    made: Block = [
        (
            "key",
            {
                "kind": "choice",
                "label": label,
                "help": hint,
                "required": True,
                "options": [
                    {"value": way, "label": WAYS[way][0], "label_en": WAYS[way][1]} for way in ways
                ],
            },
        )
    ]
    if "leggerVedNaa" in ways:
        made.append(("files", file | {"show_if": {"field": "key", "is": ["leggerVedNaa"]}}))
        made[-1][1].pop("help", None)
    for way in ways:
        extra = (told.get(way) or {}).get("additionalDocumentation") or {}
        if extra.get("enabled"):
            made.append(
                (
                    f"additional_{way}",
                    {
                        "kind": "long_text",
                        "label": plain(extra.get("label") or "") or "补充说明",
                        "help": plain(extra.get("description") or ""),
                        "required": True,
                        "show_if": {"field": "key", "is": [way]},
                    },
                )
            )
    return made


BLOCKS: Final[dict[str, Callable[[Component], Block]]] = {
    "identity": identity,
    "navAddress": address,
    "addressValidity": validity,
    "sender": sender,
    "attachment": attachment,
}


def date_limits(
    one: Component,
    field: dict[str, Any],
    named: Callable[[str], str | None],
    reckoned: Callable[[str], str],
) -> str:
    """The limits of a date component; what is lost, or nothing."""
    if before := str(one.get("beforeDateInputKey") or ""):
        key = named(before)
        if key is None:
            return before
        if key:
            field["minimum"] = f"={key}" if one.get("mayBeEqual") else f"={key} + 1"
    limits = (
        ("minimum", "earliestAllowedDate", "specificEarliestAllowedDate", ">="),
        ("maximum", "latestAllowedDate", "specificLatestAllowedDate", "<="),
    )
    for limit, days, fixed, sign in limits:
        found = []
        if digits(one.get(days)):
            found.append(f"=today + {one[days]}".replace("+ -", "- "))
        if one.get(fixed):
            found.append(str(one[fixed])[:10])
        for told in found:
            if limit not in field:
                field[limit] = told
            else:
                said = told[1:] if told.startswith("=") else f"date({told!r})"
                must = {"holds": f"{field['key']} {sign} {said}"}
                field.setdefault("checks", []).append({"must": must})
    picker = one.get("datePicker") or {}
    for limit, name in (("minimum", "minDate"), ("maximum", "maxDate")):
        told = str(picker.get(name) or "")
        if told[:10].count("-") == 2 and limit not in field:
            field[limit] = told[:10]
        elif told and limit not in field:
            if told.replace(" ", "") in ("moment()", "newDate()"):
                field[limit] = "today"
                continue
            try:
                field[limit] = f"={reckoned(told)}"
            except NotRead:
                return told
    return ""


def month_limits(one: Component, field: dict[str, Any]) -> None:
    validate = one.get("validate") or {}
    for limit, months, years in (
        ("minimum", "earliestAllowedDate", "minYear"),
        ("maximum", "latestAllowedDate", "maxYear"),
    ):
        told = str(one.get(months) if one.get(months) is not None else "")
        if digits(told):
            field[limit] = f"=add_months(today, {told})"
        elif digits(validate.get(years)):
            field[limit] = f"{validate[years]}-{'01' if limit == 'minimum' else '12'}"
