"""Words of public draws."""

from openhall.glossary import Term

POLICY = "成办发〔2003〕75号 二（三）"
RFC = "RFC 3797"


class Algorithm(Term):
    """How places are drawn; each is named in the announcement."""

    RFC3797 = "rfc3797", "RFC 3797算法（MD5）", "RFC 3797 (MD5)", RFC
    SHA256 = "rfc3797-sha256", "RFC 3797步骤，SHA-256", "Steps of RFC 3797 with SHA-256", RFC


class DrawState(Term):
    """Where a public draw stands."""

    COMMITTING = "committing", "待各方承诺", "Waiting for commitments", POLICY
    OPENING = "opening", "待各方揭示", "Waiting to be opened", POLICY
    AWAITING = "awaiting", "待公开号码", "Waiting for the public number", POLICY
    DRAWN = "drawn", "已抽取", "Drawn", POLICY
    FAILED = "failed", "未成立", "Came to nothing", POLICY


class DrawAct(Term):
    """What is done to a public draw."""

    ANNOUNCE = "announce", "公告抽取", "Announce the draw", POLICY
    COMMIT = "commit", "承诺", "Commit", POLICY
    END_COMMITMENTS = "end_commitments", "承诺截止", "End the commitments", POLICY
    OPEN = "open", "揭示", "Open", POLICY
    OPEN_PAPER = "open_paper", "拆封承诺书", "Open the sealed paper", POLICY
    END_OPENINGS = "end_openings", "揭示截止", "End the openings", POLICY
    DRAW = "draw", "填入公开号码并抽取", "Enter the public number and draw", POLICY
