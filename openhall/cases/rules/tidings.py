"""What the applicant is told after each act, in plain words and both languages. A5, A8.

One table: an act that is not in it tells nobody. Short enough for a text message; no name and no
number of a person stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.cases.rules.papers import full_width
from openhall.cases.rules.wording import fill
from openhall.cases.terms import Act


@dataclass(frozen=True, slots=True)
class Tiding:
    """Subject and words of one message, Chinese and English."""

    subject: str
    subject_en: str
    words: str
    words_en: str


TIDINGS: Final[Mapping[Act, Tiding]] = MappingProxyType(
    {
        Act.SUBMIT: Tiding(
            "申请已收到",
            "Application received",
            "您的“【item】”申请已收到，编号【number】。"
            "{【organ】在【answer】（含当日）前决定受理、一次告知补正或者不予受理。}",
            "We received your application “【item】”, number 【number】."
            "{ 【organ】 answers by 【answer】: accepts it, asks once for what is missing, "
            "or declines.}",
        ),
        Act.ACCEPT: Tiding(
            "申请已受理",
            "Application accepted",
            "您的“【item】”申请（【number】）已受理，承诺在【promise】（含当日）前办结"
            "{，法定期限至【statutory】}。",
            "Your application “【item】” (【number】) is accepted. A decision is promised "
            "by 【promise】"
            "{; the statutory limit is 【statutory】}.",
        ),
        Act.DEEM_ACCEPTED: Tiding(
            "申请视为受理",
            "Accepted by silence",
            "您的“【item】”申请（【number】）五个工作日内未被答复，依法自收到之日起即为受理，"
            "承诺在【promise】（含当日）前办结{，法定期限至【statutory】}。",
            "Your application “【item】” (【number】) was not answered within five working "
            "days, so by "
            "law it is accepted as of receipt. A decision is promised by 【promise】"
            "{; the statutory limit is 【statutory】}.",
        ),
        Act.ASK_FOR_SUPPLEMENT: Tiding(
            "需要补正材料",
            "Something is missing",
            "您的“【item】”申请（【number】）需要补正【points】项内容，请在【due】前一次补齐。"
            "补正只告知这一次，详见补正告知书。",
            "Your application “【item】” (【number】) lacks 【points】 thing(s). Please "
            "send all of it "
            "by 【due】; you are asked only once. The notice lists everything.",
        ),
        Act.SUPPLEMENT: Tiding(
            "补正已收到",
            "Supplement received",
            "您的“【item】”申请（【number】）的补正已收到，窗口将决定是否受理。",
            "We received what was missing in your application “【item】” (【number】). "
            "The window now decides whether to accept it.",
        ),
        Act.DECLINE: Tiding(
            "不予受理",
            "Application not accepted",
            "您的“【item】”申请（【number】）不予受理{:【outcome】}。"
            "{请向【competent】申请。}理由和救济途径见不予受理决定书。",
            "Your application “【item】” (【number】) is not accepted{: 【outcome】}."
            "{ The competent body is 【competent】.} The decision gives the reason and the "
            "remedies.",
        ),
        Act.LAPSE: Tiding(
            "逾期未补正，申请已终止",
            "Application ended without supplement",
            "您的“【item】”申请（【number】）在【due】前未补正，办理已终止。您可以随时重新申请。",
            "Your application “【item】” (【number】) was not completed by 【due】 and has "
            "ended. "
            "You may apply again at any time.",
        ),
        Act.SUSPEND: Tiding(
            "办理期限中止计算",
            "The clock is suspended",
            "您的“【item】”申请（【number】）需要依法进行【ground】，约【days】个工作日，"
            "依照行政许可法第四十五条不计算在期限内，详见告知书。",
            "Your application “【item】” (【number】) needs 【ground】, about 【days】 "
            "working days, which "
            "do not count (Licensing Law, article 45). See the notice.",
        ),
        Act.RESUME: Tiding(
            "办理期限恢复计算",
            "The clock runs again",
            "您的“【item】”申请（【number】）恢复计时，承诺在【promise】（含当日）前办结"
            "{，法定期限至【statutory】}。",
            "The clock of your application “【item】” (【number】) runs again. A decision "
            "is promised by "
            "【promise】{; the statutory limit is 【statutory】}.",
        ),
        Act.EXTEND: Tiding(
            "办理期限延长",
            "The limit is extended",
            "您的“【item】”申请（【number】）经批准延长办理期限，新的期限至【promise】"
            "{，法定期限至【statutory】}。理由见延长办理期限通知书。",
            "The limit of your application “【item】” (【number】) is extended to 【promise】"
            "{; the statutory limit is 【statutory】}. The notice gives the reason.",
        ),
        Act.RECALENDAR: Tiding(
            "办理期限重新计算",
            "Due dates counted anew",
            "因工作日历调整，您的“【item】”申请（【number】）的承诺期限改为【promise】"
            "{，法定期限至【statutory】}。",
            "The calendar changed: your application “【item】” (【number】) is now promised "
            "by 【promise】"
            "{; the statutory limit is 【statutory】}.",
        ),
        Act.DECIDE: Tiding(
            "已作出决定",
            "A decision was made",
            "您的“【item】”申请（【number】）已作出决定：【outcome】。"
            "{决定书在【delivery】前送达您。}",
            "Your application “【item】” (【number】) is decided: 【outcome】."
            "{ You receive the decision by 【delivery】.}",
        ),
        Act.BILL: Tiding(
            "请缴费",
            "A fee is due",
            "您的“【item】”申请（【number】）应缴【amount】元，缴费通知书编号【notice】。"
            "请到代收银行任一网点或网上缴费；任何窗口不收现金。",
            "¥【amount】 is due for “【item】” (【number】), payment notice 【notice】. "
            "Pay at any counter of the collecting bank or online; no window takes money.",
        ),
        Act.SETTLE: Tiding(
            "缴费已到账",
            "Fee received",
            "您的“【item】”申请（【number】）已缴【amount】元，窗口将为您制证。",
            "¥【amount】 was received for “【item】” (【number】). The document is being made.",
        ),
        Act.ISSUE: Tiding(
            "证照已制作",
            "Your document is ready",
            "您的“【item】”证照、文书（【number】）已制作完成，{最迟在【delivery】送达。"
            "}请留意领取或邮寄通知。",
            "The document of “【item】” (【number】) is ready{ and reaches you by "
            "【delivery】 at the latest}.",
        ),
        Act.DELIVER: Tiding(
            "办理结果已送达",
            "The result was delivered",
            "您的“【item】”申请（【number】）的办理结果已送达（【way】）。请对本次服务作出评价。",
            "The result of “【item】” (【number】) was delivered (【way】). Please rate the "
            "service.",
        ),
        Act.WITHDRAW: Tiding(
            "申请已撤回",
            "Application withdrawn",
            "您的“【item】”申请（【number】）已撤回。您可以随时重新申请。",
            "Your application “【item】” (【number】) is withdrawn. You may apply again at "
            "any time.",
        ),
    }
)


def day_in(language: str, day: date | None) -> str:
    """A day as people write it; empty for no day."""
    if day is None:
        return ""
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def compose(act: Act, values: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """Subject and words of the message after ``act``; None if nobody is told."""
    tiding = TIDINGS.get(act)
    if tiding is None:
        return None
    if language == "en":
        return tiding.subject_en, "\n".join(fill(tiding.words_en, values))
    return tiding.subject, full_width("\n".join(fill(tiding.words, values)))


def title_in(subject: str, language: str) -> str:
    """The title of a message in the reader's language; as it was sent where it is none of ours."""
    for one in TIDINGS.values():
        if subject in (one.subject, one.subject_en):
            return one.subject_en if language == "en" else one.subject
    return subject
