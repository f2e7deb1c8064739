"""The demo's policy library: the documents that its guides cite, with the facts of their head.

The demo carries no text of any law. Each cited article says which matters rest on it; a real
installation takes the texts in with ``openhall import policies``.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from openhall.catalogue.models import LawRef
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.rules.law_names import article_number, law_key

NO_TEXT: Final = (
    "演示数据只收录文件的题名、文号、日期和被引用的条款，不含条文全文。"
    "正式系统由运维人员用 openhall import policies 导入全文。"
)
COUNCIL: Final = ("条例", "规定", "办法")
IN_FORCE: Final = "有效"


@dataclass(frozen=True, slots=True)
class Head:
    """The facts of a document's head, and what it says in our own words."""

    title: str
    number: str
    issuer: str
    category: str
    published: date
    effective: date
    parts: tuple[tuple[str, str, str], ...] = ()  # mark, title, our words


HEADS: Final = (
    Head(
        "成都市人民政府办公厅关于做好2003年区（市）县级和市级行政机关政务公开工作的意见",
        "成办发〔2003〕75号",
        "成都市人民政府办公厅",
        "政策文件",
        date(2003, 5, 26),
        date(2003, 5, 26),
        (
            (
                "一、",
                "政务服务中心",
                "一个窗口受理，内部集中办理；接件与办件分离；收费统一，银行代收。",
            ),
            (
                "二、",
                "电子政务",
                "公众信息网设固定栏目，公布办事指南，提供下载、申报、查询和检索。",
            ),
            ("三、", "监督评议", "六月底至七月初检查评议，八月对部分单位进行群众满意度测评。"),
            ("四、", "目标管理", "列入工作目标一并下达、一并考核；年底自查并报市政府办公厅。"),
        ),
    ),
    Head(
        "中华人民共和国行政许可法",
        "主席令第7号",
        "全国人民代表大会常务委员会",
        "法律",
        date(2003, 8, 27),
        date(2004, 7, 1),
        (
            (
                "第三十条",
                "",
                "本条要求公示许可的事项、依据、条件、数量、程序、期限、材料目录和示范文本。",
            ),
            ("第三十一条", "", "本条禁止要求申请人提交与许可事项无关的材料。"),
            ("第三十二条", "", "本条规定不予受理、当场更正、五日内一次告知、逾期视为受理。"),
            ("第四十二条", "", "本条规定二十日、四十五日的决定期限和延长的批准人。"),
            ("第四十四条", "", "本条规定作出决定之日起十日内颁发、送达。"),
            ("第四十五条", "", "本条列出不计算在期限内的八种时间，并要求书面告知。"),
            ("第八十二条", "", "本条规定期限以工作日计算，不含法定节假日。"),
        ),
    ),
    Head(
        "中华人民共和国政府信息公开条例",
        "国务院令第711号",
        "国务院",
        "行政法规",
        date(2019, 4, 3),
        date(2019, 5, 15),
        (("第二十条", "", "本条列出应当主动公开的十五类政府信息，包括许可事项和收费项目。"),),
    ),
)


def set_scene() -> None:
    """Lay the library in: the heads above, then every other law that a guide of the city cites."""
    documents: list[PolicyDocument] = []
    sections: list[PolicySection] = []
    for head in HEADS:
        words = "\n".join(f"{mark}{title} {said}" for mark, title, said in head.parts)
        document = PolicyDocument(
            source_id=f"demo:{head.number}",
            title=head.title,
            title_key=law_key(head.title),
            status=IN_FORCE,
            number=head.number,
            issuer=head.issuer,
            category=head.category,
            published_on=head.published,
            effective_on=head.effective,
            text=f"{words}\n{NO_TEXT}",
            digest="",
        )
        documents.append(document)
        rows = [*head.parts, ("", "", NO_TEXT)]
        sections += [
            PolicySection(document=document, position=n, label=mark, title=title, text=said)
            for n, (mark, title, said) in enumerate(rows)
        ]
    known = {document.title_key for document in documents}
    for law, articles in _cited().items():
        if law_key(law) in known:
            continue
        council = law.endswith(COUNCIL)
        document = PolicyDocument(
            source_id=f"demo:{law}",
            title=law,
            title_key=law_key(law),
            issuer="国务院" if council else "全国人民代表大会常务委员会",
            category="行政法规" if council else "法律",
            text=NO_TEXT,
            digest="",
        )
        documents.append(document)
        ordered = sorted(articles.items(), key=lambda pair: (article_number(pair[0]) or 0, pair[0]))
        rows = [(mark, "", f"本条是以下事项的依据：{'、'.join(n)}。") for mark, n in ordered]
        sections += [
            PolicySection(document=document, position=n, label=mark, title=title, text=said)
            for n, (mark, title, said) in enumerate([*rows, ("", "", NO_TEXT)])
        ]
    PolicyDocument.objects.bulk_create(documents)
    PolicySection.objects.bulk_create(sections)


def _cited() -> dict[str, dict[str, list[str]]]:
    """Each law the guides cite: its articles, and the matters that rest on each."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = LawRef.objects.order_by("law", "pk").values_list("law", "article", "version__name")
    for law, article, name in rows:
        if name not in found[law][article]:
            found[law][article].append(name)
    return found
