"""Whether what a guide says agrees: its basis with its days, its words with this matter. A7.

The gate's second part; pure like the first. What is not missing may still say nothing.
"""

from collections.abc import Collection, Iterator
from typing import Final

from openhall.catalogue.rules.guide import Fault, Guide, is_hollow, is_stock
from openhall.catalogue.rules.sense import cites_only, lacks_article, said_of_another, year_of
from openhall.catalogue.rules.validity import choices_of
from openhall.catalogue.terms import GuideElement, ResultKind, ServiceObject
from openhall.glossary import Said

E = GuideElement
ENDINGS: Final = (  # how a result named so is given: 出证办结, 出文办结, 审批办结
    ("证", ResultKind.LICENCE),  # but a 凭证 proves that something was filed
    ("文", ResultKind.APPROVAL),
    ("批复", ResultKind.APPROVAL),
)
ROWS_OF: Final = {
    "materials": E.MATERIALS,
    "steps": E.PROCEDURE,
    "laws": E.BASIS,
    "faqs": E.CONTENT,
    "prerequisites": E.PREREQUISITES,
}
PERSONS: Final = frozenset({ServiceObject.PERSON.value})
FOR_PERSONS, FOR_BODIES = "p-", "b-"  # how the topics of each audience begin


def _basis(guide: Guide) -> Iterator[Fault]:
    """What the guide rests on is named by its article, and was there when the guide began."""
    articles = [article for _law, article in guide.laws]
    for row, (law, article) in enumerate(guide.laws):
        if lacks_article(law, article, articles):
            yield Fault(
                E.BASIS,
                "laws",
                Said(f"《{law}》没有写明条款。", f"The article of “{law}” is not given."),
                row,
                "article",
            )
        number = guide.law_numbers[row] if row < len(guide.law_numbers) else ""
        year = year_of(law, number)
        if guide.in_force and year and year > guide.in_force.year:
            said = Said(
                f"依据《{law}》是{year}年的文件，本指南自{guide.in_force:%Y-%m-%d}起施行，"
                "不能以后来的文件为依据。请核对文号，或者改施行日期。",
                f"“{law}” is of {year} and the guide begins on {guide.in_force:%Y-%m-%d}: it "
                "cannot "
                "rest on what came later. Check the number, or begin later.",
            )
            yield Fault(E.BASIS, "laws", said, row, "number")


def _sense(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    """Sentences that fill a field and tell the applicant nothing of this matter."""
    for field, text in (("conditions", guide.conditions), ("conditions_en", guide.conditions_en)):
        lines = [] if is_hollow(text, phrases) else text.splitlines()  # said of the whole already
        for line in filter(cites_only, lines):
            said = Said(
                f"“{line.strip()}”只引条文，没有说出申请人能自己核对的条件。请写明条件本身。",
                f"“{line.strip()}” only cites an article. Give the condition itself, which an "
                "applicant can check.",
            )
            yield Fault(E.CONDITIONS, field, said)
    for one, before in said_of_another(guide.written):
        said = Said(
            f"第{one.row + 1}项“{one.text}”与第{before + 1}项的说法完全相同。"
            "请写明这份材料自己的用处和要求，或者留空。",
            f"Item {one.row + 1} says “{one.text}” word for word as item {before + 1} does. Say "
            "what "
            "this material is for and how it must be, or leave it empty.",
        )
        yield Fault(E.MATERIALS, "materials", said, one.row, one.column)


def _written(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    """Stock phrases in the words of a row say as little there as anywhere else."""
    for one in guide.written:
        if is_stock(one.text, phrases):
            said = Said(
                f"第{one.row + 1}项的“{one.text}”没有说明内容。请写明具体内容，或者留空。",
                f"“{one.text}” in item {one.row + 1} says nothing. Say what is meant, or leave "
                "it empty.",
            )
            yield Fault(ROWS_OF[one.family], one.family, said, one.row, one.column)


def _audience(guide: Guide) -> Iterator[Fault]:
    """服务对象 agrees with 主题分类."""
    served = set(guide.service_objects)
    if not served:
        return
    if any(topic.startswith(FOR_PERSONS) for topic in guide.topics) and not served & PERSONS:
        said = Said(
            "服务对象不含自然人，不能归入个人办事主题。请核对主题分类。",
            "It does not serve persons, so it stands under no topic of persons. Check the topics.",
        )
        yield Fault(E.CONDITIONS, "topics", said)
    if any(topic.startswith(FOR_BODIES) for topic in guide.topics) and not served - PERSONS:
        said = Said(
            "服务对象只有自然人，不能归入法人办事主题。请核对主题分类。",
            "It serves persons only, so it stands under no topic of enterprises. Check the topics.",
        )
        yield Fault(E.CONDITIONS, "topics", said)


def _result(guide: Guide) -> Iterator[Fault]:
    name, term = guide.result_name.strip(), guide.result_validity.strip()
    if term and choices_of(term) is None:
        said = Said(
            f"“{term}”不能确定结果的最后一日。请写“3年”“6个月”“90日”“长期”或者“至2028-12-31”；"
            "因情形而异的写“情形：期限；情形：期限”，由决定确定的写“以决定写明的为准（说明）”。",
            f"“{term}” gives no last day of the result. Write “3年”, “6个月”, “90日”, “长期” or "
            "“至2028-12-31”; “case：term；case：term” where it depends on the case; "
            "“以决定写明的为准（…）” where the decision says it.",
        )
        yield Fault(E.CONTENT, "result_validity", said)
    if name and guide.result_kind == ResultKind.NONE:
        yield Fault(
            E.CONTENT,
            "result_kind",
            Said(
                f"写明了结果“{name}”，结果类型不能是“无”。",
                f"The result is called “{name}”, so its kind cannot be “none”.",
            ),
        )
        return
    for ending, kind in ENDINGS:
        if name.endswith("凭证") or not name.endswith(ending):
            continue
        if guide.result_kind not in ("", kind.value):
            said = Said(
                f"结果名称以“{ending}”结尾，结果类型应为“{kind.zh}”。",
                f"A result whose name ends in “{ending}” is of the kind “{kind.en}”.",
            )
            yield Fault(E.CONTENT, "result_kind", said)


def faults_between(guide: Guide, phrases: Collection[str]) -> Iterator[Fault]:
    """Everything in which the guide's own words do not agree, or say nothing of this matter."""
    yield from _basis(guide)
    yield from _sense(guide, phrases)
    yield from _written(guide, phrases)
    yield from _audience(guide)
    yield from _result(guide)
