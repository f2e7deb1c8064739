"""Words for organs, desks and identities."""

from openhall.glossary import Term


class OrganKind(Term):
    """What an organ is."""

    CITY = "city", "市人民政府", "City government", "成办发〔2003〕75号"
    DISTRICT = "district", "区（市）县人民政府", "District government", "成办发〔2003〕75号"
    DEPARTMENT = "department", "市级部门", "Municipal department", "成办发〔2003〕75号"
    BUREAU = "bureau", "区（市）县部门", "District bureau", "成办发〔2003〕75号"
    CENTRE = "centre", "政务服务中心", "Service centre", "成办发〔2003〕75号 二（一）"
    BANK = "bank", "代收银行", "Collecting bank", "成办发〔2003〕75号 二（一）"


class Desk(Term):
    """The desk a post sits at: one desk, one kind of act."""

    WINDOW = "window", "窗口受理", "Window", "成办发〔2003〕75号 二（一）"
    HANDLER = "handler", "承办", "Handling", "行政许可法 34"
    DECIDER = "decider", "批准", "Decision", "行政许可法 37"
    HEAD = "head", "机关负责人", "Head of the organ", "行政许可法 42"
    CASHIER = "cashier", "统一收费窗口", "Fee window", "成办发〔2003〕75号 二（一）"
    FINANCE = "finance", "财政监管", "Finance bureau", "行政许可法 59"
    CENTRE_MANAGER = (
        "centre_manager",
        "中心管理",
        "Centre management",
        "成办发〔2003〕75号 二（一）",
    )
    EDITOR = "editor", "信息编辑", "Editor", "成办发〔2003〕75号 二（二）"
    CATALOGUE_CLERK = "catalogue_clerk", "事项维护", "Catalogue clerk", "国办函〔2016〕108号"
    LEGAL = "legal", "法制审查", "Legal review", "成办发〔2003〕75号 二（一）"
    INFORMATIZATION = (
        "informatization",
        "信息化指导",
        "Informatization",
        "成办发〔2003〕75号 二（二）",
    )
    SUPERVISION = "supervision", "监察", "Supervision", "成办发〔2003〕75号 二（三）"
    INSPECTOR = "inspector", "特邀监察", "Invited inspector", "成办发〔2003〕75号 二（三）"
    GOVERNMENT_OFFICE = (
        "government_office",
        "市政府办公厅",
        "City Government Office",
        "成办发〔2003〕75号 二（四）",
    )
    OPERATOR = "operator", "系统运维", "Operator", ""


class IdentityKind(Term):
    """The paper by which a person or a body is known."""

    RESIDENT_ID = "resident_id", "居民身份证", "Resident identity card", "GB 11643-1999"
    CREDIT_CODE = "credit_code", "统一社会信用代码", "Unified social credit code", "GB 32100-2015"
    HK_MACAO_PERMIT = (
        "hk_macao_permit",
        "港澳居民来往内地通行证",
        "Mainland travel permit for Hong Kong and Macao residents",
        "中国公民因私事往来香港地区或者澳门地区的暂行管理办法",
    )
    TAIWAN_PERMIT = (
        "taiwan_permit",
        "台湾居民来往大陆通行证",
        "Mainland travel permit for Taiwan residents",
        "中国公民往来台湾地区管理办法",
    )
    RESIDENCE_PERMIT = (
        "residence_permit",
        "港澳台居民居住证",
        "Residence permit for Hong Kong, Macao and Taiwan residents",
        "国办发〔2018〕81号",
    )
    FOREIGN_RESIDENT = (
        "foreign_resident",
        "外国人永久居留身份证",
        "Foreign permanent resident card",
        "出境入境管理法",
    )
    PASSPORT = "passport", "护照", "Passport", "护照法"


class Assurance(Term):
    """How surely the person behind an account is known."""

    SELF = "self", "自行填报", "Self-declared", "国办函〔2016〕108号"
    WINDOW = "window", "窗口核验", "Verified at a window", "国办函〔2016〕108号"
    PROVIDER = (
        "provider",
        "统一身份认证",
        "Verified by the provincial identity",
        "国办函〔2016〕108号",
    )


class AgencyKind(Term):
    """On what ground a person acts for a company."""

    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人", "Legal representative", "民法典 61"
    AGENT = "agent", "委托代理人", "Authorised agent", "行政许可法 29"


class CompanyAct(Term):
    """What is done to a body other than an organ."""

    ENTER = "enter", "登记", "Enter", ""
    ENTRUST = "entrust", "确认代理人", "Confirm an agent", "行政许可法 29"


class OrganAct(Term):
    """What is done to an organ, besides what its people do."""

    FOUND = "found", "设立", "Found", ""
    CHANGE = "change", "变更", "Change", ""


class PostAct(Term):
    """What is done to a post."""

    APPOINT = "appoint", "任职", "Appoint", ""
    RELIEVE = "relieve", "免职", "Relieve", ""
