"""A matter of the library as an item of one city: the record that the exchange takes in.

What only the city knows (telephone, address, hours, its promise) stays empty, so the draft is
counted incomplete until somebody who knows writes it. Pure. 行政许可法 30.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from openhall.catalogue.rules.agreement import FOR_BODIES, FOR_PERSONS, PERSONS
from openhall.catalogue.rules.conditions import MAY, MAY_NOT
from openhall.catalogue.terms import (
    DayUnit,
    HandlingForm,
    ItemKind,
    MaterialKind,
    Medium,
    OnlineDepth,
    OrganNature,
    PowerSource,
    ProjectType,
    ResultKind,
    UseLevel,
)
from openhall.files.terms import TrustLevel

Pair = tuple[str, str]
BOTH: Final = ("", "_en")
ASKS: Final = ("材料", "申请", "登记", "条件")  # what a law is cited for, where it asks for papers
OFFICERS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "applicant": ("申请人", "Applicant"),
        "window": ("窗口", "Window"),
        "handler": ("承办处室", "Division"),
        "decider": ("机关负责人", "Head of the organ"),
        "other": ("其他机构", "Another body"),
    }
)
USE_LEVELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "city": UseLevel.CITY.value,
        "district": UseLevel.COUNTY.value,
        "town": UseLevel.TOWN.value,
        "both": UseLevel.GRADED.value,
    }
)
MEDIA: Final[Mapping[str, str]] = MappingProxyType(
    {
        "accepted": Medium.BOTH.value,
        "fetched": Medium.BOTH.value,
        "original_only": Medium.PAPER.value,
    }
)
UNITS: Final[Mapping[str, Pair]] = MappingProxyType(
    {"year": ("年", "years"), "month": ("个月", "months"), "day": ("日", "days")}
)


def _both(name: str, said: Mapping[str, str] | None) -> dict[str, str]:
    """The two columns of one sentence."""
    return {name: said["zh"], f"{name}_en": said["en"]} if said else {}


def _line(begins: Pair, said: Mapping[str, Any], ends: Pair = ("", "")) -> Pair:
    return begins[0] + said["zh"] + ends[0], begins[1] + said["en"] + ends[1]


def _told(said: Mapping[str, Any], more: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Both sentences of ``said`` and what follows it, each with its stop; ``said`` if none does."""
    if not more:
        return said
    return {
        "zh": _stopped(said["zh"], "。") + _stopped(more["zh"], "。"),
        "en": _stopped(said["en"], ".") + " " + _stopped(more["en"], "."),
    }


def _stopped(words: str, stop: str) -> str:
    words = words.rstrip()
    ends = words.rstrip("”’」』\"'").endswith(tuple("。！？.!?"))
    return words if ends else words + stop


def conditions_of(matter: Mapping[str, Any]) -> Pair:
    """Who may, who may not and where they go instead, and what must be so; a line each."""
    lines: list[Pair] = [_line(MAY, one) for one in matter.get("who_may", ())]
    for one in matter.get("who_may_not", ()):
        lines.append(_line(MAY_NOT, _told(one, one.get("instead"))))
    for one in matter.get("conditions", ()):
        rests = one.get("basis", "")
        lines.append(_line(("", ""), one, (f"（{rests}）", "") if rests else ("", "")))
    return "\n".join(zh for zh, _en in lines), "\n".join(en for _zh, en in lines)


def terms_of(matter: Mapping[str, Any]) -> Pair:
    """The terms of the result as :mod:`.validity` reads them; empty where the matter says none.

    What only an event ends is left to the decision, with the event told in brackets. A result that
    is no permit has no last day to compute: then such words stand among the questions.
    """
    valid = matter["result"].get("valid") or []
    several = valid if isinstance(valid, list) else [valid]
    permit = matter["result"].get("kind") == ResultKind.LICENCE.value
    if not permit and any("until" in one for one in several):
        return "", ""
    said = [_valid(one, by_decision=True) for one in several]
    return "；".join(zh for zh, _en in said), "; ".join(en for _zh, en in said)


def validity_of(matter: Mapping[str, Any]) -> Pair:
    """How long what is given is valid, in words; empty where the matter does not say."""
    valid = matter["result"].get("valid")
    if not valid:
        return "", ""
    said = [_valid(one) for one in (valid if isinstance(valid, list) else [valid])]
    return "；".join(zh for zh, _en in said), "; ".join(en for _zh, en in said)


def _valid(one: Mapping[str, Any], *, by_decision: bool = False) -> Pair:
    if one.get("long_term"):
        words: Pair = ("长期有效", "no end")
    elif "until" in one:
        words = (one["until"]["zh"], one["until"]["en"])
        if by_decision:
            words = (f"以决定写明的为准（{words[0]}）", f"as the decision says ({words[1]})")
    else:
        zh, en = UNITS[one["unit"]]
        number = one["number"]
        words = (f"{number}{zh}", f"{number} {en if number != 1 else en[:-1]}")
    when = one.get("when")
    return (f"{when['zh']}：{words[0]}", f"{when['en']}: {words[1]}") if when else words


def basis_of_papers(matter: Mapping[str, Any]) -> str:
    """The law that asks for the papers of ``matter``, for those that name none of their own."""
    cited = [one for one in matter["laws"] if one.get("article")] or matter["laws"]
    said = [f"《{one['law']}》{one.get('article', '')}" for one in cited]
    asks = [one.get("for", {}).get("zh", "") for one in cited]
    found = (text for word in ASKS for text, told in zip(said, asks, strict=True) if word in told)
    return next(found, said[0])[:300]


def topics_of(matter: Mapping[str, Any]) -> list[str]:
    """Its topics, without those of an audience it does not serve."""
    served = set(matter["for"])
    strange = {FOR_PERSONS: not served & PERSONS, FOR_BODIES: not served - PERSONS}
    return [one for one in matter["topics"] if not strange.get(f"{one.partition('-')[0]}-", False)]


def _material(one: Mapping[str, Any], basis: str) -> dict[str, Any]:
    checks = one.get("checks", {})
    told = {
        "key": one["key"],
        "necessity": one["need"],
        "trust": TrustLevel.C.value,
        "source": one["source"],
        "originals": one["originals"],
        "copies": one["copies"],
        "kind": _kind(one),
        "medium": MEDIA.get(one.get("electronic", ""), Medium.BOTH.value),
        "legal_basis": one.get("basis", basis),
    }
    for name, said in (
        ("name", one["name"]),
        ("condition", one.get("when")),
        ("spared", one.get("spared")),
        ("purpose", one.get("why")),
        ("source_explained", one.get("from")),
        ("accept_standard", one.get("shows")),
        ("window_check", checks.get("window")),
        ("handler_check", checks.get("handler")),
        ("decider_check", checks.get("decider")),
    ):
        told |= _both(name, said)
    return told


def _kind(one: Mapping[str, Any]) -> str:
    if one.get("form"):
        return MaterialKind.FORM.value
    if one["originals"] and one["copies"]:
        return MaterialKind.BOTH.value
    return (MaterialKind.COPY if one["copies"] else MaterialKind.ORIGINAL).value


def _steps(matter: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        _both("name", one["name"])
        | dict(zip(("officer", "officer_en"), OFFICERS[one["who"]], strict=True))
        | {"days": one.get("days")}
        | _both("standard", one["does"])
        for one in matter["steps"]
    ]


def _faqs(matter: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What people ask, and why applications come back."""
    asked = [
        _both("question", one["question"]) | _both("answer", one["answer"])
        for one in matter["questions"]
    ]
    valid, valid_en = validity_of(matter)
    if valid and not terms_of(matter)[0]:
        asked.append(
            {
                "question": "办成以后有效期是多久？",
                "question_en": "How long is the result valid?",
                "answer": valid,
                "answer_en": valid_en,
            }
        )
    back = matter.get("sent_back", ())
    if back:
        asked.append(
            {
                "question": "申请常常因为什么被退回？",
                "question_en": "Why are applications often sent back?",
                "answer": "\n".join(one["zh"] for one in back),
                "answer_en": "\n".join(one["en"] for one in back),
            }
        )
    return asked


def _limit(matter: Mapping[str, Any], name: str, column: str) -> dict[str, Any]:
    limit = matter.get(name)
    if limit is None:
        return {f"{column}_days": None, f"{column}_unit": DayUnit.WORKING.value}
    return {
        f"{column}_days": limit["days"],
        f"{column}_unit": limit["unit"],
        f"{column}_note": limit.get("note", {}).get("zh", ""),
        f"{column}_note_en": limit.get("note", {}).get("en", ""),
    }


def words_of(matter: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of the version itself."""
    conditions, conditions_en = conditions_of(matter)
    form = matter.get("form")
    fee = matter.get("fee")
    promised = matter.get("promise")
    at_once = promised is not None and (
        promised["unit"] == DayUnit.INSTANT.value or promised["days"] <= 1
    )
    told: dict[str, Any] = {
        "plain_names": " ".join(matter["plain_names"]["zh"]),
        "service_objects": list(matter["for"]),
        "topics": topics_of(matter),
        "conditions": conditions,
        "conditions_en": conditions_en,
        "project_type": (ProjectType.INSTANT if at_once else ProjectType.PROMISED).value,
        "statutory_basis": matter.get("statutory", {}).get("basis", ""),
        "handling_forms": [HandlingForm.WINDOW.value] + [HandlingForm.ONLINE.value] * bool(form),
        "online_depth": (OnlineDepth.ACCEPT if form else OnlineDepth.NONE).value,
        "visits": matter.get("visits"),
        "visit_reason": matter.get("visit_reason", {}).get("zh", ""),
        "visit_reason_en": matter.get("visit_reason", {}).get("en", ""),
        "has_fee": fee["charged"] if fee else None,
        "fee_basis": fee.get("basis", "") if fee else "",
        "power_source": PowerSource.STATUTORY.value,
        "organ_nature": OrganNature.STATUTORY.value,
        "result_kind": matter["result"].get("kind", ResultKind.NONE.value),
        "no_material_needed": bool(matter.get("no_material")),
        "no_prerequisites": not matter.get("prerequisites"),
        "joint_organs": "；".join(one["zh"] for one in matter.get("joint_with", ()))[:300],
    }
    told |= _both("name", matter["name"]) | _both("summary", matter["summary"])
    told |= _both("result_name", matter["result"]["name"])
    told["result_validity"], told["result_validity_en"] = terms_of(matter)
    told |= _limit(matter, "statutory", "statutory") | _limit(matter, "promise", "promised")
    return told


def rows_of(matter: Mapping[str, Any], codes: Mapping[str, str]) -> dict[str, Any]:
    """What the version has several of; ``codes``: the item's code of each adopted matter."""
    form = matter.get("form")
    basis = basis_of_papers(matter)
    return {
        "materials": [_material(one, basis) for one in matter.get("materials", ())],
        "steps": _steps(matter),
        "laws": [
            {name: one[name] for name in ("law", "number", "article") if name in one}
            for one in matter["laws"]
        ],
        "faqs": _faqs(matter),
        "prerequisites": [
            {"item": codes.get(one.get("matter", ""), "")} | _both("words", one)
            for one in matter.get("prerequisites", ())
        ],
        "form": [
            _both("title", form["title"]) | {"fields": form["fields"]},
        ]
        if form
        else [],
        "tariffs": [],  # an amount needs its approving document: the unit enters it
    }


def record_of(
    matter: Mapping[str, Any], organ: str, code: str, codes: Mapping[str, str]
) -> dict[str, Any]:
    """The whole record of ``matter`` as item ``code`` of ``organ`` (its code or name)."""
    bases = [f"《{one['law']}》{one.get('article', '')}" for one in matter["laws"]]
    return {
        "entry_code": matter["key"],
        "entry_name": matter["name"]["zh"],
        "entry_name_en": matter["name"]["en"],
        "entry_kind": ItemKind(matter["kind"]).value,
        "entry_legal_basis": "、".join(bases),
        "entry_use_level": USE_LEVELS[matter["level"]],
        "code": code,
        "organ": organ,
        **words_of(matter),
        **rows_of(matter, codes),
    }


def adopted(
    matters: Iterable[Mapping[str, Any]], organs: Mapping[str, Pair]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The records of ``matters``, and the keys of those whose unit this city does not have.

    ``organs``: code and name of the organ that each unit of the library is here.
    """
    told = list(matters)
    here = [one for one in told if one["unit"] in organs]
    away = sorted(one["key"] for one in told if one["unit"] not in organs)
    codes = {one["key"]: f"{organs[one['unit']][0]}-{one['key']}" for one in here}
    records = [record_of(one, organs[one["unit"]][1], codes[one["key"]], codes) for one in here]
    return records, away
