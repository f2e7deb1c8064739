"""Words of the policy library: how a document stands, and how one bears on another."""

from openhall.glossary import Term

SITES = "国办发〔2017〕47号"


class PolicyState(Term):
    """How a document stands on a day; it is marked on the page it was published on."""

    IN_FORCE = "in_force", "有效", "In force", SITES
    AMENDED = "amended", "已修改", "Amended", SITES
    ANNULLED = "annulled", "已废止", "Annulled", SITES
    LAPSED = "lapsed", "已失效", "Lapsed", SITES
    COMING = "coming", "尚未施行", "Not in force yet", SITES
    UNKNOWN = "unknown", "未标明", "Not stated", SITES


class LinkKind(Term):
    """What a newer document does to an older one."""

    AMENDS = "amends", "修改", "Amends", SITES
    REPLACES = "replaces", "替代", "Replaces", SITES
    ANNULS = "annuls", "废止", "Annuls", SITES
    EXPLAINS = "explains", "解读", "Explains", SITES


class PolicyAct(Term):
    """What is done to a document of the library."""

    POLICY = "policy", "政策文件", "Policy document", SITES
    TAKE = "take", "收入文件库", "Take into the library", SITES
    REPLACE = "replace", "更新文本", "Take in its text anew", SITES


class LinkAct(Term):
    """What is done to such a link."""

    LINK = "policy-link", "文件关系", "Link of documents", SITES
    RECORD = "record", "登记文件关系", "Record how documents bear on each other", SITES
    STRIKE = "strike", "撤销登记", "Strike a record", SITES


class FileAct(Term):
    """What is done to a file of a document."""

    FILE = "policy-file", "政策附件", "File of a document", SITES
    ATTACH = "attach", "添加附件", "Attach a file", SITES
    READ = "read", "读取附件文字", "Read the text of a file", SITES
    REMOVE = "remove", "撤下附件", "Take a file away", SITES
