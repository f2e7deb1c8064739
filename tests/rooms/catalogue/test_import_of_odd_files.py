"""``openhall import`` of whatever bytes: taken whole, or refused in a sentence; never half of it."""

# ruff: noqa: E501 - odd files are read as they stand
import gzip
import io
import json
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from openhall.catalogue.models import ItemVersion
from openhall.files import judges
from openhall.organs.models import Organ, Post
from openhall.policies.models import PolicyDocument

pytestmark = pytest.mark.any_database

WHAT = ("catalogue", "policies", "organs", "posts", "form")


def book(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def sheet(rows, dimension=""):
    cells = "".join(
        f'<row r="{n}">'
        + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
        + "</row>"
        for n, row in enumerate(rows, start=1)
    )
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{dimension}<sheetData>{cells}</sheetData></worksheet>"
    )


def workbook(content):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>'
            '<sheet name="survey" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/>'
            "</Relationships>",
        )
        packed.writestr("xl/worksheets/sheet1.xml", content)
    return made.getvalue()


HEADS = [
    "name,code,kind,organ",
    "名称,编码,类型,单位",
    "code,name,parent,kind",
    "type,name,label",
    "实施编码,事项名称",
]
RECORD = {
    "id": "1",
    "title": "关于试用的通知",
    "text": "一、试用。",
    "number": "",
    "date": "2026-01-01",
}


def records(*rows):
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows).encode()


ODD = {
    "empty.csv": b"",
    "blank.csv": b" \r\n\r\n\t\n",
    "bom.csv": b"\xef\xbb\xbf",
    "bom16.csv": b"\xff\xfe",
    "nul.csv": b"a,b\n\x00,1\n",
    "nul.json": b"\x00",
    "bytes.csv": bytes(range(256)),
    "high.csv": b"\xff" * 300,
    "half16.csv": "名称,编码\n".encode("utf-16")[:-1],
    "utf32.csv": "名称,编码\n甲,1\n".encode("utf-32"),
    "quote.csv": b'name,code\n"a,1\n',
    "cr.csv": b"name,code,kind,organ\rx,1,,\r",
    "twice.csv": b"name,name,code\n1,2,3\n",
    "only-heads.csv": b"name,code,kind,organ\n",
    "one-cell.csv": b"x",
    "commas.csv": b"," * 5000,
    "wide.csv": (",".join(f"c{n}" for n in range(3000)) + "\n" + "1," * 2999 + "1\n").encode(),
    "long.csv": b"name,code,kind,organ\n" + b"x" * 200_000 + b",1,,\n",
    "surrogate.json": b'[{"name": "\\ud800"}]',
    "deep.json": b"[" * 100_000,
    "deep2.json": b'{"a":' * 50_000,
    "deep3.json": b"[" * 900 + b"]" * 900,
    "nan.json": b'[{"promised": NaN, "code": 1e999}]',
    "number.json": b"5",
    "null.json": b"null",
    "text.json": b'"x"',
    "list.json": b"[1, null, [], {}]",
    "object.json": b'{"items": 5, "pages": 5, "components": 7, "schema": []}',
    "gbk.json": '[{"名称": "甲"}]'.encode("gb18030"),
    "pages.json": b'{"pages": [1, null, {"components": 5}, {"path": {}}]}',
    "components.json": b'{"components": [1, null, {"type": 5, "key": null, "components": 4}]}',
    "properties.json": b'{"properties": {"a": 5, "b": {"$ref": "#"}}, "required": 5}',
    "refs.json": b'{"properties": {"a": {"$ref": "#/properties/a"}}}',
    "big-number.json": b'[{"code": ' + b"9" * 6000 + b"}]",
    "gbk.jsonl": '{"id": "1", "title": "关于"}\n'.encode("gb18030"),
    "scalar.jsonl": b"1\n",
    "list.jsonl": b"[]\n",
    "no-text.jsonl": records({"id": "1", "title": "关于"}),
    "null-text.jsonl": records(RECORD | {"text": None}),
    "day.jsonl": records(RECORD | {"date": 20260101}),
    "day2.jsonl": records(RECORD | {"date": "2026-02-30"}),
    "day3.jsonl": records(RECORD | {"date": ["2026"]}),
    "nul.jsonl": records(RECORD | {"text": "a\0b"}),
    "surrogate.jsonl": records(json.dumps(RECORD).replace("1", "\\ud800", 1)),
    "second-bad.jsonl": records(RECORD | {"id": "odd-1"}, "{"),
    "deep.jsonl": b"[" * 100_000 + b"\n",
    "dates.jsonl": records(RECORD | {"dates": {"a": "\0"}}),
    "bad.jsonl.gz": b"\x1f\x8bnothing",
    "plain.jsonl.gz": records(RECORD),
    "cut.jsonl.gz": gzip.compress(records(*[RECORD | {"id": f"odd-{n}"} for n in range(500)]))[:-40],
    "torn.jsonl.gz": (lambda raw: raw[:60] + b"\xff" * 30 + raw[90:])(
        gzip.compress(records(*[RECORD | {"id": f"odd-{n}"} for n in range(500)]))
    ),
    "bomb.jsonl.gz": gzip.compress(b"0" * (60 << 20)),
    "empty.xlsx": b"",
    "text.xlsx": b"name,code\n",
    "old.xlsx": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "zip.xlsx": book(x="y"),
    "torn.xlsx": workbook(sheet([["name", "code"]]))[:-30],
    "cut-sheet.xlsx": workbook(sheet([["name", "code"], ["a", "1"]])[:-40]),
    "entity.xlsx": workbook('<!DOCTYPE x [<!ENTITY a "b">]>' + sheet([["&a;"]])),
    "bomb.xlsx": workbook(sheet([["x" * 1_000_000]] * 60)),
    "far.xlsx": workbook('<worksheet><sheetData><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></sheetData></worksheet>'),
    "negative.xlsx": workbook('<worksheet><sheetData><row r="-5"><c r="A-5" t="s"><v>-7</v></c></row></sheetData></worksheet>'),
    "strings.xlsx": workbook('<worksheet><sheetData><row><c t="s"><v>99</v></c></row></sheetData></worksheet>'),
    "infinite.xlsx": workbook('<worksheet><sheetData><row><c><v>1e999</v></c><c><v>NaN</v></c></row></sheetData></worksheet>'),
    "latin.xlsx": workbook('<?xml version="1.0" encoding="x-none"?><worksheet/>'),
    "empty-sheet.xlsx": workbook(sheet([])),
    "xml.xml": b"<h:html xmlns:h='x'/>",
    "doctype.xml": b" " * 9000 + b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "late-doctype.xml": b"<!--" + b"x" * 9000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
    "deep.xml": b"<a>" * 100_000 + b"</a>" * 100_000,
    "encoding.xml": b'<?xml version="1.0" encoding="none"?><a/>',
    "utf16.xml": "<?xml version='1.0' encoding='utf-16'?><a/>".encode("utf-16"),
    "html.html": b"<html><body>" + b"<div>" * 900 + "正文".encode() * 60 + b"</body></html>",
    "charset.html": b"<html><meta charset=x-none><body><p>" + "正文".encode() * 60,
    "charset2.html": b"<html><meta charset=rot13><body><p>" + "正文".encode() * 60,
    "charset3.html": b"<html><meta charset=base64><body><p>" + "正文".encode() * 60,
    "charset4.html": b"<html><meta charset=utf-7><body><p>" + "正文".encode() * 60,
    "charset5.html": b"<html><meta charset=idna><body><p>" + "正文".encode() * 60,
    "charset6.html": b"<html><meta charset=undefined><body><p>" + "正文".encode() * 60,
    "script.html": b"<html><script>" + b"x" * 100_000,
    "broken.pdf": b"%PDF-1.7\n1 0 obj <</Length 99999999999>> stream\n",
    "docx.docx": book(word__document_xml="x", **{"[Content_Types].xml": "x"}),
    "no.ofd": book(**{"OFD.xml": "<a>"}),
    "ofd.ofd": book(**{"OFD.xml": "<a><DocRoot>../../../etc/passwd</DocRoot></a>"}),
    "self.ofd": book(**{"OFD.xml": "<a><DocRoot>OFD.xml</DocRoot></a>"}),
    "formulas.csv": b"name,code,kind,organ\n=cmd|'/C calc'!A0,+1,-1,@x\n",
} | {f"head-{n}.csv": f"{head}\n甲,\x7f,²,½\n".encode() for n, head in enumerate(HEADS)}  # fmt: skip


def rows():
    return [model.objects.count() for model in (ItemVersion, Organ, Post, PolicyDocument)]


@pytest.mark.django_db
@pytest.mark.parametrize("what", WHAT)
def test_any_bytes_are_taken_whole_or_refused_in_a_sentence(cast, what, tmp_path, monkeypatch):
    # Each in a process of its own takes a tenth of a second; that is tried elsewhere.
    monkeypatch.setattr(judges, "read_apart", lambda reader, raw, _seconds: reader(raw))
    told = {}
    for name, raw in ODD.items():
        path = tmp_path / name
        path.write_bytes(raw)
        before, out = rows(), StringIO()
        try:
            call_command("import", what, str(path), stdout=out, stderr=StringIO())
        except CommandError as refused:
            said = str(refused)
            assert said.strip(), name
            assert "Traceback" not in said
            assert "None" not in said, (name, said)
            assert rows() == before, name
        except Exception as fault:  # which file it was is what one wants to know
            told[name] = f"{type(fault).__name__}: {fault}"[:150]
    assert told == {}
