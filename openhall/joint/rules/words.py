"""The papers and messages of joint handling: one receipt, all fees once. norms 2.5."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.cases.rules.tidings import Tiding
from openhall.joint.terms import JointAct
from openhall.papers.rules.wording import fill
from openhall.papers.rules.words import full_width, spoken, yuan


@dataclass(frozen=True, slots=True)
class Part:
    """One approval of the matter: what, by which unit, under which number, by when."""

    item: str
    unit: str
    number: str
    days: int
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee as told: its kind, basis, rate in fen and unit of measure."""

    item: str
    unit: str
    name: str
    basis: str
    amount: int
    per: str


def _listed(lines: Sequence[str]) -> list[str]:
    return [f"{n}. {line}" for n, line in enumerate(lines, start=1)]


def receipt(
    title: str,
    lead: str,
    received: date,
    parts: Sequence[Part],
    answer: date | None,
    *,
    had: Sequence[str] = (),
    to_show: Sequence[str] = (),
) -> list[str]:
    """联合申请接收回执: every approval and every paper in one list, one answer for all."""
    until = (
        ""
        if answer is None
        else f"主办单位在{spoken(answer)}（含当日）前对全部事项统一受理、一次告知需要补正的全部内容"
        "或者不予受理；逾期不告知的，自收到申请之日起即为受理（《行政许可法》第三十二条）。"
    )
    said = [
        f"{lead}于{spoken(received)}收到您（单位）提交的“{title}”联合申请，包括下列事项：",
        *_listed([f"{one.item}，办理单位：{one.unit}，办件编号：{one.number}" for one in parts]),
        *(["收到的材料：", *_listed(had)] if had else []),
        *(
            [f"请在窗口通知时或者领取结果时出示下列材料的原件：{'、'.join(to_show)}。"]
            if to_show
            else []
        ),
        "凭本回执上的一个查询码可以查询全部事项的办理情况。",
    ]
    return [*said, until] if until else said


def acceptance(
    title: str, lead: str, accepted: date, due: date, days: int, parts: Sequence[Part], way: str
) -> list[str]:
    """联合受理通知书, listing all approvals, units and the routing."""
    return [
        f"您（单位）提交的“{title}”联合申请，由{lead}作为主办单位于{spoken(accepted)}统一受理"
        f"（《行政许可法》第二十六条），按{way}办理。",
        f"共同办理期限{days}个工作日，至{spoken(due)}（含当日）；各单位在其中分别办理：",
        *_listed(
            [
                f"{one.item}：{one.unit}，{one.days}个工作日，至{spoken(one.due)}（含当日）"
                for one in parts
            ]
        ),
        "主办单位和各办理单位分别作出决定、分别送达；对哪个单位的决定不服，向该决定所附的救济机关提出。",
    ]


def notice(
    title: str, lead: str, part: Part, way: str, papers: Sequence[str], units: Sequence[str]
) -> list[str]:
    """联办通知, copied to each unit over the network with the materials."""
    return [
        f"{lead}受理的“{title}”联合申请涉及你单位的“{part.item}”（办件{part.number}），按{way}办理。"
        "请签收本通知。",
        f"请在{spoken(part.due)}（含当日，{part.days}个工作日）前出具联办意见：同意、不同意（附理由）"
        "或者同意但需转报，并在同一期限内办结本单位的事项。",
        f"同时办理的单位：{'、'.join(units)}。",
        f"随本通知抄送的材料：{'、'.join(papers) or '（无）'}。",
    ]


def fees(title: str, listed: Sequence[Fee]) -> list[str]:
    """收费一次告知书: the kinds, bases, rates and amounts of all units, once. 行政许可法 59."""
    if not listed:
        return [f"“{title}”联合申请涉及的全部事项不收取费用（《行政许可法》第五十八条）。"]
    return [
        f"“{title}”联合申请涉及的全部收费如下，一次告知（《行政许可法》第五十九条）：",
        *_listed(
            [
                f"{one.item}（{one.unit}）：{one.name}，依据{one.basis}，"
                f"标准每{one.per}{yuan(one.amount)}元，金额{yuan(one.amount)}元"
                for one in listed
            ]
        ),
        f"合计{yuan(sum(one.amount for one in listed))}元。全部决定后开具一张缴费通知书；"
        "任何窗口不收取现金，未列入本告知书的不收取。",
    ]


def supplement(title: str, due: date, points: Sequence[tuple[str, str, str]]) -> list[str]:
    """补正告知书 of the whole: each point with the unit that asks, its name and reason."""
    return [
        f"您（单位）提交的“{title}”联合申请，需要补正以下全部内容。请在{spoken(due)}前一次补正；"
        "各单位的补正要求只告知这一次（《行政许可法》第三十二条第一款第（四）项）。",
        *_listed([f"{name}（{unit}）：{why}" for unit, name, why in points]),
    ]


def supplemented(title: str, day: date, things: Sequence[str]) -> list[str]:
    """补正材料接收凭证 of the whole."""
    said = f"{spoken(day)}收到您（单位）对“{title}”联合申请补正的下列内容："
    return [said, *_listed(things)]


def minutes(
    title: str, on: date, place: str, there: Sequence[str], absent: Sequence[str], said: str
) -> list[str]:
    """联审会议纪要: who represented which unit, who was absent, what was found."""
    return [
        f"“{title}”联合申请的联审会议于{spoken(on)}在{place}召开。",
        f"出席的首席代表：{'；'.join(there) or '无'}。",
        f"缺席的单位：{'；'.join(absent) or '无'}。",
        said,
    ]


def reasons(title: str, lead: str, unit: str, objection: str, why: str) -> list[str]:
    """未采纳意见说明函, within ten working days of an approval against an objection."""
    return [
        f"{unit}：你单位对“{title}”联合申请提出不同意的意见，理由：{objection}",
        f"{lead}综合各单位意见同意办理，未采纳上述意见，理由：{why}",
    ]


def reply(title: str, unit: str, said: str) -> list[str]:
    """上级批复告知书, within two working days of the superior's reply."""
    return [f"“{title}”申请经{unit}转报，上级机关已经批复：{said}"]


def extension(title: str, days: int, reason: str, due: date) -> list[str]:
    """延长办理期限通知书 of the common limit. 行政许可法 42(2)."""
    return [
        f"“{title}”联合申请在共同办理期限内不能办结，经本级人民政府负责人批准，"
        f"延长{days}个工作日，至{spoken(due)}（含当日）（《行政许可法》第四十二条第二款）。",
        f"理由：{reason}",
    ]


def report(
    title: str, accepted: date, closed: date, used: int, ends: Sequence[tuple[str, str, str]]
) -> list[str]:
    """联办办结报告书: what each unit decided, in how many working days."""
    return [
        f"“{title}”联合申请于{spoken(accepted)}统一受理，{spoken(closed)}办结，"
        f"用时{used}个工作日。各单位办理结果：",
        *_listed([f"{item}（{unit}）：{end}" for item, unit, end in ends]),
    ]


# ------------------------------------------------------------ what the applicant is told at once
TIDINGS: Final[Mapping[JointAct, Tiding]] = MappingProxyType(
    {
        JointAct.APPLY: Tiding(
            "联合申请已收到",
            "Joint application received",
            "您的“【title】”联合申请（【number】）已收到，共【parts】个事项。"
            "{【lead】在【answer】（含当日）前对全部事项统一答复。}",
            "We received your joint application “【title】” (【number】) with 【parts】 matters."
            "{ 【lead】 answers for all of them by 【answer】.}",
        ),
        JointAct.ACCEPT: Tiding(
            "联合申请已受理",
            "Joint application accepted",
            "您的“【title】”联合申请（【number】）已统一受理，共同期限至【due】（含当日）。"
            "全部收费已一次告知。",
            "Your joint application “【title】” (【number】) is accepted. "
            "The common limit is 【due】. All fees were told once.",
        ),
        JointAct.DEEM_ACCEPT: Tiding(
            "联合申请视为受理",
            "Accepted by silence",
            "您的“【title】”联合申请（【number】）五个工作日内未被答复，依法自收到之日起即为受理，"
            "共同期限至【due】（含当日）。",
            "Your joint application “【title】” (【number】) was not answered within five "
            "working days, so by law it is accepted as of receipt. The common limit is 【due】.",
        ),
        JointAct.ASK_SUPPLEMENT: Tiding(
            "联合申请需要补正",
            "Something is missing",
            "您的“【title】”联合申请（【number】）需要补正，全部内容已一次告知。请在【due】前补正。",
            "Something is missing in your joint application “【title】” (【number】). "
            "You are asked only once, for everything. Answer by 【due】.",
        ),
        JointAct.SUPPLEMENT: Tiding(
            "补正已收到",
            "Supplement received",
            "您对“【title】”联合申请（【number】）的补正已收到。",
            "We received what was missing in “【title】” (【number】).",
        ),
        JointAct.DECLINE: Tiding(
            "联合申请不予受理",
            "Joint application not accepted",
            "您的“【title】”联合申请（【number】）不予受理，理由和救济途径见各决定书。",
            "Your joint application “【title】” (【number】) was not accepted. "
            "The decisions give the reasons and the remedies.",
        ),
        JointAct.LAPSE: Tiding(
            "逾期未补正，联合申请终止",
            "Lapsed",
            "您的“【title】”联合申请（【number】）逾期未补正，已终止。您可以重新申请。",
            "Your joint application “【title】” (【number】) ended because nothing was "
            "supplemented in time. You may apply again.",
        ),
        JointAct.CALL_MEETING: Tiding(
            "联审会议已召集",
            "Joint meeting called",
            "您的“【title】”联合申请（【number】）定于【due】召开联审会议。您不必到场。",
            "The units meet on “【title】” (【number】) on 【due】. You need not come.",
        ),
        JointAct.EXTEND: Tiding(
            "共同期限已延长",
            "Common limit extended",
            "您的“【title】”联合申请（【number】）经批准延长，"
            "共同期限至【due】（含当日），理由见通知书。",
            "The common limit of “【title】” (【number】) was extended to 【due】; "
            "the notice gives the reason.",
        ),
        JointAct.REPORT: Tiding(
            "联合申请已办结",
            "Joint application closed",
            "您的“【title】”联合申请（【number】）全部事项已有决定。各单位的决定分别送达。",
            "Every matter of your joint application “【title】” (【number】) is decided. Each unit "
            "delivers its own decision.",
        ),
    }
)


def compose(act: JointAct, values: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """Subject and words of the one message after ``act``; None if nobody is told."""
    tiding = TIDINGS.get(act)
    if tiding is None:
        return None
    if language == "en":
        return tiding.subject_en, "\n".join(fill(tiding.words_en, values))
    return tiding.subject, full_width("\n".join(fill(tiding.words, values)))
