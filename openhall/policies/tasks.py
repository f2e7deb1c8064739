"""Work of the library by itself: what is in an attached file."""

from django_tasks import task

from openhall.policies.actions import filing


@task()
def read_file(pk: int) -> int:
    """Read the text out of a file of a document; how many sections."""
    return filing.read(pk)
