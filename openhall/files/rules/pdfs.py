"""Whether a PDF is whole and harmless: it opens to everyone, ends as it begins and runs nothing.

Read with qpdf's parser (pikepdf), never by searching bytes: a name counts only where it acts, and
what stands in object streams, filters or ``#xx`` escapes is read like all else. No page is drawn
here. Only the judging process calls this (:mod:`openhall.files.judging`): a parser of strangers'
files may be slow or die, and there it is bounded.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pikepdf

from openhall.files.rules.archives import MACROS, NESTED
from openhall.files.rules.uploads import PDF_BEGINS, PDF_HEAD
from openhall.files.terms import FileNote
from openhall.glossary import Said

MOST_PAGES: Final = 500
TAIL: Final = 64 * 1024  # bytes in which the end mark may stand
DEEPEST: Final = 200  # of objects within objects
METADATA: Final = 1024 * 1024  # bytes of it that are read
PADDING: Final = b"\0\t\n\f\r \x1a"
ENDS: Final = b"%%EOF"
MORE: Final = re.compile(rb"\d[ \r\n]+\d+[ \r\n]+obj|xref|stream")
ARCHIVAL: Final = re.compile(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*3")
RUNS: Final = ("/JavaScript", "/Launch")
SENDS: Final = ("/SubmitForm", "/ImportData")  # a form that fetches or gives away by itself
PROGRAMS: Final = re.compile(  # the last ending decides; blanks and dots behind it are dropped
    r"\.(?:exe|com|bat|cmd|msi|msp|scr|pif|cpl|sys|drv|ocx|dll|js|jse|vbs|vbe|wsf|wsh|ps1|psm1|sh|py|pl"
    r"|rb|php|jar|apk|ipa|app|dmg|deb|rpm|lnk|url|reg|inf|scf|hta|chm|hlp|html?|xhtml|mht|svg|swf"
    r"|iso|img|vhdx?|cab|docm|dotm|xlsm|xltm|xlam|xll|pptm|ppam|accdb|mdb)[\s.]*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class LookedInto:
    """What was found: ``fault`` says why it cannot be taken, with what to do."""

    fault: Said | None = None
    pages: int = 0
    note: FileNote = FileNote.NONE


def _broken(name: str) -> LookedInto:
    return LookedInto(
        Said(
            f"“{name}”不完整或者已经损坏，可能没有下载或保存完。请重新保存后上传。",
            f"“{name}” is incomplete or damaged; it may not have been saved or downloaded to "
            "its end. Save it again, then upload.",
        )
    )


def _locked(name: str) -> LookedInto:
    return LookedInto(
        Said(
            f"“{name}”须输入密码才能打开，窗口无法打开。请取消打开密码后再上传。",
            f"“{name}” opens only with a password, so the window cannot open it. Remove the "
            "password, then upload.",
        )
    )


def _framed(content: bytes) -> tuple[bytes, bool]:
    """The bytes from header to end mark, and whether that end is the true one."""
    begin = content.find(PDF_BEGINS, 0, PDF_HEAD + len(PDF_BEGINS))
    whole = content[max(begin, 0) :].rstrip(PADDING)
    end = whole.rfind(ENDS, max(0, len(whole) - TAIL))
    if end < 0:
        return whole, False
    end += len(ENDS)
    return whole[:end], not MORE.search(whole, end)


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF, its padding left out. Raises ``pikepdf.PdfError`` where it cannot be read."""
    framed, ended = _framed(content)
    return pikepdf.open(io.BytesIO(framed), attempt_recovery=ended, suppress_warnings=True)


def _within(one: Any, depth: int = 0) -> Iterator[Any]:
    """``one`` and the dictionaries written inside it; what is referred to comes by itself."""
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        yield one
        inside = [value for _key, value in one.items()]
    elif isinstance(one, pikepdf.Array):
        inside = list(one)
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            yield from _within(value, depth + 1)


def _script(value: Any) -> bool:
    """Whether the value of ``/JS`` can be a script; fonts and pictures may be called so too."""
    if isinstance(value, pikepdf.Stream):
        return value.get("/Subtype") not in ("/Image", "/Form")
    return isinstance(value, pikepdf.String)


def _runs(one: Any) -> bool:
    """Whether this dictionary is an action or annotation that runs something."""
    if one.get("/Subtype") == "/RichMedia":
        return True
    acts, script = one.get("/S"), one.get("/JS")
    if acts in RUNS:
        part_of_text = one.get("/Type") == "/StructElem" or "/K" in one
        return not (part_of_text and not {"/JS", "/F", "/Win", "/Unix"} & set(one.keys()))
    if acts in SENDS and "/F" in one:
        return True
    if acts == "/URI" and re.match(
        r"[\s\0]*(?:javascript|vbscript|file):", str(one.get("/URI")), re.I
    ):
        return True
    return script is not None and acts in (None, "/Rendition") and _script(script)


def _named(one: Any) -> str:
    return str(one.get("/UF") or one.get("/F") or "").rstrip(" .\t\r\n\0")


def fault_of_contents(pdf: pikepdf.Pdf, name: str) -> LookedInto:
    """What stands in the objects of an opened PDF."""
    pages = len(pdf.pages)
    if not pages:
        return _broken(name)
    if pages > MOST_PAGES:
        return LookedInto(
            Said(
                f"“{name}”有{pages}页，超过{MOST_PAGES}页。请分成几份上传。",
                f"“{name}” has {pages} pages, more than {MOST_PAGES}. Upload it in parts.",
            )
        )
    form = pdf.Root.get("/AcroForm")
    runs = isinstance(form, pikepdf.Dictionary) and form.get("/XFA") is not None
    names = pdf.Root.get("/Names")
    runs = runs or (isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names)
    info = pdf.trailer.get("/Info")
    told = info.objgen if isinstance(info, pikepdf.Object) and info.is_indirect else None
    attached, signed = [], False
    for whole in pdf.objects:
        if isinstance(whole, pikepdf.Object) and told is not None and whole.objgen == told:
            continue  # its properties: words about it
        for one in _within(whole):
            runs = runs or _runs(one)
            if "/EF" in one:
                attached.append(_named(one))
            signed = signed or "/ByteRange" in one
    if runs:
        return LookedInto(_scripts(name, signed))
    if not attached:
        return LookedInto(pages=pages)
    metadata = pdf.Root.get("/Metadata")
    archival = isinstance(metadata, pikepdf.Stream) and ARCHIVAL.search(
        metadata.read_bytes()[:METADATA]
    )
    harmful = [
        one for one in attached if PROGRAMS.search(one) or NESTED.search(one) or MACROS.search(one)
    ]
    if harmful or not (archival or signed):
        return LookedInto(_attachments(name, signed or bool(archival)))
    return LookedInto(pages=pages, note=FileNote.ATTACHMENTS)


def _scripts(name: str, signed: bool) -> Said:
    if signed:  # printing it would destroy the signature
        return Said(
            f"“{name}”含有脚本或者动态表单，不能接收；文件带有电子签名，打印会使签名失效。"
            "请向出具单位索取不含脚本的版本，或到窗口提交。",
            f"“{name}” holds scripts or a dynamic form and cannot be taken; printing it would "
            "destroy its signature. Ask who issued it for one without scripts, or hand it in at "
            "the window.",
        )
    return Said(
        f"“{name}”含有脚本或者动态表单，不能接收。请“打印为PDF”后再上传。",
        f"“{name}” holds scripts or a dynamic form and cannot be taken. Print it to PDF, then "
        "upload.",
    )


def _attachments(name: str, official: bool) -> Said:
    if official:
        return Said(
            f"“{name}”内附程序、宏或者压缩包，不能接收。请向出具单位索取不带这些附件的版本，"
            "或到窗口提交。",
            f"“{name}” carries a program, macros or an archive and cannot be taken. Ask who issued "
            "it for one without, or hand it in at the window.",
        )
    return Said(
        f"“{name}”内嵌有其他文件，不能接收（电子发票等PDF/A-3或带电子签名的除外）。"
        "请取出其中的文件分别上传。",
        f"“{name}” has other files inside and cannot be taken (PDF/A-3 such as e-invoices, and "
        "signed files, can). Take them out and upload each by itself.",
    )


def look_into(name: str, content: bytes) -> LookedInto:
    """What the PDF is; its ``fault`` is None if it can be taken. ``name`` is for the sentence."""
    try:
        with opened(content) as pdf:
            return fault_of_contents(pdf, name)
    except pikepdf.PasswordError:
        return _locked(name)
    except pikepdf.PdfError as problem:
        if "encrypt" in str(problem).lower() or "security handler" in str(problem).lower():
            return _locked(name)
        return _broken(name)
    except (RecursionError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        return _broken(name)  # objects of another kind than the standard says
