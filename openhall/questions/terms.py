"""Words of question guides: what a question asks, and what is wrong with a guide."""

from openhall.glossary import Term

_GUIDE = "成办发〔2003〕75号 二（二）"


class QuestionKind(Term):
    """What an answer is. Nothing personal is asked: answers stand in the address of the page."""

    YES_NO = "yes_no", "是或否", "Yes or no", _GUIDE
    ONE = "one", "选一项", "One of several", _GUIDE
    MANY = "many", "可选多项", "Any of several", _GUIDE
    NUMBER = "number", "整数", "A whole number", _GUIDE


class FaultKind(Term):
    """What the path checker refuses."""

    DEAD_END = "dead_end", "死路", "Dead end", _GUIDE
    LOOP = "loop", "循环", "Loop", _GUIDE
    UNREACHABLE = "unreachable", "走不到", "Cannot be reached", _GUIDE
    CONTRADICTION = "contradiction", "矛盾", "Contradiction", _GUIDE
    SHADOWED = "shadowed", "被前面的规则遮住", "Shadowed by an earlier rule", _GUIDE
    DUPLICATE = "duplicate", "重复", "Said twice", _GUIDE
    NO_OTHERWISE = "no_otherwise", "没有“其他情况”", "No “otherwise”", _GUIDE
    UNKNOWN = "unknown", "所指不存在", "Names something that is not there", _GUIDE
    INCOMPLETE = "incomplete", "没有写全", "Not complete", _GUIDE
    TOO_MANY = "too_many", "路径太多", "Too many paths", _GUIDE
