"""Messages as lines of JSON under ``OUTBOX_FOLDER``: for the demonstration and for trying out.

Everything is really written; nothing leaves the machine.
"""

import json
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from openhall.outbox.carriers import Parcel
from openhall.outbox.refusals import NotCarried


class File:
    """Appends one line to ``sms.jsonl``, ``wechat.jsonl`` or ``email.jsonl``."""

    def carry(self, parcel: Parcel) -> str:
        folder = settings.OUTBOX_FOLDER
        line = json.dumps(
            {
                "id": parcel.number,
                "at": timezone.now().isoformat(timespec="seconds"),
                "to": parcel.to,
                "subject": parcel.subject,
                "words": parcel.words,
                "about": parcel.about,
            },
            ensure_ascii=False,
        )
        name = f"{parcel.channel.value}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if parcel.again and _is_there(folder / name, parcel.number):
                return f"此前已写入 {name}"
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise NotCarried(f"无法写入消息文件：{type(error).__name__}") from error
        return f"已写入 {name}"


def _is_there(path: Path, number: int) -> bool:
    """Whether a worker that died wrote the message just before it could say so."""
    begins = f'{{"id": {number}, '
    try:
        with path.open(encoding="utf-8") as lines:
            return any(line.startswith(begins) for line in lines)
    except FileNotFoundError:
        return False
