"""Applicants' papers at rest: sealed with the vault's keys, wherever they lie, disk or bucket.

A file is sealed in parts of 64 KiB (AES-256-GCM under a key of its own, derived from the vault's by
HKDF and the file's salt), so neither writing nor reading holds more than one part in memory. Each
part is bound to the file's name, its place and whether it is the last: a part, or a file, that was
moved, cut or exchanged does not open. Digests are taken before, of the bytes as they were given.
"""

import io
import os
import shutil
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.module_loading import import_string

from openhall.vault.keys import KEY_ID_BYTES, CannotDecrypt, first_key, key_named, stretched

MARK: Final = b"OHS1"
SALT_BYTES: Final = 16
HEAD: Final = len(MARK) + KEY_ID_BYTES + SALT_BYTES
PART: Final = 64 * 1024
TAG: Final = 16
IN_MEMORY: Final = 1024 * 1024  # of sealed bytes on their way; more goes through a temporary file


def _nonce(place: int, last: bool) -> bytes:
    return struct.pack("!7xIB", place, last)


def sealed_parts(plain: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The sealed form of ``plain``, part by part."""
    key_id, secret = first_key()
    salt = os.urandom(SALT_BYTES)
    cipher = AESGCM(stretched(secret, salt))
    yield MARK + key_id + salt
    held, place = b"", 0
    for piece in plain:
        held += piece
        while len(held) > PART:  # what is left may be the last
            yield cipher.encrypt(_nonce(place, False), held[:PART], name.encode())
            held, place = held[PART:], place + 1
    yield cipher.encrypt(_nonce(place, True), held, name.encode())


def plain_size(sealed: int) -> int:
    """Bytes of the file whose sealed form has ``sealed`` bytes."""
    body = sealed - HEAD
    parts = -(-body // (PART + TAG))
    return max(0, body - parts * TAG)


class Opened(io.RawIOBase):
    """A sealed file as its bytes were; may be read from anywhere. Raises :class:`CannotDecrypt`."""

    def __init__(self, source: IO[bytes], name: str) -> None:
        self._source, self._name = source, name.encode()
        total = source.seek(0, io.SEEK_END)
        source.seek(0)
        head = source.read(HEAD)
        if len(head) != HEAD or not head.startswith(MARK) or total < HEAD + TAG:
            raise CannotDecrypt(f"{name} is not in the vault's form (OHS1).")
        secret = key_named(head[len(MARK) : len(MARK) + KEY_ID_BYTES])
        self._cipher = AESGCM(stretched(secret, head[-SALT_BYTES:]))
        self._parts = -(-(total - HEAD) // (PART + TAG))
        self._size = plain_size(total)
        self._at, self._held, self._of = 0, b"", -1

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def _part(self, place: int) -> bytes:
        if place != self._of:
            self._source.seek(HEAD + place * (PART + TAG))
            sealed = self._source.read(PART + TAG)
            try:
                self._held = self._cipher.decrypt(
                    _nonce(place, place == self._parts - 1), sealed, self._name
                )
            except InvalidTag as error:
                raise CannotDecrypt("The file was altered, cut, or is another's.") from error
            self._of = place
        return self._held

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size:
            if not self._size:
                self._part(0)  # an empty file too must be the one that was sealed
            return 0
        place, inside = divmod(self._at, PART)
        piece = self._part(place)[inside : inside + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


class SealedStorage(Storage):
    """Any storage, with every file in it sealed. ``inner``: its backend and options."""

    def __init__(self, inner: dict[str, Any]) -> None:
        self.storage: Storage = import_string(inner["BACKEND"])(**inner.get("OPTIONS", {}))

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("A sealed file is written once, whole, and then only read.")
        source = self.storage.open(name, "rb")
        try:
            raw = Opened(source, name)
        except CannotDecrypt:
            source.close()
            raise
        return File(io.BufferedReader(raw, PART), name=name)

    def _sealed(self, name: str, content: File) -> tempfile.SpooledTemporaryFile[bytes]:
        sealed = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the caller's to close
        try:
            for part in sealed_parts(iter(content.chunks(PART)), name):
                sealed.write(part)
        except BaseException:
            sealed.close()
            raise
        sealed.seek(0)
        return sealed

    def replace(self, name: str, content: File) -> None:
        """Seal ``name`` anew: the new file is whole before it takes the old one's place."""
        with self._sealed(name, content) as sealed:
            content.close()
            if isinstance(self.storage, FileSystemStorage):
                place = Path(self.storage.path(name))
                beside = place.with_name(f".{place.name}.anew")
                with beside.open("wb") as file:
                    shutil.copyfileobj(sealed, file)
                    file.flush()
                    os.fsync(file.fileno())
                beside.replace(place)
                return
            self.storage._save(name, File(sealed, name=name))  # type: ignore[attr-defined]  # a bucket replaces an object whole

    def _save(self, name: str, content: File) -> str:
        with self._sealed(name, content) as sealed:
            kept = self.storage.save(name, File(sealed, name=name))
        if kept != name:  # bound to a name that it does not bear: nobody could open it
            self.storage.delete(kept)
            raise FileExistsError(name)
        return kept

    def delete(self, name: str) -> None:
        self.storage.delete(name)

    def exists(self, name: str) -> bool:
        return self.storage.exists(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        return self.storage.listdir(path)

    def size(self, name: str) -> int:
        return plain_size(self.storage.size(name))

    def get_modified_time(self, name: str) -> Any:
        return self.storage.get_modified_time(name)
