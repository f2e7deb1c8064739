"""The bank's own books: payments in its own SQLite file, signed with its own key."""

import os
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.fees.rules.callback import Paid, sign
from openhall.fees.rules.statement import write

ZONE = ZoneInfo("Asia/Shanghai")
SCHEMA = """
CREATE TABLE IF NOT EXISTS payment (
    serial TEXT PRIMARY KEY, notice TEXT NOT NULL UNIQUE, amount INTEGER NOT NULL,
    channel TEXT NOT NULL, paid_at TEXT NOT NULL, told INTEGER NOT NULL DEFAULT 0)"""


class Till:
    """Payments taken, and which of them the city has acknowledged. ``folder`` is the bank's."""

    def __init__(self, folder: Path, code: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.code = folder, code
        self.key = self._own_key()
        with self._books() as books:
            books.execute("PRAGMA journal_mode=WAL")
            books.execute(SCHEMA)

    def _own_key(self) -> Ed25519PrivateKey:
        secret = self.folder / "secret.key"
        try:
            handle = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = Ed25519PrivateKey.from_private_bytes(secret.read_bytes())
        else:
            key = Ed25519PrivateKey.generate()
            with os.fdopen(handle, "wb") as file:
                file.write(key.private_bytes_raw())
        public = b64encode(key.public_key().public_bytes_raw()).decode()
        (self.folder / "public.key").write_text(public)
        return key

    @contextmanager
    def _books(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.folder / "bank.sqlite3", timeout=30)) as books, books:
            yield books

    def pay(self, notice: str, amount: int, channel: str, at: datetime) -> Paid:
        """Take a payment; the same notice again answers with the first payment."""
        with self._books() as books:
            row = books.execute(
                "SELECT serial, notice, amount, channel, paid_at FROM payment WHERE notice = ?",
                (notice,),
            ).fetchone()
            if row is None:
                row = (f"B{notice}", notice, amount, channel, at.isoformat(timespec="seconds"))
                books.execute(
                    "INSERT INTO payment (serial, notice, amount, channel, paid_at)"
                    " VALUES (?, ?, ?, ?, ?)",
                    row,
                )
        return Paid(self.code, *row)

    def signature(self, paid: Paid) -> str:
        return sign(paid, self.key)

    def untold(self) -> list[Paid]:
        """Payments that the city has not acknowledged yet."""
        with self._books() as books:
            rows = books.execute(
                "SELECT serial, notice, amount, channel, paid_at FROM payment WHERE told = 0"
                " ORDER BY paid_at LIMIT 50"
            ).fetchall()
        return [Paid(self.code, *row) for row in rows]

    def told(self, paid: Paid) -> None:
        """The city has acknowledged ``paid``."""
        with self._books() as books:
            books.execute("UPDATE payment SET told = 1 WHERE serial = ?", (paid.serial,))

    def write_statement(self, day: date, folder: Path) -> Path:
        """The daily file of ``day``, for the city to compare."""
        with self._books() as books:
            rows = books.execute(
                "SELECT serial, notice, amount, channel, paid_at FROM payment"
                " WHERE substr(paid_at, 1, 10) = ? ORDER BY serial",
                (day.isoformat(),),
            ).fetchall()
        rows = [
            (serial, notice, -amount if channel == "refund" else amount, channel, paid_at)
            for serial, notice, amount, channel, paid_at in rows
        ]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.code}-{day:%Y%m%d}.csv"
        path.write_text(write(rows), encoding="utf-8")
        return path
