"""The catalogues of translated sentences, one a room: Babel's own reading, merging and compiling.

    python -m openhall.config.messages [room ...]   read the sources, update, compile
    … --compile                                     only compile what is on disk
    … --check                                       change nothing; fail if anything is missing
    … --prune                                       also forget sentences no longer said

Source sentences are English in Python and in templates; each room keeps its Simplified Chinese in
``openhall/<room>/locale/zh_Hans/LC_MESSAGES/django.po``. Existing translations are kept, nothing
is guessed, and no line numbers or dates are written, so a change shows only the words that changed.
Templates are read by enmerkar, which only developers need; compiling needs Babel alone.
Statutory terms are not here: they are ``Term`` in the code.
"""

import argparse
import io
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

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
TEMPLATE = "enmerkar.extract:extract_django"
READ_AS = [("**/migrations/**", "ignore"), ("**.py", "python")] + [
    (f"**/templates/**.{ending}", TEMPLATE) for ending in ("html", "txt", "xml")
]
SAID_BY = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if "gettext" in name},
    "gettext_noop": None,
}
NAMED = re.compile(r"(?<!%)(?:%%)*(%\([^)]+\)[sdif]|%[sdi](?![a-z]))")
BRACED = re.compile(r"(?<!\{)(\{(?:[A-Za-z_][\w.]*)?)(?:[:!][^}]*)?\}(?!\})")
BARE = re.compile(r"%(?!\()")


def rooms() -> list[str]:
    """Every room that has a folder with an ``apps.py``, in alphabetical order."""
    return sorted(path.parent.name for path in HOUSE.glob("*/apps.py"))


def catalogue_path(room: str) -> Path:
    return HOUSE / room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def extracted(room: str) -> Catalog:
    """Every sentence the room says now, with the files that say it and no translation."""
    catalog = Catalog(locale=LANGUAGE, fuzzy=False)
    found = extract_from_dir(HOUSE / room, READ_AS, keywords=SAID_BY, comment_tags=["Translators:"])
    for file, _line, msgid, comments, context in found:
        where = f"{HOUSE.name}/{room}/{file}"
        if not file.endswith(".py"):  # Django looks a template's % up as %%, enmerkar says %
            msgid = (
                BARE.sub("%%", msgid)
                if isinstance(msgid, str)
                else tuple(BARE.sub("%%", form) for form in msgid)
            )
        catalog.add(msgid, locations=[(where, 0)], auto_comments=comments, context=context)
    return catalog


def kept(room: str) -> Catalog:
    """The catalogue on disk, or an empty one."""
    path = catalogue_path(room)
    if not path.exists():
        return Catalog(locale=LANGUAGE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def merged(room: str, *, prune: bool = False) -> Catalog:
    """What the sources say, with the translations already made.

    A sentence no longer said is kept aside as obsolete unless ``prune``, so that work is not lost
    while a template is being rewritten; said again, it comes back.
    """
    catalog = kept(room)
    for message in catalog.obsolete.values():
        catalog[message.id] = message
    catalog.obsolete.clear()
    catalog.update(extracted(room), no_fuzzy_matching=True)
    for key, message in list(catalog.obsolete.items()):
        if prune or not said(message):
            del catalog.obsolete[key]
    return catalog


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


def compile_catalogue(room: str) -> None:
    """Write the ``.mo`` file beside the ``.po`` if it is older."""
    source = catalogue_path(room)
    target = source.with_suffix(".mo")
    if not source.exists():
        return
    if not target.exists() or target.stat().st_mtime_ns <= source.stat().st_mtime_ns:
        content = io.BytesIO()
        write_mo(content, kept(room))
        _replace(target, content.getvalue())


# ---------------------------------------------------------------- what a translation must be
def said(message: Message) -> str:
    """The translation of ``message``; empty when there is none."""
    words = message.string or ""
    return words if isinstance(words, str) else words[0] or ""


def placeholders(sentence: str) -> set[str]:
    """Every placeholder of ``sentence``: ``%(name)s``, ``%s`` and ``{name}``."""
    return {*NAMED.findall(sentence), *(name + "}" for name in BRACED.findall(sentence))}


def faults(message: Message) -> list[str]:
    """What is wrong with one translation, in plain words; nothing when it is good.

    A lost ``%(days)s`` hides a legal deadline; an invented one breaks the page. Chinese has one
    plural form, so a counted sentence is compared with its plural.
    """
    source = message.id if isinstance(message.id, str) else message.id[-1]
    words = said(message)
    if not words.strip():
        return ["has no translation"]
    wanted, given = placeholders(source), placeholders(words)
    found = ["is marked fuzzy"] if message.fuzzy else []
    found += [f"loses {', '.join(sorted(wanted - given))}"] if wanted - given else []
    found += [f"invents {', '.join(sorted(given - wanted))}"] if given - wanted else []
    if (source[:1] == "\n", source[-1:] == "\n") != (words[:1] == "\n", words[-1:] == "\n"):
        found.append("differs in the line break at its start or end")
    return found


def _name(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def problems(room: str) -> list[str]:
    """Why the room's catalogue on disk is not complete and current, in plain words."""
    path, catalog = catalogue_path(room), merged(room, prune=True)
    found = []
    if (path.read_bytes() if path.exists() else b"") != written(room, catalog):
        found.append(f"{room}: out of date; run: python -m openhall.config.messages --prune {room}")
    for message in catalog:
        if message.id:
            found += [f"{room}: {_name(message)!r} {fault}" for fault in faults(message)]
    return found


def disagreements(names: Iterable[str]) -> list[str]:
    """Sentences that two rooms translate differently: Django would silently show only one."""
    ways_of: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for room in names:
        for message in kept(room):
            if message.id and said(message):
                ways_of[_name(message), message.context or ""][said(message)].append(room)
    return [
        f"{sentence!r} is said differently: "
        + "; ".join(f"{words!r} in {', '.join(where)}" for words, where in ways.items())
        for (sentence, _context), ways in sorted(ways_of.items())
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
