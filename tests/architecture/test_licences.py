"""Nothing that runs with the product may put its users under a licence stronger than ours.

Everything that ``uv.lock`` brings to run is held against ``docs/licences.md``: each package stands
there with the licence that its own metadata names, and what is not plainly free has a reason.
"""

import re
import tomllib
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([\w.-]+) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
LISTED = {name: (said, why.strip()) for name, said, why in ROW.findall(PAGE)}
# Every word of the licence must be one of these; a stronger one in any place is seen.
FREE = re.compile(
    r"MIT(-0|-CMU)?|ISC|ISCL|BSD(-[23]-Clause)?|Apache(-2\.0)?|PSF-2\.0|OFL-1\.1"
    r"|OR|AND|License|Licence|Software|Foundation|Python|SIL|Open|Font|1\.1"
)
# Libraries within wheels are named in licence files beside the metadata.
CARRIED = re.compile(r"^ *License: *(A?GPL[\w.-]*)", re.MULTILINE | re.IGNORECASE)


@cache
def running() -> dict[str, Distribution]:
    """Everything installed that the product needs to run, by name, without what only tests need."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    packages = {one["name"]: one for one in lock}
    names: set[tuple[str, str]] = set()
    waiting = [("openhall", "")]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in names:
            continue
        names.add((name, extra))
        one = packages[name]
        more = one.get("optional-dependencies", {}).get(extra, [])
        for need in more if extra else one.get("dependencies", []):
            if need.get("marker") != "sys_platform == 'none'":
                waiting += [(need["name"], extra) for extra in ("", *need.get("extra", []))]
    found = {}
    for name in sorted({name for name, _extra in names} - {"openhall"}):
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or another Python
    return found


def licence_of(one: Distribution) -> str:
    """In the packager's words: the expression, else the classifiers, else the free text."""
    said = one.metadata.get("License-Expression")
    classes = [
        line.removeprefix("License :: OSI Approved :: ")
        for line in one.metadata.get_all("Classifier") or []
        if line.startswith("License :: OSI Approved :: ")
    ]
    return said or " OR ".join(classes) or one.metadata.get("License", "nothing")


def is_free(said: str) -> bool:
    words = re.findall(r"[\w.-]+", said)
    return bool(words) and all(FREE.fullmatch(word) for word in words)


def carried(one: Distribution) -> set[str]:
    """Strong licences of libraries within the wheel."""
    texts = [
        Path(str(path.locate())).read_text(encoding="utf-8", errors="replace")
        for path in one.files or []
        if ".dist-info" in path.parts[0] and re.search("licen[cs]e|copying", path.name, re.I)
    ]
    return {name for text in texts for name in CARRIED.findall(text)}


def test_what_runs_is_found():
    assert {"django", "wagtail", "willow", "psycopg-binary", "fido2", "boto3"} <= set(running())
    assert not {"pytest", "clamav-client", "pillow-heif"} & set(running())


def test_every_package_stands_in_the_list_with_the_licence_it_names():
    said = {name: licence_of(one) for name, one in running().items()}
    assert {
        name: words for name, words in said.items() if LISTED.get(name, ("",))[0] != words
    } == {}


def test_the_list_holds_no_package_that_is_gone():
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    assert set(LISTED) - {one["name"] for one in lock} == {"package"}


def test_what_is_not_plainly_free_has_a_reason():
    asked = {name: licence_of(one) for name, one in running().items()}
    owing = {name for name, said in asked.items() if not is_free(said) and not LISTED[name][1]}
    assert owing == set()


def test_no_wheel_carries_a_library_under_the_gpl():
    assert {name: found for name, one in running().items() if (found := carried(one))} == {}


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ("BSD License OR Apache Software License", True),
        ("SIL Open Font License 1.1 (OFL-1.1)", True),
        ("MIT OR GPL-2.0", False),
        ("GPL-2.0", False),
        ("Mozilla Public License 2.0 (MPL 2.0)", False),
        ("AGPL-3.0-only", False),
        ("nothing", False),
        ("", False),
    ],
)
def test_a_strong_licence_is_told_from_a_free_one(said, free):
    assert is_free(said) is free


def test_a_strong_library_within_a_wheel_is_seen():
    assert CARRIED.findall("Name: x265\nLicense: GPLv2\nFiles: libx265.so") == ["GPLv2"]
    assert CARRIED.findall("Name: libheif\nLicense: LGPLv3\n") == []
