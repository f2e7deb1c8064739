"""Where a version stands, and what is done to it."""

from typing import Final

from openhall.glossary import Term


class VersionState(Term):
    """Where a version stands between draft and force."""

    DRAFT = "draft", "草稿", "Draft", "国办函〔2016〕108号"
    REVIEW = "review", "审核中", "Under review", "成办发〔2003〕75号 二（一）"
    PUBLISHED = "published", "已公布", "Published", "行政许可法 30"
    SUPERSEDED = "superseded", "已被替代", "Superseded", "国办函〔2016〕108号"
    DROPPED = "dropped", "已放弃", "Dropped", "国办函〔2016〕108号"


class VersionAct(Term):
    """What is done to a version."""

    BEGIN = "begin", "起草", "Begin a draft", "国办函〔2016〕108号"
    SEND = "send", "提交审核", "Send to review", "成办发〔2003〕75号 二（一）"
    PASS = "pass", "审核通过", "Pass the review", "成办发〔2003〕75号 二（一）"
    SEND_BACK = "send_back", "退回", "Send back", "成办发〔2003〕75号 二（一）"
    PUBLISH = "publish", "公布", "Publish", "行政许可法 30"
    REPLACE = "replace", "被新版替代", "Replaced by a newer version", "国办函〔2016〕108号"
    END = "end", "终止", "End", "国办函〔2016〕108号"
    DROP = "drop", "放弃草稿", "Give the draft up", "国办函〔2016〕108号"


PUBLIC: Final = (VersionState.PUBLISHED.value, VersionState.SUPERSEDED.value)
OPEN: Final = (VersionState.DRAFT.value, VersionState.REVIEW.value)
