"""A picture beside an article or a call is kept without where and by whom it was taken."""

import hashlib
import io

import pytest
from django.core.files.base import File
from django.core.files.storage import storages
from PIL import Image

from openhall.deeds.refusals import Refused
from openhall.files.actions import received
from tests.factories.odd_files import HEIC
from tests.rules.files.test_metadata import SECRET, exif, saved

pytestmark = pytest.mark.django_db


def stored(content, name, **more):
    sent = File(io.BytesIO(content), name=name)
    with received(sent, "file", **more) as kept, storages["private"].open(kept.stored) as file:
        return kept, file.read()


def test_its_digest_is_of_what_everybody_gets():
    content = saved("JPEG", exif=exif())
    kept, there = stored(content, "现场.jpg", public=True)
    assert SECRET.encode() not in there
    assert (kept.sha256, kept.size) == (hashlib.sha256(there).hexdigest(), len(there))
    assert Image.open(io.BytesIO(there)).size == (61, 37)


def test_what_an_applicant_sends_stays_as_it_was_given():
    content = saved("JPEG", exif=exif())
    kept, there = stored(content, "身份证.jpg")
    assert (there, kept.sha256) == (content, hashlib.sha256(content).hexdigest())


def test_a_format_that_browsers_do_not_show_is_refused_with_what_to_do():
    with pytest.raises(Refused, match="另存为JPG"):
        stored(HEIC, "现场.heic", public=True)
