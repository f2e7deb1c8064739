"""What is taken: whole, bounded, harmless files; all else gets a sentence with what to do."""

import io
import zipfile
import zlib

import pytest

from openhall.files.rules.archives import fault_of_archive, kind_of_archive
from openhall.files.rules.pdfs import fault_of_pdf, pages_of
from openhall.files.rules.uploads import fault_of_content, fault_of_picture, kind_of_content

PLAIN = b"%PDF-1.7\n1 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def pdf(inside: bytes) -> bytes:
    return PLAIN.replace(b"/Type/Page>>", b"/Type/Page " + inside + b">>")


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


DOCX = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}


def test_a_plain_pdf_is_taken_and_its_pages_counted():
    assert fault_of_pdf("a.pdf", PLAIN) is None
    assert pages_of(PLAIN) == 1


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        (b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>", "脚本"),
        (b"/A<</S/Launch/F(cmd.exe)>>", "脚本"),
        (b"/A<</S/#4Aava#53cript>>", "脚本"),
        (b"/Names<</EmbeddedFile 3 0 R>>", "附件"),
        (b"/Encrypt 9 0 R", "密码"),
    ],
)
def test_a_pdf_that_runs_hides_or_locks_something_is_refused(inside, sentence):
    assert sentence in str(fault_of_pdf("a.pdf", pdf(inside)))


def test_a_script_in_a_compressed_object_stream_is_found():
    hidden = zlib.compress(b"7 0 <</S/JavaScript/JS(x)>>")
    stream = b"2 0 obj<</Type /ObjStm/Filter/FlateDecode>>stream\n" + hidden + b"\nendstream endobj"
    assert "脚本" in str(fault_of_pdf("a.pdf", PLAIN.replace(b"trailer", stream + b"\ntrailer")))


def test_a_bomb_in_a_compressed_stream_is_inflated_only_to_the_bound():
    bomb = zlib.compress(b"0" * (64 * 1024 * 1024))
    stream = b"2 0 obj<</Type /ObjStm/Filter/FlateDecode>>stream\n" + bomb + b"\nendstream endobj"
    assert fault_of_pdf("a.pdf", PLAIN.replace(b"trailer", stream + b"\ntrailer")) is None


def test_the_words_of_a_page_are_no_script():
    words = b"3 0 obj<<>>stream\n(/JavaScript in a sentence)\nendstream endobj"
    assert fault_of_pdf("a.pdf", PLAIN.replace(b"trailer", words + b"\ntrailer")) is None


def test_a_cut_off_or_endless_pdf_is_refused():
    assert "不完整" in str(fault_of_pdf("a.pdf", PLAIN[:-8]))
    assert "501页" in str(
        fault_of_pdf("a.pdf", PLAIN.replace(b"trailer", b"/Type/Page " * 500 + b"t"))
    )


def test_office_documents_are_known_by_what_is_inside():
    assert kind_of_archive(packed(**DOCX)) == "docx"
    assert kind_of_archive(packed(**{"OFD.xml": b"<x/>"})) == "ofd"
    assert kind_of_content(packed(**DOCX)).name == "DOCX"
    assert fault_of_content("信.docx", packed(**DOCX)) is None
    assert "后缀不符" in str(fault_of_content("信.pdf", packed(**DOCX)))


def test_a_plain_archive_or_a_broken_one_is_refused_with_what_to_do():
    assert "逐个上传" in str(fault_of_content("全部.zip", packed(**{"a.pdf": PLAIN})))
    assert "逐个上传" in str(fault_of_content("全部.zip", b"PK\x03\x04 broken"))


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"word/vbaProject.bin": b"x"}, "宏"),
        ({"word/embeddings/a.zip": b"x"}, "压缩包"),
        ({"../../etc/passwd": b"x"}, "路径"),
        ({"/etc/passwd": b"x"}, "路径"),
        ({"word/media/zero.bin": b"0" * (8 * 1024 * 1024)}, "展开后过大"),
        ({f"word/{n}.xml": b"" for n in range(2001)}, "过于复杂"),
    ],
)
def test_an_archive_with_a_trap_is_refused(files, sentence):
    assert sentence in str(fault_of_archive("a.docx", packed(**DOCX, **files)))


def test_a_picture_is_bounded_before_it_is_unfolded():
    assert fault_of_picture("a.png", 4961, 7016) is None  # A4 at 600 dpi
    assert "像素" in str(fault_of_picture("a.png", 30_000, 30_000))
    assert "像素" in str(fault_of_picture("a.png", 1, 20_001))
