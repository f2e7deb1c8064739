"""What the program on the kiosk says itself, where no page of the hall can say it."""

from datetime import datetime
from html import escape
from typing import Final

AS_OF: Final = {
    "zh": "网络暂时中断。下面的内容截至{when}，可以照常取号。",
    "en": "The network is down for now. What you read is as of {when}; tickets are given as usual.",
}
EMPTY: Final = {
    "zh": "本机正在准备，请到咨询台。",
    "en": "This kiosk is not ready yet. Please ask at the reception.",
}


def language_of(address: str) -> str:
    """``en`` below ``/en/``, else ``zh``."""
    return "en" if address.startswith("/en/") else "zh"


def moment_said(as_of: str, language: str) -> str:
    """A moment (ISO 8601) in words."""
    at = datetime.fromisoformat(as_of)
    if language == "en":
        return f"{at.day} {at:%B %Y}, {at:%H:%M}"
    return f"{at.year}年{at.month}月{at.day}日{at:%H:%M}"


def banner(as_of: str, language: str) -> str:
    """The line on top of a page that comes from the copy."""
    said = AS_OF[language].format(when=moment_said(as_of, language))
    return f'<p class="kiosk-as-of" role="status">{escape(said)}</p>'


def bare_page(language: str) -> bytes:
    """Before the first copy was made and while the server is away."""
    lang = "en" if language == "en" else "zh-Hans"
    said = escape(EMPTY[language])
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta http-equiv="refresh" content="15"><title>{said}</title></head>'
        f"<body><main><h1>{said}</h1></main></body></html>"
    ).encode()
