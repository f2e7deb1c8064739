"""Words of programmes that are let in."""

from openhall.glossary import Term


class Scope(Term):
    """What a key may do beyond reading open data, which asks for no key."""

    CASES = "cases", "读取本人或本单位的办件", "Read one's own cases", "个人信息保护法 45"
    TICKETS = (
        "tickets",
        "代为取号和退号",
        "Take and give back tickets",
        "成办发〔2003〕75号 二（一）",
    )
    HOOKS = "hooks", "设置和管理推送", "Set up webhooks", ""


class KeyAct(Term):
    """What is done to a key."""

    ISSUE = "issue", "发放", "Issue", ""
    ROTATE = "rotate", "更换密钥", "Exchange the secret", ""
    END = "end", "停用", "End", ""


class Topic(Term):
    """What of the public log a webhook tells."""

    CASES = "cases", "本人或本单位办件的进展", "Steps of one's own cases", ""
    CATALOGUE = "catalogue", "目录和办事指南的变化", "Changes of catalogue and guides", ""
    HALLS = "halls", "大厅和开放时间的变化", "Changes of halls and hours", ""
    FIGURES = "figures", "公布的统计数字", "Published figures", ""
    OVERSIGHT = "oversight", "整改和监督结果", "Findings and what was put right", ""


class HookAct(Term):
    """What is done to a webhook."""

    SET_UP = "set_up", "设置推送", "Set up", ""
    REPLAY = "replay", "从某处重新推送", "Send again from a place", ""
    END = "end", "停止推送", "End", ""


class HookEnd(Term):
    """Why a webhook ended."""

    OWNER = "owner", "由所有人停止", "Ended by its owner", ""
    FAILED = "failed", "多次送达失败", "Could not be delivered", ""
    KEY = "key", "密钥已停用", "Its key ended", ""
