"""The words of each paper with their named places, and what an office may not leave out. A6.

These words stand until an office's own version is approved (``models/template.py``). What the
statute wants said, its places, must stand in every version: 行政许可法 32, 38, 42, 44, 45, 59.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from openhall.glossary import Said, cited
from openhall.papers.rules import procedure_templates as longer
from openhall.papers.rules.wording import OPTIONAL, fault_of_form, places_in
from openhall.papers.terms import PaperKind as K

LONGEST: Final = 3000

BASIS: Final[Mapping[K, str]] = MappingProxyType(
    {
        K.RECEIPT: "《行政许可法》第三十二条",
        K.ACCEPTANCE: "《行政许可法》第三十二条",
        K.SUPPLEMENT: "《行政许可法》第三十二条第一款第（四）项",
        K.SUPPLEMENTED: "《行政许可法》第三十二条第一款第（五）项",
        K.DECLINE: "《行政许可法》第三十二条",
        K.HAND_OVER: "成办发〔2003〕75号",
        K.SUSPENSION: "《行政许可法》第四十五条",
        K.EXTENSION: "《行政许可法》第四十二条",
        K.PAYMENT: "《行政许可法》第五十九条",
        K.PAYMENT_SETTLED: "财库〔2021〕31号",
        K.PAYMENT_RED: "财库〔2021〕31号",
        K.GRANT: "《行政许可法》第三十八条",
        K.REFUSAL: "《行政许可法》第三十八条",
        K.DELIVERY: "《行政许可法》第四十四条",
    }
    | dict(longer.BASIS)
)

DEFAULTS: Final[Mapping[K, str]] = MappingProxyType(
    {
        K.RECEIPT: (
            "本机关于【收到日期】收到您（单位）提交的“【事项名称】”申请。\n"
            "{收到的材料：【收到材料】}\n"
            "{请在窗口通知时或者领取结果时出示下列材料的原件：【待验原件】。}\n"
            "{本机关在【答复期限】（含当日）前决定受理、一次告知需要补正的全部内容或者不予受理；"
            "逾期不告知的，自收到申请之日起即为受理（【法律依据】）。}"
        ),
        K.ACCEPTANCE: (
            "您（单位）提交的“【事项名称】”申请，【受理情形】（【法律依据】）。受理日期：【受理日期】。\n"
            "本机关承诺在【承诺期限】（含当日）前办结{，法定期限至【法定期限】}。"
            "法定节假日不计算在内（《行政许可法》第八十二条）。"
        ),
        K.SUPPLEMENT: (
            "您（单位）提交的“【事项名称】”申请，需要补正以下全部内容。"
            "请在【补正期限】前补正；补正只告知这一次（【法律依据】）。\n"
            "【补正内容】"
        ),
        K.SUPPLEMENTED: (
            "本机关于【补正日期】收到您（单位）对“【事项名称】”申请补正的下列内容（【法律依据】）：\n"
            "【补正内容】"
        ),
        K.DECLINE: (
            "您（单位）提交的“【事项名称】”申请，因【不予受理情形】，决定不予受理（【法律依据】）。\n"
            "理由：【理由】\n"
            "{请向有权机关【有权机关】申请。}\n"
            "【救济途径】"
        ),
        K.HAND_OVER: (
            "“【事项名称】”申请的下列材料由【移交人】移交【接收人】承办：\n【物料清单】\n"
            "{存放位置：【存放位置】。}"
        ),
        K.SUSPENSION: (
            "“【事项名称】”申请需要依法进行【特殊程序】，依据：【程序依据】。\n"
            "所需时间【所需天数】个工作日，不计算在办理期限内（【法律依据】）。"
        ),
        K.EXTENSION: (
            "“【事项名称】”申请在期限内不能作出决定，经【批准人】批准，"
            "延长办理期限【延长天数】个工作日（【法律依据】）。\n"
            "理由：【理由】\n"
            "延长后，本机关承诺在【承诺期限】（含当日）前办结{，法定期限至【法定期限】}。"
        ),
        K.PAYMENT: (
            "您（单位）申请的“【事项名称】”应当缴纳下列费用（【法律依据】）：\n"
            "【收费明细】\n"
            "合计【合计金额】元。缴费编号：【缴费编号】，请在【缴费期限】前缴纳。\n"
            "{票据代码【票据代码】，票据号码【票据号码】，校验码【校验码】。}\n"
            "请凭缴费编号到代收银行任一网点、网上或者扫码缴费；统一收费窗口代收的现金当日解缴银行。\n"
            "{执收单位电子签名：【单位签名】}\n"
            "在政务服务网输入校验码可以查验真伪；财政部门的电子监制签名在缴款后加盖。"
        ),
        K.PAYMENT_SETTLED: (
            "您（单位）为“【事项名称】”缴纳的下列费用已经核销（【法律依据】）：\n"
            "【收费明细】\n"
            "合计【合计金额】元。缴费编号：【缴费编号】。\n"
            "{票据代码【票据代码】，票据号码【票据号码】，校验码【校验码】。}\n"
            "缴款时间：【缴款时间】；代收银行：【代收银行】；银行流水号：【银行流水号】。\n"
            "{财政部门电子监制签名：【财政签名】}"
        ),
        K.PAYMENT_RED: (
            "您（单位）为“【事项名称】”缴纳的费用，按下列金额冲回并退付（【法律依据】）：\n"
            "【收费明细】\n"
            "合计【合计金额】元（红字）。红字缴款书编号：【缴费编号】；所冲缴款书编号：【所冲编号】。\n"
            "{票据代码【票据代码】，票据号码【票据号码】，校验码【校验码】。}\n"
            "原因：【原因】\n"
            "{执收单位电子签名：【单位签名】}\n"
            "款项由代收银行按原缴款渠道退回。"
        ),
        K.GRANT: (
            "您（单位）提交的“【事项名称】”申请，经审查，决定准予（【法律依据】）。\n"
            "{有效期：【准予的期限】}\n"
            "{理由：【理由】}\n"
            "{救济途径：【救济途径】}"
        ),
        K.REFUSAL: (
            "您（单位）提交的“【事项名称】”申请，经审查，决定不予准予（【法律依据】）。\n"
            "理由：【理由】\n"
            "救济途径：【救济途径】"
        ),
        K.DELIVERY: (
            "“【事项名称】”的办理结果已于【送达日期】以【送达方式】方式送达。\n"
            "签收人：【签收人】{（【签收人身份】）}{，签收方式：【签收方式】}\n"
            "{邮件编号：【邮件编号】}\n"
            "{送达经过：【送达经过】}"
        ),
    }
    | dict(longer.DEFAULTS)
)

# Every place with a sample for the preview.
SAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "准予的期限": "3年",
        "事项名称": "社会团体成立登记",
        "机关名称": "市民政局",
        "法律依据": "《行政许可法》第三十二条",
        "收到日期": "2026年3月2日",
        "答复期限": "2026年3月9日",
        "收到材料": "\n1. 申请表（核对值3f9a-02c7-b1e4-88d0）\n2. 身份证明（2个文件）",
        "待验原件": "身份证明",
        "受理情形": "经审查，申请材料齐全、符合法定形式，决定予以受理",
        "受理日期": "2026年3月4日",
        "承诺期限": "2026年3月16日",
        "法定期限": "2026年4月1日",
        "补正期限": "2026年4月14日",
        "补正日期": "2026年3月20日",
        "补正内容": "1. 章程草案：缺少法定代表人签字。\n2. 住所证明：请提供使用权证明。",
        "不予受理情形": "不属本机关职权",
        "理由": "经核对，申请事项不符合该事项公布的条件。",
        "有权机关": "锦江区民政局",
        "救济途径": "可以自收到本决定之日起60日内申请行政复议，或者在6个月内提起行政诉讼。",
        "移交人": "李某",
        "接收人": "赵某",
        "物料清单": "1. 申请表\n2. 身份证明",
        "存放位置": "2号资料柜第3盒",
        "特殊程序": "听证",
        "程序依据": "《行政许可法》第四十七条",
        "所需天数": "20",
        "延长天数": "10",
        "批准人": "本机关负责人",
        "收费明细": "1. 证照工本费（川价发〔2019〕1号）：20.00元",
        "合计金额": "20.00",
        "缴费编号": "000000000000000001",
        "票据代码": "00000000",
        "票据号码": "0000000001",
        "校验码": "7K3M9X2P4T6R",
        "单位签名": "q8Yx…==",
        "财政签名": "Zt4w…==",
        "缴款时间": "2026年3月9日10:30",
        "代收银行": "CITYBANK",
        "银行流水号": "B000000000000000001",
        "所冲编号": "000000000000000001",
        "原因": "标准适用错误：应按换领标准收取",
        "缴费期限": "2026年3月18日",
        "送达日期": "2026年3月20日",
        "送达方式": "窗口领取",
        "签收人": "王某",
        "签收人身份": "本人",
        "签收方式": "手写签名",
        "邮件编号": "EX123456789CN",
        "送达经过": "2026年3月18日交寄，3月20日签收。",
    }
    | dict(longer.SAMPLES)
)
EVERYWHERE: Final = ("事项名称", "机关名称", "法律依据", "收到日期")

# Which date stands on the line of its own under the words.
DUE_LINES: Final[Mapping[K, tuple[str, str]]] = MappingProxyType(
    {
        K.RECEIPT: ("答复期限", "答复期限"),
        K.ACCEPTANCE: ("办结期限", "承诺期限"),
        K.SUPPLEMENT: ("补正期限", "补正期限"),
        K.EXTENSION: ("办结期限", "承诺期限"),
        K.PAYMENT: ("缴费期限", "缴费期限"),
    }
    | dict(longer.DUE_LINES)
)


def places_of(kind: K) -> list[str]:
    """The places that may stand in the words of ``kind``."""
    return list(dict.fromkeys([*places_in(DEFAULTS[kind]), *EVERYWHERE]))


def mandatory(kind: K) -> list[str]:
    """The places that must stand there: everything the statute wants said."""
    return places_in(DEFAULTS[kind])


def faults_of(kind: K, words: str) -> list[Said]:
    """Why ``words`` may not become the words of ``kind``; empty if they may."""
    if kind not in DEFAULTS:
        return [
            Said(
                f"“{kind.zh}”的文字由办理程序确定，不能在这里修改。",
                f"The words of “{kind.en}” are set by the procedure and cannot be changed here.",
            )
        ]
    if len(words) > LONGEST:
        return [
            Said(
                f"文字过长（{len(words)}字）；一份文书不超过{LONGEST}字。",
                f"The words are too long ({len(words)} characters); a paper has {LONGEST} at most.",
            )
        ]
    if fault := fault_of_form(words):
        return [fault]
    found = [
        Said(
            f"“{kind.zh}”没有“【{name}】”这一项。可用的有：{'、'.join(places_of(kind))}。",
            f"“{kind.en}” has no place “【{name}】”. Those it has: {', '.join(places_of(kind))}.",
        )
        for name in places_in(words)
        if name not in places_of(kind)
    ]
    always = places_in(OPTIONAL.sub("", words))
    surely = places_in(OPTIONAL.sub("", DEFAULTS[kind]))
    for name in mandatory(kind):
        if name not in places_in(words):
            found.append(
                Said(
                    f"缺少“【{name}】”：{BASIS[kind]}要求“{kind.zh}”写明这一项。",
                    f"“【{name}】” is missing: {cited(BASIS[kind]).en} "
                    f"wants it on the “{kind.en}”.",
                )
            )
        elif name in surely and name not in always:
            found.append(
                Said(
                    f"“【{name}】”不能只写在花括号内，否则可能被略去。",
                    f"“【{name}】” cannot stand in curly brackets only, or it may be left out.",
                )
            )
    return found


def samples_of(kind: K) -> dict[str, str]:
    """Sample values for the preview of ``kind``."""
    return dict(SAMPLES) | {"法律依据": BASIS[kind]}
