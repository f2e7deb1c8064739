"""The fee window, the finance bureau and the public page: read by axe, wide, narrow, in English."""

import re

import pytest

from tests.browser.test_main_job import sign_in

pytestmark = pytest.mark.browser


def office(page, city, who, path):
    sign_in(page, city, who)
    page.goto(f"{city}/office/{path}")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_fee_window_and_the_finance_bureau_are_sound(city, page, sound, width):
    page.set_viewport_size({"width": width, "height": 900})
    office(page, city, "qianli", "cd-hall/cashier/")
    sound(f"cashier-{width}")
    page.goto(f"{city}/office/cd-hall/cashier/book/?first=2025-01-01&last=2027-12-31")
    page.locator("a[href*='/cashier/notices/']").first.click()
    sound(f"notice-{width}")
    page.goto(f"{city}/office/cd-hall/cashier/book/")
    sound(f"book-{width}")
    page.goto(f"{city}/office/cd-hall/cashier/formats/")
    sound(f"formats-{width}")
    office(page, city, "songcai", "cd-czj/finance/")
    sound(f"finance-{width}")
    page.goto(f"{city}/office/cd-czj/finance/book/?first=2025-01-01&last=2027-12-31")
    page.locator("a[href*='/finance/notices/']").first.click()
    sound(f"to-decide-{width}")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["", "/en"])
def test_anybody_sees_whether_a_fee_was_charged_right(city, page, sound, width, language):
    page.set_viewport_size({"width": width, "height": 900})
    office(page, city, "qianli", "cd-hall/cashier/book/")
    page.goto(f"{city}/office/cd-hall/cashier/book/?first=2025-01-01&last=2027-12-31")
    page.locator("a[href*='/cashier/notices/']").first.click()
    code = re.search(r"校验码\s*([0-9A-Z]{12})", page.locator("main").inner_text())
    assert code is not None
    page.goto(f"{city}{language}/fees/")
    sound(f"fee-form-{width}")
    page.fill("[name=code]", code[1])
    page.locator("main form button").first.click()
    sound(f"fee-check-{width}")
    assert ("genuine" if language else "真实") in page.locator("h1").inner_text()
