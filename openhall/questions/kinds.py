"""What deeds of this room are done to: versions of question guides, and the way they go."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from openhall.catalogue.terms_topics import TOPICS
from openhall.deeds.kinds import Kind, register
from openhall.glossary import Said
from openhall.organs.queries import organ_called
from openhall.questions.models import QuestionGuideEvent, QuestionGuideVersion
from openhall.questions.permissions import may_edit_questions, may_publish_questions
from openhall.questions.queries import facts_for
from openhall.questions.rules.checking import check
from openhall.questions.rules.content import parse
from openhall.questions.rules.faults import Fault
from openhall.questions.rules.outcomes import expectations
from openhall.questions.terms import QuestionKind
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct


def _says(version: QuestionGuideVersion) -> Mapping[str, Any]:
    guide = version.guide
    names = ("title", "title_en", "summary", "summary_en", "content", "expectations")
    return {
        "guide": guide.slug,
        "organ": guide.organ.code,
        "item": guide.item.code if guide.item else "",
        "topic": guide.topic,
        **{name: getattr(version, name) for name in names},
    }


def _faults(version: QuestionGuideVersion, first_day: date) -> list[Fault]:
    """Every path through it is sound on the day it begins; what each comes to is kept."""
    content = parse(version.content)
    facts = facts_for(content, first_day)
    faults = check(content, facts)
    if not faults:
        version.expectations = expectations(content, facts)
    return faults


def _published(version: QuestionGuideVersion, _before: Any, _doing: Any) -> Mapping[str, Any]:
    return {"paths": len(version.expectations)}


GUIDE = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="question-guide",
                model=QuestionGuideVersion,
                events=QuestionGuideEvent,
                acts=VersionAct,
                title=Said("问答", "Question guide"),
                fk="version",
                number=lambda version: f"{version.guide.slug}/{version.number}",
                tells=lambda version: {"organ": version.guide.organ.code},
                related=("guide__organ", "guide__item"),
            )
        ),
        family=("guide",),
        route=Route(
            write=Step(
                "editor",
                Said("编写", "Writing"),
                Said(
                    "事项的问答由本单位的信息编辑或者事项维护人员编写，“一件事”和主题的问答由"
                    "市政府办公厅或者信息化办编写（成办发〔2003〕75号 二（二））。",
                    "An item's guide is written by its unit's editor or catalogue clerk; one of a "
                    "topic or life event by the Government Office or the Informatization Office "
                    "(成办发〔2003〕75号, part 2(2)).",
                ),
                lambda account, version, day: may_edit_questions(account, version.guide, day),
            ),
            publish=Step(
                "publisher",
                Said("公布", "Publication"),
                Said(
                    "事项的问答由本单位的事项维护人员公布，“一件事”和主题的问答由市政府办公厅"
                    "公布（成办发〔2003〕75号 二（二））。",
                    "An item's guide is published by its unit's catalogue clerk; one of a topic or "
                    "life event by the Government Office (成办发〔2003〕75号, part 2(2)).",
                ),
                lambda account, version, day: may_publish_questions(account, version.guide, day),
            ),
        ),
        content=_says,
        gate=_faults,
        published=_published,
        names={
            "guide": Said("问答地址", "Address of the guide"),
            "organ": Said("单位", "Unit"),
            "item": Said("事项", "Item"),
            "topic": Said("主题", "Topic"),
            "title": Said("标题", "Title"),
            "title_en": Said("英文标题", "Title in English"),
            "summary": Said("摘要", "Summary"),
            "summary_en": Said("英文摘要", "Summary in English"),
            "content": Said("问题和结果", "Questions and results"),
            "content.questions.text": Said("问", "Asked"),
            "content.questions.text_en": Said("问（英文）", "Asked in English"),
            "expectations": Said("各条路径的结果", "What each path comes to"),
        },
        terms={"organ": organ_called, "topic": TOPICS, "content.questions.kind": QuestionKind},
        called=lambda version: Said(version.title, version.title_en or version.title),
    )
)
