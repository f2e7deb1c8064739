"""Encrypted text columns, and the blind index by which an equal value is found unread.

AES-256-GCM under a key derived from ``settings.VAULT_KEYS`` by HKDF. The first key encrypts, every
key decrypts, so a key is replaced by putting the new one first and then letting ``openhall keys
rotate`` seal anew what is under the others. Each value is bound to its table, column and **row**:
copied anywhere else it does not open, and ``openhall.vault.looking`` tells it by night. A row has
its number before it is written (``openhall.vault.rows``), so that the first writing is bound too.
个人信息保护法 51.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.module_loading import import_string

from openhall.vault.keys import KEY_ID_BYTES, CannotDecrypt, derived, first_key, key_named
from openhall.vault.shut import is_shut, refused

MARK: Final = "v3:"
OF_COLUMN: Final = "v2:"  # bound to its column only; `openhall keys rotate` leaves none
UNBOUND: Final = "v1:"
NONCE_BYTES: Final = 12
BLIND_LENGTH: Final = 64
__all__ = [
    "BlindField",
    "CannotDecrypt",
    "EncryptedTextField",
    "blind",
    "blinds",
    "decrypt",
    "encrypt",
    "is_current",
]


@lru_cache(maxsize=64)
def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(secret)


@lru_cache(maxsize=8)
def _blinding_key(key: str) -> bytes:
    return derived(key, b"blind")


def encrypt(plain: str, place: str = "", row: Any = "") -> str:
    """``plain`` under the first key, as text that opens only at ``place`` in ``row``."""
    key_id, secret = first_key()
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(secret).encrypt(nonce, plain.encode(), f"{place}/{row}".encode())
    return MARK + base64.b64encode(key_id + nonce + sealed).decode()


def decrypt(stored: str, place: str = "", row: Any = "") -> str:
    """What :func:`encrypt` was given. Raises :class:`CannotDecrypt` if no key opens it here."""
    if not isinstance(stored, str):  # bytes that somebody wrote by hand
        raise CannotDecrypt("The value is not text.")
    if is_shut():
        raise refused(place)
    bound = {MARK: f"{place}/{row}".encode(), OF_COLUMN: place.encode(), UNBOUND: None}
    mark = stored[: len(MARK)]
    if mark not in bound:
        raise CannotDecrypt("The value is not in the vault's form (v3:…).")
    try:
        raw = base64.b64decode(stored[len(MARK) :], validate=True)
        body = raw[KEY_ID_BYTES:]
        cipher = _cipher(key_named(raw[:KEY_ID_BYTES]))
        return cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], bound[mark]).decode()
    except CannotDecrypt:
        raise
    except (InvalidTag, ValueError) as error:
        raise CannotDecrypt(
            "The value was altered, copied from another row or column, or its key is another."
        ) from error


def is_current(stored: str) -> bool:
    """Whether ``stored`` is bound to its row, and under the key that seals now."""
    if not isinstance(stored, str) or not stored.startswith(MARK):
        return False
    raw = base64.b64decode(stored[len(MARK) :][: 4 * KEY_ID_BYTES])
    return raw[:KEY_ID_BYTES] == first_key()[0]


def blinds(value: str) -> list[str]:
    """What :func:`blind` gives and what it gave under keys not yet retired: to look up by."""
    return [
        hmac.new(_blinding_key(key), value.encode(), hashlib.sha256).hexdigest()
        for key in settings.BLIND_KEYS
    ]


def blind(value: str) -> str:
    """64 hexadecimal digits that are equal for equal values and say nothing else: to keep.

    Under keys of its own (``BLIND_KEYS``), so that the vault's are replaced without a word of the
    index changing. While one of these is replaced, ask by :func:`blinds`.
    """
    return hmac.new(
        _blinding_key(settings.BLIND_KEYS[0]), value.encode(), hashlib.sha256
    ).hexdigest()


class Closed:
    """A value as it stands in the database; only with its row it opens."""

    __slots__ = ("stored",)

    def __init__(self, stored: str) -> None:
        self.stored = stored

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Closed) and other.stored == self.stored

    def __hash__(self) -> int:
        return hash(self.stored)

    def __str__(self) -> str:
        raise CannotDecrypt("A sealed value is read through its row, not by values().")


class Placed(str):
    """A value on its way into its row."""

    __slots__ = ("row",)
    row: Any


class Opening(DeferredAttribute):
    """Opens a value when it is first read, with the number of the row it stands in."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        field: Any = self.field
        kept, name = instance.__dict__, field.attname
        if name not in kept:
            super().__get__(instance, cls)  # reads the row
        value = kept[name]
        if type(value) is Closed:
            value = kept[name] = decrypt(value.stored, field.place, instance.pk)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text that is read in the clear here and stored encrypted. Empty text is stored empty.

    It cannot be searched; keep a :class:`BlindField` beside it where equality must be asked. It is
    read with its row, never by ``values()``; ``update()`` writes it row by row.
    """

    descriptor_class = Opening

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        kept = model_instance.__dict__.get(self.attname)
        if type(kept) is Closed and is_current(kept.stored):
            return kept  # nobody read it, so nobody changed it
        return self.placed(getattr(model_instance, self.attname), model_instance.pk)

    def placed(self, value: Any, row: Any) -> Any:
        """``value`` with the row it is for."""
        if not isinstance(value, str) or not value:
            return value
        placed = Placed(value)
        placed.row = row
        return placed

    def get_prep_value(self, value: Any) -> Any:
        if type(value) is Closed:
            return value.stored
        prepared = super().get_prep_value(value)
        if not prepared:
            return prepared
        row = getattr(value, "row", None)
        if row is None:
            raise TypeError(f"{self.place} is sealed for one row: save the row that holds it.")
        return encrypt(str(prepared), self.place, row)

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, Closed | Placed) else super().to_python(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return Closed(value) if value else value

    @property
    def place(self) -> str:
        """Table and column: where its values open."""
        return f"{self.model._meta.db_table}.{self.column}"


class BlindField(models.CharField):
    """The blind index of ``of``, an attribute of the row or of what it refers to.

    ``before``: what is put before it, so that two kinds of codes never meet; ``said``: dotted path
    of what makes of it the text that is blinded. ``openhall keys
    rotate`` makes the index anew, and the nightly look compares it with what it is made from. What
    is not 64 signs long, as after erasing, is no index and is left.
    """

    def __init__(
        self, *args: Any, of: str = "", before: str = "", said: str = "", **more: Any
    ) -> None:
        self.of, self.before, self.said = of, before, said
        more.setdefault("max_length", BLIND_LENGTH)
        super().__init__(*args, **more)

    def deconstruct(self) -> Any:
        """For migrations it is a column of text like any other."""
        name, _path, args, more = super().deconstruct()
        return name, "django.db.models.CharField", args, more

    def clone(self) -> Any:
        more = super().deconstruct()[3]
        return type(self)(of=self.of, before=self.before, said=self.said, **more)

    def text(self, row: Any) -> str:
        """What is blinded; empty when the row no longer says it."""
        value = row
        for name in self.of.split("."):
            value = getattr(value, name)
        make: Callable[[str], str] | None = import_string(self.said) if self.said else None
        text = make(str(value)) if make is not None and value else value
        return self.before + str(text) if text else ""
