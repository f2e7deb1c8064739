"""What doors read of files."""

from openhall.files.models import Upload as Upload
