"""Words of the files: what is known of one, and who vouches for it."""

from openhall.glossary import Term


class ScanState(Term):
    """What is known of a file's harmlessness."""

    UNSCANNED = "unscanned", "未查毒", "Not scanned", "网络安全法 21"
    PENDING = "pending", "等待查毒", "Waiting to be scanned", "网络安全法 21"
    CLEAN = "clean", "查毒通过", "Scanned and clean", "网络安全法 21"
    INFECTED = "infected", "查出病毒", "Infected", "网络安全法 21"


class TrustLevel(Term):
    """材料可信等级: who vouches for a document. Only A and B are used again in another case."""

    A = "A", "政府部门签发", "Issued by an organ", "国办函〔2016〕108号"
    B = "B", "窗口核验原件", "Original verified at a window", "国办函〔2016〕108号"
    C = "C", "用户自行上传", "Uploaded by the user", "国办函〔2016〕108号"
    D = "D", "用户自制并承诺", "Made and vouched for by the user", "国办函〔2016〕108号"


class Given(Term):
    """On which way a file came into its folder."""

    ATTACHED = "attached", "已添加", "Attached", "行政许可法 29"
    SENT = "sent", "随申请提交", "Sent with the application", "行政许可法 29"
    ADDED = "added", "补交", "Added later", "行政许可法 32(5)"


class FileNote(Term):
    """What stands beside a file that is taken although something about it is unusual."""

    NONE = "none", "无特别情况", "Nothing unusual", "ISO 19005-3"
    ATTACHMENTS = (
        "attachments",
        "内嵌有其他文件（如电子发票数据），已随原件保存",
        "Holds other files inside (such as invoice data), kept with it",
        "ISO 19005-3",
    )
