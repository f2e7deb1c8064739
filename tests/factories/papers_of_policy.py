"""A policy paper as a file: the same lines as OFD, DOCX and PDF."""

import io
from zipfile import ZipFile

LINES = (
    "关于做好冬季供水保障工作的通知",
    "第一条　各单位应当提前检修供水管道，并在检修前三日告知用户。",
    "第二条　抢修期间应当设置临时取水点，行动不便的居民由社区送水上门。",
)
OFD = "http://www.ofdspec.org/2016"


def ofd(lines=LINES, *, page=None, where="Pages/Page_0/Content.xml"):
    """Each line in two pieces, written from the last to the first, with a frame between them."""
    objects = []
    for n, line in reversed(list(enumerate(lines))):
        half = len(line) // 2
        for at, words in ((half, line[half:]), (0, line[:half])):
            objects.append(
                f'<ofd:TextObject ID="{n}{at}" Boundary="{20 + 4 * at} {30 + 8 * n} '
                f'{4 * len(words)} 5" Font="2" Size="4"><ofd:TextCode X="0" Y="4">{words}'
                f"</ofd:TextCode></ofd:TextObject>"
            )
        objects.append('<ofd:PathObject ID="9" Boundary="0 0 1 1"/>')
    content = page or (
        f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer ID="1"><ofd:PageBlock ID="7">'
        f"{''.join(objects)}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
    )
    out = io.BytesIO()
    with ZipFile(out, "w") as held:
        held.writestr(
            "OFD.xml",
            f'<ofd:OFD xmlns:ofd="{OFD}" DocType="OFD" Version="1.0"><ofd:DocBody>'
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        held.writestr(
            "Doc_0/Document.xml",
            f'<ofd:Document xmlns:ofd="{OFD}"><ofd:Pages>'
            f'<ofd:Page ID="1" BaseLoc="{where}"/></ofd:Pages></ofd:Document>',
        )
        held.writestr("Doc_0/Pages/Page_0/Content.xml", content)
    return out.getvalue()


def docx(lines=LINES):
    from docx import Document

    paper = Document()
    for line in lines:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
