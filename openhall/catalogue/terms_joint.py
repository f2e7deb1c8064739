"""Words of joint handling: one matter that several units decide, on one list and one form."""

from openhall.glossary import Term

_JOINT = "行政许可法 26"
_EVENT = "国办发〔2022〕32号"


class JointKind(Term):
    """What brings several approvals together."""

    LIFE_EVENT = "life_event", "一件事", "Life event", _EVENT
    PROJECT = "project", "并联审批", "Project", _JOINT


class JointMode(Term):
    """How the units come to their decisions side by side."""

    PARALLEL = "parallel", "抄告制", "In parallel, by copied notice", _JOINT
    MEETING = "meeting", "联审制", "At a joint review meeting", _JOINT


class PartNeed(Term):
    """Whether an approval belongs to every application, or only to those who say so."""

    ALWAYS = "always", "必办", "Always", _EVENT
    IF_CHOSEN = "if_chosen", "按需办理", "If the applicant needs it", _EVENT


class JointStep(Term):
    """A signed step in the life of a joint matter."""

    DRAFTED = "drafted", "起草", "Drafted", _EVENT
    PUBLISHED = "published", "公布", "Published", _EVENT
    DROPPED = "dropped", "放弃草稿", "Draft dropped", _EVENT
    ENDED = "ended", "终止联办", "Ended", _EVENT
