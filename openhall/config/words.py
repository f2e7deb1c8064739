"""``docs/glossary.md``, written from the terms in the code so that it cannot disagree with it."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.utils.text import camel_case_to_spaces

from openhall.config.messages import rooms
from openhall.glossary import Term

PAGE = Path(__file__).resolve().parent.parent.parent / "docs" / "glossary.md"
OPENING = """\
# The words of the house

Written from the code by `openhall glossary`; do not edit by hand. Each word has its stored code,
the word that stands on paper, the English word, and the clause it comes from.
"""


def vocabularies(room: str) -> list[type[Term]]:
    """Every family of terms the room declares in its ``terms.py``, in the order written there."""
    name = f"openhall.{room}.terms"
    if not find_spec(name):
        return []
    module = import_module(name)
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Term)
        and thing.__module__.startswith(name)
        and len(thing)
    ]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def glossary() -> str:
    """The whole page as Markdown."""
    lines = [OPENING]
    for room in rooms():
        families = vocabularies(room)
        if families:
            lines.append(f"## {room}\n")
        for family in families:
            lines.append(f"### {camel_case_to_spaces(family.__name__).capitalize()}\n")
            if family.__doc__:
                lines.append(" ".join(family.__doc__.split()) + "\n")
            lines += ["| code | 中文 | English | basis |", "|---|---|---|---|"]
            lines += [
                f"| `{term.value}` | {_cell(term.zh)} | {_cell(term.en)} | {_cell(term.basis)} |"
                for term in family
            ]
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"
