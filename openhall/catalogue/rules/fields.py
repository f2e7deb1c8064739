"""Every field of a version and of its rows, with its word in both languages. norms 1.2.

Used where a field is named to people: the editing desk, differences, exchange. Pure.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from openhall.catalogue.terms import (
    BusinessEvent,
    BusinessTopic,
    ContactWay,
    DayUnit,
    HandlingForm,
    MaterialKind,
    MaterialSource,
    Medium,
    Necessity,
    OnlineDepth,
    OrganNature,
    PersonEvent,
    PersonTopic,
    PowerSource,
    ProjectType,
    ResultKind,
    ServiceObject,
)
from openhall.files.terms import TrustLevel
from openhall.glossary import Term


class Family(Term):
    """What a version has several of."""

    MATERIALS = "materials", "申请材料", "Materials"
    STEPS = "steps", "办理程序", "Procedure"
    LAWS = "laws", "设定依据", "Legal basis"
    FAQS = "faqs", "常见问题", "Questions people ask"
    PREREQUISITES = "prerequisites", "前置手续", "Prerequisites"


class VersionField(Term):
    """A field of the version itself; the code is the column."""

    NAME = "name", "事项名称", "Name"
    NAME_EN = "name_en", "事项名称（英文）", "Name in English"
    SUMMARY = "summary", "一句话说明", "In one sentence"
    SUMMARY_EN = "summary_en", "一句话说明（英文）", "In one sentence, in English"
    PLAIN_NAMES = "plain_names", "通俗名称", "Popular names"
    SERVICE_OBJECTS = "service_objects", "服务对象", "Served"
    TOPICS = "topics", "主题分类", "Topics"
    POWER_SOURCE = "power_source", "权力来源", "Source of the power"
    ORGAN_NATURE = "organ_nature", "实施主体性质", "Nature of the organ"
    ENTRUSTED_BY = "entrusted_by", "委托部门", "Entrusted by"
    CONDITIONS = "conditions", "申请条件", "Conditions"
    CONDITIONS_EN = "conditions_en", "申请条件（英文）", "Conditions, in English"
    QUANTITY_LIMIT = "quantity_limit", "数量限制", "Limit of number"
    PROJECT_TYPE = "project_type", "办件类型", "Type of handling"
    STATUTORY_DAYS = "statutory_days", "法定办结时限", "Statutory limit"
    STATUTORY_UNIT = "statutory_unit", "法定时限单位", "Unit of the statutory limit"
    STATUTORY_BASIS = "statutory_basis", "法定时限依据", "Basis of the statutory limit"
    STATUTORY_NOTE = "statutory_note", "法定时限说明", "Note on the statutory limit"
    STATUTORY_NOTE_EN = (
        "statutory_note_en",
        "法定时限说明（英文）",
        "Note on the statutory limit, in English",
    )
    PROMISED_DAYS = "promised_days", "承诺办结时限", "Promised limit"
    PROMISED_UNIT = "promised_unit", "承诺时限单位", "Unit of the promised limit"
    PROMISED_NOTE = "promised_note", "承诺时限说明", "Note on the promised limit"
    PROMISED_NOTE_EN = (
        "promised_note_en",
        "承诺时限说明（英文）",
        "Note on the promised limit, in English",
    )
    SPECIAL_PROCEDURE = "special_procedure", "特别程序", "Special procedure"
    SEASON = "season", "办理期（文字）", "Season, in words"
    SEASON_EN = "season_en", "办理期（英文）", "Season, in English"
    SEASON_FROM = "season_from", "办理期起（月-日）", "Season from (MM-DD)"
    SEASON_UNTIL = "season_until", "办理期止（月-日）", "Season until (MM-DD)"
    HANDLING_FORMS = "handling_forms", "办理形式", "Ways to apply"
    ONLINE_DEPTH = "online_depth", "网上办理深度", "Depth online"
    ONLINE_URL = "online_url", "在线办理地址", "Address online"
    MOBILE_URL = "mobile_url", "移动端办理地址", "Address on a phone"
    VISITS = "visits", "到办事现场次数", "Visits in person"
    VISIT_REASON = "visit_reason", "必须到现场的原因", "Why a visit is needed"
    VISIT_REASON_EN = (
        "visit_reason_en",
        "必须到现场的原因（英文）",
        "Why a visit is needed, in English",
    )
    ACCEPTS_APPOINTMENTS = "accepts_appointments", "可以预约", "By appointment"
    ACCEPTS_POST = "accepts_post", "接受邮寄申请", "Accepted by post"
    IN_CENTRE = "in_centre", "进驻政务大厅", "In the service centre"
    AT_KIOSK = "at_kiosk", "支持自助终端", "At the kiosk"
    ADDRESS = "address", "办理地点", "Where"
    ADDRESS_EN = "address_en", "办理地点（英文）", "Where, in English"
    HOURS = "hours", "办理时间", "When"
    HOURS_EN = "hours_en", "办理时间（英文）", "When, in English"
    JOINT_ORGANS = "joint_organs", "联办机构", "Organs acting jointly"
    INTERMEDIARY = "intermediary", "中介服务", "Intermediary services"
    AREA_SCOPE = "area_scope", "通办范围", "Where else it can be done"
    HAS_FEE = "has_fee", "是否收费", "Is there a fee"
    FEE_BASIS = "fee_basis", "收费依据", "Basis of the fee"
    PAYS_ONLINE = "pays_online", "支持网上支付", "Paid online"
    RESULT_KIND = "result_kind", "结果类型", "Type of result"
    RESULT_NAME = "result_name", "结果名称", "Name of the result"
    RESULT_NAME_EN = "result_name_en", "结果名称（英文）", "Name of the result, in English"
    RESULT_VALIDITY = "result_validity", "结果有效期", "How long it is valid"
    RESULT_VALIDITY_EN = (
        "result_validity_en",
        "结果有效期（英文）",
        "How long it is valid, in English",
    )
    RESULT_SAMPLE = "result_sample", "结果样本", "Sample of the result"
    RESULT_BY_POST = "result_by_post", "结果可以寄送", "Result sent by post"
    ENQUIRY_PHONE = "enquiry_phone", "咨询电话", "Telephone for enquiries"
    ENQUIRY_WAYS = "enquiry_ways", "咨询方式", "Ways to enquire"
    COMPLAINT_PHONE = "complaint_phone", "监督投诉电话", "Telephone for complaints"
    COMPLAINT_WAYS = "complaint_ways", "监督投诉方式", "Ways to complain"
    NO_MATERIAL_NEEDED = "no_material_needed", "不需要任何材料", "No material is needed"
    NO_PREREQUISITES = "no_prerequisites", "没有前置手续", "No prerequisite"
    CHANGE_NOTE = "change_note", "本次修改说明", "What this version changes"


class MaterialField(Term):
    """A field of a material; the code is the column."""

    NAME = "name", "材料名称", "Name"
    NAME_EN = "name_en", "材料名称（英文）", "Name in English"
    NECESSITY = "necessity", "必要性", "Necessity"
    CONDITION = "condition", "特定情形", "In which case"
    CONDITION_EN = "condition_en", "特定情形（英文）", "In which case, in English"
    SPARED = "spared", "免交情形", "When it may be left out"
    SPARED_EN = "spared_en", "免交情形（英文）", "When it may be left out, in English"
    PURPOSE = "purpose", "用途", "Why it is asked for"
    PURPOSE_EN = "purpose_en", "用途（英文）", "Why it is asked for, in English"
    SOURCE = "source", "来源渠道", "Where it comes from"
    SOURCE_EXPLAINED = "source_explained", "来源说明", "How to get it"
    SOURCE_EXPLAINED_EN = "source_explained_en", "来源说明（英文）", "How to get it, in English"
    MEDIUM = "medium", "材料形式", "Medium"
    KIND = "kind", "材料类型", "Type"
    TRUST = "trust", "可信等级", "Trust level"
    ORIGINALS = "originals", "原件份数", "Originals"
    COPIES = "copies", "复印件份数", "Copies"
    SIZE = "size", "规格", "Size"
    ACCEPT_STANDARD = "accept_standard", "受理标准", "Accepted when"
    ACCEPT_STANDARD_EN = "accept_standard_en", "受理标准（英文）", "Accepted when, in English"
    WINDOW_CHECK = "window_check", "窗口审查要点", "What the window looks for"
    WINDOW_CHECK_EN = (
        "window_check_en",
        "窗口审查要点（英文）",
        "What the window looks for, in English",
    )
    HANDLER_CHECK = "handler_check", "承办审查要点", "What the handler looks for"
    HANDLER_CHECK_EN = (
        "handler_check_en",
        "承办审查要点（英文）",
        "What the handler looks for, in English",
    )
    DECIDER_CHECK = "decider_check", "审批审查要点", "What the decider looks for"
    DECIDER_CHECK_EN = (
        "decider_check_en",
        "审批审查要点（英文）",
        "What the decider looks for, in English",
    )
    FILL_NOTE = "fill_note", "填报须知", "How to fill it in"
    FILL_NOTE_EN = "fill_note_en", "填报须知（英文）", "How to fill it in, in English"
    LEGAL_BASIS = "legal_basis", "要求提供的依据", "Basis for asking"
    REMARK = "remark", "备注", "Remark"
    BLANK_FORM = "blank_form", "空白表格", "Blank form"
    SAMPLE = "sample", "示例样表", "Filled sample"


class StepField(Term):
    """A field of a step; the code is the column."""

    NAME = "name", "环节", "Step"
    NAME_EN = "name_en", "环节（英文）", "Step, in English"
    OFFICER = "officer", "办理人员", "By whom"
    OFFICER_EN = "officer_en", "办理人员（英文）", "By whom, in English"
    DAYS = "days", "办理时限（工作日）", "Within (working days)"
    STANDARD = "standard", "审查标准", "Standard"
    STANDARD_EN = "standard_en", "审查标准（英文）", "Standard, in English"
    RESULT = "result", "环节结果", "Outcome"


class LawField(Term):
    """A field of a legal basis; the code is the column."""

    LAW = "law", "法律名称", "Law"
    NUMBER = "number", "文号", "Number"
    ARTICLE = "article", "条款", "Article"
    WORDS = "words", "条款内容", "Words of the article"


class FaqField(Term):
    """A field of a question; the code is the column."""

    QUESTION = "question", "问题", "Question"
    QUESTION_EN = "question_en", "问题（英文）", "Question, in English"
    ANSWER = "answer", "回答", "Answer"
    ANSWER_EN = "answer_en", "回答（英文）", "Answer, in English"


class PrerequisiteField(Term):
    """A field of a prerequisite; the code is the column."""

    ITEM = "item", "前置事项编码", "Item (code)"
    WORDS = "words", "前置手续说明", "In words"
    WORDS_EN = "words_en", "前置手续说明（英文）", "In words, in English"
    LEGAL_BASIS = "legal_basis", "依据", "Basis"


class ListField(Term):
    """A base element of a line of the central list, or its standing."""

    NAME = "name", "事项名称", "Name"
    NAME_EN = "name_en", "事项名称（英文）", "Name in English"
    KIND = "kind", "事项类型", "Type of matter"
    LEGAL_BASIS = "legal_basis", "设定依据", "Legal basis"
    USE_LEVEL = "use_level", "行使层级", "Level it is exercised at"
    GROUP = "group", "主项名称", "Parent matter"
    LISTED_UNTIL = "listed_until", "列入目录至", "On the list until"
    SUSPENDED = "suspended", "暂停起止", "Suspended from and until"
    RESUMED = "resumed", "恢复之日", "Resumed on"


ROW_FIELDS: Final[Mapping[str, type[Term]]] = MappingProxyType(
    {
        Family.MATERIALS.value: MaterialField,
        Family.STEPS.value: StepField,
        Family.LAWS.value: LawField,
        Family.FAQS.value: FaqField,
        Family.PREREQUISITES.value: PrerequisiteField,
    }
)
CODED: Final[Mapping[tuple[str, str], tuple[type[Term], ...]]] = MappingProxyType(
    {
        ("", "service_objects"): (ServiceObject,),
        ("", "topics"): (PersonEvent, PersonTopic, BusinessEvent, BusinessTopic),
        ("", "power_source"): (PowerSource,),
        ("", "organ_nature"): (OrganNature,),
        ("", "project_type"): (ProjectType,),
        ("", "statutory_unit"): (DayUnit,),
        ("", "promised_unit"): (DayUnit,),
        ("", "handling_forms"): (HandlingForm,),
        ("", "online_depth"): (OnlineDepth,),
        ("", "result_kind"): (ResultKind,),
        ("", "enquiry_ways"): (ContactWay,),
        ("", "complaint_ways"): (ContactWay,),
        ("materials", "necessity"): (Necessity,),
        ("materials", "source"): (MaterialSource,),
        ("materials", "medium"): (Medium,),
        ("materials", "kind"): (MaterialKind,),
        ("materials", "trust"): (TrustLevel,),
    }
)


def in_words(family: str, field: str, value: Any, language: str) -> str:
    """``value`` as people read it: terms by their word, yes and no, lists joined."""
    english = language.startswith("en")
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return ("Yes" if value else "No") if english else ("是" if value else "否")
    known = {term.value: term for terms in CODED.get((family, field), ()) for term in terms}
    if isinstance(value, list | tuple):
        said = [known[one].said_in(language) if one in known else str(one) for one in value]
        return (", " if english else "、").join(said)
    return known[value].said_in(language) if value in known else str(value)
