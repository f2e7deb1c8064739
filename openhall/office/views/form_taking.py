"""A form of another tool taken over on the builder's page: looked at first, then kept.

What was read travels to the second step in the page itself, signed, so that nothing waits on the
server for a clerk who never comes back. Every line that could not be taken stands before the eyes
of whoever keeps the rest.
"""

from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from openhall.deeds.refusals import Refused
from openhall.forms.importing import LARGEST, NotReadable, Taken, read_sent
from openhall.forms.rules import FormDefinition, NotAForm, as_json, read_form
from openhall.glossary import Said

SALT: Final = "openhall.form-taken-over"
FOR: Final = 3600  # seconds in which what was looked at may be kept


def read_upload(file: UploadedFile) -> Taken:
    """The form in an uploaded file. Raises :class:`Refused` with the sentence for the page."""
    if (file.size or 0) > LARGEST:
        raise Refused(
            Said("文件超过8兆字节，不是表格定义。", "More than 8 MiB: no form definition."),
            "definition",
        )
    try:
        return read_sent(file.name or "form", file.read())
    except NotReadable as fault:
        raise Refused(fault.said, "definition") from fault


def sealed(form: FormDefinition) -> str:
    """The form as it travels through the page."""
    told: dict[str, Any] = {
        "title": form.title[:200],
        "title_en": form.title_en[:200],
        "fields": [as_json(one) for one in form],
    }
    return signing.dumps(told, salt=SALT, compress=True)


def opened(told: str) -> FormDefinition:
    """The form that was looked at. Raises :class:`Refused` if it is not what this page made."""
    try:
        read = signing.loads(told, salt=SALT, max_age=FOR)
        return read_form(read["fields"], read["title"], read["title_en"])
    except (signing.BadSignature, NotAForm, KeyError, TypeError) as fault:
        raise Refused(
            Said(
                "预览已失效，请重新选择文件。",
                "The preview is no longer valid. Choose the file again.",
            ),
            "definition",
        ) from fault
