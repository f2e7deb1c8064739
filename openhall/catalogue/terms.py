"""Words for items, guides, materials and tariffs; codes after 国办函〔2016〕108号."""

from openhall.catalogue.terms_topics import BusinessEvent, BusinessTopic, PersonEvent, PersonTopic
from openhall.glossary import Term

__all__ = [
    "BusinessEvent",
    "BusinessTopic",
    "PersonEvent",
    "PersonTopic",
]  # declared beside this module: longer lists


class ItemKind(Term):
    """事项类型; the stored code is the national one (``task_type``)."""

    PERMIT = "1", "行政许可", "Administrative permit", "行政许可法 2"
    GRANT = "5", "行政给付", "Administrative grant", "国办函〔2016〕108号"
    INSPECTION = "6", "行政检查", "Administrative inspection", "国办函〔2016〕108号"
    CONFIRMATION = "7", "行政确认", "Administrative confirmation", "国办函〔2016〕108号"
    REWARD = "8", "行政奖励", "Administrative reward", "国办函〔2016〕108号"
    ADJUDICATION = "9", "行政裁决", "Administrative adjudication", "国办函〔2016〕108号"
    OTHER = "10", "其他行政权力", "Other administrative power", "国办函〔2016〕108号"
    PUBLIC_SERVICE = "20", "公共服务", "Public service", "国办函〔2016〕108号"


class ItemState(Term):
    """Whether the item as such can be used."""

    IN_USE = "1", "在用", "In use", "国办函〔2016〕108号"
    SUSPENDED = "2", "暂停", "Suspended", "国办函〔2016〕108号"
    CANCELLED = "3", "取消", "Cancelled", "国办函〔2016〕108号"


class ListAct(Term):
    """What the Legal Affairs Office does to the central list."""

    ADD = "add", "新增", "Added", "国办函〔2016〕108号"
    CHANGE = "change", "变更", "Changed", "国办函〔2016〕108号"
    SPLIT = "split", "拆分", "Split", "国办函〔2016〕108号"
    MERGE = "merge", "合并", "Merged", "国办函〔2016〕108号"
    SUSPEND = "suspend", "暂停", "Suspended", "国办函〔2016〕108号"
    RESUME = "resume", "恢复", "Resumed", "国办函〔2016〕108号"
    CANCEL = "cancel", "取消", "Cancelled", "国办函〔2016〕108号"
    IMPORT = "import", "导入", "Imported", "国办函〔2016〕108号"
    LIST = "list", "列入", "Listed", "国办函〔2016〕108号"  # its first item was published
    APPLY = "apply", "生效", "Taken effect", "国办函〔2016〕108号"  # the day of a change has come


class PhraseAct(Term):
    """What is done to a phrase that says nothing."""

    ADD = "add", "列为占位用语", "Said to be empty", "国办函〔2016〕108号"
    WITHDRAW = "withdraw", "撤下", "Withdrawn", "国办函〔2016〕108号"


class ItemStep(Term):
    """A signed step in the life of an item; what is done to its words stands with the version."""

    IMPORTED = "imported", "批量导入", "Imported", "国办函〔2016〕108号"
    REIMPORTED = "reimported", "再次导入", "Imported again", "国办函〔2016〕108号"
    CLAIMED = "claimed", "认领", "Claimed", "国办函〔2016〕108号"
    SUSPENDED = "suspended", "暂停办理", "Suspended", "国办函〔2016〕108号"
    RESUMED = "resumed", "恢复办理", "Resumed", "国办函〔2016〕108号"
    CANCELLED = "cancelled", "取消事项", "Cancelled", "国办函〔2016〕108号"
    CITY_CHANGED = (
        "city_changed",
        "市级指南有新版，待核对",
        "The city's guide changed; to be checked",
        "国办函〔2016〕108号",
    )
    CHECKED = (
        "checked",
        "已与市级指南核对",
        "Checked against the city's guide",
        "国办函〔2016〕108号",
    )


class Standing(Term):
    """Whether an item can be applied for on a day, in one word."""

    OPEN = "open", "现行有效", "In force", "成办发〔2003〕75号 二（一）"
    COMING = "coming", "尚未施行", "Not yet in force", "成办发〔2003〕75号 二（一）"
    OUT_OF_SEASON = "out_of_season", "不在办理期内", "Outside its season", "行政许可法 30"
    SUSPENDED = "suspended", "暂停办理", "Suspended", "国办函〔2016〕108号"
    CANCELLED = "cancelled", "已取消", "Cancelled", "国办函〔2016〕108号"
    SPLIT = "split", "已拆分", "Split", "国办函〔2016〕108号"
    MERGED = "merged", "已合并", "Merged", "国办函〔2016〕108号"


class ServiceObject(Term):
    """服务对象."""

    PERSON = "1", "自然人", "Natural persons", "国办函〔2016〕108号"
    ENTERPRISE = "2", "企业法人", "Enterprises", "国办函〔2016〕108号"
    INSTITUTION = "3", "事业法人", "Public institutions", "国办函〔2016〕108号"
    SOCIAL = "4", "社会组织法人", "Social organisations", "国办函〔2016〕108号"
    UNINCORPORATED = "5", "非法人企业", "Unincorporated businesses", "国办函〔2016〕108号"
    ORGAN = "6", "行政机关", "Government organs", "国办函〔2016〕108号"
    OTHER = "7", "其他组织", "Other bodies", "国办函〔2016〕108号"


class ProjectType(Term):
    """办件类型."""

    INSTANT = "1", "即办件", "Done at once", "国办函〔2016〕108号"
    PROMISED = "2", "承诺件", "Done within a promised time", "国办函〔2016〕108号"


class UseLevel(Term):
    """行使层级."""

    STATE = "1", "国家级", "State", "国办函〔2016〕108号"
    PROVINCE = "2", "省级", "Province", "国办函〔2016〕108号"
    CITY = "3", "市级", "City", "国办函〔2016〕108号"
    COUNTY = "4", "县级", "County", "国办函〔2016〕108号"
    TOWN = "5", "镇（乡、街道）级", "Town", "国办函〔2016〕108号"
    GRADED = "6", "分级管理", "Graded", "国办函〔2016〕108号"


class PowerSource(Term):
    """权力来源: whence the organ has the power."""

    STATUTORY = "1", "法定本级行使", "Given by law to this level", "国办函〔2016〕108号"
    DELEGATED_DOWN = "2", "上级下放", "Handed down", "国办函〔2016〕108号"
    AUTHORISED_ABOVE = "3", "上级授权", "Authorised from above", "国办函〔2016〕108号"
    AUTHORISED_PEER = "4", "同级授权", "Authorised by a peer", "国办函〔2016〕108号"
    ENTRUSTED_ABOVE = "5", "上级委托", "Entrusted from above", "国办函〔2016〕108号"
    ENTRUSTED_PEER = "6", "同级委托", "Entrusted by a peer", "国办函〔2016〕108号"


class OrganNature(Term):
    """实施主体性质."""

    STATUTORY = "1", "法定机关", "Organ named by law", "国办函〔2016〕108号"
    AUTHORISED = "2", "授权组织", "Authorised body", "国办函〔2016〕108号"
    ENTRUSTED = "3", "受委托组织", "Entrusted body", "国办函〔2016〕108号"


class HandlingForm(Term):
    """办理形式: how one may apply."""

    WINDOW = "window", "窗口办理", "At the window", "国办函〔2016〕108号"
    ONLINE = "online", "网上办理", "Online", "国办函〔2016〕108号"
    POST = "post", "快递申请", "By post", "国办函〔2016〕108号"


class ContactWay(Term):
    """咨询方式, 监督投诉方式."""

    WINDOW = "1", "窗口", "At the window", "国办函〔2016〕108号"
    NETWORK = "2", "网络", "Online", "国办函〔2016〕108号"
    TELEPHONE = "3", "电话", "By telephone", "国办函〔2016〕108号"
    LETTER = "4", "信件", "By letter", "国办函〔2016〕108号"
    EMAIL = "5", "邮件", "By e-mail", "国办函〔2016〕108号"


class DayUnit(Term):
    """In what a limit is counted."""

    WORKING = "working", "工作日", "working days", "行政许可法 82"
    NATURAL = "natural", "自然日", "calendar days", "民法典 201"
    HOURS = "hours", "小时", "hours", ""
    INSTANT = "instant", "即办", "at once", "行政许可法 34"


class OnlineDepth(Term):
    """网上办理深度."""

    NONE = "none", "不支持网办", "Not online", "国办函〔2016〕108号"
    INFORM = "1", "一级（信息发布）", "I information", "国办函〔2016〕108号"
    RECEIVE = "2", "二级（网上收件）", "II intake online", "国办函〔2016〕108号"
    ACCEPT = "3", "三级（网上受理）", "III acceptance online", "国办函〔2016〕108号"
    WHOLE = "4", "四级（全程网办）", "IV wholly online", "国办函〔2016〕108号"


class Necessity(Term):
    """Whether a material must be brought."""

    REQUIRED = "required", "必要", "Required", "行政许可法 31"
    CONDITIONAL = "conditional", "特定情形必要", "Required in some cases", "行政许可法 31"
    OPTIONAL = "optional", "可选", "Optional", "行政许可法 31"


class MaterialSource(Term):
    """来源渠道: who issues the material."""

    APPLICANT = "applicant", "申请人自备", "The applicant", "国办函〔2016〕108号"
    GOVERNMENT = "government", "政府部门核发", "A government organ", "国办函〔2016〕108号"
    OTHER = "other", "其他（中介机构等）", "Another body", "国办函〔2016〕108号"


class Medium(Term):
    """材料形式."""

    PAPER = "paper", "纸质", "Paper", "国办函〔2016〕108号"
    ELECTRONIC = "electronic", "电子", "Electronic", "国办函〔2016〕108号"
    BOTH = "both", "纸质或电子", "Paper or electronic", "国办函〔2016〕108号"


class MaterialKind(Term):
    """材料类型."""

    ORIGINAL = "original", "原件", "Original", "国办函〔2016〕108号"
    COPY = "copy", "复印件", "Copy", "国办函〔2016〕108号"
    BOTH = "original_and_copy", "原件和复印件", "Original and copy", "国办函〔2016〕108号"
    FORM = "form", "申请表格文书", "Form", "国办函〔2016〕108号"


class ResultKind(Term):
    """结果类型."""

    LICENCE = "1", "证照", "Licence or certificate", "国办函〔2016〕108号"
    APPROVAL = "2", "批文", "Approval document", "国办函〔2016〕108号"
    OTHER = "3", "其他", "Other", "国办函〔2016〕108号"
    NONE = "4", "无", "None", "国办函〔2016〕108号"


class GuideElement(Term):
    """The nine elements of a guide, A7."""

    CONTENT = "content", "内容", "What it is", "成办发〔2003〕75号 二（一）"
    CONDITIONS = "conditions", "条件", "Conditions", "成办发〔2003〕75号 二（一）"
    PROCEDURE = "procedure", "程序", "Procedure", "成办发〔2003〕75号 二（一）"
    TIME_LIMIT = "time_limit", "时限", "Time limit", "成办发〔2003〕75号 二（一）"
    FEE = "fee", "收费标准", "Fee", "成办发〔2003〕75号 二（一）"
    BASIS = "basis", "依据", "Legal basis", "成办发〔2003〕75号 二（一）"
    COMPLAINT = (
        "complaint",
        "监督投诉方式",
        "Supervision and complaints",
        "成办发〔2003〕75号 二（一）",
    )
    MATERIALS = "materials", "应备资料", "Materials to bring", "成办发〔2003〕75号 二（一）"
    PREREQUISITES = "prerequisites", "前置手续", "Prerequisites", "成办发〔2003〕75号 二（一）"
