"""Whom a matter serves: people, bodies, or both. 国办函〔2016〕108号, 服务对象; A2.

A matter for companies is opened for companies and refuses others at its first step, not at the
window after a week.
"""

from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from openhall.catalogue.terms import ServiceObject
from openhall.glossary import Said

PERSON = ServiceObject.PERSON.value


def serves(objects: Collection[str], *, body: bool) -> bool:
    """Whether somebody of this kind may apply; a matter that names nobody serves everybody."""
    if not objects:
        return True
    return bool(set(objects) - {PERSON}) if body else PERSON in objects


def not_served(name: str, name_en: str, *, body: bool) -> Said:
    """Why the matter ``name`` is not theirs."""
    if body:
        return Said(
            f"“{name}”只受理个人的申请，单位不能申请。请由本人申请，或者受本人委托申请。",
            f"“{name_en or name}” is for people only; a company or body cannot apply. The person "
            "applies, or somebody the person has authorised.",
        )
    return Said(
        f"“{name}”只受理单位的申请，个人不能以自己的名义申请。请改为单位申请。",
        f"“{name_en or name}” is for companies and other bodies; a person cannot apply in their "
        "own name. Apply for the body instead.",
    )


def likest(name: str, names: Iterable[str], most: int = 3) -> list[str]:
    """Of ``names`` those most like ``name``, the likest first."""
    ranked = sorted(names, key=lambda one: -SequenceMatcher(None, name, one).ratio())
    return [one for one in ranked if one != name][:most]
