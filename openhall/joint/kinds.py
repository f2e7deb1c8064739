"""What deeds of this room are done to: joint cases, joint matters, the switch of deemed consent."""

from collections.abc import Mapping
from typing import Any

from openhall.catalogue.terms_topics import TOPICS
from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.joint.checking import matter_faults
from openhall.joint.models import (
    DeemedConsent,
    DeemedConsentEvent,
    JointAttendance,
    JointCase,
    JointEvent,
    JointMatterEvent,
    JointMatterVersion,
    JointMeeting,
    JointPart,
    JointTask,
)
from openhall.joint.permissions import (
    may_edit_matter,
    may_publish_matter,
    may_switch_deemed_consent,
)
from openhall.joint.terms import JointAct, JointKind, JointMode, PartNeed
from openhall.organs.queries import organ_called
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

JOINT = register(
    Kind(
        name="joint",
        model=JointCase,
        events=JointEvent,
        acts=JointAct,
        title=Said("联合申请", "Joint application"),
        fk="joint",
        tells=lambda joint: {"lead": joint.lead.code, "matter": joint.version.matter.code},
        columns=("organ",),
        related=("lead__parent", "version__matter"),
        loose={
            "query_blind": "An index of the query code, made from it; the code is committed to.",
        },
        owns=[
            Owned("task", JointTask, "joint"),
            Owned("meeting", JointMeeting, "joint"),
            Owned("attendance", JointAttendance, "meeting__joint"),
        ],
    )
)


def _of_matter(version: JointMatterVersion) -> Mapping[str, Any]:
    matter = version.matter
    names = ("title", "title_en", "summary", "summary_en", "mode", "limit_days")
    parts = version.parts.select_related("item").order_by("position", "pk")
    return {
        "matter": matter.code,
        "kind": matter.kind,
        "topic": matter.topic,
        "lead": matter.lead.code,
        **{name: getattr(version, name) for name in names},
        "parts": [
            {
                "item": part.item.code,
                "position": part.position,
                "limit_days": part.limit_days,
                "need": part.need,
                "question": part.question,
                "question_en": part.question_en,
            }
            for part in parts
        ],
    }


WRITERS = Step(
    "writer",
    Said("编写", "Writing"),
    Said(
        "联办事项由市政府办公厅、信息化办或者主办单位的事项维护人员编写（行政许可法 26）。"
        "请由他们办理。",
        "Joint matters are written by the Government Office, the Informatization Office or the "
        "leading unit's catalogue clerk (Administrative Licensing Law, art. 26). Ask them.",
    ),
    lambda account, version, day: may_edit_matter(account, version.matter, day),
)
GOVERNMENT_OFFICE = Step(
    "government_office",
    Said("市政府办公厅", "Government Office"),
    Said(
        "联办事项由市政府办公厅公布和终止（行政许可法 26）。请交市政府办公厅办理。",
        "The Government Office publishes and ends joint matters (Administrative Licensing Law, "
        "art. 26). Leave it to them.",
    ),
    lambda account, version, day: may_publish_matter(account, day),
)
MATTER = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="joint-matter",
                model=JointMatterVersion,
                events=JointMatterEvent,
                acts=VersionAct,
                title=Said("联办事项", "Joint matter"),
                fk="version",
                number=lambda version: f"{version.matter.code}/{version.number}",
                tells=lambda version: {"lead": version.matter.lead.code},
                related=("matter__lead",),
            )
        ),
        family=("matter",),
        route=Route(write=WRITERS, publish=GOVERNMENT_OFFICE),
        content=_of_matter,
        rows=((JointPart, "version"),),
        gate=lambda version, day: [one for one in matter_faults(version, day) if not one.warns],
        names={
            "matter": Said("联办事项地址", "Address of the matter"),
            "lead": Said("牵头单位", "Leading unit"),
            "summary": Said("说明", "Summary"),
            "summary_en": Said("说明（英文）", "Summary in English"),
            "mode": Said("办理方式", "Mode"),
            "parts": Said("包含事项", "Parts"),
            "parts.need": Said("何时办理", "When it is applied for"),
        },
        terms={
            "kind": JointKind,
            "topic": TOPICS,
            "lead": organ_called,
            "mode": JointMode,
            "parts.need": PartNeed,
        },
        called=lambda version: Said(version.title, version.title_en or version.title),
    )
)

SWITCHES = Step(
    "government_office",
    Said("市政府办公厅", "Government Office"),
    Said(
        "只有本级政府办公厅可以设定超时默许、缺席默认的规定。",
        "Only the General Office of the government of this level may set rules on silence and "
        "absence.",
    ),
    lambda account, version, day: may_switch_deemed_consent(account, day),
)
SWITCH = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="deemed-consent",
                model=DeemedConsent,
                events=DeemedConsentEvent,
                acts=VersionAct,
                title=Said("超时默许规定", "Rule on consent by silence"),
                fk="switch",
                number=lambda switch: str(switch.number),
            )
        ),
        family=(),
        route=Route(
            write=SWITCHES,
            publish=SWITCHES,
            alone=Said(
                "规定由所依据的文件作出，这里只登记其施行与失效。",
                "The rule is made by the document it rests on; here it only begins and ends.",
            ),
        ),
        content=lambda switch: {"basis": switch.basis},
        names={"basis": Said("依据的文件", "Document it rests on")},
    )
)
