"""The catalogues of translated sentences, one a room, kept with Babel alone.

    python -m openhall.config.messages [room ...]   read the sources, update, compile
    … --compile                                     only compile what is on disk
    … --check                                       change nothing; fail if anything is missing
    … --prune                                       also forget sentences no longer said

Source sentences are English in Python and in templates; each room keeps its Simplified Chinese in
``openhall/<room>/locale/zh_Hans/LC_MESSAGES/django.po``. Existing translations are kept, nothing
is guessed, and no line numbers or dates are written, so a change shows only the words that changed.
System gettext is not needed. Statutory terms are not here: they are ``Term`` in the code.
"""

import argparse
import io
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from openhall.config.placeholders import faults, said

HOUSE = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
HEADER = f"""\
# OpenHall: {{room}}, Simplified Chinese.
msgid ""
msgstr ""
"Language: {LANGUAGE}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
SAID_BY: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEMPLATE_ENDINGS = {".html", ".txt", ".xml"}


def rooms() -> list[str]:
    """Every room that has a folder with an ``apps.py``, in alphabetical order."""
    return sorted(path.parent.name for path in HOUSE.glob("*/apps.py"))


def catalogue_path(room: str) -> Path:
    return HOUSE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def _sources(room: str) -> Iterator[Path]:
    for path in sorted((HOUSE / room).rglob("*")):
        inside = path.relative_to(HOUSE / room).parts
        python = path.suffix == ".py" and "migrations" not in inside
        if python or (path.suffix in TEMPLATE_ENDINGS and "templates" in inside):
            yield path


def _as_python(path: Path) -> bytes:
    """A template as calls to gettext, flush left so that Python can read it as tokens."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return source.encode()
    calls = templatize(source, origin=str(path))
    return "\n".join(line.lstrip() for line in calls.splitlines()).encode()


def extracted(room: str) -> Catalog:
    """Every sentence the room says now, with the files that say it and no translation."""
    catalog = Catalog(locale=LANGUAGE, fuzzy=False)
    for path in _sources(room):
        where = path.relative_to(HOUSE.parent).as_posix()
        try:
            found = list(extract("python", io.BytesIO(_as_python(path)), SAID_BY, ["Translators:"]))
        except (SyntaxError, ValueError) as problem:
            raise SystemExit(f"{where}: {problem}") from problem
        for _line, msgid, comments, context in found:
            catalog.add(msgid, locations=[(where, 0)], auto_comments=comments, context=context)
    return catalog


def kept(room: str) -> Catalog:
    """The catalogue on disk, or an empty one."""
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _key(message: Message) -> tuple[str, str | None]:
    msgid = message.id
    return (msgid if isinstance(msgid, str) else msgid[0], message.context)


def merged(room: str, *, prune: bool = False) -> Catalog:
    """What the sources say, with the translations already made.

    A sentence no longer said is kept aside as obsolete unless ``prune``, so that work is not lost
    while a template is being rewritten.
    """
    now, before = extracted(room), kept(room)
    known = {_key(message): message for message in before.obsolete.values()}
    known |= {_key(message): message for message in before if message.id}
    for message in now:
        old = known.pop(_key(message), None) if message.id else None
        if old is None:
            continue
        words = said(old)
        message.string = (words,) if message.pluralizable else words
        message.user_comments = old.user_comments
        message.flags |= old.flags & {"fuzzy"}
    if not prune:
        for key, message in known.items():
            if said(message):
                now.obsolete[key] = message  # type: ignore[index]  # Babel's own key type varies
    return now


def written(room: str, catalog: Catalog) -> bytes:
    """The bytes of the ``.po`` file, sorted, without dates or line numbers."""
    body = io.BytesIO()
    write_po(body, catalog, width=100, omit_header=True, sort_output=True, include_lineno=False)
    text = body.getvalue().decode().strip()
    return (HEADER.format(room=room) + text + "\n").encode() if text else b""


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def update(room: str, *, prune: bool = False) -> Catalog:
    """Write the room's catalogue if it changed, and return it."""
    catalog = merged(room, prune=prune)
    content, path = written(room, catalog), catalogue_path(room)
    if content and (not path.exists() or path.read_bytes() != content):
        _replace(path, content)
    return catalog


def compile_catalogue(room: str) -> int:
    """Write the ``.mo`` file beside the ``.po`` if it is older; return the sentences in it."""
    source = catalogue_path(room)
    target = source.with_suffix(".mo")
    if not source.exists():
        return 0
    catalog = kept(room)
    if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
        content = io.BytesIO()
        write_mo(content, catalog)
        _replace(target, content.getvalue())
    return len(catalog)


def problems(room: str) -> list[str]:
    """Why the room's catalogue on disk is not complete and current, in plain words."""
    found = []
    path = catalogue_path(room)
    disk = path.read_bytes() if path.exists() else b""
    if disk != written(room, merged(room, prune=True)):
        found.append(f"{room}: out of date; run: python -m openhall.config.messages --prune {room}")
    for message in merged(room):
        if message.id:
            found += [f"{room}: {_key(message)[0]!r} {fault}" for fault in faults(message)]
    return found


def disagreements(names: Iterable[str]) -> list[str]:
    """Sentences that two rooms translate differently: Django would silently show only one."""
    ways_of: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for room in names:
        for message in kept(room):
            if message.id and (words := said(message)):
                ways_of.setdefault(_key(message), {}).setdefault(words, []).append(room)
    return [
        f"{key[0]!r} is said differently: "
        + "; ".join(f"{words!r} in {', '.join(where)}" for words, where in ways.items())
        for key, ways in sorted(ways_of.items(), key=lambda item: item[0][0])
        if len(ways) > 1
    ]


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; the exit status is 1 when ``--check`` finds anything."""
    parser = argparse.ArgumentParser(prog="python -m openhall.config.messages")
    parser.add_argument("room", nargs="*", help="a room's folder name; all rooms when none")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--check", action="store_true", help="fail if anything is missing")
    mode.add_argument("--compile", action="store_true", help="only write the .mo files")
    mode.add_argument("--prune", action="store_true", help="forget sentences no longer said")
    asked = parser.parse_args(arguments)
    unknown = sorted(set(asked.room) - set(rooms()))
    if unknown:
        parser.error(f"no such room: {', '.join(unknown)}; there are {', '.join(rooms())}")
    names = asked.room or rooms()
    if not settings.configured:
        settings.configure()  # The template reader asks for a setting or two; defaults serve.
    warnings.simplefilter("ignore")
    if asked.check:
        found = [problem for room in names for problem in problems(room)]
        found += disagreements(rooms())
        sys.stdout.write("\n".join([*found, f"{len(found)} problems in {len(names)} rooms", ""]))
        return 1 if found else 0
    for room in names:
        if not asked.compile:
            catalog = update(room, prune=asked.prune)
            empty = sum(1 for message in catalog if message.id and faults(message))
            if len(catalog):
                sys.stdout.write(f"{room}: {len(catalog)} sentences, {empty} need attention\n")
        compile_catalogue(room)
    return 0


if __name__ == "__main__":
    sys.exit(main())
