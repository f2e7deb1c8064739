"""Words of sites, of what they publish, and of the nightly look at them."""

from openhall.glossary import Term

SEED = "成办发〔2003〕75号 二（二）"
CHECKS = "国办秘函〔2019〕19号"
GUIDE = "国办发〔2017〕47号"
SECRETS = "政府信息公开条例 17"


class Subject(Term):
    """What deeds of this room are done to."""

    SITE = "site", "网站", "Site", SEED
    ARTICLE = "article", "稿件", "Article", SEED
    DESIGNATION = "designation", "互动窗口单位", "Unit designated for interaction", SEED
    SUBSCRIPTION = "subscription", "订阅", "Subscription", GUIDE


class ColumnKind(Term):
    """The standard columns: every site has them from the day it is made."""

    POLICIES = "policies", "政策法规", "Policies and laws", SEED
    ORGAN = "organ", "机构设置与职责", "Organisation and duties", SEED
    LEADERS = "leaders", "领导信息", "Leadership", GUIDE
    GUIDES = "guides", "办事指南", "Service guides", SEED
    APPLY = "apply", "网上申报审批", "Apply online", SEED
    NEWS = "news", "政务动态", "News", SEED
    NOTICES = "notices", "通知公告", "Notices", CHECKS
    DISCLOSURE = "disclosure", "信息公开", "Disclosure", "政府信息公开条例 24"
    INTERACTION = "interaction", "互动交流", "Questions and opinions", GUIDE
    FORMS = "forms", "表格下载", "Forms", SEED
    FIGURES = "figures", "统计公开", "Public figures", SEED


class SiteAct(Term):
    """What is done to a site."""

    MAKE = "make", "开设网站", "Make the site", SEED
    SETTLE = "settle", "登记网站信息", "Change what stands at its head and foot", GUIDE


class ArticleAct(Term):
    """What is done to an article, beside the steps of its editions."""

    OPEN = "open", "立稿", "Open an article", SEED
    CARE = "care", "指定责任人和复核日期", "Say who looks after it", CHECKS
    LOOKED = "looked", "复核无误", "Looked through: still right", CHECKS
    URGENT = "urgent", "应急发布", "Published before its check", SECRETS
    CHECKED = "checked", "补作保密审查", "Check for secrets afterwards", SECRETS
    WITHDRAW = "withdraw", "撤下", "Withdraw", GUIDE


class EditionAct(Term):
    """What the history of what an article says is called by."""

    EDITION = "edition", "稿件版本", "Edition", SEED


class Secrecy(Term):
    """What the check for secrets found before publication."""

    CLEAR = (
        "clear",
        "不涉及国家秘密、工作秘密、商业秘密和个人隐私",
        "Nothing secret or private",
        SECRETS,
    )
    HIDDEN = "hidden", "已作隐去处理，可以公开", "What may not be read was taken out", SECRETS


class WhyWithdrawn(Term):
    """Why an article is no longer shown as in force; its page stays."""

    OUTDATED = "outdated", "内容已经过时", "Out of date", GUIDE
    WRONG = "wrong", "内容有误", "It was wrong", GUIDE
    PRIVATE = "private", "含有不应公开的内容，正文已隐去", "It held what may not be public", SECRETS


class LookPart(Term):
    """What the nightly look at a site measures."""

    REACH = "reach", "网站可以访问", "The site answers", CHECKS
    HOME = "home", "首页更新", "Its first page is kept up", CHECKS
    DATED = "dated", "栏目更新", "Its columns are kept up", CHECKS
    EMPTY = "empty", "空白栏目", "No column is empty", CHECKS
    ANSWERS = "answers", "互动回应", "Questions are answered", CHECKS
    SERVICES = "services", "服务实用", "Its services can be used", CHECKS
    LINKS = "links", "链接可用", "Its links lead somewhere", CHECKS
    FILES = "files", "附件可用", "Its files can be opened", CHECKS
    WORDS = "words", "文字规范", "Its words are right", CHECKS
    CARE = "care", "按期复核", "It is looked through in time", CHECKS


class Verdict(Term):
    """What a measure came to."""

    GOOD = "good", "符合", "Good", CHECKS
    WEAK = "weak", "需要整改", "To be put right", CHECKS
    VETO = "veto", "单项否决", "Fails the whole site", CHECKS
    UNKNOWN = "unknown", "尚未测得", "Not measured yet", CHECKS


class DesignationAct(Term):
    """What is done to the designation of a window unit."""

    DESIGNATE = "designate", "确定为互动窗口单位", "Designate", SEED
    ADVISE = "advise", "给予指导", "Give guidance", SEED
    RELEASE = "release", "解除", "Release", SEED


class Capability(Term):
    """What a unit that is interactive lets people do, each proved by an answer of the site."""

    FORM = "form", "表格下载", "Download a form", SEED
    APPLY = "apply", "网上申报", "Apply online", SEED
    LOOKUP = "lookup", "指南查询", "Look up a guide", SEED
    SEARCH = "search", "站内检索", "Find it by search", SEED


class SubscriptionAct(Term):
    """What is done to a subscription."""

    ASK = "ask", "申请订阅", "Ask to be told", GUIDE
    CONFIRM = "confirm", "确认订阅", "Confirm", GUIDE
    END = "end", "退订", "End it", GUIDE
