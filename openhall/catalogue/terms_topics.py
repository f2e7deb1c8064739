"""Words under which people look for an item: topics of persons and of enterprises, life events.

The topic lists are those of the national implementation list (自然人主题分类, 法人主题分类); a life
event (一件事) is what happens to somebody, whatever organs it touches.
"""

from openhall.glossary import Term

_LIST = "国办函〔2016〕108号"
_EVENT = "国办发〔2022〕32号"


class PersonTopic(Term):
    """自然人主题分类."""

    BIRTH = "p-birth", "生育收养", "Birth and adoption", _LIST
    HOUSEHOLD = "p-household", "户籍办理", "Household registration", _LIST
    FAITH = "p-faith", "民族宗教", "Ethnicity and religion", _LIST
    EDUCATION = "p-education", "教育科研", "Education and research", _LIST
    ENLISTMENT = "p-enlistment", "入伍服役", "Military service", _LIST
    WORK = "p-work", "就业创业", "Work and starting out", _LIST
    SETTING_UP = "p-setting-up", "设立变更", "Setting up and changing", _LIST
    ADMISSION = "p-admission", "准营准办", "Leave to operate", _LIST
    PROFESSION = "p-qualification", "职业资格", "Professional qualifications", _LIST
    MARRIAGE = "p-marriage", "婚姻登记", "Marriage registration", _LIST
    CARE = "p-support", "优待抚恤", "Preference and compensation", _LIST
    PLANNING = "p-planning", "规划建设", "Planning and building", _LIST
    HOUSING = "p-housing", "住房保障", "Housing", _LIST
    INSURANCE = "p-insurance", "社会保障", "Social security", _LIST
    ASSISTANCE = "p-assistance", "社会救助", "Social assistance", _LIST
    DOCUMENTS = "p-papers", "证件办理", "Identity documents", _LIST
    TRAVEL = "p-traffic", "交通出行", "Traffic and travel", _LIST
    TOURISM = "p-tourism", "旅游观光", "Tourism", _LIST
    BORDER = "p-abroad", "出境入境", "Leaving and entering the country", _LIST
    CONSUMERS = "p-consumers", "消费维权", "Consumer rights", _LIST
    SAFETY = "p-safety", "公共安全", "Public safety", _LIST
    JUSTICE = "p-justice", "司法公证", "Justice and notaries", _LIST
    PROPERTY = "p-property", "知识产权", "Intellectual property", _LIST
    ENVIRONMENT = "p-environment", "环保绿化", "Environment and greening", _LIST
    CULTURE = "p-culture", "文化体育", "Culture and sport", _LIST
    UTILITIES = "p-utilities", "公用事业", "Public utilities", _LIST
    HEALTH = "p-health", "医疗卫生", "Health", _LIST
    RETIREMENT = "p-age", "离职退休", "Leaving work and retirement", _LIST
    FUNERALS = "p-death", "死亡殡葬", "Death and funerals", _LIST
    OTHER = "p-other", "其他", "Other matters", _LIST


class BusinessTopic(Term):
    """法人主题分类."""

    SETTING_UP = "b-founding", "设立变更", "Setting up and changing", _LIST
    ADMISSION = "b-opening", "准营准办", "Leave to operate", _LIST
    QUALIFICATION = "b-accreditation", "资质认证", "Qualification and certification", _LIST
    INSPECTION = "b-yearly", "年检年审", "Yearly inspection and review", _LIST
    TAX = "b-tax", "税收财务", "Tax and accounts", _LIST
    PERSONNEL = "b-people", "人力资源", "Human resources", _LIST
    INSURANCE = "b-insurance", "社会保障", "Social security", _LIST
    INVESTMENT = "b-investment", "投资审批", "Investment approval", _LIST
    FINANCE = "b-finance", "融资信贷", "Finance and credit", _LIST
    MORTGAGE = "b-mortgage", "抵押质押", "Mortgage and pledge", _LIST
    TRADE = "b-trade", "商务贸易", "Commerce and trade", _LIST
    TENDERS = "b-tenders", "招标拍卖", "Tenders and auctions", _LIST
    CUSTOMS = "b-customs", "海关口岸", "Customs and ports", _LIST
    FOREIGN = "b-foreign", "涉外服务", "Foreign affairs", _LIST
    FARMING = "b-farming", "农林牧渔", "Farming, forestry and fishing", _LIST
    BUILDING = "b-land", "国土和规划建设", "Land, planning and building", _LIST
    ENVIRONMENT = "b-environment", "环保绿化", "Environment and greening", _LIST
    SAFETY = "b-safety", "安全生产", "Safety at work", _LIST
    TRANSPORT = "b-transport", "交通运输", "Transport", _LIST
    SCIENCE = "b-science", "科技创新", "Science and innovation", _LIST
    CULTURE = "b-culture", "文体教育", "Culture, sport and education", _LIST
    PROPERTY = "b-property", "知识产权", "Intellectual property", _LIST
    FAITH = "b-faith", "民族宗教", "Ethnicity and religion", _LIST
    QUALITY = "b-quality", "质量技术", "Quality and technology", _LIST
    QUARANTINE = "b-quarantine", "检验检疫", "Inspection and quarantine", _LIST
    POLICE = "b-police", "公安消防", "Police and fire safety", _LIST
    HEALTH = "b-health", "医疗卫生", "Health", _LIST
    JUSTICE = "b-justice", "司法公证", "Justice and notaries", _LIST
    RELICS = "b-relics", "档案文物", "Archives and relics", _LIST
    UTILITIES = "b-utilities", "公用事业", "Public utilities", _LIST
    CLOSING = "b-closing", "法人注销", "Closing down", _LIST
    OTHER = "b-other", "其他", "Other matters", _LIST


class PersonEvent(Term):
    """What happens in a person's life."""

    CHILD = "pl-child", "我要生孩子", "Having a child", _EVENT
    SCHOOL = "pl-school", "我要上学", "Going to school", _EVENT
    JOB = "pl-job", "我要找工作", "Finding work", _EVENT
    MARRYING = "pl-marrying", "我要结婚", "Getting married", _EVENT
    HOME = "pl-home", "我要买房租房", "Buying or renting a home", _EVENT
    MOVING = "pl-moving", "我要迁户口", "Moving here", _EVENT
    DRIVING = "pl-driving", "我要开车", "Driving", _EVENT
    ILLNESS = "pl-illness", "我要看病", "Being ill", _EVENT
    HARDSHIP = "pl-hardship", "我有困难", "In hardship", _EVENT
    RETIRING = "pl-retiring", "我要退休养老", "Retiring and growing old", _EVENT
    DEATH = "pl-death", "身后事", "When somebody dies", _EVENT


class BusinessEvent(Term):
    """What happens in the life of a business."""

    OPENING = "bl-opening", "我要开店办企业", "Opening a business", _EVENT
    HIRING = "bl-hiring", "我要招人", "Hiring people", _EVENT
    BUILDING = "bl-building", "我要建设", "Building", _EVENT
    BORROWING = "bl-borrowing", "我要融资", "Raising money", _EVENT
    CHANGING = "bl-changing", "我要变更", "Changing", _EVENT
    CLOSING = "bl-closing", "我要注销", "Closing", _EVENT


TOPICS: tuple[type[Term], ...] = (PersonEvent, PersonTopic, BusinessEvent, BusinessTopic)


def topic_of(code: str) -> Term | None:
    """The topic or life event with this code; none for a code nobody knows."""
    for family in TOPICS:
        if code in family.codes():
            return family(code)
    return None


def for_persons(code: str) -> bool:
    """Whether the topic or life event is one of natural persons."""
    return code.startswith("p")
