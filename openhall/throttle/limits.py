"""Every limit of the house, by what it protects; ``by_route`` says where each is asked.

The numbers leave a hall full of people behind one address at ease and make a flood slow: a busy
service centre takes some 1,500 matters a day, three a minute. A city changes them here.
"""

from dataclasses import dataclass
from typing import Final

from openhall.glossary import Said
from openhall.throttle.rules.pace import Limit


@dataclass(frozen=True, slots=True)
class Guard:
    """What is counted for a network and for a session or account, and the other way to the end."""

    what: Said
    network: Limit
    visitor: Limit
    otherwise: Said


COUNTER: Final = Said(
    "也可以拨打12345或者到政务服务中心窗口办理。",
    "You may also call 12345 or come to a window of the service centre.",
)
_HOUR: Final = 3600.0


def _guard(
    what: Said,
    code: str,
    network: tuple[int, float],
    visitor: tuple[int, float],
    otherwise: Said = COUNTER,
) -> Guard:
    """Of a network and of a visitor: how many at once, and how many an hour in the long run."""

    def limit(whose: str, at_once: int, an_hour: float) -> Limit:
        return Limit(f"{code}-{whose}", at_once, _HOUR / an_hour)

    return Guard(what, limit("network", *network), limit("visitor", *visitor), otherwise)


WRITING: Final = _guard(Said("提交", "submissions"), "write", (600, 3600), (120, 3600))
COMPLAINTS: Final = _guard(
    Said("投诉", "complaints"),
    "complaint",
    (20, 20),
    (5, 5),
    Said(
        "也可以拨打12345或者监察机关的投诉电话，由工作人员登记。",
        "You may also call 12345 or the Supervision Bureau, where the complaint is written down.",
    ),
)
ENQUIRIES: Final = _guard(Said("咨询", "questions"), "enquiry", (40, 60), (6, 6))
DRAFTS: Final = _guard(Said("新建申请", "new applications"), "draft", (60, 120), (20, 40))
UPLOADS: Final = _guard(Said("上传文件", "uploads"), "upload", (400, 1200), (150, 300))
SENDING: Final = _guard(Said("提交申请", "applications sent"), "send", (60, 120), (20, 30))
HOLDS: Final = _guard(
    Said("选择预约时间", "times chosen"),
    "hold",
    (40, 120),
    (12, 40),
    Said(
        "也可以直接到窗口取号办理，不需要预约。",
        "You may also come and take a ticket: booking is never needed.",
    ),
)
MESSAGES: Final = _guard(Said("发送消息", "messages"), "message", (60, 120), (20, 30))
TICKETS: Final = _guard(
    Said("取号", "tickets"),
    "ticket",
    (240, 1800),
    (8, 8),
    Said(
        "也可以在大厅的取号机或者咨询台取号。",
        "You may also take a ticket at the hall's own machine or its reception.",
    ),
)
SIGN_UP: Final = _guard(Said("注册", "new accounts"), "signup", (20, 20), (10, 10))
MACHINES: Final = _guard(
    Said("程序请求", "requests by a programme"), "machine", (300, 7200), (300, 7200)
)
# Only what fails is counted: who types the codes of a hundred receipts is no guesser.
CODES: Final = _guard(
    Said("查询码输入错误", "wrong codes"),
    "code",
    (30, 60),
    (10, 30),
    Said(
        "请核对回执上的编码，也可以带身份证件到窗口或者拨打12345查询。",
        "Compare the code with your receipt, or ask at a window with your identity card, or call "
        "12345.",
    ),
)

# Programmes that read: of a key, and of a network without one; a wrong key is a guess.
KEY_READS: Final = Limit("key-reads", 600, 0.1)
OPEN_READS: Final = Limit("open-reads", 600, 0.2)
READS: Final = Said("读取", "requests")
GUESSES_AT_KEYS: Final = Limit("guess-key", 30, 20.0)
LATER: Final = Said(
    "可以先使用整套的开放数据文件，或者申请密钥。",
    "The files of open data hold everything at once; a key of one's own is counted by itself.",
)

# A code by text message: to one telephone, from one network, and in the whole city (who pays).
CODE_TO_PHONE: Final = Limit("sms-phone", 3, _HOUR)
CODE_FROM_NETWORK: Final = Limit("sms-network", 20, _HOUR / 20)
CODES_OF_THE_CITY: Final = Limit("sms-city", 500, 3.0)
CODE_TRIES: Final = Limit("sms-tries", 5, 600.0)

# Signing in. What is counted is failures; see openhall/organs/signing_in.
GUESSES_AT_NAME: Final = Limit("guess-network-name", 5, 60.0)
GUESSES_OF_NETWORK: Final = Limit("guess-network", 30, 20.0)
GUESSES_OF_DEVICE: Final = Limit("guess-device", 10, 60.0)
GUESSES_AT_NAME_ANYWHERE: Final = Limit("guess-name", 50, 60.0)
SECOND_FACTORS: Final = Limit("second-factor", 5, 60.0)
REFUSALS: Final = Limit("refusals-network", 200, 18.0)
REFUSALS_TOLD: Final = Limit("refusals-told", 1, _HOUR)

# Where each is asked, by the name of the route. What is not named here is ``WRITING``.
BY_ROUTE: Final[dict[str, tuple[Guard, ...]]] = {
    "portal:complain": (COMPLAINTS,),
    "portal:complaint_act": (COMPLAINTS,),
    "portal:enquire": (ENQUIRIES,),
    "portal:enquiry_act": (ENQUIRIES,),
    "portal:call": (ENQUIRIES,),
    "portal:article_wrong": (ENQUIRIES,),
    "portal:subscriptions": (MESSAGES,),
    "portal:subscriptions_act": (MESSAGES,),
    "portal:start": (DRAFTS,),
    "portal:joint_apply": (DRAFTS,),
    "portal:apply": (DRAFTS,),
    "portal:appointment_times": (HOLDS,),
    "portal:appointment_times_act": (HOLDS,),
    "portal:appointment_change": (HOLDS,),
    "portal:appointment_change_act": (HOLDS,),
    "portal:appointment_act": (MESSAGES,),
    "portal:message_preference": (MESSAGES,),
    "portal:case_act": (MESSAGES,),
    "portal:joint_act": (MESSAGES,),
    "portal:hall_act": (TICKETS,),
    "account_signup": (SIGN_UP,),
    "account_reset_password": (SIGN_UP,),
    "account_email": (MESSAGES,),
}
# By the step of the draft, where one address serves them all.
BY_STEP: Final[dict[str, tuple[Guard, ...]]] = {"review": (SENDING,), "signatures": (MESSAGES,)}
# Signed by who sends it, and more at once than any person: the signature is asked, not the pace.
SIGNED: Final = frozenset(
    {
        *("api:bank_receipt", "api:delivery_report", "api:wechat_notice"),
        *("kiosk:beat", "kiosk:lease", "kiosk:merge"),
    }
)
