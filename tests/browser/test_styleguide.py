"""The look, in a real browser: no accessibility violation on any width, in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("address", ["/styleguide/", "/en/styleguide/", "/styleguide/?desk=1"])
@pytest.mark.parametrize("width", [375, 1280])
def test_the_style_guide_has_no_violation(city, page, address, width):
    page.set_viewport_size({"width": width, "height": 900})
    answer = page.goto(city + address)
    assert answer.status == 200
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
