"""The demo's policy library: the documents that its guides cite, with the facts of their head.

The demo carries no text of any law. Each cited article says which matters rest on it; a real
installation takes the texts in with ``openhall import policies``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from django.utils import timezone

from openhall.catalogue.models import LawRef
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.demo.data import told
from openhall.policies.actions.importing import take_in
from openhall.policies.actions.linking import recorded
from openhall.policies.laws import facts_of
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.rules.law_names import article_number, law_key
from openhall.policies.terms import LinkKind

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
        facts = facts_of(law)
        document = PolicyDocument(
            source_id=f"demo:{law}"[:120],
            title=facts.title if facts else law,
            published_on=facts.published_on if facts else None,
            effective_on=facts.effective_on if facts else None,
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
    sections += _of_known(documents, sections)
    parts: dict[str, list[PolicySection]] = defaultdict(list)
    for section in sections:
        parts[section.document.source_id].append(section)
    with acting():
        for document in documents:
            take_in(document, parts[document.source_id])
    _link({document.number: document for document in documents})


def _of_known(
    documents: list[PolicyDocument], sections: list[PolicySection]
) -> list[PolicySection]:
    """The articles that guides cite of a law told above, under the newest of its name."""
    newest: dict[str, PolicyDocument] = {}
    for one in documents:
        before = newest.get(one.title_key)
        if before is None or str(before.published_on) < str(one.published_on):
            newest[one.title_key] = one
    more: list[PolicySection] = []
    for law, articles in _cited().items():
        document = newest.get(law_key(law))
        if document is None:
            continue
        there = [one for one in sections if one.document is document]
        told_already = {one.label for one in there}
        rows = [
            (mark, "", f"本条是以下事项的依据：{'、'.join(names)}。")
            for mark, names in articles.items()
            if mark and mark not in told_already
        ]
        begins = len(there)
        for n, section in enumerate(_sections(document, rows)):
            section.position = begins + n
            more.append(section)
    return more


def _link(numbered: dict[str, PolicyDocument]) -> None:
    """What newer documents do to older ones, since the day they did."""
    with acting():
        for newer, older, kind, since in SAID["links"]:
            day = date.fromisoformat(since)
            at = timezone.make_aware(datetime.combine(day, time(9)))
            doing = Doing(None, at, system_key("demo-link", newer, older), entered=at)
            recorded(numbered[newer], numbered[older], LinkKind(kind), day, doing)


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
