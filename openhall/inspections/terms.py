"""Words of indicators and inspections."""

from openhall.glossary import Term

POLICY = "成办发〔2003〕75号 二（三）"


class Category(Term):
    """Whom an inspector comes from."""

    CONGRESS = "congress", "人大代表", "Deputy of the People's Congress", POLICY
    CONSULTATIVE = "consultative", "政协委员", "Member of the CPPCC", POLICY
    INVITED = "invited", "特邀监察员", "Invited inspector", POLICY
    PARTNER = "partner", "协力部门", "Partner department", POLICY


class Half(Term):
    """When on a day a unit is visited."""

    MORNING = "morning", "上午", "Morning", POLICY
    AFTERNOON = "afternoon", "下午", "Afternoon", POLICY


class Method(Term):
    """How a visit is made."""

    REPORT = "report", "听汇报", "Hearing the report", POLICY
    SITE = "site", "实地查看", "Looking on site", POLICY
    SYMPOSIUM = "symposium", "讨论座谈", "Discussion", POLICY


class EvidenceKind(Term):
    """What a unit files once, for every appraisal."""

    MEETING = "meeting", "领导班子会议", "Meeting of the leading body", POLICY
    BULLETIN = "bulletin", "通报、简报", "Bulletin", POLICY
    RULES = "rules", "制度", "Rules", POLICY
    MEASURE = "measure", "措施", "Measure", POLICY
    SCREEN = "screen", "触摸屏、网站", "Touch screen or site", POLICY


class EvidenceAct(Term):
    """What is done to a piece of evidence."""

    FILE = "file", "报送佐证", "File evidence", POLICY
    WITHDRAW = "withdraw", "撤回佐证", "Withdraw it", POLICY


class InspectionState(Term):
    """Where an inspection stands."""

    REVIEW = "review", "待审定", "Under review", POLICY
    DROPPED = "dropped", "未实施", "Dropped", ""
    DRAWING = "drawing", "公开抽取中", "Being drawn", POLICY
    VISITING = "visiting", "检查进行中", "Visits under way", POLICY
    UNSEALED = "unsealed", "已启封汇总", "Unsealed", POLICY
    PUBLISHED = "published", "已公布结果", "Published", POLICY


class InspectionAct(Term):
    """What is done to an inspection."""

    BEGIN = "begin", "拟订检查方案", "Write the plan", POLICY
    DROP = "drop", "不再实施", "Drop", ""
    ANNOUNCE = "announce", "公布方案并公告抽取", "Announce it with its draw", POLICY
    ASSIGN = "assign", "按抽取结果编组", "Form the teams", POLICY
    NOTE_VISIT = "note_visit", "记录检查", "Note a visit", POLICY
    UNSEAL = "unseal", "启封汇总", "Unseal the sheets", POLICY
    PUBLISH = "publish", "公布结果", "Publish the result", POLICY


class SheetState(Term):
    """Where a score sheet stands."""

    OPEN = "open", "待打分", "To be filled in", POLICY
    SIGNED = "signed", "已签名封存", "Signed and sealed", POLICY


class SheetAct(Term):
    """What is done to a score sheet."""

    HAND_OUT = "hand_out", "发放打分表", "Hand out the sheet", POLICY
    SIGN = "sign", "签名封存", "Sign and seal", POLICY
    CORRECT = "correct", "更正", "Correct", POLICY
    CARRY_IN = "carry_in", "收到离线打分", "Take in marks made offline", POLICY
    KEY = "key", "录入纸质打分表", "Key in a paper sheet", POLICY


class FrameworkAct(Term):
    """What the history of the frameworks is called by."""

    FRAMEWORK = "indicator-framework", "评议指标", "Indicators", POLICY
