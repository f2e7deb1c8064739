"""Templates: nothing inline (the content policy forbids it), one first heading, both languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "openhall").glob("*/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without src": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=.application/(?:ld\+)?json)", re.IGNORECASE
    ),
    "an event attribute": re.compile(
        r"<[^>]+\son(?:click|change|submit|load|input|key\w+|focus|blur)\s*=", re.IGNORECASE
    ),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "a word in Chinese alone": re.compile(r"\bget_\w+_display\b"),  # choices hold no English
    "hx-on": re.compile(r"\bhx-on\b", re.IGNORECASE),
}


@pytest.mark.parametrize("fault", FORBIDDEN)
def test_no_template_has(fault):
    assert TEMPLATES
    found = [
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES
        if FORBIDDEN[fault].search(path.read_text())
    ]
    assert found == []


def test_no_template_fills_a_block_that_its_shell_does_not_have():
    """A block with a wrong name is silently left out of the page."""
    opened = re.compile(r"{%-?\s*block\s+(\w+)")
    extended = re.compile(r"{%\s*extends\s+[\"']([^\"']+)[\"']")
    by_name = {path.as_posix().split("/templates/", 1)[1]: path for path in TEMPLATES}

    def offered(name: str) -> set[str] | None:
        """Blocks of ``name`` and of what it extends; ``None`` when that is not ours."""
        if name not in by_name:
            return None
        text = by_name[name].read_text()
        blocks = set(opened.findall(text))
        if parent := extended.search(text):
            above = offered(parent.group(1))
            return None if above is None else blocks | above
        return blocks

    lost = {}
    for name, path in by_name.items():
        text = path.read_text()
        if not (parent := extended.search(text)):
            continue
        above = offered(parent.group(1))
        # A block inside another block of the same page is new and may have any name.
        outermost, depth = set(), 0
        for tag in re.finditer(r"{%-?\s*(endblock\b|block\s+(\w+))", text):
            if tag.group(1) == "endblock":
                depth -= 1
                continue
            if depth == 0:
                outermost.add(tag.group(2))
            depth += 1
        if above is not None and (unknown := outermost - above):
            lost[name] = sorted(unknown)
    assert lost == {}
