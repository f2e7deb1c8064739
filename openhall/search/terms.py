"""Words of the search: what is found, how a query is read, and what is done to its rules."""

from openhall.glossary import Term


class RecordKind(Term):
    """What a record is; in this order the groups of the results page stand."""

    GUIDE = "guide", "办事指南", "Service guides", "成办发〔2003〕75号 二（一）"
    JOINT = "joint", "联办事项", "Joint matters", "成办发〔2003〕75号 二（一）"
    QUESTIONS = "questions", "问答引导", "Question guides", "成办发〔2003〕75号 二（二）"
    PLACE = "place", "网上办", "Do it online", "成办发〔2003〕75号 二（二）"
    ANSWER = "answer", "公开的问答", "Questions answered", "国办发〔2017〕47号"
    FORM = "form", "表格", "Forms", "行政许可法 29"
    POLICY = "policy", "政策法规", "Laws and policies", "成办发〔2003〕75号 二（二）"
    ARTICLE = "article", "动态和公告", "News and notices", "成办发〔2003〕75号 二（二）"
    CALL = "call", "意见征集", "Calls for opinions", "重大行政决策程序暂行条例 14"
    HALL = "hall", "政务大厅", "Service halls", "成办发〔2003〕75号 二（一）"
    UNIT = "unit", "办事机构", "Units", "政府信息公开条例 20"
    DECISION = "decision", "决定公开", "Public decisions", "行政许可法 40"
    FIGURE = "figure", "公开数据", "Public figures", "成办发〔2003〕75号 二（三）"


class QueryClass(Term):
    """How a query is read."""

    SHORT = "short", "词语", "Words", ""
    LATIN = "latin", "字母", "Letters", ""
    MIXED = "mixed", "汉字与字母混写", "Characters and letters", ""
    ASK = "ask", "问句", "A question", ""


class RulesAct(Term):
    """What the history of the search rules is called by."""

    RULES = "search-rules", "检索规则", "Search rules", "成办发〔2003〕75号 二（二）"


class AnswerState(Term):
    """Where a resident's word on an answer stands."""

    SAID = "said", "群众反映", "Said by a resident", ""
    CONFIRMED = "confirmed", "已确认", "Confirmed", ""
    REFUSED = "refused", "未采纳", "Not taken", ""
