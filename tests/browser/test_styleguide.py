"""The look, in a real browser: no accessibility violation on any width, in both languages."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

# Playwright runs an event loop in this thread; Django would refuse its own test database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {"executable_path": "/usr/bin/chromium", "args": quiet}


@pytest.mark.parametrize("address", ["/styleguide/", "/en/styleguide/", "/styleguide/?desk=1"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_style_guide_has_no_violation(live_server, page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(live_server.url + address)
    assert answer.status == 200
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
