"""The copy of the pages that is shown while the server is away, and says as of when it is. E1."""

import json
import re
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from openhall.terminal.centre import Answer, Away, Centre

STATIC: Final = re.compile(rb"""["'(](/static/[^"')?#]+)""")
MOST: Final = 4000  # pages and files of one copy


class Copy:
    """Pages in ``folder/now``; a new one is made beside it and takes its place whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.as_of = ""
        self.kinds: dict[str, str] = {}
        self._open()

    def _open(self) -> None:
        index = self.folder / "now/index.json"
        if index.exists():
            said = json.loads(index.read_text("utf-8"))
            self.as_of, self.kinds = said["as_of"], said["kinds"]

    def find(self, address: str) -> Answer | None:
        """The page of an address as it was copied, whatever was asked of it behind ``?``."""
        path = address.partition("?")[0]
        kind = self.kinds.get(path)
        if kind is None:
            return None
        try:
            raw = (self.folder / "now" / _name(path)).read_bytes()
        except FileNotFoundError:
            return None
        return Answer(200, {"content-type": kind}, raw)

    def take(self, centre: Centre) -> None:
        """Copy everything the hall names anew; :class:`Away` leaves the copy that stands."""
        said = centre.get(f"/kiosk/{centre.hall}/copy.json").said()
        fresh, old = self.folder / "next", self.folder / "before"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        kinds: dict[str, str] = {}
        todo = list(dict.fromkeys(said["pages"]))
        for path in todo:  # grows by the files that pages and styles name
            answer = self.kept(path, said.get("built", "")) or centre.get(path)
            if answer.status != 200:
                continue
            kinds[path] = answer.headers.get("content-type", "application/octet-stream")
            (fresh / _name(path)).write_bytes(answer.body)
            more = [one for one in _named(answer) if one not in kinds and one not in todo]
            todo += more[: max(0, MOST - len(todo))]
        index = {"as_of": said["as_of"], "kinds": kinds, "built": said.get("built", "")}
        (fresh / "index.json").write_text(json.dumps(index), "utf-8")
        shutil.rmtree(old, ignore_errors=True)
        if (self.folder / "now").exists():
            (self.folder / "now").rename(old)
        fresh.rename(self.folder / "now")
        self.as_of, self.kinds = said["as_of"], kinds

    def kept(self, path: str, built: str) -> Answer | None:
        """A file whose name says its content need not be fetched again."""
        return self.find(path) if re.search(r"\.[0-9a-f]{12}\.\w+$", path) else None


def _named(answer: Answer) -> Iterator[str]:
    kind = answer.headers.get("content-type", "")
    if "html" in kind or "css" in kind:
        for found in STATIC.finditer(answer.body):
            yield found[1].decode("ascii", "ignore")


def _name(path: str) -> str:
    return sha256(path.encode()).hexdigest()


def copied(copy: Copy, centre: Centre) -> bool:
    """Make a new copy if the server answers."""
    try:
        copy.take(centre)
    except (Away, OSError, KeyError):
        return False
    return True
