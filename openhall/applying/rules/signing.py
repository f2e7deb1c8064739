"""What several people sign: one digest of the whole content; any change makes another."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

SIGNED_PARTS = ("party", "answers")
SIGNED_TOGETHER = ("chosen",)  # of a joint application: which parts


def digest_of(version: int, content: Mapping[str, Any], papers: Sequence[tuple[str, str]]) -> str:
    """64 hexadecimal digits of the applicant, the answers and the papers (material, SHA-256).

    The order in which papers were uploaded does not matter, and neither does where a page was left.
    """
    signed = {
        "version": version,
        "papers": sorted(papers),
        **{part: content.get(part, {}) for part in SIGNED_PARTS},
        **{part: content[part] for part in SIGNED_TOGETHER if part in content},
    }
    raw = json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()


def said(digest: str) -> str:
    """The first sixteen digits in groups of four, as people compare them."""
    return "-".join(digest[n : n + 4] for n in range(0, 16, 4))
