"""Words of target management and self-check."""

from openhall.glossary import Term

POLICY = "成办发〔2003〕75号 二（四）"


class Counted(Term):
    """What the system counts by itself for a target, and by which clause."""

    ON_TIME = (
        "on_time",
        "按承诺时限办结率",
        "Closed within the promise",
        "成办发〔2003〕75号 二（一）",
    )
    SATISFIED = "satisfied", "评价满意率", "Rated satisfied", "国办发〔2019〕51号"
    REPLIED = "replied", "差评回复率", "Bad ratings answered", "国办发〔2019〕51号"
    ANSWERED = "answered", "咨询按期答复率", "Questions answered in time", "国办秘函〔2019〕19号"
    RECTIFIED = "rectified", "按期整改率", "Findings put right in time", "成府发〔2009〕53号"
    JUDGED = "judged", "由办公厅核验", "Judged by the Government Office", POLICY


class Period(Term):
    """What a report is about."""

    Q1 = "q1", "第一季度", "First quarter", POLICY
    Q2 = "q2", "第二季度", "Second quarter", POLICY
    Q3 = "q3", "第三季度", "Third quarter", POLICY
    YEAR = "year", "年底自查", "Year-end self-check", POLICY


class ReportState(Term):
    """Where a report on the targets stands."""

    OWED = "owed", "待报送", "Owed", POLICY
    SUBMITTED = "submitted", "已报送，待核验", "Submitted, to be verified", POLICY
    RETURNED = "returned", "已退回补正", "Returned", POLICY
    ACCEPTED = "accepted", "已核验", "Verified", POLICY
    PUBLISHED = "published", "已公布", "Published", POLICY


class ReportAct(Term):
    """What is done to a report on the targets."""

    ISSUE = "issue", "下达报送任务", "Ask for the report", POLICY
    SUBMIT = "submit", "报送", "Submit", POLICY
    RETURN = "return", "退回", "Return", POLICY
    ACCEPT = "accept", "核验通过", "Verify", POLICY
    PUBLISH = "publish", "公布", "Publish", POLICY


class SheetAct(Term):
    """What the history of the sheets is called by."""

    SHEET = "target-sheet", "工作目标责任书", "Target sheet", POLICY
