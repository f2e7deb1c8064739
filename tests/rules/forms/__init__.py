"""A form most of whose kinds are used, as JSON: the allowance of a very old person."""

ALLOWANCE = [
    {
        "key": "subject",
        "kind": "text",
        "label": "申请事由",
        "label_en": "What for",
        "required": True,
    },
    {"key": "story", "kind": "long_text", "label": "情况说明", "label_en": "What happened"},
    {
        "key": "born",
        "kind": "date",
        "label": "出生日期",
        "label_en": "Born on",
        "required": True,
        "maximum": "today",
    },
    {
        "key": "age",
        "kind": "computed",
        "label": "年龄",
        "label_en": "Age",
        "formula": "years(born, today)",
        "decimals": 0,
        "unit": "岁",
        "unit_en": "years",
    },
    {
        "key": "home",
        "kind": "region",
        "label": "户籍所在地",
        "label_en": "Registered in",
        "required": True,
    },
    {
        "key": "delivery",
        "kind": "choice",
        "label": "领取方式",
        "label_en": "Delivery",
        "required": True,
        "options": [
            {"value": "in_person", "label": "窗口领取", "label_en": "At the window"},
            {"value": "post", "label": "邮寄送达", "label_en": "By post"},
        ],
    },
    {
        "key": "address",
        "kind": "address",
        "label": "邮寄地址",
        "label_en": "Postal address",
        "required": True,
        "show_if": {"field": "delivery", "is": ["post"]},
    },
    {
        "key": "needs",
        "kind": "choices",
        "label": "需要的服务",
        "label_en": "Services needed",
        "maximum": "2",
        "options": [
            {"value": "meals", "label": "助餐", "label_en": "Meals"},
            {"value": "bath", "label": "助浴", "label_en": "Bathing"},
            {"value": "visit", "label": "探访", "label_en": "Visits"},
        ],
    },
    {"key": "person", "kind": "id_number", "label": "身份证号", "label_en": "ID number"},
    {"key": "body", "kind": "credit_code", "label": "信用代码", "label_en": "Credit code"},
    {"key": "phone", "kind": "phone", "label": "电话", "label_en": "Telephone"},
    {"key": "unit", "kind": "organisation", "label": "单位", "label_en": "Organisation"},
    {"key": "rent", "kind": "money", "label": "月租金", "label_en": "Rent", "maximum": "20000"},
    {"key": "persons", "kind": "number", "label": "人数", "label_en": "Persons", "decimals": 0},
    {
        "key": "family",
        "kind": "table",
        "label": "家庭成员",
        "label_en": "Family",
        "maximum": "5",
        "columns": [
            {"key": "name", "kind": "text", "label": "姓名", "label_en": "Name", "required": True},
            {"key": "income", "kind": "money", "label": "月收入", "label_en": "Income"},
        ],
    },
    {
        "key": "each",
        "kind": "computed",
        "label": "人均月收入",
        "label_en": "Income per head",
        "formula": "round(sum(family.income) / max(count(family), 1), 2)",
    },
    {"key": "papers", "kind": "file", "label": "证明", "label_en": "Proof", "accept": ["pdf"]},
    {
        "key": "true",
        "kind": "statement",
        "label": "我承诺所填内容真实",
        "label_en": "I declare that this is true",
        "required": True,
    },
]
ANSWERS = {
    "subject": "申领高龄津贴",
    "born": "1940-05-26",
    "home": "510104 春熙路街道",
    "delivery": "in_person",
    "true": True,
}


def _one(key, kind, label, **more):
    return {"key": key, "kind": kind, "label": label, "label_en": key.capitalize(), **more}


def _options(*values):
    return [{"value": one, "label": f"选{one}", "label_en": one} for one in values]


SURVEY = [
    _one("about", "page", "第一页"),
    _one("hello", "note", "请先阅读", statement="凭本表申请。", statement_en="Apply with this."),
    _one("who", "choice", "申请人", options=_options("person", "company"), required=True),
    _one(
        "ages",
        "section",
        "个人",
        show_if={"field": "who", "is": ["person"]},
    ),
    _one("birth_month", "month", "出生年月", maximum="today"),
    _one("school_year", "year", "毕业年份", minimum="1950", maximum="today"),
    _one("call_at", "time", "方便的时间", minimum="09:00", maximum="17:30"),
    _one("visit", "datetime", "约见", minimum="today"),
    _one("home", "place", "住址", required=True),
    _one("end", "section", ""),
    _one("site", "text", "网址", pattern="web"),
    _one(
        "plate",
        "text",
        "批号",
        regex="[A-Z]{2}[0-9]{4}",
        message="批号为两个字母加四位数字。",
        message_en="Two letters and four digits.",
    ),
    _one("plan", "long_text", "方案", most_words="20", least_words="2"),
    _one("order", "ranking", "排序", options=_options("a", "b", "c")),
    _one(
        "scale", "matrix", "评价", options=_options("good", "bad"), rows=_options("speed", "manner")
    ),
    _one("land", "choice", "国家", listed="countries"),
    _one("province", "choice", "省", options=_options("sc", "gd")),
    _one(
        "city",
        "choice",
        "市",
        options=[
            {
                "value": "cd",
                "label": "成都",
                "label_en": "Chengdu",
                "show_if": {"field": "province", "is": ["sc"]},
            },
            {
                "value": "gz",
                "label": "广州",
                "label_en": "Guangzhou",
                "show_if": {"field": "province", "is": ["gd"]},
            },
        ],
    ),
    _one("start", "date", "开始"),
    _one(
        "stop",
        "date",
        "结束",
        minimum="=start + 1",
        required_if={"field": "start", "answered": True},
    ),
    _one("source", "text", "来源", hidden=True, default="online"),
    _one(
        "works",
        "table",
        "工程",
        minimum="1",
        maximum="3",
        columns=[
            _one("kind", "choice", "类别", options=_options("new", "old"), required=True),
            _one(
                "reason",
                "text",
                "原因",
                required=True,
                show_if={
                    "all": [{"field": "kind", "is": ["old"]}, {"field": "who", "is": ["company"]}]
                },
            ),
            _one("width", "number", "宽", decimals=1),
            _one("length", "number", "长", decimals=1),
            _one("area", "computed", "面积", formula="width * length", decimals=2),
            _one("parts", "table", "部位", columns=[_one("name", "text", "名称")]),
        ],
    ),
    _one("total", "computed", "总面积", formula="sum(works.area)"),
    _one("word", "computed", "编号", formula="join('A', who, '-', count(works))"),
    _one(
        "limit",
        "number",
        "上限",
        checks=[
            {
                "must": {"holds": "limit >= total"},
                "message": "不能小于总面积。",
                "message_en": "Not less than the whole area.",
            }
        ],
    ),
    _one(
        "more",
        "text",
        "说明",
        required=True,
        show_if={"any": [{"not": {"field": "who", "is": ["person"]}}, {"holds": "total > 100"}]},
    ),
]
SURVEYED = {
    "who": "person",
    "home": {"province": "四川省", "city": "成都市", "district": "锦江区", "detail": "一街1号"},
    "works": [{"kind": "new", "width": "2.5", "length": "4"}],
}
