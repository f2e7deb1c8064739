"""What one does on this site beside the matters, as the search finds it: track, pay, complain. B8.

A page that everybody may open, under the words people type for it. A page of one's own asks to
sign in when it is opened.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from openhall.search.rules.records import Record
from openhall.search.sources import Source
from openhall.search.terms import RecordKind


class Place(NamedTuple):
    """A page: its name in the addresses, its title, what it is for, what else it is called."""

    page: str
    title: str
    title_en: str
    note: str
    note_en: str
    names: tuple[str, ...]


ALL: Final = (
    Place(
        "track", "查询办件进度", "Track a case",
        "凭查询码或者办件编号，查看办到哪一步、何时到期。",
        "See with the code or the number where a case stands and when it is due.",
        ("办理进度", "查进度", "办件查询", "进度查询", "查询码", "我的办件", "办到哪里了",
         "track my application", "case status", "check status"),
    ),
    Place(
        "resume", "继续填写申请", "Resume an application",
        "凭续办码接着填写没有提交的申请。",
        "Go on with an application that was not sent, with its code.",
        ("草稿", "续办码", "没填完的申请", "resume application", "continue application", "draft"),
    ),
    Place(
        "complain", "投诉", "Make a complaint",
        "对超时、推诿、乱收费、态度等问题投诉，按期限答复。",
        "Complain of delay, refusal to act, charges or conduct; it is answered within a limit.",
        ("举报", "我要投诉", "投诉举报", "差评", "办不成事", "态度不好", "乱收费",
         "complaint", "complain", "report misconduct"),
    ),
    Place(
        "follow_complaint", "查询投诉办理情况", "Follow a complaint",
        "凭投诉码查看处理到哪一步，补充说明或者评价答复。",
        "See with its code how far a complaint has come, add to it or rate the answer.",
        ("投诉进度", "投诉码", "投诉查询", "complaint status"),
    ),
    Place(
        "enquire", "向单位提问", "Ask a unit",
        "写明要问的事，由有关单位在期限内答复。",
        "Say what you want to know; the unit answers within a limit.",
        ("咨询", "网上咨询", "提问", "问政", "留言", "领导信箱", "市长信箱", "写信",
         "ask a question", "enquiry", "contact"),
    ),
    Place(
        "appointments", "预约办事时间", "Book an appointment",
        "选定单位和时间，到时不用排队。",
        "Choose a unit and a time; then there is no queue.",
        ("预约", "网上预约", "取号", "预约取号", "排队", "改约", "取消预约",
         "appointment", "booking", "book a slot"),
    ),
    Place(
        "halls", "政务大厅和等候情况", "Service halls and waiting",
        "各大厅的地址、开放时间、现在有多少人等候；可以用手机取号。",
        "Addresses and hours of the halls and how many wait now; take a ticket by phone.",
        ("大厅", "排队情况", "叫号", "在哪里办", "取号", "办事大厅在哪里",
         "where to go", "waiting time", "queue"),
    ),
    Place(
        "fee_form", "缴费和收费核对", "Pay and check a fee",
        "凭缴款书编号缴费，或者核对收费有没有依据、收得对不对。",
        "Pay by the number of the notice, or check whether a charge has a basis and is right.",
        ("缴费", "交费", "付款", "缴款", "收费标准", "收费查询", "票据查验", "交钱",
         "pay", "payment", "fee", "was i charged right"),
    ),
    Place(
        "check_form", "核验文书真伪", "Check a paper",
        "凭核验码核对许可证、决定书等文书是不是本市签发、现在是否有效。",
        "Check with its code whether a paper was issued here and is valid now.",
        ("核验", "真伪", "证照查验", "验证", "二维码核验", "check a document", "verify a paper"),
    ),
    Place(
        "decisions", "行政许可决定公开", "Register of decisions",
        "查找已经作出的行政许可决定。",
        "Find decisions on licences that were made.",
        ("双公示", "许可公示", "决定公示", "企业许可查询", "public register", "licence register"),
    ),
    Place(
        "topics", "按人生事件和主题找事项", "Matters by life event and topic",
        "出生、入学、就业、结婚、退休等阶段要办的事。",
        "What is to be done at birth, school, work, marriage, retirement.",
        ("主题服务", "个人服务", "法人服务", "生命周期", "life events", "topics"),
    ),
    Place(
        "services", "全部事项清单", "All matters",
        "本市实施的全部事项，可按单位和类别查看。",
        "Every matter the city handles, by unit and kind.",
        ("权力清单", "事项目录", "行政许可清单", "办事指南", "all services", "catalogue"),
    ),
    Place(
        "oversight", "电子监察", "Electronic supervision",
        "超期、预警、红黄牌和整改情况。",
        "Overdue cases, warnings, cards and what was put right.",
        ("红黄牌", "黄牌", "红牌", "超时", "整改", "监督", "supervision", "overdue"),
    ),
    Place(
        "statistics", "办件统计", "Statistics of cases",
        "受理、办结、按时率等数据，每个数字都可以点开。",
        "Figures of cases received, decided and in time; every figure opens.",
        ("统计", "数据", "办件量", "按时办结率", "statistics", "figures"),
    ),
    Place(
        "policies", "政策法规库", "Laws and policies",
        "法律、法规、规章和政策文件，可查到条。",
        "Laws, regulations and policy papers, down to the article.",
        ("法规", "法律", "文件", "政策", "law", "regulations", "policy"),
    ),
    Place(
        "calls", "意见征集", "Calls for opinions",
        "正在征求意见的文件，以及意见采纳情况。",
        "Texts open for opinions, and what was done with them.",
        ("征求意见", "民意征集", "网上调查", "公开征求意见", "consultation", "public opinion"),
    ),
    Place(
        "surveys", "满意度测评", "Satisfaction surveys",
        "正在进行和已经公布的群众满意度调查。",
        "Surveys of satisfaction that run or were published.",
        ("问卷", "调查", "满意度", "打分", "survey", "questionnaire"),
    ),
    Place(
        "sites", "各部门和区（市）县网站", "Sites of departments and districts",
        "每个单位的机构、动态、公告和公开信息。",
        "Each unit's duties, news, notices and what it discloses.",
        ("部门网站", "单位网站", "区县网站", "website", "departments"),
    ),
    Place(
        "joint_matters", "一件事一次办", "Joint matters",
        "一次申请，几个单位一起办。",
        "One application, handled by several units together.",
        ("一件事", "联办", "套餐", "一窗通办", "joint matter", "one stop"),
    ),
    Place(
        "mine", "我的办件和草稿", "My cases and drafts",
        "登录后查看本人的申请、草稿、消息和证照。",
        "After signing in: your applications, drafts, messages and papers.",
        ("个人中心", "我的", "登录", "注册", "账号", "我的申请", "my account", "sign in", "log in"),
    ),
    Place(
        "messages", "消息通知方式", "Messages and how they reach you",
        "查看通知，选择短信或者邮件。",
        "See messages; choose text message or e-mail.",
        ("短信", "通知", "提醒", "换手机号", "messages", "notifications"),
    ),
    Place(
        "ledger", "公信账", "Public log",
        "每一步办理的公开记录和证明。",
        "The public record of every step, with proofs.",
        ("区块链", "存证", "防篡改", "public log", "transparency log"),
    ),
    Place(
        "accessibility", "无障碍声明", "Accessibility",
        "大字版、读屏、键盘操作，以及反映障碍的办法。",
        "Larger letters, screen readers, keyboard, and how to tell of a barrier.",
        ("无障碍", "老年版", "长辈版", "大字版", "适老", "accessibility", "large print"),
    ),
)  # fmt: skip


def _records(keys: list[str] | None, day: date) -> Iterator[Record]:
    for place in ALL:
        if keys is None or place.page in keys:
            yield Record(
                id=f"place:{place.page}",
                kind=RecordKind.PLACE.value,
                key=place.page,
                root=f"place:{place.page}",
                title=place.title,
                title_en=place.title_en,
                names=place.names,
                at=(f"portal:{place.page}",),
                body=place.note,
                body_en=place.note_en,
                note=(place.note, place.note_en),
            )


PLACES: Final = Source(RecordKind.PLACE.value, _records)
