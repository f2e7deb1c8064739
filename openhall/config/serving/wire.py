"""What goes over the wire, and no more of it: style sheets together, templates without indentation.

The first page of a visitor is at most 14 kB of HTML and CSS. The sources stay as people read them:
sheets are brought together and bared of their comments when static files are gathered, templates of
their indentation when they are loaded.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.template.base import Origin
from django.template.loaders.app_directories import Loader as AppDirectories
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS: Final = str(Path(__file__).resolve().parents[2])
INDENT: Final = re.compile(r"\n[ \t]+")
COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
AROUND: Final = re.compile(r"\s*([{};])\s*")


def bare(sheet: str) -> str:
    """A style sheet without comments and blanks that say nothing."""
    told = AROUND.sub(r"\1", re.sub(r"\s+", " ", COMMENT.sub("", sheet)))
    return told.replace(";}", "}").strip()


class Bared:
    """A source of static files whose style sheets are bare; some are several in one."""

    def __init__(self, read: Mapping[str, tuple[Any, str]]) -> None:
        self.read = read

    def open(self, name: str) -> ContentFile:
        parts = settings.SHEETS.get(name, [name])
        told = []
        for part in parts:
            storage, path = self.read[part]
            with storage.open(path) as file:
                told.append(bare(file.read().decode("utf-8")))
        return ContentFile("\n".join(told).encode())


class Gathered(CompressedManifestStaticFilesStorage):
    """Static files by the hash of their content, zipped; sheets as :class:`Bared` gives them."""

    def post_process(self, paths: Any, dry_run: bool = False, **options: Any) -> Iterator[Any]:
        read = dict(paths)
        source = Bared(read)
        for name in read:
            if name.endswith(".css") and name.startswith(("design/", "portal/")):
                paths[name] = (source, name)
        for name, parts in settings.SHEETS.items():
            if all(part in read for part in parts) and not dry_run:
                self.delete(name)  # of an earlier gathering
                self._save(name, source.open(name))
                paths[name] = (source, name)
        yield from super().post_process(paths, dry_run, **options)


class Bare(AppDirectories):
    """Templates of the house without the indentation of their lines; the lines stay."""

    def get_contents(self, origin: Origin) -> str:
        text = str(super().get_contents(origin))
        ours = origin.name.startswith(OURS) and origin.name.endswith(".html")
        return INDENT.sub("\n", text) if ours else text
