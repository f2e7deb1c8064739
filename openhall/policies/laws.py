"""Laws that guides cite, by their short names: what they are called in full and in English, and
since when they are in force. Facts of their heads only; a date not known is left out."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from openhall.glossary import Said
from openhall.policies.rules.law_names import AMENDED, law_key

FACTS: Final = Path(__file__).with_name("laws.csv")
CATEGORIES: Final = {
    one.zh: one
    for one in (
        Said("法律", "Laws"),
        Said("行政法规", "Administrative regulations"),
        Said("部门规章", "Departmental rules"),
        Said("地方性法规和规章", "Local regulations and rules"),
        Said("规范性文件", "Normative documents"),
        Said("政策文件", "Policy papers"),
        Said("司法解释", "Judicial interpretations"),
    )
}

ISSUERS: Final = {
    "全国人民代表大会": "National People’s Congress",
    "全国人民代表大会常务委员会": "Standing Committee of the National People’s Congress",
    "国务院": "State Council",
    "国务院办公厅": "General Office of the State Council",
    "中央军委": "Central Military Commission",
    "国家市场监督管理总局": "State Administration for Market Regulation",
    "人力资源和社会保障部": "Ministry of Human Resources and Social Security",
    "公安部": "Ministry of Public Security",
    "卫生部": "Ministry of Health",
    "住房和城乡建设部": "Ministry of Housing and Urban-Rural Development",
    "国家林业局": "State Forestry Administration",
    "民政部": "Ministry of Civil Affairs",
    "商务部": "Ministry of Commerce",
    "水利部": "Ministry of Water Resources",
    "成都市人民政府办公厅": "General Office of the Chengdu Municipal People’s Government",
}
ORDER: Final = re.compile(r"(?:中华人民共和国)?(.{2,12}?)令(?:\d{4}年)?第(\d{1,4})号")


@dataclass(frozen=True, slots=True)
class Law:
    """The facts of a law's head: its names, and the days of its version in force."""

    title: str
    title_en: str
    published_on: date | None
    effective_on: date | None


@cache
def known_laws() -> dict[str, Law]:
    """Every law whose facts are here, by the name it is found under."""
    with FACTS.open(encoding="utf-8", newline="") as told:
        return {
            law_key(row["law"]): Law(
                row["title"] or row["law"],
                row["title_en"],
                date.fromisoformat(row["published_on"]) if row["published_on"] else None,
                date.fromisoformat(row["effective_on"]) if row["effective_on"] else None,
            )
            for row in csv.DictReader(told)
        }


def facts_of(title: str) -> Law | None:
    """What is known of the law of this name, under whatever spelling."""
    return known_laws().get(law_key(title))


def title_in(title: str, language: str | None) -> str:
    """The law's English name on an English page, where it has one here; else as it is written."""
    known = facts_of(title) if (language or "").startswith("en") else None
    if known is None:
        return title
    year = re.search(r"\d{4}", found[0]) if (found := AMENDED.search(title)) else None
    return f"{known.title_en} ({year[0]})" if year else known.title_en


def category_in(category: str, language: str | None) -> str:
    """The kind of document in the page's language."""
    known = CATEGORIES.get(category)
    return known.en if known and (language or "").startswith("en") else category


def issuer_in(issuer: str, language: str | None) -> str:
    """Who issued it; in English where each of the bodies has an English name here."""
    names = [ISSUERS.get(one) for one in issuer.split("、")]
    if (language or "").startswith("en") and all(names):
        return " and ".join(str(name) for name in names)
    return issuer


def number_in(number: str, language: str | None) -> str:
    """``国务院令第804号`` as “State Council Order No. 804” on an English page."""
    found = ORDER.fullmatch(number) if (language or "").startswith("en") else None
    if found is None:
        return number
    whose = "Presidential" if found[1] == "主席" else ISSUERS.get(found[1])
    return f"{whose} Order No. {found[2]}" if whose else number
