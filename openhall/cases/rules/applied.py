"""What an application says, as one value with one digest: sending it seals it. 电子签名法 13(3)(4).

The log commits to the digest with the step that received the application, and the receipt prints
it, so that nobody can exchange the form that was sent for another one.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

GROUPS = 4  # of four digits each, as people compare them


def digest_of(
    item: str,
    version: int,
    party: Mapping[str, str],
    answers: str,
    papers: Sequence[Sequence[str]],
) -> str:
    """64 hexadecimal digits of item, version of its guide, applicant, answers and papers.

    ``answers`` are the JSON of the case; ``papers`` are pairs of material and SHA-256, whose order
    says nothing.
    """
    told = {
        "item": item,
        "version": version,
        "party": dict(party),
        "answers": json.loads(answers),
        "papers": sorted(list(one) for one in papers),
    }
    raw = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode()).hexdigest()


def grouped(digest: str) -> str:
    """Its first digits in groups of four, as the receipt and the form print them."""
    return "-".join(digest[n : n + 4] for n in range(0, 4 * GROUPS, 4))


def detail_of(sealed: Mapping[str, str]) -> list[list[str]]:
    """The papers named by the step that received it: pairs of material and SHA-256."""
    named: Any = json.loads(sealed.get("papers") or "[]")
    return [[str(material), str(sha256)] for material, sha256 in named]
