"""An answer that is wrong, and the text of one that is kept."""

from typing import Any

from openhall.glossary import Said
from openhall.paging.typed import fault_of_text, text_of, visible


class Wrong(ValueError):
    """What to put right, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.said = Said(zh, en)


def kept(typed: Any) -> str:
    """The text as it is kept. Raises :class:`Wrong` naming a sign that cannot be."""
    said = text_of(typed)
    if fault := fault_of_text(said):
        raise Wrong(fault.zh, fault.en)
    return said if visible(said) else ""  # what nobody sees is no answer
