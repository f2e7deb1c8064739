"""Every public page type on the narrowest phone: short head, nothing sideways, axe at 0."""

import re

import pytest

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "services": "/services/",
    "guide": "/services/510104-0115/",
    "topic": "/topics/bl-opening/",
    "joint": "/joint/open-a-restaurant/",
    "statistics": "/statistics/",
    "owed": "/statistics/owed/overdue/",
    "register": "/decisions/",
    "supervision": "/supervision/",
    "ledger": "/ledger/",
    "policies": "/policies/",
    "privacy": "/privacy/",
}


def test_the_public_pages_fit_the_narrowest_phone(city, page, sound):
    for name, address in PAGES.items():
        for language in ("", "/en"):
            page.set_viewport_size({"width": 320, "height": 640})
            page.goto(city + language + address)
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 320, (language, name, wide)
            head = page.locator(".head").bounding_box()
            assert head["height"] <= 56, (language, name, head)
        sound(f"face-{name}")


def test_the_menu_and_the_district_need_no_script(city, browser):
    """Menu, cards of companies, the district: links and folds only."""
    quiet = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = quiet.new_page()
    page.goto(city + "/")
    page.locator("summary", has_text="菜单").click()
    assert page.locator(".menu-list").get_by_role("link", name="统计公开").is_visible()
    page.locator("summary", has_text="菜单").click()  # folded again: it lies over the page
    page.get_by_role("link", name="企业", exact=True).click()
    page.locator("summary", has_text="选择区县").click()
    page.locator(".district").get_by_role("link", name="锦江区").click()
    assert page.url.endswith("?for=companies&district=cd-510104"), "the choice is an address"
    page.goto(city + "/services/510100-0115/")
    page.locator(".guide-head .district summary").click()
    page.locator(".district").get_by_role("link", name="锦江区").click()
    assert page.url.endswith("/services/510104-0115/")
    act = page.locator(".reach-act")
    assert act.get_by_role("button", name="网上申报").is_visible()
    box = act.bounding_box()
    assert box["y"] + box["height"] <= 844, "within a thumb's reach on the first screen"
    assert re.search("锦江区", page.locator(".guide-head").inner_text())
    quiet.close()
