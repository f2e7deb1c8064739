"""What deeds of this room are done to."""

from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said
from openhall.lots.models import DrawParty, PublicDraw, PublicDrawDeed
from openhall.lots.terms import DrawAct

PUBLIC_DRAW = register(
    Kind(
        name="public-draw",
        model=PublicDraw,
        events=PublicDrawDeed,
        acts=DrawAct,
        title=Said("公开抽取", "Public draw"),
        related=("organ",),
        tells=lambda row: {"organ": row.organ.code},
        owns=[
            Owned(
                "party",
                DrawParty,
                "draw",
                loose={
                    "code_blind": "An index of the code, made from it; the code is committed to."
                },
            )
        ],
    )
)
