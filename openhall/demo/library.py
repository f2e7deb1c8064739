"""The demo's policy library: the documents that its guides cite, with the facts of their head.

The demo carries no text of any law. Each cited article says which matters rest on it; a real
installation takes the texts in with ``openhall import policies``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from openhall.catalogue.models import LawRef
from openhall.demo.data import told
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.rules.law_names import article_number, law_key

SAID: Final = told("library")
NO_TEXT: Final = SAID["no_text"]
COUNCIL, CONGRESS = "国务院", "全国人民代表大会常务委员会"
ORDER: Final = re.compile(r"^(?:中华人民共和国)?(.+?)令")  # 公安部令第78号
PAPERS: Final = ("意见", "通知", "标准")
IN_FORCE: Final = "有效"


def set_scene() -> None:
    """Lay the library in: the heads above, then every other law that a guide of the city cites."""
    documents: list[PolicyDocument] = []
    sections: list[PolicySection] = []
    for said in SAID["heads"]:
        head = {name: value for name, value in said.items() if name != "parts"}
        words = "\n".join(f"{mark}{title} {part}" for mark, title, part in said["parts"])
        document = PolicyDocument(
            source_id=f"demo:{head['number']}",
            title_key=law_key(head["title"]),
            status=IN_FORCE,
            text=f"{words}\n{NO_TEXT}",
            digest="",
            **head,
        )
        documents.append(document)
        rows = [*map(tuple, said["parts"]), ("", "", NO_TEXT)]
        sections += _sections(document, rows)
    known = {document.title_key for document in documents}
    numbers = dict(LawRef.objects.exclude(number="").values_list("law", "number"))
    for law, articles in _cited().items():
        if law_key(law) in known:
            continue
        number = numbers.get(law, "")
        category, issuer = kind_of(law, number)
        document = PolicyDocument(
            source_id=f"demo:{law}"[:120],
            title=law,
            title_key=law_key(law),
            number=number,
            issuer=issuer,
            category=category,
            text=NO_TEXT,
            digest="",
        )
        documents.append(document)
        ordered = sorted(articles.items(), key=lambda pair: (article_number(pair[0]) or 0, pair[0]))
        rows = [
            (mark, "", f"{'本条' if mark else '本文件'}是以下事项的依据：{'、'.join(n)}。")
            for mark, n in ordered
        ]
        sections += _sections(document, [*rows, ("", "", NO_TEXT)])
    PolicyDocument.objects.bulk_create(documents)
    PolicySection.objects.bulk_create(sections)


def kind_of(law: str, number: str) -> tuple[str, str]:
    """What kind of document it is and who issued it; the issuer only where name or number tell."""
    order = ORDER.match(number)
    if order and order[1] not in (COUNCIL, "主席"):
        return "部门规章", order[1]
    if order is None and ("〔" in number or law.endswith(PAPERS)):
        return "规范性文件", ""
    if law.startswith(("四川省", "成都市")):
        return "地方性法规和规章", ""
    if law.endswith("法") and not law.endswith("办法"):
        return "法律", CONGRESS
    if law.endswith("条例") or (order and order[1] == COUNCIL):
        return "行政法规", COUNCIL
    return "规范性文件", ""


def _sections(
    document: PolicyDocument, rows: Iterable[tuple[str, str, str]]
) -> list[PolicySection]:
    return [
        PolicySection(document=document, position=n, label=mark, title=title, text=said)
        for n, (mark, title, said) in enumerate(rows)
    ]


def _cited() -> dict[str, dict[str, list[str]]]:
    """Each law the guides cite: its articles, and the matters that rest on each."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    called: dict[str, str] = {}
    rows = LawRef.objects.order_by("law", "pk").values_list("law", "article", "version__name")
    for law, articles, name in rows:
        title = called.setdefault(law_key(law), law)
        for article in articles.split("、"):
            if name not in found[title][article]:
                found[title][article].append(name)
    return found
