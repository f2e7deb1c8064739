"""The questions of the demo's items: a short form for most, a full one for two of them. B5.

The full ones use rows, conditions, regions, reckoned values and files as a real paper form does;
the simulator answers each as its applicant would.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from openhall.cases.actions import Party
from openhall.cases.terms import ApplicantKind

SUBJECT: Final = {
    "key": "subject",
    "kind": "text",
    "label": "申请事由",
    "label_en": "What you apply for",
    "required": True,
    "example": "初次申请",
    "example_en": "First application",
}
PLACE: Final = {
    "key": "place",
    "kind": "text",
    "label": "所在地址",
    "label_en": "Address concerned",
    "required": True,
    "example": "成都市青羊区草市街2号",
    "example_en": "2 Caoshi Street, Qingyang District, Chengdu",
}
DELIVERY: Final = {
    "key": "delivery",
    "kind": "choice",
    "label": "结果领取方式",
    "label_en": "How to receive the result",
    "required": True,
    "example": "in_person",
    "options": [
        {"value": "in_person", "label": "窗口领取", "label_en": "At the window"},
        {"value": "post", "label": "邮寄送达", "label_en": "By post"},
    ],
}
POSTAL: Final = {
    "key": "post_to",
    "kind": "address",
    "label": "邮寄地址",
    "label_en": "Postal address",
    "required": True,
    "show_if": {"field": "delivery", "is": ["post"]},
}
TRUE: Final = {
    "key": "true",
    "kind": "statement",
    "label": "我承诺所填内容真实，愿承担相应法律责任",
    "label_en": "I declare that what I state is true",
    "required": True,
}
YES_NO: Final = [
    {"value": "yes", "label": "是", "label_en": "Yes"},
    {"value": "no", "label": "否", "label_en": "No"},
]


def short(person: bool) -> list[dict[str, Any]]:
    """Four questions, enough for most items."""
    name = {} if person else {"label": "项目或者机构名称"}
    return [SUBJECT | name, PLACE, DELIVERY, TRUE]


ALLOWANCE: Final[list[dict[str, Any]]] = [
    SUBJECT,
    {
        "key": "home",
        "kind": "region",
        "label": "户籍所在地",
        "label_en": "Household registered in",
        "required": True,
        "help": "以户口簿为准。",
        "help_en": "As in the household register.",
        "why": "由户籍所在地的区（市）县核定并发放。",
        "why_en": "The district of your registration decides and pays.",
        "example": "510105 草市街街道",
    },
    PLACE | {"help": "现在居住的地址。", "help_en": "Where you live now."},
    {
        "key": "born",
        "kind": "date",
        "label": "出生日期",
        "label_en": "Date of birth",
        "required": True,
        "maximum": "today",
        "example": "1961-03-18",
    },
    {
        "key": "age",
        "kind": "computed",
        "label": "年龄",
        "label_en": "Age",
        "formula": "years(born, today)",
        "decimals": 0,
        "unit": "周岁",
        "unit_en": "years",
    },
    {
        "key": "housing",
        "kind": "choice",
        "label": "住房情况",
        "label_en": "Housing",
        "required": True,
        "options": [
            {"value": "own", "label": "自有住房", "label_en": "Own home"},
            {"value": "rent", "label": "租房", "label_en": "Rented"},
            {"value": "lent", "label": "借住", "label_en": "Lent by others"},
        ],
        "example": "rent",
    },
    {
        "key": "rent",
        "kind": "money",
        "label": "月租金",
        "label_en": "Rent a month",
        "required": True,
        "show_if": {"field": "housing", "is": ["rent"]},
        "maximum": "20000",
        "example": "800",
    },
    {
        "key": "family",
        "kind": "table",
        "label": "共同生活的家庭成员（含本人）",
        "label_en": "Family members living together, yourself included",
        "required": True,
        "maximum": "10",
        "why": "最低生活保障按共同生活的家庭成员人均收入核定。",
        "why_en": "The allowance depends on the income per head of those who live together.",
        "columns": [
            {
                "key": "name",
                "kind": "text",
                "label": "姓名",
                "label_en": "Name",
                "required": True,
                "maximum": "30",
            },
            {
                "key": "relation",
                "kind": "choice",
                "label": "与申请人关系",
                "label_en": "Relation",
                "required": True,
                "options": [
                    {"value": "self", "label": "本人", "label_en": "Applicant"},
                    {"value": "spouse", "label": "配偶", "label_en": "Spouse"},
                    {"value": "child", "label": "子女", "label_en": "Child"},
                    {"value": "parent", "label": "父母", "label_en": "Parent"},
                    {"value": "other", "label": "其他", "label_en": "Other"},
                ],
            },
            {"key": "work", "kind": "organisation", "label": "工作单位", "label_en": "Employer"},
            {
                "key": "income",
                "kind": "money",
                "label": "月收入",
                "label_en": "Income a month",
                "required": True,
            },
        ],
        "example": [
            {"name": "李秀英", "relation": "self", "income": "600"},
            {"name": "李小军", "relation": "child", "work": "锦江百货店", "income": "1500"},
        ],
    },
    {
        "key": "income",
        "kind": "computed",
        "label": "家庭月收入合计",
        "label_en": "Family income a month",
        "formula": "sum(family.income)",
        "unit": "元",
        "unit_en": "yuan",
    },
    {
        "key": "each",
        "kind": "computed",
        "label": "人均月收入",
        "label_en": "Income per head",
        "formula": "round(sum(family.income) / max(count(family), 1), 2)",
        "unit": "元",
        "unit_en": "yuan",
        "help": "家庭月收入合计除以人数。",
        "help_en": "Family income divided by the number of members.",
    },
    {
        "key": "hardship",
        "kind": "choices",
        "label": "特殊困难",
        "label_en": "Special hardship",
        "options": [
            {"value": "illness", "label": "重大疾病", "label_en": "Serious illness"},
            {"value": "disability", "label": "重度残疾", "label_en": "Severe disability"},
            {"value": "alone", "label": "独居老人", "label_en": "Old and living alone"},
            {"value": "study", "label": "子女就学", "label_en": "Children at school"},
        ],
        "example": ["study"],
    },
    {
        "key": "story",
        "kind": "long_text",
        "label": "困难情况说明",
        "label_en": "What makes it hard",
        "maximum": "500",
        "example": "长期患病，无稳定收入。",
        "example_en": "Long ill, without steady income.",
    },
    {
        "key": "account",
        "kind": "text",
        "label": "收款银行账号",
        "label_en": "Bank account to be paid into",
        "pattern": "bank_card",
        "why": "补助金直接发放到您的账户，不经他人之手。",
        "why_en": "The allowance goes straight to your account.",
        "example": "6222000011112222333",
    },
    DELIVERY,
    POSTAL,
    {
        "key": "consent",
        "kind": "statement",
        "label": "我同意核对家庭经济状况",
        "label_en": "I consent to the check of my family's means",
        "statement": "核对范围限于收入、财产和支出，结果只用于本次申请。",
        "statement_en": "Income, property and spending only, for this application only.",
    },
    TRUE,
]

SOCIETY: Final[list[dict[str, Any]]] = [
    SUBJECT
    | {
        "label": "社会团体名称",
        "label_en": "Name of the association",
        "help": "须冠以“成都市”，不得与已登记的社会团体重名。",
        "help_en": "Beginning with “成都市”; not the name of a registered association.",
        "example": "成都市天府读书协会",
    },
    {"key": "home", "kind": "region", "label": "住所所在地", "label_en": "Seat", "required": True,
     "example": "510104 春熙路街道"},
    PLACE | {"label": "住所地址", "label_en": "Address of the seat"},
    {
        "key": "guide_body",
        "kind": "organisation",
        "label": "业务主管单位",
        "label_en": "Supervising organ",
        "example": "成都市文化局",
    },
    {
        "key": "members",
        "kind": "choice",
        "label": "会员组成",
        "label_en": "Members",
        "required": True,
        "options": [
            {"value": "persons", "label": "个人会员", "label_en": "Persons"},
            {"value": "bodies", "label": "单位会员", "label_en": "Organisations"},
            {"value": "both", "label": "个人和单位会员", "label_en": "Both"},
        ],
        "example": "persons",
    },
    {
        "key": "person_members",
        "kind": "number",
        "label": "个人会员数",
        "label_en": "Number of persons",
        "decimals": 0,
        "minimum": "1",
        "required": True,
        "show_if": {"field": "members", "is_not": ["bodies"]},
        "why": "社会团体应有50个以上的个人会员，或者30个以上的单位会员。",
        "why_en": "An association has 50 persons or 30 organisations as members.",
        "example": "56",
    },
    {
        "key": "body_members",
        "kind": "number",
        "label": "单位会员数",
        "label_en": "Number of organisations",
        "decimals": 0,
        "minimum": "1",
        "required": True,
        "show_if": {"field": "members", "is_not": ["persons"]},
    },
    {
        "key": "founders",
        "kind": "table",
        "label": "发起人",
        "label_en": "Founders",
        "minimum": "1",
        "maximum": "20",
        "required": True,
        "columns": [
            {"key": "name", "kind": "text", "label": "姓名或者名称", "label_en": "Name",
             "required": True, "maximum": "60"},
            {"key": "phone", "kind": "phone", "label": "联系电话", "label_en": "Telephone"},
            {"key": "funds", "kind": "money", "label": "出资额", "label_en": "Contribution",
             "required": True},
        ],
        "example": [{"name": "陈明", "phone": "028-86660000", "funds": "30000"}],
    },
    {
        "key": "funds",
        "kind": "computed",
        "label": "注册资金合计",
        "label_en": "Registered funds",
        "formula": "sum(founders.funds)",
        "unit": "元",
        "unit_en": "yuan",
    },
    {"key": "head_id", "kind": "id_number", "label": "拟任法定代表人身份证号",
     "label_en": "ID number of the future legal representative",
     "why": "用于核对任职资格。", "why_en": "To check that the person may hold the office.",
     "example": "11010519491231002X"},
    {"key": "contact", "kind": "phone", "label": "联系电话", "label_en": "Telephone",
     "example": "028-86660000"},
    {"key": "email", "kind": "text", "label": "电子邮箱", "label_en": "E-mail",
     "pattern": "email", "example": "club@example.cn"},
    {"key": "branch", "kind": "choice", "label": "是否设立分支机构", "label_en": "Branches?",
     "options": YES_NO, "example": "no"},
    {"key": "branch_note", "kind": "long_text", "label": "分支机构说明",
     "label_en": "About the branches", "required": True, "maximum": "500",
     "show_if": {"field": "branch", "is": ["yes"]}},
    {"key": "rooms", "kind": "file", "label": "住所使用权证明", "label_en": "Proof of the seat",
     "accept": ["pdf", "jpg", "png"], "maximum": "3",
     "help": "房屋产权证或者租赁合同。", "help_en": "Title or lease."},
    DELIVERY,
    POSTAL,
    TRUE,
]  # fmt: skip

FULL: Final = {"最低生活保障金给付": ALLOWANCE, "社会团体成立登记": SOCIETY}


def fields_of(item: str, person: bool) -> list[dict[str, Any]]:
    """The questions of the item called ``item``."""
    return FULL.get(item) or short(person)


# ---------------------------------------------------------------- what applicants answer
def answers_for(item: str, party: Party) -> dict[str, Any]:
    """What the simulated applicant writes into the form of ``item``."""
    company = party.kind == ApplicantKind.COMPANY
    answers: dict[str, Any] = {
        "subject": party.name if company else "本人办理",
        "place": "成都市",
        "delivery": "in_person",
        "true": True,
    }
    return answers | (WRITTEN[item](party) if item in WRITTEN else {})


def _allowance(party: Party) -> dict[str, Any]:
    number = party.number
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    return {
        "home": "510105 草市街街道",
        "born": born,
        "housing": "rent",
        "rent": "600",
        "family": [{"name": party.name[:30], "relation": "self", "income": "420"}],
        "consent": True,
    }


def _society(party: Party) -> dict[str, Any]:
    return {
        "home": "510104 春熙路街道",
        "members": "persons",
        "person_members": "60",
        "founders": [{"name": party.name[:60], "funds": "30000"}],
        "branch": "no",
    }


WRITTEN: Final[Mapping[str, Callable[[Party], dict[str, Any]]]] = {
    "最低生活保障金给付": _allowance,
    "社会团体成立登记": _society,
}
