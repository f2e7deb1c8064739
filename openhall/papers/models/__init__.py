"""Papers as they were given, their numbers, words and seals, and who had them in hand."""

from openhall.papers.models.paper import Paper, PaperDeed, PaperNumber
from openhall.papers.models.service import PaperOpening, PaperPrint
from openhall.papers.models.template import PaperTemplate, SealImage

__all__ = [
    "Paper",
    "PaperDeed",
    "PaperNumber",
    "PaperOpening",
    "PaperPrint",
    "PaperTemplate",
    "SealImage",
]
