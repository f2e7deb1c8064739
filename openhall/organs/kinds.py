"""What deeds of this room are done to: who may act is proved like the acts themselves."""

from openhall.deeds.kinds import Kind, register
from openhall.glossary import Said
from openhall.organs.models import Post, PostDeed
from openhall.organs.terms import PostAct

POSTING = register(
    Kind(
        name="posting",
        model=Post,
        events=PostDeed,
        acts=PostAct,
        title=Said("任职", "Posting"),
        related=("organ",),
        tells=lambda post: {"organ": post.organ.code, "post": post.desk},
    )
)
