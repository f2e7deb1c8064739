"""What the applicant is told after each act, in plain words and both languages. A5, A8.

One table: an act that is not in it tells nobody. Short enough for a text message; no name and no
number of a person stands in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.cases.terms import Act
from openhall.papers.rules.wording import fill
from openhall.papers.rules.words import full_width


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
        Act.ACCEPT_AT_ONCE: Tiding(
            "申请已当场受理",
            "Application accepted at once",
            "您的“【item】”申请（【number】）已当场受理，正由批准人决定，"
            "承诺在【promise】（含当日）前办结。",
            "Your application “【item】” (【number】) was accepted at once and lies before the "
            "decider. A decision is promised by 【promise】.",
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
        Act.ASK_AGAIN: Tiding(
            "再次告知补正",
            "Something more is missing",
            "您的“【item】”申请（【number】）因首次告知后出现新的事实，经本机关负责人准许再次告知："
            "需要补正【points】项内容，请在【due】前补齐，此后不再告知补正。详见补正告知书。",
            "New facts appeared in your application “【item】” (【number】). By leave of the head "
            "of the organ you are asked again, for the last time: 【points】 thing(s), by 【due】. "
            "The notice lists everything.",
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
        Act.TELL_HEARING: Tiding(
            "您有权要求听证",
            "You have a right to a hearing",
            "您的“【item】”申请（【number】）涉及重大利益关系，您有权要求听证。"
            "请在【ask_by】（含当日）前提出，不收取费用，详见听证权利告知书。",
            "Your application “【item】” (【number】) touches weighty interests. You may ask for a "
            "hearing until 【ask_by】, free of charge. See the notice.",
        ),
        Act.CALL_HEARING: Tiding(
            "听证通知",
            "A hearing is called",
            "您的“【item】”申请（【number】）定于【hearing】举行听证，地点和主持人见听证通知书。"
            "听证约需【days】个工作日，不计算在办理期限内，不收取费用。",
            "The hearing on your application “【item】” (【number】) is on 【hearing】; the notice "
            "gives place and host. About 【days】 working days do not count. It costs nothing.",
        ),
        Act.HOLD_HEARING: Tiding(
            "听证已举行",
            "The hearing was held",
            "您的“【item】”申请（【number】）的听证已举行，决定将根据听证笔录作出。"
            "办理期限恢复计算，承诺在【promise】（含当日）前办结。",
            "The hearing on your application “【item】” (【number】) was held; the decision rests "
            "on its minutes. The clock runs again; a decision is promised by 【promise】.",
        ),
        Act.FORWARD: Tiding(
            "已转报上级机关",
            "Forwarded to the superior organ",
            "您的“【item】”申请（【number】）经初步审查，已报送【superior】审查决定，"
            "审查期限至【due】。您不必重复提供材料。",
            "Your application “【item】” (【number】) was examined and forwarded to 【superior】, "
            "which decides by 【due】. You need not bring anything again.",
        ),
        Act.REPLY: Tiding(
            "上级机关已审查",
            "The superior organ has replied",
            "您的“【item】”申请（【number】）上级机关已作出审查决定，"
            "承诺在【promise】（含当日）前办结。",
            "The superior organ has replied on “【item】” (【number】). A decision is promised by "
            "【promise】.",
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
