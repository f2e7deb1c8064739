"""What people type and paste, in any dress: text, names, codes and numbers.

Nothing a person typed gets shorter or different without a word. A sign is kept, or it is refused by
its name and code point; only what nobody can see or mean is left out (control signs, direction
marks). Python's own tables end with Unicode 14: what they do not know is kept, not deleted.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any, Final

from openhall.glossary import Said


class Unreadable(ValueError):
    """What was typed or sent cannot be read or used; ``said`` says where and what to do."""

    def __init__(self, said: Said | str) -> None:
        self.said = said if isinstance(said, Said) else Said(said, "")
        super().__init__(self.said.zh)


LINES: Final = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
# Seen by nobody and meant by nobody: controls, direction and byte order marks, soft hyphen.
UNSEEN: Final = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
NONCHARACTERS: Final = "".join(
    chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)
)
# U+FFFC and U+FFFD stand where something was lost on the way.
BROKEN: Final = re.compile(f"[\x00\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffd{NONCHARACTERS}]")
PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
JOINERS: Final = re.compile("[\u200c\u200d\ufe00-\ufe0f\u180b-\u180f\U000e0100-\U000e01ef]")
EMPTY: Final = re.compile(
    "[\\s\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\U000e0000-\U000e007f]"
)
BLANKS: Final = " \u00a0\u3000"
DOTS: Final = re.compile(
    "[\u00b7\u2022\u30fb\uff65\u2027\u2219\u22c5\uff0e\u25cf\u2024\u0387\u16eb\u1427\ua78f\ufe52"
    ".\u3002\uff61\u02d9\u2218\u25e6\u2981\u2e31\u2e33]"
)
DOT: Final = "\u00b7"
# Positions of GBK that its later editions gave true characters; Python's codec knows only most.
LATER: Final = {
    "\ue816": "\U00020087", "\ue817": "\U00020089", "\ue818": "\U000200cc",
    "\ue831": "\U000215d7", "\ue83b": "\U0002298f", "\ue855": "\U000241fe",
    "\ue81e": "\u9fb4", "\ue826": "\u9fb5", "\ue82b": "\u9fb6", "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8", "\ue843": "\u9fb9", "\ue854": "\u9fba", "\ue864": "\u9fbb",
}  # fmt: skip
WIDE: Final = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0xFFE5: 0xA5,
    0x2212: 0x2D,
    # what keyboards and word processors put where a dash was meant
    **dict.fromkeys((0x02D7, 0x223C, 0x2500, 0x2501, 0x30FC, 0xFF70), 0x2D),
}
CODE_DROPS: Final = frozenset({"Pd", "Pc", "Zs", "Cf", "Cc", "Pe", "Ps", "Po", "Pi", "Pf", "Mn"})
# 查询码：, Code:, ID No.:, and № alone
LABEL: Final = re.compile(r"^\W*[^\W\d_]+(?:[. ][^\W\d_]+){0,2}[. ]?[:：]\s*(?=\S)|^\s*№\s*")


def text_of(typed: Any) -> str:
    """What was typed, line ends as one sign, without unseen signs and outer blanks.

    Nothing for what is no text. Refused signs are still in it: see :func:`fault_of_text`.
    """
    if isinstance(typed, bool) or not isinstance(typed, str | int | float | Decimal | date):
        return ""
    return UNSEEN.sub("", LINES.sub("\n", str(typed))).strip()


def visible(text: str) -> int:
    """How many signs of ``text`` a reader sees; blanks, fillers and joiners are none."""
    return len(EMPTY.sub("", JOINERS.sub("", text_of(text))))


def was_meant(sign: str) -> str:
    """The character an old private code stands for (U+E863 is GBK's 䶮); empty if unknown."""
    if sign in LATER:
        return LATER[sign]
    place = ord(sign) - 0xE815
    if not 0 <= place <= 0xE864 - 0xE815:
        return ""
    trail = 0x50 + place + (1 if place >= 0x7F - 0x50 else 0)
    found = bytes([0xFE, trail]).decode("gb18030", "replace")
    return found if len(found) == 1 and not PRIVATE.match(found) and found != "\ufffd" else ""


def fault_of_text(text: str) -> Said | None:
    """Why ``text`` cannot be kept as it is, naming the sign; None if it can."""
    if found := BROKEN.search(text):
        code = f"U+{ord(found[0]):04X}"
        return Said(
            f"文字中有无法保存的字符（{code}）。请删去后重新输入。",
            f"There is a sign that cannot be kept ({code}). Delete it and type again.",
        )
    private = PRIVATE.search(text)
    if private is None:
        return None
    sign, code = private[0], f"U+{ord(private[0]):04X}"
    if meant := was_meant(sign):
        return Said(
            f"“{sign}”（{code}）是旧字库的自造字，别的电脑上看不到。如果是“{meant}”字，"
            f"请改填“{meant}”；不是的，请到窗口办理，由工作人员按证件登记。",
            f"“{sign}” ({code}) is a private sign of an old font that other computers cannot show. "
            f"If it is “{meant}”, type “{meant}”; otherwise come to the window.",
        )
    return Said(
        f"“{sign}”（{code}）是本机字库的自造字，别的电脑上看不到，不能保存。"
        "请改用标准字输入；没有标准字的，请到窗口办理，由工作人员按证件登记。",
        f"“{sign}” ({code}) is a private sign of this computer's font; others cannot show it. Type "
        "the standard character; if there is none, come to the window.",
    )


def narrow(typed: Any) -> str:
    """Full-width digits, letters and signs, as Chinese keyboards make them, become plain ones.

    For numbers, days and codes; never for names and sentences, whose signs it would change. Other
    signs stay as they are: ``5²`` is not 52.
    """
    return text_of(text_of(typed).translate(WIDE))


def code_of(typed: Any) -> str:
    """A code as it is stored: capitals, without the dashes, blanks, marks and full stops around.

    However it was typed, pasted or read out: full width, with typographic dashes, from a message
    with the word before it.
    """
    bare = LABEL.sub("", folded(typed), count=1)
    return "".join(sign for sign in bare if unicodedata.category(sign) not in CODE_DROPS)


def folded(typed: Any) -> str:
    """Capitals and plain signs, everything else as it is."""
    said = "".join(_unstyled(sign) for sign in str(typed).translate(WIDE))
    return said.replace("~", "-").upper()


def _unstyled(sign: str) -> str:
    """A letter or digit of a style, as messages put it (𝟒, 𝐊, Ⓚ), as the plain one."""
    style = unicodedata.decomposition(sign).partition(" ")[0]
    return unicodedata.normalize("NFKC", sign) if style in ("<font>", "<circle>") else sign


def name_on_card(text: str) -> str:
    """A person's name with the dot of the identity card (U+00B7), however it was typed."""
    first, *others = DOTS.split(text.strip())
    if not others:
        return first
    *between, last = others
    parts = [first.rstrip(BLANKS), *(one.strip(BLANKS) for one in between), last.lstrip(BLANKS)]
    return DOT.join(parts)


def bare_name(name: str) -> str:
    """What all spellings of one name have in common."""
    return "".join(JOINERS.sub("", name_on_card(text_of(name))).split()).casefold()
