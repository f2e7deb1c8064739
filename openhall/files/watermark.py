"""A reused copy as it is shown: with the watermark of its trust level across every page. norms 3.2.

The stored bytes stay as they were given, so that their digest still proves them; only what is shown
is drawn anew, by the judging process.
"""

import io
from pathlib import Path
from typing import IO, Any

from openhall.files.actions import bytes_of
from openhall.files.judges import drawn
from openhall.files.models import Upload
from openhall.files.rules.trust import watermark
from openhall.files.terms import TrustLevel


def mark_of(upload: Upload) -> str:
    """The words across the copy; empty where nobody vouches for it."""
    if not upload.vouched_by:
        return ""
    return watermark(TrustLevel(upload.trust), upload.vouched_by, upload.vouched_until)


def shown(upload: Upload) -> tuple[IO[Any], str, str]:
    """The file as a page may show it: its bytes, kind and name."""
    mark = mark_of(upload)
    drawable = upload.media_type == "application/pdf" or upload.media_type.startswith("image/")
    if mark and drawable:
        made = drawn(bytes_of(upload), upload.media_type, mark)
        return io.BytesIO(made), "application/pdf", f"{Path(upload.name).stem}.pdf"
    return upload.file.open("rb"), upload.media_type, upload.name
