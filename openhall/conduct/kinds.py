"""What deeds of this room are done to. No name of a person stands in what is public."""

from decimal import Decimal

from openhall.conduct.models import (
    Assessment,
    ConductDeed,
    ConductRules,
    ConductRulesEvent,
    Deduction,
    Finding,
    Training,
)
from openhall.conduct.rules.packs import COUNTED
from openhall.conduct.terms import AssessAct, FindingAct, Head, TrainingAct
from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.hall.permissions import may_decide_centres
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

FINDING = register(
    Kind(
        name="conduct-finding",
        model=Finding,
        events=ConductDeed,
        acts=FindingAct,
        title=Said("检查发现", "Finding"),
        related=("hall__organ", "account"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
TRAINING = register(
    Kind(
        name="training",
        model=Training,
        events=ConductDeed,
        acts=TrainingAct,
        title=Said("培训", "Training"),
        related=("hall__organ", "account"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
ASSESSMENT = register(
    Kind(
        name="assessment",
        model=Assessment,
        events=ConductDeed,
        acts=AssessAct,
        title=Said("月度考核", "Assessment of a month"),
        related=("hall__organ", "account"),
        tells=lambda one: {"hall": one.hall.slug, "month": f"{one.month:%Y-%m}"},
        owns=[Owned("deduction", Deduction, "assessment")],
    )
)
SETS = Step(
    "government_office",
    Said("市政府办公厅", "Government Office"),
    Said(
        "只有市政府办公厅可以登记窗口人员考核办法（成办发〔2003〕75号 二（一））。",
        "Only the City Government Office writes down how staff are assessed "
        "(成办发〔2003〕75号, part 2(1)).",
    ),
    lambda account, _one, day: may_decide_centres(account, day),
)


def _counted(code: str) -> Said:
    """The rule in words; its minutes stand on lines of their own."""
    _head, zh, en = COUNTED[code]
    minutes = {"grace_minutes": "N", "away_minutes": "N"}
    return Said(zh.format(**minutes), en.format(**minutes))


NAMES = {
    "base": Said("基础分", "Points to begin with"),
    "grace_minutes": Said("轻微迟到早退分钟", "Minutes late or early that cost less"),
    "away_minutes": Said("离窗累计分钟", "Minutes away in one shift"),
    "objection_days": Said("异议工作日", "Working days to object"),
    "few": Said("少于几件不比较", "Services below which nothing is compared"),
    "points": Said("计数项目分值", "Points of what is counted"),
    "seen": Said("检查项目", "Rules of inspection"),
    "basis": Said("依据的文件", "Document it rests on"),
}
WITHIN = {
    **{f"points.{code}": _counted(code) for code in COUNTED},
    "seen[][1]": Said("代码", "Code"),
    "seen[][2]": Said("大类", "Head"),
    "seen[][3]": Said("扣分", "Points"),
    "seen[][4]": Said("内容", "What it says"),
    "seen[][5]": Said("内容（英文）", "What it says, in English"),
}
RULES = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="conduct-rules",
                model=ConductRules,
                events=ConductRulesEvent,
                acts=VersionAct,
                title=Said("窗口人员考核办法", "Rules of conduct"),
                fk="version",
                number=lambda one: str(one.number),
            )
        ),
        family=(),
        route=Route(
            write=SETS,
            publish=SETS,
            alone=Said(
                "考核办法由所依据的文件规定，这里只登记其施行与失效。",
                "The rules are set by the document they rest on; here they only begin and end.",
            ),
        ),
        content=lambda one: {
            **{name: getattr(one, name) for name in NAMES},
            "base": str(one.base.quantize(Decimal("0.01"))),
        },
        names=NAMES | WITHIN,
        terms={"seen[][2]": Head},
    )
)
