"""One fault found in the log or in what hangs on it: where, and a sentence in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``place`` is the same in every language: ``leaf/3``, ``case/20240304-1A2B3C4D#2``."""

    place: str
    sentence: str
    sentence_en: str

    def said_in(self, language: str | None) -> str:
        """The sentence in ``language`` (an IETF tag such as ``zh-hans`` or ``en``)."""
        return self.sentence_en if (language or "").startswith("en") else self.sentence
