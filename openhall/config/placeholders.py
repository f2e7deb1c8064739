"""Whether a translation carries the same placeholders as the sentence it translates.

A lost ``%(days)s`` hides a legal deadline; an invented one breaks the page. Used by
``openhall.config.messages`` on every sentence of every room.
"""

import re

from babel.messages.catalog import Message

NAMED = re.compile(r"(?<!%)(?:%%)*(%\([^)]+\)[sdif]|%[sdi](?![a-z]))")
BRACED = re.compile(r"(?<!\{)\{([A-Za-z_][\w.]*|)(?:[:!][^}]*)?\}(?!\})")


def placeholders(sentence: str) -> list[str]:
    """Every placeholder of ``sentence``, sorted: ``%(name)s``, ``%s`` and ``{name}``."""
    return sorted(NAMED.findall(sentence) + ["{" + name + "}" for name in BRACED.findall(sentence)])


def said(message: Message) -> str:
    """The translation of ``message``; empty when there is none."""
    if not message.string:
        return ""
    return message.string if isinstance(message.string, str) else (message.string[0] or "")


def faults(message: Message) -> list[str]:
    """What is wrong with one translation, in plain words; nothing when it is good.

    Chinese has one plural form, so a counted sentence is compared with its plural.
    """
    source = message.id if isinstance(message.id, str) else message.id[-1]
    words = said(message)
    if not words.strip():
        return ["has no translation"]
    found = []
    if "fuzzy" in message.flags:
        found.append("is marked fuzzy")
    wanted, given = set(placeholders(source)), set(placeholders(words))
    if wanted - given:
        found.append(f"loses {', '.join(sorted(wanted - given))}")
    if given - wanted:
        found.append(f"invents {', '.join(sorted(given - wanted))}")
    edges = [(text[:1] == "\n", text[-1:] == "\n") for text in (source, words)]
    if edges[0] != edges[1]:
        found.append("differs in the line break at its start or end")
    return found
