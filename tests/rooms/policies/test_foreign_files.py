"""A foreign file is opened where it can do no harm: what does not end is refused in a sentence."""

import io
import time
import zipfile

import pytest

from openhall.deeds.collecting import Act, _act
from openhall.policies import opening
from openhall.policies.opening import opened
from openhall.policies.rules.pages import NotADocument

pytestmark = pytest.mark.any_database
WORD = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "{}</w:body></w:document>"
)


def packed(document: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr("word/document.xml", document)
    return made.getvalue()


def test_a_page_that_is_never_read_to_its_end_is_left(monkeypatch):
    monkeypatch.setattr(opening, "MOST_SECONDS", 1)
    page = "<html><body>" + "<div class='nav'>正文" * 60_000 + "</body></html>"
    began = time.monotonic()
    with pytest.raises(NotADocument, match=r"没有读完|没有找到正文"):
        opened(page.encode())
    assert time.monotonic() - began < 15


def test_a_small_word_file_of_gigabytes_is_refused_and_this_process_stays_small():
    bomb = packed(WORD.format("<w:p/>" * 20_000_000).encode())
    assert len(bomb) < 1 << 20
    with pytest.raises(NotADocument):
        opened(bomb)


def test_no_foreign_file_is_read_within_an_act():
    token = _act.set(Act())
    try:
        with pytest.raises(RuntimeError, match="before its act"):
            opened(b"<html><body><p>" + "正文".encode() * 60)
    finally:
        _act.reset(token)
