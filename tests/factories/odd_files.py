"""Odd files, the same each time from one seed: what phones, scanners, printers, attackers send.

``seeds()`` are whole files of every kind that is taken and of those that must not be; ``odd_files``
cuts, flips, prefixes, pads, splices and repeats them.
"""

import base64
import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

# 64 × 48, red; drawn by an encoder that the product does without.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAABoAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34"
    "+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5"
    "uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAA"
    "AAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAA"
    "AAAAAAEAAQWBAgMFhAAAACJtZGF0AAAAFigBrwtg9eWDr//0HHfxxiDxcNP9Q4A="
)


def pdf(change: Callable[[pikepdf.Pdf], object] | None = None, **saving) -> bytes:
    """A PDF of one blank page, after ``change``."""
    made = pikepdf.new()
    made.add_blank_page()
    if change is not None:
        change(made)
    whole = io.BytesIO()
    made.save(whole, **saving)
    return whole.getvalue()


def _set(name: str, value: Callable[[], object]) -> Callable[[pikepdf.Pdf], object]:
    return lambda made: made.Root.__setitem__(name, value())


def script(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def fonts_called_so(made: pikepdf.Pdf) -> None:
    """A font named ``/JS1``, a picture named ``/JS``, words and links that say JavaScript."""
    page = made.pages[0]
    picture = made.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/JavaScript"))
    page.Resources = Dictionary(
        Font=Dictionary({"/JS1": font, "/JavaScript": font, "/JS": font}),
        XObject=Dictionary({"/JS": picture}),
    )
    page.Contents = made.make_stream(b"BT /JS1 12 Tf (/JavaScript /Launch /EmbeddedFile) Tj ET")
    link = Dictionary(S=Name.URI, URI=String("https://example.gov.cn/JS/JavaScript?/Launch"))
    page.Annots = Array([made.make_indirect(Dictionary(Subtype=Name.Link, A=link))])
    made.docinfo["/Title"] = "/JavaScript /JS (x)"
    made.docinfo["/JS"] = "a word"


def attachment(name: str, *, archival: bool = False) -> Callable[[pikepdf.Pdf], object]:
    def change(made: pikepdf.Pdf) -> None:
        made.attachments[name] = pikepdf.AttachedFileSpec(made, b"<x/>", filename=name)
        if archival:
            words = (
                b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
                b'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
                b'rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
                b"<pdfaid:part>3</pdfaid:part></rdf:Description></rdf:RDF></x:xmpmeta>"
            )
            made.Root.Metadata = made.make_stream(words, Type=Name.Metadata, Subtype=Name.XML)

    return change


def signed(made: pikepdf.Pdf) -> None:
    sign = Dictionary(Type=Name.Sig, Contents=String("x"), ByteRange=Array([0, 1, 2, 3]))
    made.Root.AcroForm = Dictionary(Fields=Array([Dictionary(FT=Name.Sig, V=sign)]))


def late_launch(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    inner = Dictionary(S=Name.GoTo, Next=Array([action]))
    made.pages[0].AA = Dictionary(O=inner)


def names_tree(made: pikepdf.Pdf) -> None:
    tree = Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String("x"))]))
    made.Root.Names = Dictionary(JavaScript=tree)


def script_in_a_stream(made: pikepdf.Pdf) -> None:
    long = made.make_stream(b"app.alert(1)")
    made.pages[0].Annots = Array(
        [Dictionary(Subtype=Name.Link, A=Dictionary(S=Name("/JavaScript"), JS=long))]
    )


def hand_written(body: bytes) -> bytes:
    """A PDF whose one object 4 is ``body``, with a table that fits."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/X 4 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        body,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj" % number + one + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(
        b"%010d 00000 n \n" % at for at in places
    )
    end = b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + table + end


def object_stream(inside: bytes, filters: str) -> bytes:
    """A PDF with ``inside`` as object 5 in an object stream packed by ``filters``."""
    plain = b"5 0 " + inside
    packed = plain
    names = filters.split()
    for one in reversed(names):
        if one == "/FlateDecode":
            packed = zlib.compress(packed)
        elif one == "/ASCIIHexDecode":
            packed = packed.hex().encode() + b">"
        elif one == "/ASCII85Decode":
            packed = base64.a85encode(packed) + b"~>"
    head = f"<</Type/ObjStm/N 1/First 4/Length {len(packed)}/Filter[{filters}]>>stream\n"
    made = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>endobj\n"
    places = [9]
    for number, one in (
        (2, b"<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        (3, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
    ):
        places.append(len(made))
        made += b"%d 0 obj" % number + one + b"endobj\n"
    places.append(len(made))
    made += b"4 0 obj" + head.encode() + packed + b"\nendstream endobj\n"
    at = len(made)
    rows = [(0, 0, 255), *((1, place, 0) for place in places), (2, 4, 0), (1, at, 0)]
    table = b"".join(
        bytes([kind]) + place.to_bytes(3, "big") + bytes([more]) for kind, place, more in rows
    )
    made += b"6 0 obj<</Type/XRef/Size 7/W[1 3 1]/Root 1 0 R/Length %d>>stream\n" % len(table)
    return made + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % at


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    whole = io.BytesIO()
    Image.new(mode, size).save(whole, kind)
    return whole.getvalue()


def scan(sheets: int = 3, kind: str = "TIFF") -> bytes:
    """A scan of several sheets."""
    whole = io.BytesIO()
    first, *more = (Image.new("1", (120, 160), number % 2) for number in range(sheets))
    first.save(whole, kind, save_all=True, append_images=more)
    return whole.getvalue()


def many_scans() -> bytes:
    """A small JPEG that asks for the same work again and again."""
    whole = io.BytesIO()
    Image.new("RGB", (800, 800)).save(whole, "JPEG", progressive=True)
    made = whole.getvalue()
    first, end = made.find(b"\xff\xda"), made.rfind(b"\xff\xd9")
    return made[:end] + made[first:end] * 90 + made[end:]


def sends(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.SubmitForm, F=String("https://elsewhere.example"))
    made.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=action)])


def script_address(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String(" JavaScript:alert(1)"))
    made.pages[0].Annots = Array([Dictionary(Subtype=Name.Link, A=action)])


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


DOCX = packed(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
TEMPLATE = (
    b'<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    b'2006/relationships/attachedTemplate" Target="%s" TargetMode="External"/></Relationships>'
)


def docx_with(target: bytes) -> bytes:
    """A DOCX whose template lies at ``target``."""
    return packed(
        **{
            "[Content_Types].xml": b"<x/>",
            "word/document.xml": b"<x/>",
            "word/_rels/settings.xml.rels": TEMPLATE % target,
        }
    )


OFD = packed(**{"OFD.xml": b"<x/>"})


def seeds() -> dict[str, bytes]:
    """Whole files by name; those that begin with ``bad-`` must be refused as they are."""
    streams = pikepdf.ObjectStreamMode.generate
    owner = pikepdf.Encryption(owner="owner", user="")
    return {
        "plain.pdf": pdf(),
        "streams.pdf": pdf(object_stream_mode=streams),
        "linear.pdf": pdf(linearize=True),
        "owner.pdf": pdf(encryption=owner),
        "names.pdf": pdf(fonts_called_so),
        "invoice.pdf": pdf(attachment("invoice.xml", archival=True)),
        "hand.pdf": hand_written(b"<</Words(/JS /JavaScript)>>"),
        "a.jpg": picture(),
        "a.png": picture("PNG", mode="RGBA"),
        "one-bit.png": picture("PNG", mode="1"),
        "a.webp": picture("WEBP"),
        "a.heic": HEIC,
        "a.tif": scan(),
        "one-sheet.tif": picture("TIFF"),
        "a.bmp": picture("BMP"),
        "a.avif": picture("AVIF"),
        "office.docx": docx_with(rb"file:///C:\Office\Normal.dotm"),
        "a.docx": DOCX,
        "a.ofd": OFD,
        "bad-locked.pdf": pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "bad-script.pdf": pdf(script),
        "bad-script-in-streams.pdf": pdf(script, object_stream_mode=streams),
        "bad-script-owner.pdf": pdf(script, encryption=owner),
        "bad-launch.pdf": pdf(late_launch),
        "bad-names.pdf": pdf(names_tree),
        "bad-stream.pdf": pdf(script_in_a_stream),
        "bad-xfa.pdf": pdf(_set("/AcroForm", lambda: Dictionary(Fields=Array([]), XFA=Array([])))),
        "bad-attachment.pdf": pdf(attachment("a.xml")),
        "bad-program.pdf": pdf(attachment("a.exe", archival=True)),
        "bad-escape.pdf": hand_written(b"<</S/#4Aava#53cript/JS(x)>>"),
        "bad-sends.pdf": pdf(sends),
        "bad-address.pdf": pdf(script_address),
        "bad-macros.pdf": pdf(attachment("a.docm ", archival=True)),
        "bad-apk.pdf": pdf(attachment("a.apk", archival=True)),
        "bad-template.docx": docx_with(b"https://elsewhere.example/a.dotm"),
        "bad-scans.jpg": many_scans(),
        "bad-sheets.tif": scan(101),
        "bad-garbage.pdf": b"%PDF-1.4\ngarbage\n%%EOF",
        "bad-stream-words.pdf": b"%PDF-1.4\n" + b"stream\n" * 9000 + b"%%EOF",
        "bad-zip.zip": packed(a=b"x"),
        "bad-bomb.png": picture("PNG", (20_000, 15_000), "1"),
    }


def odd_files(many: int, seed: int = 9) -> Iterator[tuple[str, bytes]]:
    """``many`` files, the same each time; small, so that a run of them is short."""
    draw = random.Random(seed)
    whole = {name: body for name, body in seeds().items() if len(body) < 200_000}
    names = sorted(whole)
    for number in range(many):
        name = draw.choice(names)
        body = bytearray(whole[name])
        for _turn in range(draw.randint(1, 3)):
            match draw.randrange(8):
                case 0:
                    body = body[: draw.randrange(len(body) + 1)]
                case 1:
                    for _flip in range(draw.randint(1, 12)):
                        if body:
                            body[draw.randrange(len(body))] = draw.randrange(256)
                case 2:
                    body[:0] = draw.choice(
                        [b"\r\n\r\n", b"\xef\xbb\xbf", b"HTTP/1.1 200\r\n\r\n", b"\0" * 900]
                    )
                case 3:
                    body += draw.choice(
                        [b"\0" * 4096, b"\r\n", b"<html>", b"9 0 obj<</S/JavaScript>>"]
                    )
                case 4:
                    other = whole[draw.choice(names)]
                    cut = draw.randrange(len(other))
                    body = body[: len(body) // 2] + other[cut:]
                case 5:
                    at = draw.randrange(len(body) + 1)
                    token = draw.choice(
                        [
                            b"stream\n",
                            b"<<",
                            b"[",
                            b"(",
                            b"/Type/ObjStm stream\n",
                            b"<</Kids[2 0 R]>>",
                        ]
                    )
                    body[at:at] = token * draw.choice([1, 50, 3000])
                case 6:
                    body = bytearray(
                        bytes(body)
                        .replace(b"/Length", b"/Lengtj")
                        .replace(b"Count 1", b"Count 99999999")
                    )
                case 7:
                    name = draw.choice(
                        ["x", "图片.jfif", "a.pdf", "mmexport1", "照片.jpg(1)", "a.exe"]
                    )
        yield f"{number}-{name}", bytes(body)
