"""What deeds of this room are done to."""

from openhall.deeds.kinds import Kind, register
from openhall.glossary import Said
from openhall.statistics.models import Publication, PublicationDeed
from openhall.statistics.terms import FigureAct

FIGURE = register(
    Kind(
        name="figure",
        model=Publication,
        events=PublicationDeed,
        acts=FigureAct,
        title=Said("公布的数字", "Published figure"),
    )
)
