"""Real data nobody here wrote; where it is absent a test says so and is skipped."""

import os
from pathlib import Path

import pytest

FOLDER = Path(
    os.environ.get("OPENHALL_SHARED_DATA")
    or Path(__file__).resolve().parents[2] / "shared" / "data"
)


def shared(path: str) -> Path:
    """The file at ``path`` of the shared data; skips the test where it is absent."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"real data absent: {path} (set OPENHALL_SHARED_DATA to its folder)")
    return found
