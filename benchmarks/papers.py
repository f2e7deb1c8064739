"""Notices as PDF in a second, beside WeasyPrint drawing the same words, in one run.

Run: ``.venv/bin/python benchmarks/papers.py`` (WeasyPrint is in the ``bench`` group).
Goal: at least 20 × WeasyPrint. Both draw one A4 notice of the same paragraphs with the same font, a
QR code and a seal; ours as tagged PDF/A-2b, in turns, so that a busy machine is busy for both.
"""

import base64
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "openhall.config.settings"

import django  # noqa: E402

django.setup()

import pylopdf_fonts_zh_cn  # noqa: E402

from openhall.design.qr import qr_svg  # noqa: E402
from openhall.papers.pdf import draw as drawn  # noqa: E402
from openhall.papers.rules.seals import round_seal  # noqa: E402
from openhall.papers.rules.templates import DEFAULTS, samples_of  # noqa: E402
from openhall.papers.rules.wording import fill  # noqa: E402
from openhall.papers.rules.words import full_width  # noqa: E402
from openhall.papers.terms import PaperKind  # noqa: E402

TOGETHER, ROUNDS, GOAL = 10, 5, 20.0
ORGAN = "成都市民政局"
KIND = PaperKind.ACCEPTANCE
WORDS = [full_width(word) for word in fill(DEFAULTS[KIND], samples_of(KIND))]
SEAL = round_seal(ORGAN)


CHECK = "https://hall.example.gov.cn/check/222222222222/"


def ours(number: int) -> bytes:
    content = {
        "organ": ORGAN,
        "title": KIND.zh,
        "number": f"成民受〔2026〕{number}号",
        "to": "王某",
        "case": "20260302-SAMPLE00",
        "query": "2222-2222-2222",
        "words": WORDS,
        "day": "2026年3月4日",
        "check": "2222-2222-2222",
        "verify": CHECK,
        "year": 2026,
        "month": 3,
        "date": 4,
        "due": "办结期限 2026年3月16日",
        "sample": False,
    }
    return drawn(content, SEAL)


def with_weasyprint() -> Callable[[int], bytes] | None:
    """The same notice from HTML and CSS; None where WeasyPrint is not installed."""
    try:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
    except (ImportError, OSError):
        return None
    font = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSerifSC-Regular.otf"
    known = FontConfiguration()
    sheet = CSS(
        string=(
            f"@font-face {{ font-family: Song; src: url('{font.as_uri()}') }}"
            "@page { size: A4; margin: 35mm 26mm 28mm 28mm }"
            "body { font: 15pt/2 Song } h1 { text-align: center; color: #a8261d }"
            "h2 { text-align: center } p { text-indent: 2em } img { width: 26mm }"
            ".seal { width: 40mm } .right { text-align: right }"
        ),
        font_config=known,
    )
    seal = base64.b64encode(SEAL.encode()).decode()

    def draw(number: int) -> bytes:
        code = base64.b64encode(qr_svg(CHECK).encode()).decode()
        said = "".join(f"<p>{word}</p>" for word in WORDS)
        page = (
            f"<h1>{ORGAN}</h1><hr><div class=right>成民受〔2026〕{number}号</div><h2>{KIND.zh}</h2>"
            f"{said}<div class=right><img class=seal src='data:image/svg+xml;base64,{seal}'>"
            f"</div><img src='data:image/svg+xml;base64,{code}'>"
        )
        made = HTML(string=page).write_pdf(stylesheets=[sheet], font_config=known)
        return bytes(made)

    return draw


def rate(draw: Callable[[int], bytes]) -> float:
    """Notices a second."""
    begin = perf_counter()
    for number in range(TOGETHER):
        assert draw(number).startswith(b"%PDF-")
    return TOGETHER / (perf_counter() - begin)


def main() -> None:
    peer = with_weasyprint()
    ours(0)  # fonts are read once in the life of a process, here and there
    if peer is not None:
        peer(0)
    first, others = [], []
    for _turn in range(ROUNDS):
        first.append(rate(ours))
        if peer is not None:
            others.append(rate(peer))
    print(f"{'notices of ours':24}{median(first):>8,.1f} a second (PDF/A-2b, tagged)")
    if not others:
        print("WeasyPrint is not installed here: no comparison. Install it with: make bench")
        return
    ratio = median(one / other for one, other in zip(first, others, strict=True))
    print(
        f"{'notices of WeasyPrint':24}{median(others):>8,.1f} a second"
        f"   ours ÷ it {ratio:.1f}   goal {GOAL}"
    )


if __name__ == "__main__":
    main()
