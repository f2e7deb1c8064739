"""Answers as they stand in an address, and as people read them. B7.

The address of a checklist holds the answers and nothing else: no session, no account, so that it
can be kept, printed as a QR code and opened at the kiosk or on a telephone. Only options and whole
numbers are ever asked, so nothing in it says who somebody is.
"""

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from openhall.paging.whole import whole
from openhall.questions.rules.content import Condition, Content, Question
from openhall.questions.rules.walking import Answer, Answers, Kind, fits, walk
from openhall.questions.terms import QuestionKind as K

NONE_OF_THEM = "-"
LARGEST = 999_999_999
GetList = Callable[[str], Sequence[str]]


def read_answer(question: Question, said: Sequence[str]) -> Answer | None:
    """The answer in an address; none where it is missing or does not fit."""
    words = [word for one in said for word in one.split(".") if word]
    if not words:
        return None
    answer: Answer
    if question.kind == K.NUMBER:
        number = whole(words[0], LARGEST)
        if number is None:
            return None
        answer = number
    elif question.kind == K.MANY:
        answer = frozenset(word for word in words if word != NONE_OF_THEM)
    else:
        answer = words[0]
    return answer if fits(question, answer) else None


def read_answers(content: Content, getlist: GetList) -> dict[str, Answer]:
    """Every answer an address holds to a question of this guide."""
    read = {one.key: read_answer(one, getlist(one.key)) for one in content.questions}
    return {key: answer for key, answer in read.items() if answer is not None}


def spelled(answer: Answer) -> str:
    """One answer as it stands in an address."""
    if isinstance(answer, frozenset):
        return ".".join(sorted(answer)) or NONE_OF_THEM
    return str(answer)


def pairs(content: Content, answers: Answers) -> list[tuple[str, str]]:
    """The answers by name and value, those of the walk first, in the order they were asked."""
    asked = [key for key in walk(content, answers).asked if key in answers]
    rest = [one.key for one in content.questions if one.key in answers and one.key not in asked]
    return [(key, spelled(answers[key])) for key in (*asked, *rest)]


def address(content: Content, answers: Answers, version: int | None = None) -> str:
    """The query of an address: the version they were given to, then the answers."""
    head = [("v", str(version))] if version is not None else []
    return urlencode([*head, *pairs(content, answers)])


def in_words(question: Question, answer: Answer, english: bool) -> str:
    """An answer as people read it."""
    if isinstance(answer, int):
        unit = (question.unit_en if english else "") or question.unit
        return f"{answer:,} {unit}".strip() if english else f"{answer:,}{unit}"
    words = {one.key: (one.label_en if english else "") or one.label for one in question.choices()}
    if isinstance(answer, frozenset):
        chosen = [words[key] for key in words if key in answer]
        nothing = "none of these" if english else "都没有"
        return (", " if english else "、").join(chosen) or nothing
    return words.get(answer, answer)


def kind_in_words(question: Question, kind: Kind, english: bool) -> str:
    """Every answer of one kind, as people read it."""
    if kind.least is not None and kind.most is not None:
        unit = (question.unit_en if english else "") or question.unit
        gap = " " if english and unit else ""
        return f"{kind.least:,}–{kind.most:,}{gap}{unit}"
    join = " or " if english else "或者"
    if kind.sets:
        shown = [in_words(question, one, english) for one in kind.sets[:4]]
        more = (" …" if english else "……") if len(kind.sets) > len(shown) else ""
        return join.join(shown) + more
    return join.join(in_words(question, one, english) for one in kind.keys)


def condition_in_words(content: Content, condition: Condition, english: bool) -> str:
    """What a condition asks for, as people read it."""
    question = content.question(condition.question)
    if question is None:
        return f"{condition.question}?"
    asked = (question.text_en if english else "") or question.text or question.key
    if question.kind == K.NUMBER:
        least = "" if condition.least is None else f"≥ {condition.least:,}"
        most = "" if condition.most is None else f"≤ {condition.most:,}"
        return f"{asked} {' '.join(filter(None, (least, most)))}"
    words = {one.key: (one.label_en if english else "") or one.label for one in question.choices()}
    chosen = [words.get(key) or f"{key}?" for key in condition.any]
    return f"{asked} {(' or ' if english else '或者').join(chosen)}"
