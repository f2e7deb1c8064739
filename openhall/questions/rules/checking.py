"""The path checker: what keeps a question guide from being published. B7.

Every way through the guide is walked, so a rule is called contradictory only when no answer can
make it true, and a result unreachable only when nobody can reach it. Each fault names its node and
the part of it (a rule, an option, an item), so that the editor can show it where it stands.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from openhall.glossary import Said
from openhall.questions.rules.content import (
    MOST_OPTIONS,
    Condition,
    Content,
    ItemLine,
    Question,
    Result,
)
from openhall.questions.rules.faults import Facts, Fault
from openhall.questions.rules.walking import MOST_PATHS, TooMany, Trail, all_hold, trails
from openhall.questions.terms import FaultKind
from openhall.questions.terms import QuestionKind as K

F = FaultKind
FEWEST_OPTIONS = 2


def check(content: Content, facts: Facts | None = None) -> list[Fault]:
    """Every fault of the guide, in the order of its nodes; none when it may be published.

    ``facts``: the items in force by code; without them names of items are not judged.
    """
    faults = [*_nodes(content), *_edges(content), *_loops(content)]
    try:
        ways = trails(content)
    except TooMany:
        faults.append(
            Fault(
                F.TOO_MANY,
                "",
                "",
                Said(
                    f"路径超过{MOST_PATHS}条，没有人能够逐条核对。请合并选项，或者分成几个问答。",
                    f"There are more than {MOST_PATHS} paths, which nobody can read one by one."
                    " Merge options or split the guide.",
                ),
            )
        )
    else:
        faults += _walked(content, ways)
    for result in content.results:
        faults += _named(content, result, facts)
    for question in content.questions:
        faults += _fills(question, facts)
    order = {one.key: n for n, one in enumerate(content.nodes())}
    return sorted(faults, key=lambda fault: order.get(fault.node, -1))


# ---------------------------------------------------------------- each node by itself
def _nodes(content: Content) -> Iterator[Fault]:
    if not content.questions:
        yield Fault(
            F.INCOMPLETE, "", "", Said("还没有问题。请添加第一个问题。", "Add the first question.")
        )
    if not content.results:
        yield Fault(F.INCOMPLETE, "", "", Said("还没有结果。请添加一个结果。", "Add a result."))
    keys = [one.key for one in content.nodes()]
    for key in _twice(keys):
        yield Fault(
            F.DUPLICATE,
            key,
            "",
            Said(f"有两处都叫“{key}”。请改用不同的代号。", f"Two nodes are called “{key}”."),
        )
    for question in content.questions:
        yield from _question(question)
    for result in content.results:
        if not result.title.strip():
            yield Fault(
                F.INCOMPLETE,
                result.key,
                "title",
                Said("请写明结果的标题。", "Give the result a title."),
            )
        if not result.items and not result.note.strip():
            yield Fault(
                F.DEAD_END,
                result.key,
                "items",
                Said(
                    "这个结果没有事项，也没有说明。请指出办什么，或者写明为什么不用办。",
                    "This result names no item and says nothing. Say what to apply for, or why"
                    " nothing need be done.",
                ),
            )


def _question(question: Question) -> Iterator[Fault]:
    key = question.key
    if not question.text.strip():
        yield Fault(F.INCOMPLETE, key, "text", Said("请写出问题。", "Write the question."))
    if question.kind == K.NUMBER:
        least, most = question.bounds()
        if least > most:
            yield Fault(
                F.CONTRADICTION,
                key,
                "bounds",
                Said(
                    f"最小值{least}大于最大值{most}，没有数可以填写。",
                    f"The least, {least}, is above the most, {most}: no number fits.",
                ),
            )
        return
    options = question.choices()
    if len(options) < (1 if question.kind == K.MANY else FEWEST_OPTIONS):
        yield Fault(
            F.DEAD_END,
            key,
            "options",
            Said(
                "选项不够，答不下去。请至少写出两个选项。",
                "Too few options to choose from. Write at least two.",
            ),
        )
    if question.kind == K.MANY and len(options) > MOST_OPTIONS:
        yield Fault(
            F.TOO_MANY,
            key,
            "options",
            Said(
                f"可选多项的问题最多{MOST_OPTIONS}个选项。请分成两个问题。",
                f"At most {MOST_OPTIONS} options where several may be chosen. Ask two questions.",
            ),
        )
    for option in options:
        if not option.label.strip():
            yield Fault(
                F.INCOMPLETE,
                key,
                f"option:{option.key}",
                Said("有一个选项没有文字。", "An option has no words."),
            )
    said = _twice(one.key for one in options) | _twice(
        one.label.strip() for one in options if one.label.strip()
    )
    for word in sorted(said):
        yield Fault(
            F.DUPLICATE,
            key,
            f"option:{word}",
            Said(
                f"选项“{word}”出现了两次。请删去一个，或者写得不同。",
                f"The option “{word}” stands here twice.",
            ),
        )


def _twice(words: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {word for word in words if word in seen or seen.add(word)}  # type: ignore[func-returns-value]


# ---------------------------------------------------------------- where things lead
def _edges(content: Content) -> Iterator[Fault]:
    nodes = {one.key for one in content.nodes()}
    for question in content.questions:
        key = question.key
        for number, rule in enumerate(question.rules, start=1):
            part = f"rule:{number}"
            if rule.to not in nodes:
                yield _nowhere(key, part, rule.to, f"第{number}条规则", f"Rule {number}")
            if not rule.when:
                yield Fault(
                    F.INCOMPLETE,
                    key,
                    part,
                    Said(
                        f"第{number}条规则没有条件。请选择条件；总是适用的，请用“其他情况”。",
                        f"Rule {number} has no condition. Choose one, or use “otherwise”.",
                    ),
                )
            yield from _conditions(content, rule.when, key, part)
        if not question.otherwise:
            yield Fault(
                F.NO_OTHERWISE,
                key,
                "otherwise",
                Said(
                    "没有写明其他情况下去哪里。请选择下一步，使每个人都走得下去。",
                    "It is not said where everybody else goes on. Choose it, so that nobody is"
                    " left standing.",
                ),
            )
        elif question.otherwise not in nodes:
            yield _nowhere(key, "otherwise", question.otherwise, "“其他情况”", "“Otherwise”")


def _nowhere(key: str, part: str, to: str, what: str, what_en: str) -> Fault:
    said = f"“{to}”不存在" if to else "没有写明去哪里"
    said_en = f"“{to}” does not exist" if to else "it leads nowhere"
    return Fault(
        F.DEAD_END,
        key,
        part,
        Said(
            f"{what}走不通：{said}。请选择下一个问题或者结果。",
            f"{what_en} is a dead end: {said_en}. Choose the next question or a result.",
        ),
    )


def _conditions(
    content: Content, when: Iterable[Condition], key: str, part: str
) -> Iterator[Fault]:
    for one in when:
        asked = content.question(one.question)
        if asked is None:
            yield Fault(
                F.UNKNOWN,
                key,
                part,
                Said(
                    f"条件所问的“{one.question}”不在这个问答里。请重新选择。",
                    f"The condition asks about “{one.question}”, which is not in this guide.",
                ),
            )
            continue
        known = {option.key for option in asked.choices()}
        for option in one.any:
            if asked.kind != K.NUMBER and option not in known:
                yield Fault(
                    F.UNKNOWN,
                    key,
                    part,
                    Said(
                        f"条件所说的选项“{option}”不在问题“{asked.text}”里。请重新选择。",
                        f"The condition names the option “{option}”, which is not there.",
                    ),
                )


def _loops(content: Content) -> Iterator[Fault]:
    """The edge that closes each circle, whether or not anybody could walk it."""
    done: set[str] = set()
    open_: list[str] = []
    found: list[Fault] = []

    def go(key: str) -> None:
        question = content.question(key)
        if question is None or key in done:
            return
        open_.append(key)
        rules = [(f"rule:{n}", rule.to) for n, rule in enumerate(question.rules, start=1)]
        for part, to in (*rules, ("otherwise", question.otherwise)):
            if to in open_:
                words = [asked.text or asked.key for asked in map(content.question, open_) if asked]
                round_ = "→".join((*words[open_.index(to) :], words[open_.index(to)]))
                found.append(
                    Fault(
                        F.LOOP,
                        key,
                        part,
                        Said(
                            f"这一步回到了前面的问题（{round_}），会一直转下去。请改为后面的问题或者结果。",
                            f"This leads back to an earlier question ({round_}) and would go round"
                            " for ever. Choose a later question or a result.",
                        ),
                    )
                )
            else:
                go(to)
        open_.pop()
        done.add(key)

    for question in content.questions:
        go(question.key)
    yield from found


# ---------------------------------------------------------------- what the walks show
@dataclass(slots=True)
class _Seen:
    """What every walk together came across."""

    nodes: set[str] = field(default_factory=set)
    taken: set[tuple[str, int]] = field(default_factory=set)
    true: set[tuple[str, int]] = field(default_factory=set)
    lines: set[tuple[str, str]] = field(default_factory=set)


def _walked(content: Content, ways: Iterable[Trail]) -> Iterator[Fault]:
    seen = _Seen()
    for way in ways:
        _along(content, way, seen)
    for question in content.questions:
        if question.key not in seen.nodes:
            yield _unreached(question.key, "没有任何回答会走到这个问题", "No answers lead here")
            continue
        for number, _rule in enumerate(question.rules):
            at = (question.key, number)
            if at in seen.taken or not _rule.when:
                continue
            yield _never(question.key, f"rule:{number + 1}", at in seen.true, number + 1)
    for result in content.results:
        if result.key not in seen.nodes:
            yield _unreached(result.key, "没有任何回答会得到这个结果", "No answers lead here")
            continue
        for part, what in _parts(result):
            if (result.key, part) not in seen.lines:
                yield Fault(
                    F.CONTRADICTION,
                    result.key,
                    part,
                    Said(
                        f"{what}的条件在得到这个结果的路径上永远不会成立。请修改条件。",
                        f"The condition of {part} is never true on a path to this result.",
                    ),
                )


def _along(content: Content, way: Trail, seen: _Seen) -> None:
    said = {}
    for kind, number in zip(way.kinds, way.rules, strict=True):
        said[kind.question] = kind.example
        seen.nodes.add(kind.question)
        if number is not None:
            seen.taken.add((kind.question, number))
        question = content.question(kind.question)
        for n, rule in enumerate(question.rules if question else ()):
            if all_hold(rule.when, said):
                seen.true.add((kind.question, n))
    seen.nodes.add(way.end)
    result = content.result(way.end)
    for n, line in enumerate(result.items if result else (), start=1):
        if not all_hold(line.when, said):
            continue
        seen.lines.add((way.end, f"item:{n}"))
        for m, material in enumerate(line.materials, start=1):
            if all_hold(material.when, said):
                seen.lines.add((way.end, f"item:{n}.material:{m}"))


def _parts(result: Result) -> Iterator[tuple[str, str]]:
    for n, line in enumerate(result.items, start=1):
        yield f"item:{n}", f"事项{line.item}"
        for m, material in enumerate(line.materials, start=1):
            yield f"item:{n}.material:{m}", f"材料“{material.key}”"


def _unreached(key: str, said: str, said_en: str) -> Fault:
    return Fault(
        F.UNREACHABLE,
        key,
        "",
        Said(
            f"{said}。请让一条规则通到这里，或者删去它。",
            f"{said_en}. Let a rule lead here, or remove it.",
        ),
    )


def _never(key: str, part: str, true: bool, number: int) -> Fault:
    if true:
        return Fault(
            F.SHADOWED,
            key,
            part,
            Said(
                f"第{number}条规则轮不到：前面的规则已经包括了它的全部情况。请调整次序或者删去。",
                f"Rule {number} is never reached: earlier rules take all its cases."
                " Move it up or remove it.",
            ),
        )
    return Fault(
        F.CONTRADICTION,
        key,
        part,
        Said(
            f"第{number}条规则永远不会成立：与前面的回答矛盾，或者所问的问题还没有问到。请修改条件。",
            f"Rule {number} can never be true: it contradicts earlier answers, or asks about a"
            " question not yet asked.",
        ),
    )


# ---------------------------------------------------------------- what is named
def _named(content: Content, result: Result, facts: Facts | None) -> Iterator[Fault]:
    for n, line in enumerate(result.items, start=1):
        part = f"item:{n}"
        yield from _conditions(content, line.when, result.key, part)
        for m, material in enumerate(line.materials, start=1):
            inner = f"{part}.material:{m}"
            yield from _conditions(content, material.when, result.key, inner)
            if not material.needed and not material.reason.strip():
                yield Fault(
                    F.INCOMPLETE,
                    result.key,
                    inner,
                    Said(
                        f"不需要材料“{material.key}”的，请写明理由，窗口才能照此收件。",
                        f"Say why the material “{material.key}” is not needed.",
                    ),
                )
        if facts is not None:
            yield from _item(result.key, part, line, facts)
    for code in sorted(_twice(line.item for line in result.items)):
        yield Fault(
            F.DUPLICATE,
            result.key,
            "items",
            Said(
                f"事项{code}在这个结果里写了两次。请合并。", f"The item {code} stands here twice."
            ),
        )


def _item(key: str, part: str, line: ItemLine, facts: Facts) -> Iterator[Fault]:
    item = facts.get(line.item)
    if item is None:
        yield Fault(
            F.UNKNOWN,
            key,
            part,
            Said(
                f"事项{line.item}今天不在施行的目录里。请改为现行的事项。",
                f"The item {line.item} is not in force today.",
            ),
        )
        return
    for m, material in enumerate(line.materials, start=1):
        if material.key not in item.materials:
            yield Fault(
                F.UNKNOWN,
                key,
                f"{part}.material:{m}",
                Said(
                    f"“{item.name}”没有代号为“{material.key}”的材料。请重新选择。",
                    f"“{item.name_en or item.name}” has no material “{material.key}”.",
                ),
            )
    for fee in line.fees:
        if fee not in item.fees:
            yield Fault(
                F.UNKNOWN,
                key,
                part,
                Said(
                    f"“{item.name}”没有代号为“{fee}”的现行收费标准。",
                    f"“{item.name_en or item.name}” has no fee “{fee}” in force.",
                ),
            )


def _fills(question: Question, facts: Facts | None) -> Iterator[Fault]:
    if facts is None:
        return
    for fill in question.fills:
        item = facts.get(fill.item)
        if item is None or fill.field not in item.fields:
            yield Fault(
                F.UNKNOWN,
                question.key,
                "fills",
                Said(
                    f"事项{fill.item}的申请表没有“{fill.field}”这一栏。请重新选择。",
                    f"The form of item {fill.item} has no field “{fill.field}”.",
                ),
            )
            continue
        allowed = item.fields[fill.field]
        for option in question.choices() if allowed else ():
            if option.value not in allowed:
                yield Fault(
                    F.UNKNOWN,
                    question.key,
                    f"option:{option.key}",
                    Said(
                        f"“{option.label}”填入申请表的值“{option.value}”不在该栏的选项"
                        f"（{'、'.join(allowed)}）里。",
                        f"“{option.label_en or option.label}” would write “{option.value}”, which"
                        f" that field does not offer ({', '.join(allowed)}).",
                    ),
                )
