"""Words of the assessment of staff."""

from openhall.glossary import Term

_STAFF = "成办发〔2003〕75号 二（一）"


class Head(Term):
    """What a rule is about: the four heads that cities use."""

    ATTENDANCE = "attendance", "出勤值勤", "Attendance", _STAFF
    WORK = "work", "规范办事", "Work by the rules", _STAFF
    RATING = "rating", "办件评价", "Ratings", "国办发〔2019〕51号"
    DISCIPLINE = "discipline", "工作纪律", "Discipline", _STAFF


class SourceKind(Term):
    """What a deduction rests on; each opens."""

    DUTY = "duty", "考勤", "Attendance", _STAFF
    CASE = "case", "办件", "Case", _STAFF
    RATING = "rating", "评价", "Rating", "国办发〔2019〕51号"
    FINDING = "finding", "检查发现", "Finding", _STAFF


class DeductionState(Term):
    """Where a deduction stands."""

    STANDS = "stands", "扣分", "Deducted", _STAFF
    OBJECTED = "objected", "本人异议，待复核", "Objected to", _STAFF
    UPHELD = "upheld", "复核维持", "Upheld", _STAFF
    STRUCK = "struck", "复核更正，不扣", "Struck out", _STAFF


class AssessmentState(Term):
    """Where an assessment stands."""

    DRAWN = "drawn", "已拟定，可提异议", "Drawn up, open to objection", _STAFF
    CONFIRMED = "confirmed", "已确认", "Confirmed", _STAFF


class AssessAct(Term):
    """What is done to an assessment."""

    DRAW = "draw", "拟定月度考核", "Draw up a month", _STAFF
    OBJECT = "object", "提出异议", "Object", _STAFF
    UPHOLD = "uphold", "复核维持", "Uphold", _STAFF
    STRIKE = "strike", "复核更正", "Strike out", _STAFF
    CONFIRM = "confirm", "确认考核", "Confirm", _STAFF


class FindingAct(Term):
    """What is done to a finding."""

    FIND = "find", "记录检查发现", "Write down a finding", _STAFF
    WITHDRAW = "withdraw", "撤回检查发现", "Take a finding back", _STAFF


class TrainingAct(Term):
    """What is done to a record of training."""

    RECORD = "record", "登记培训", "Record a training", _STAFF
