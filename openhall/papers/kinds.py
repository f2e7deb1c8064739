"""What deeds of this room are done to."""

from openhall.deeds.kinds import Kind, register
from openhall.glossary import Said
from openhall.papers.models import Paper, PaperDeed
from openhall.papers.terms import PaperAct

PAPER = register(
    Kind(
        name="paper",
        model=Paper,
        events=PaperDeed,
        acts=PaperAct,
        title=Said("文书", "Paper"),
        tells=lambda paper: {"about": paper.about, "organ": paper.organ.code, "form": paper.kind},
        related=("organ",),
    )
)
