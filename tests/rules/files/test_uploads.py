"""What is taken: whole, bounded, harmless files; all else gets a sentence with what to do."""

import io

import pikepdf
import pytest

from openhall.files.judging import judge, watermarked
from openhall.files.pictures import look_at
from openhall.files.rules.archives import fault_of_archive, kind_of_archive
from openhall.files.rules.pdfs import MOST_PAGES
from openhall.files.rules.uploads import fault_of_picture, fault_of_size
from openhall.files.terms import FileNote
from tests.factories import odd_files as odd

SEEDS = odd.seeds()


@pytest.mark.parametrize("name", sorted(name for name in SEEDS if not name.startswith("bad-")))
def test_every_whole_and_harmless_file_is_taken_under_its_name(name):
    found = judge(name, SEEDS[name])
    assert found.fault is None
    assert found.name == name


@pytest.mark.parametrize("name", sorted(name for name in SEEDS if name.startswith("bad-")))
def test_every_harmful_or_broken_file_is_refused_in_both_languages(name):
    fault = judge(name, SEEDS[name]).fault
    assert fault is not None
    assert name in fault.zh
    assert name in fault.en


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("bad-sends.pdf", "动态表单"),
        ("bad-address.pdf", "脚本"),
        ("bad-macros.pdf", "宏"),
        ("bad-template.docx", "模板"),
        ("bad-scans.jpg", "过于复杂"),
        ("bad-sheets.tif", "101页"),
        ("bad-script.pdf", "脚本"),
        ("bad-script-in-streams.pdf", "脚本"),
        ("bad-escape.pdf", "脚本"),
        ("bad-xfa.pdf", "动态表单"),
        ("bad-locked.pdf", "密码"),
        ("bad-attachment.pdf", "分别上传"),
        ("bad-program.pdf", "程序"),
        ("bad-garbage.pdf", "损坏"),
        ("bad-bomb.png", "像素"),
    ],
)
def test_the_sentence_names_what_is_wrong(name, sentence):
    assert sentence in judge(name, SEEDS[name]).fault.zh


@pytest.mark.parametrize(
    "filters",
    ["/FlateDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/ASCII85Decode /FlateDecode"],
)
def test_a_script_in_an_object_stream_is_found_under_every_filter(filters):
    hidden = odd.object_stream(b"<</S/JavaScript/JS(x)>>", filters)
    assert "脚本" in judge("a.pdf", hidden).fault.zh
    assert judge("a.pdf", odd.object_stream(b"<</S/GoTo/D[3 0 R/Fit]>>", filters)).fault is None


def test_a_signed_file_is_never_told_to_be_printed():
    def change(pdf):
        odd.signed(pdf)
        odd.script(pdf)

    fault = judge("证照.pdf", odd.pdf(change)).fault
    assert "打印为PDF" not in fault.zh
    assert "窗口" in fault.zh


def test_an_invoice_with_its_data_inside_is_taken_with_a_note():
    assert judge("发票.pdf", SEEDS["invoice.pdf"]).note == FileNote.ATTACHMENTS

    def change(pdf):
        odd.signed(pdf)
        odd.attachment("a.xml")(pdf)

    assert judge("发票.pdf", odd.pdf(change)).note == FileNote.ATTACHMENTS
    assert judge("a.pdf", SEEDS["plain.pdf"]).note == FileNote.NONE


@pytest.mark.parametrize("before", [b"\r\n\r\n", b"\xef\xbb\xbf", b" " * 1000])
@pytest.mark.parametrize("after", [b"", b"\0" * 4096, b"\0" * 100_000, b"\r\n\x1a"])
def test_bytes_around_a_pdf_do_no_harm(before, after):
    for name in ("plain.pdf", "streams.pdf", "linear.pdf"):
        assert judge(name, before + SEEDS[name] + after).fault is None


def test_a_cut_off_pdf_is_refused_wherever_it_is_cut():
    for name in ("plain.pdf", "streams.pdf", "linear.pdf"):
        whole = SEEDS[name]
        for at in range(0, len(whole) - 8, 7):
            assert judge(name, whole[:at]).fault is not None, at


def test_the_pages_are_counted_and_bounded():
    many = odd.pdf(lambda pdf: [pdf.add_blank_page() for _ in range(MOST_PAGES)])
    assert "501页" in judge("a.pdf", many).fault.zh
    assert judge("a.pdf", odd.pdf(lambda pdf: pdf.add_blank_page())).pages == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("下载.jfif", "下载.jpg"),
        ("a.jpe", "a.jpg"),
        ("A.JPG", "A.JPG"),
        ("照片.jpg(1)", "照片(1).jpg"),
        ("mmexport1732790000", "mmexport1732790000.jpg"),
        ("微信图片.png", "微信图片.jpg"),
        ("身份证.2024", "身份证.2024.jpg"),
        ("合同.pdf", "合同.jpg"),
        (".jpg", ".jpg"),
        ("", "JPEG.jpg"),
    ],
)
def test_the_content_decides_and_the_ending_follows(typed, kept):
    found = judge(typed, SEEDS["a.jpg"])
    assert (found.fault, found.name, found.media_type) == (None, kept, "image/jpeg")


@pytest.mark.parametrize("brand", ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"])
def test_every_brand_of_a_phones_pictures_is_known(brand):
    content = odd.HEIC[:8] + brand.encode() + odd.HEIC[12:]
    for name in ("IMG_1.HEIC", "a.heif", "a.HIF"):
        found = judge(name, content)
        assert (found.fault, found.name, found.media_type) == (None, name, "image/heic")


def test_office_documents_are_known_by_what_is_inside():
    assert kind_of_archive(odd.DOCX) == "docx"
    assert kind_of_archive(odd.OFD) == "ofd"
    assert judge("信.pdf", odd.DOCX).name == "信.docx"


def test_a_plain_archive_or_a_broken_one_is_refused_with_what_to_do():
    assert "逐个上传" in judge("全部.zip", SEEDS["bad-zip.zip"]).fault.zh
    assert "逐个上传" in judge("全部.zip", b"PK\x03\x04 broken").fault.zh


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
    inside = {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}
    assert sentence in str(fault_of_archive("a.docx", odd.packed(**inside, **files)))


def test_a_picture_is_bounded_before_it_is_unfolded():
    assert fault_of_picture("a.png", 4961, 7016) is None  # A4 at 600 dpi
    assert fault_of_picture("a.png", 7016, 9921) is None  # A3
    assert fault_of_picture("a.jpg", 1080, 21_000) is None  # a long screenshot
    assert "像素" in str(fault_of_picture("a.png", 30_000, 30_000))
    assert "像素" in str(fault_of_picture("a.png", 1, 40_001))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGB", "RGBA"])
def test_the_small_copy_is_small_in_every_mode(mode):
    fault, (small,) = look_at("a.png", odd.picture("PNG", (900, 700), mode))
    assert fault is None
    assert small.startswith(b"\xff\xd8")


def test_a_cut_picture_is_refused_in_words():
    for name in ("a.heic", "a.jpg", "a.png", "a.webp"):
        assert "打不开" in judge(name, SEEDS[name][:-40]).fault.zh


def test_empty_and_oversized_files_are_told_before_they_are_read():
    assert "空文件" in str(fault_of_size("a.pdf", 0, 5))
    assert "上限" in str(fault_of_size("a.pdf", 6, 5))


def test_every_sheet_of_a_scan_is_kept_counted_and_shown():
    found = judge("扫描件", odd.scan(3))
    assert (found.fault, found.name, found.pages) == (None, "扫描件.tif", 3)
    with pikepdf.open(io.BytesIO(watermarked(odd.scan(3), "image/tiff", "此件"))) as shown:
        assert len(shown.pages) == 3
    assert "打不开" in judge("a.tif", odd.scan(3)[:-200]).fault.zh


@pytest.mark.parametrize(
    ("kind", "ending"), [("TIFF", "tif"), ("BMP", "bmp"), ("AVIF", "avif"), ("WEBP", "webp")]
)
def test_what_phones_and_scanners_make_is_taken_under_any_name(kind, ending):
    found = judge("照片.jpg", odd.picture(kind))
    assert (found.fault, found.name) == (None, f"照片.{ending}")


@pytest.mark.parametrize("words", [b"BM is how this text begins", b"II*not a picture", b"MM\0*"])
def test_words_that_begin_as_pictures_do_are_none(words):
    assert judge("a.txt", words).fault is not None
