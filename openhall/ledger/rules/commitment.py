"""Salted commitments stand in the public log for personal data.

Whoever holds the salt can show what was committed to; once the salt is deleted nobody can, and
every proof stays whole. 个人信息保护法 47.
"""

import hashlib
import hmac


def commit(salt: bytes, field: str, value: str) -> str:
    """The commitment to ``value`` of ``field``: ``sha256:`` and 64 hexadecimal digits."""
    named = f"{field}\x00{value}".encode()
    return "sha256:" + hmac.new(salt, named, hashlib.sha256).hexdigest()
