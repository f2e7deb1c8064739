"""The running product: a demo city of its own, served as an operator would serve it."""

import io
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs" / "pictures"
MOST_BYTES = 60 * 1024  # of a picture of the documentation
PATIENCE = 1200  # seconds: long enough on any machine, short enough to end at last
ACTS = 600  # of the history, so that queues and figures are not empty


@pytest.fixture(scope="session")
def browser_type_launch_args():
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {"executable_path": "/usr/bin/chromium", "args": quiet}


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def _openhall(*words: str) -> list[str]:
    return [sys.executable, "-c", "from openhall.config.command import main; main()", *words]


def _until_it_answers(address: str, server: "subprocess.Popen[bytes]") -> None:
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        assert server.poll() is None, "the server ended before its first answer"
        try:
            with urllib.request.urlopen(address + "/styleguide/", timeout=PATIENCE):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"no answer from {address} within {PATIENCE} s")


@pytest.fixture(scope="session")
def city_settings(tmp_path_factory) -> dict[str, str]:
    """The environment of the one demo city of the session; one's own, where one is served."""
    if os.environ.get("OPENHALL_CITY"):
        return {name: one for name, one in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    home = tmp_path_factory.mktemp("city")
    migrated.take_file(home / "openhall.sqlite3")  # built upon, where the rooms' tests left it
    address = f"http://127.0.0.1:{_free_port()}"
    keep = {name: value for name, value in os.environ.items() if not name.startswith("OPENHALL_")}
    keep.pop("DJANGO_SETTINGS_MODULE", None)
    return keep | {
        "OPENHALL_BANK_URL": f"http://127.0.0.1:{_free_port()}",
        "OPENHALL_HOME": str(home),
        "OPENHALL_DEMO": "1",
        "OPENHALL_BASE_URL": address,
    }


@pytest.fixture(scope="session")
def city(city_settings) -> Iterator[str]:
    """The address of a demo city with a few hundred acts of history.

    ``OPENHALL_CITY`` names one that is served already, for who is writing a walk.
    """
    if standing := os.environ.get("OPENHALL_CITY"):
        yield standing
        return
    settings, address = city_settings, city_settings["OPENHALL_BASE_URL"]

    def run(*words: str) -> None:
        subprocess.run(_openhall(*words), env=settings, check=True, cwd=ROOT)

    run("demo", "--build-only")
    run("simulate", "--most", str(ACTS))
    port = address.rsplit(":", 1)[1]
    bank = subprocess.Popen(_openhall("bank"), env=settings, cwd=ROOT)
    server = subprocess.Popen(
        _openhall("serve", "--port", port, "--workers", "1"), env=settings, cwd=ROOT
    )
    try:
        _until_it_answers(address, server)
        yield address
    finally:
        for process in (server, bank):
            process.terminate()
            process.wait(PATIENCE)


@pytest.fixture
def page(page):
    """A page that waits as long as a slow machine needs."""
    page.set_default_timeout(1000 * PATIENCE)
    return page


def reloaded_until(page, there: Callable[[], object]) -> None:
    """Read the page again until ``there()`` is true of it."""
    ends = time.monotonic() + PATIENCE
    while not there() and time.monotonic() < ends:
        page.wait_for_timeout(1000)
        page.reload()
    assert there(), page.locator("main").inner_text()


@pytest.fixture(scope="session")
def asked_of_the_city(city, city_settings):
    """``asked_of_the_city(code)``: what ``code`` prints in the city's own shell."""

    def ask(code: str) -> str:
        told = subprocess.run(
            _openhall("shell", "-v", "0", "-c", code),
            env=city_settings,
            check=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        return told.stdout.strip()

    return ask


def small(page, path: Path) -> None:
    """The first screen as a picture of at most 60 kB, for the documentation."""
    seen = Image.open(io.BytesIO(page.screenshot()))
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in (70, 55, 40, 25):
        seen.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            return


@pytest.fixture
def faults(page):
    """``faults()``: what axe finds on the page as it stands; nothing is an empty list."""

    def look() -> list[str]:
        found = Axe().run(page).response["violations"]
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"][:3]]

    return look


@pytest.fixture
def sound(page):
    """``sound(name)``: no violation on this page; its picture is kept for the documentation."""

    def check(name: str) -> None:
        found = Axe().run(page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        kept = PICTURES / f"{name}.webp"
        if os.environ.get("OPENHALL_PICTURES") and kept.exists():  # one that is shown there
            small(page, kept)
        folder = ROOT / "test-results"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=not name.startswith("desk"))

    return check
