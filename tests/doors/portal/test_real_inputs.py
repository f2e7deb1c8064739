"""What people truly type, paste and upload, at the door; each a public report elsewhere."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from openhall.catalogue.models import Material
from openhall.files.pictures import look_at
from openhall.forms.rules.formula import whole_years
from tests.doors.portal.test_applying import PARTY, at, started
from tests.factories.cases import Walk

DRESSES = {
    "as printed": lambda code: code,
    "en dash": lambda code: code.replace("-", "\u2013"),
    "hyphen that does not break": lambda code: code.replace("-", "\u2011"),
    "full-width hyphen": lambda code: code.replace("-", "\uff0d"),
    "em dash": lambda code: code.replace("-", "\u2014"),
    "blank that does not break": lambda code: code.replace("-", "\u00a0"),
    "ideographic blank": lambda code: code.replace("-", "\u3000"),
    "a full stop behind": lambda code: code + "。",
    "a blank between all": lambda code: " ".join(code),
    "small": lambda code: code.lower(),
    "full width": lambda code: "".join(
        chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in code
    ),
}


def grouped(code):
    plain = code.replace("-", "")
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))


@pytest.mark.parametrize("field", ["track", "resume", "follow_complaint"])
def test_a_code_in_any_dress_opens_its_page_whatever_field_it_is_typed_into(cast, doing, field):
    case = Walk(cast, doing).submitted()
    for name, dress in DRESSES.items():
        client = Client()
        sent = client.post(reverse(f"portal:{field}"), {"code": dress(grouped(case.query_code))})
        assert sent.url == reverse("portal:case", args=[case.number]), name
        assert client.get(sent.url).status_code == 200


NAMES = [
    "身份证复印件 (1) “正面”&<b>.png",
    "很" * 120 + ".png",
    "신분증.png",  # Korean, composed otherwise
    "\U0001f4f7 照片.png",
    "C:\\Users\\王\\身份证.png",
    "../../x.png",
    "照片.jpg(1)",
    "mmexport1732790000",
    "微信图片.jfif",
]


def picture(mode="RGB", size=(9, 6), **saving):
    held = io.BytesIO()
    Image.new(mode, size, 1).save(held, **({"format": "PNG"} | saving))
    return held.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_keeps_its_name_is_shown_as_text_and_comes_back(client, cast, name):
    Material.objects.create(version=cast.version, key="charter", name="章程草案")
    draft = started(client, cast.item)
    client.post(at(draft, "applicant"), PARTY)
    client.post(at(draft, "papers"), {"charter": SimpleUploadedFile(name, picture())})
    upload = draft.uploads.get()
    assert upload.name.endswith(".png")
    assert "/" not in upload.name
    assert "\\" not in upload.name
    assert len(upload.name) <= 200
    page = client.get(at(draft, "papers")).text
    assert "<b>." not in page


@pytest.mark.parametrize(("turned", "size"), [(1, (9, 6)), (6, (6, 9)), (99, (9, 6))])
def test_a_small_copy_stands_upright_and_knows_no_place(turned, size):
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = turned, "telephone"
    fault, (copy,) = look_at("a.jpg", picture(format="JPEG", exif=exif.tobytes()))
    assert fault is None
    with Image.open(io.BytesIO(copy)) as small:
        assert small.size == size
        assert dict(small.getexif()) == {}


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "RGBA", "LA"])
def test_a_picture_of_every_mode_opens(mode):
    assert look_at("a.png", picture(mode))[0] is None


def test_who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march():
    """民法典 202: a term ends with the month's last day; the year is complete after it."""
    born = date(2008, 2, 29)
    assert whole_years(born, date(2026, 2, 28)) == 17
    assert whole_years(born, date(2026, 3, 1)) == 18


PASSPORTS = ["h 1234 5678", "Ｈ１２３４５６７８", "h-12345678", "護照：h12345678"]


@pytest.mark.parametrize("typed", PASSPORTS)
def test_a_number_is_shown_as_it_is_kept_and_words_as_they_were_typed(client, cast, typed):
    draft = started(client, cast.item)
    said = {
        "kind": "person",
        "acting": "self",
        "name": "O’Brien  mary",
        "identity": "passport",
        "number": typed,
        "phone": "138-0013 8000",
        "address": "锦江区  h 1234 5678 号",
    }
    wrong = client.post(at(draft, "applicant"), said | {"name": ""}).text
    again = client.post(at(draft, "applicant"), said)
    assert again.status_code == 303
    filled, review = client.get(at(draft, "applicant")).text, client.get(at(draft, "review")).text
    for page in (wrong, filled, review):
        assert "H12345678" in page
        assert "13800138000" in page
        assert "138-0013" not in page
        assert typed not in page.replace("锦江区  h 1234 5678 号", "")
        assert "锦江区  h 1234 5678 号" in page
    assert "护照 H12345678" in review
    assert "O’Brien  mary" in review
