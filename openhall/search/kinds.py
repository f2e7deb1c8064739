"""What deeds of this room are done to: versions of the search rules, and the way they go."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from openhall.deeds.kinds import Kind, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.search.models import SearchRules, SearchRulesEvent
from openhall.search.permissions import may_publish_rules, may_write_rules
from openhall.search.rules.everyday import faults_in
from openhall.search.terms import RulesAct
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct


def _says(version: SearchRules) -> Mapping[str, Any]:
    return {"words": version.words, "boosts": version.boosts, "pins": version.pins}


def _faults(version: SearchRules, first_day: date) -> Iterator[Fault]:
    for said in faults_in(version.words, version.boosts, version.pins, first_day):
        yield Fault(said)


RULES = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name=RulesAct.RULES.value,
                model=SearchRules,
                events=SearchRulesEvent,
                acts=VersionAct,
                title=Said(RulesAct.RULES.zh, RulesAct.RULES.en),
                fk="version",
                number=lambda version: str(version.number),
            )
        ),
        family=("scope",),
        route=Route(
            write=Step(
                "writer",
                Said("编写", "Writing"),
                Said(
                    "检索规则由信息化办或者市政府办公厅编写（成办发〔2003〕75号 二（二））。",
                    "The search rules are written by the Informatization Office or the Government "
                    "Office (成办发〔2003〕75号, part 2(2)).",
                ),
                lambda account, version, day: may_write_rules(account, day),
            ),
            publish=Step(
                "publisher",
                Said("公布", "Publication"),
                Said(
                    "检索规则由市政府办公厅公布，起草人员不能公布（成办发〔2003〕75号 二（二））。",
                    "The search rules are published by the Government Office, and not by who wrote "
                    "them (成办发〔2003〕75号, part 2(2)).",
                ),
                lambda account, version, day: may_publish_rules(account, day),
            ),
        ),
        content=_says,
        gate=_faults,
        names={
            "words": Said("通俗说法", "Everyday words"),
            "boosts": Said("提升排序", "Raised"),
            "pins": Said("置顶结果", "Pinned answers"),
        },
    )
)
