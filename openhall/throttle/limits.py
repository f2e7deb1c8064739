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

WRITING: Final = Guard(
    Said("提交", "submissions"),
    Limit("write-network", 600, 1.0),
    Limit("write-visitor", 120, 1.0),
    COUNTER,
)
COMPLAINTS: Final = Guard(
    Said("投诉", "complaints"),
    Limit("complaint-network", 20, _HOUR / 20),
    Limit("complaint-visitor", 5, _HOUR / 5),
    Said(
        "也可以拨打12345或者监察机关的投诉电话，由工作人员登记。",
        "You may also call 12345 or the Supervision Bureau, where the complaint is written down.",
    ),
)
DRAFTS: Final = Guard(
    Said("新建申请", "new applications"),
    Limit("draft-network", 60, _HOUR / 120),
    Limit("draft-visitor", 20, _HOUR / 40),
    COUNTER,
)
UPLOADS: Final = Guard(
    Said("上传文件", "uploads"),
    Limit("upload-network", 400, _HOUR / 1200),
    Limit("upload-visitor", 150, _HOUR / 300),
    COUNTER,
)
SENDING: Final = Guard(
    Said("提交申请", "applications sent"),
    Limit("send-network", 60, _HOUR / 120),
    Limit("send-visitor", 20, _HOUR / 30),
    COUNTER,
)
MESSAGES: Final = Guard(
    Said("发送消息", "messages"),
    Limit("message-network", 60, _HOUR / 120),
    Limit("message-visitor", 20, _HOUR / 30),
    COUNTER,
)
SIGN_UP: Final = Guard(
    Said("注册", "new accounts"),
    Limit("signup-network", 20, _HOUR / 20),
    Limit("signup-visitor", 10, _HOUR / 10),
    COUNTER,
)
MACHINES: Final = Guard(
    Said("程序请求", "requests by a programme"),
    Limit("machine-network", 300, 0.5),
    Limit("machine-visitor", 300, 0.5),
    COUNTER,
)
# Only what fails is counted: who types the codes of a hundred receipts is no guesser.
CODES: Final = Guard(
    Said("查询码输入错误", "wrong codes"),
    Limit("code-network", 30, _HOUR / 60),
    Limit("code-visitor", 10, _HOUR / 30),
    Said(
        "请核对回执上的编码，也可以带身份证件到窗口或者拨打12345查询。",
        "Compare the code with your receipt, or ask at a window with your identity card, or call "
        "12345.",
    ),
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
    "portal:start": (DRAFTS,),
    "portal:joint_apply": (DRAFTS,),
    "portal:apply": (DRAFTS,),
    "portal:message_preference": (MESSAGES,),
    "portal:case_act": (MESSAGES,),
    "portal:joint_act": (MESSAGES,),
    "account_signup": (SIGN_UP,),
    "account_reset_password": (SIGN_UP,),
    "account_email": (MESSAGES,),
}
# By the step of the draft, where one address serves them all.
BY_STEP: Final[dict[str, tuple[Guard, ...]]] = {"review": (SENDING,), "signatures": (MESSAGES,)}
# Signed by who sends it, and more at once than any person: the signature is asked, not the pace.
SIGNED: Final = frozenset({"api:bank_receipt", "api:delivery_report"})
