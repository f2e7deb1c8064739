"""Whether what a guide says makes sense: what its fields cannot tell. Pure.

For a guide about to be published and for a matter of the library alike. 行政许可法 30–44.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from openhall.catalogue.rules.guide import RowText, bare

LONGEST_CITATION: Final = 300  # signs; a longer condition says more than where it stands
CITES_ONLY: Final = re.compile(
    r"^(?:应当|须|应)?(?:符合|满足|具备|遵守|依照|按照|根据)?(?:《[^《》]*》|法律|法规|规章|国家|有关|相关|"
    r"第[一二三四五六七八九十百零0-9]+[条款项]|规定|的|和|及|、|以及|条件|要求|标准|其他|情形)+[。;；]?$"
)
CITES_ONLY_EN: Final = re.compile(
    r"^(?:applicants? )?(?:must |shall |should |to )?(?:meets?|satisf(?:y|ies)|compl(?:y|ies) with|"
    r"fulfils?|under|according to)?(?:,|\s|the|other|any|all|relevant|applicable|legal|statutory|"
    r"national|conditions?|requirements?|provisions?|standards?|laws?|regulations?|rules?|"
    r"articles?|and|or|of|in|by|set|out|laid|down|prescribed|state|\d+)+\.?$",
    re.IGNORECASE,
)
SAME_FROM: Final = 6  # characters from which a sentence said twice is a phrase
OF_A_PAPER: Final = ("purpose", "accept_standard", "window_check", "handler_check", "decider_check")
STATUTE: Final = re.compile(r"(?<!办)法$")
YEAR_OF_PAPER: Final = re.compile(r"〔(\d{4})〕|(\d{4})年(?:第\d+号|公布|修[订正])")
STAGES: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "受理": re.compile("受理|收件|收到|接收|提交|申报|申请|填报"),
        "审核": re.compile(
            "审核|审查|初审|核[对查验实图]|查[验看勘]|踏勘|检查|评[审定估]|实地|考评"
        ),
        "审批": re.compile(
            "审批|决定|批准|批复|[核准]准|准予|签发|[核颁换]发|发.{0,5}[证照文]|登记|意见|答复"
        ),
        "办结": re.compile(
            "办结|制[证作]|批复|意见|发.{0,5}[证照文]|领[取证照文]|取证|[签核颁换]发|登记|决定|答复"
        ),
        "送达": re.compile(
            "送|领[取证照文]|取证|寄|发.{0,5}[证照文]|告[知诉]|通知|公[布示告]|答复|批复|书面|下载"
        ),
    }
)  # each stage of a permit by its name, or by a word for the same act


def cites_only(sentence: str) -> bool:
    """Whether a condition names an article and nothing that a person can check on himself."""
    said = sentence.strip()
    return 0 < len(said) <= LONGEST_CITATION and bool(
        CITES_ONLY.match(said) or CITES_ONLY_EN.match(said)
    )


def lacking_stages(steps: Iterable[str]) -> list[str]:
    """Which stages of a permit no step tells; a step by its name and what is done in it."""
    told = list(steps)
    return [stage for stage, words in STAGES.items() if not any(words.search(s) for s in told)]


def said_of_another(written: Iterable[RowText]) -> Iterator[tuple[RowText, int]]:
    """What is said of a paper word for word as of an earlier one, and the row of that one."""
    said: dict[str, int] = {}
    for one in written:
        if one.family != "materials" or one.column.removesuffix("_en") not in OF_A_PAPER:
            continue
        plain = bare(one.text)
        if len(plain) >= SAME_FROM and said.setdefault(plain, one.row) != one.row:
            yield one, said[plain]


def lacks_article(law: str, article: str, others: Iterable[str]) -> bool:
    """Whether the basis is too wide: a statute without its article, or no article anywhere.

    A notice, an opinion or a standard may be cited whole beside a statute.
    """
    if article.strip():
        return False
    return bool(STATUTE.search(law)) or not any(one.strip() for one in others)


def year_of(*texts: str) -> int | None:
    """The year a document is of, where its number or name tells it: 〔2025〕62号."""
    years = [
        int(year) for text in texts for pair in YEAR_OF_PAPER.findall(text) for year in pair if year
    ]
    return max(years, default=None)
