"""One fault found in the log or in what hangs on it: where, and a sentence in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """``place`` is the same in every language: ``leaf/3``, ``case/20240304-1A2B3C4D#2``."""

    place: str
    sentence: str
    sentence_en: str
