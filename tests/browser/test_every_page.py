"""Every public page type: axe at 0, in Chinese on a phone, in English on a desktop, in error states
too; nothing sideways on the narrowest phone. Its picture stands in the documentation."""

import os

import pytest

from tests.browser.conftest import PICTURES, ROOT, small

pytestmark = pytest.mark.browser

FIRST = "main a[href*='{}']"
PAGES = {  # name: address, and the link to follow from there where the page has no fixed one
    "home": ("/", ""),
    "home-companies": ("/?for=companies", ""),
    "services": ("/services/", ""),
    "changes-of-the-list": ("/services/list/versions/", ""),
    "guide": ("/services/510104-0115/", ""),
    "guide-person": ("/services/510100-0019/", ""),
    "guide-history": ("/services/510100-0019/history/", ""),
    "search": ("/search/?q=身份证", ""),
    "search-nothing": ("/search/?q=qqqqzzzz", ""),
    "topics": ("/topics/", ""),
    "topic": ("/topics/bl-opening/", ""),
    "question-guide": ("/guides/restaurant/", ""),
    "joint-list": ("/joint/", ""),
    "joint": ("/joint/open-a-restaurant/", ""),
    "track": ("/track/", ""),
    "resume": ("/resume/", ""),
    "check": ("/check/", ""),
    "sign": ("/sign/", ""),
    "statistics": ("/statistics/", ""),
    "statistics-unit": ("/statistics/cd-mzh/", ""),
    "statistics-figure": ("/statistics/cd-mzh/", "section[aria-labelledby=months] tbody tr a"),
    "owed": ("/statistics/owed/overdue/", ""),
    "figures": ("/figures/", ""),
    "published": ("/figures/on_time/", ""),
    "register": ("/decisions/", ""),
    "decision": ("/decisions/", FIRST.format("/decisions/2")),
    "public-case": ("/statistics/owed/overdue/", FIRST.format("/statistics/cases/")),
    "supervision": ("/supervision/", ""),
    "supervision-rules": ("/supervision/rules/", ""),
    "draws": ("/supervision/draws/", ""),
    "rectification": ("/supervision/rectification/", ""),
    "entered-late": ("/supervision/entered-late/", ""),
    "ledger": ("/ledger/", ""),
    "ledger-days": ("/ledger/days/", ""),
    "verify": ("/verify/", ""),
    "policies": ("/policies/", ""),
    "policy": ("/policies/", FIRST.format("/policies/1")),
    "sites": ("/sites/", ""),
    "site": ("/sites/cd-mzh/", ""),
    "site-guides": ("/sites/cd-mzh/guides/", ""),
    "site-notices": ("/sites/cd-swj/notices/", ""),
    "article": ("/sites/cd-swj/notices/", ".article-list a"),
    "site-health": ("/sites/health/", ""),
    "coverage": ("/sites/coverage/", ""),
    "subscriptions": ("/subscriptions/?topic=site:cd-mzh/notices", ""),
    "complaint": ("/complaints/new/", ""),
    "complaint-follow": ("/complaints/", ""),
    "sign-in": ("/accounts/login/", ""),
    "privacy": ("/privacy/", ""),
    "accessibility": ("/accessibility/", ""),
    "open-data": ("/open/", ""),
    "developers": ("/open/api/", ""),
    "not-found": ("/services/nothing/", ""),
}
WRONG = {  # a form sent as it should not be: where, what is typed
    "track-refused": ("/track/", {"code": "ABCD"}),
    "check-refused": ("/check/", {"code": "ABCD"}),
    "resume-refused": ("/resume/", {"code": "ABCD"}),
    "complaint-refused": ("/complaints/new/", {}),
    "complaint-follow-refused": ("/complaints/", {"code": "ABCD"}),
    "sign-in-refused": ("/accounts/login/", {"login": "wangfang", "password": "wrong"}),
}
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
LOOKED_AT = {"": ["phone"], "/en": ["desk"]}  # each language at one size: axe is slow


def opened(page, city, language, address, follow):
    page.goto(city + language + address)
    if follow:
        links = page.locator(follow)
        if not links.count():
            return False
        page.goto(city + links.first.get_attribute("href"))
    return True


def sideways(page):
    page.set_viewport_size({"width": 320, "height": 640})
    return page.evaluate("document.documentElement.scrollWidth") > 320


@pytest.mark.parametrize("language", [""], ids=["zh"])
def test_every_page_type_is_sound_and_fits_the_narrowest_phone(city, page, faults, language):
    wrong = {}
    for name, (address, follow) in PAGES.items():
        for size in LOOKED_AT[language]:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            assert opened(page, city, language, address, follow), f"{name}: nothing to follow"
            if found := faults():
                wrong[name, size] = found
            if (language, size) == ("", "phone") and os.environ.get("OPENHALL_PICTURES"):
                small(page, PICTURES / f"{name}-phone.webp")
        if sideways(page):
            wrong[name, "320"] = "scrolls sideways"
    assert wrong == {}


@pytest.mark.parametrize("language", ["", "/en"], ids=["zh", "en"])
def test_every_refused_form_is_sound(city, page, faults, language):
    wrong = {}
    for name, (address, typed) in WRONG.items():
        for size in LOOKED_AT[language]:
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.goto(city + language + address)
            for field, value in typed.items():
                page.fill(f"main [name={field}]", value)
            page.locator("main form button[type=submit], main form button:not([type])").last.click()
            if not typed:  # a form that first does its work of proof is sent later
                page.locator(".error-summary").wait_for()
            page.wait_for_load_state()
            if found := faults():
                wrong[name, size] = found
        if sideways(page):
            wrong[name, "320"] = "scrolls sideways"
    assert wrong == {}


def test_the_pictures_of_the_documentation_are_small():
    kept = [one for one in (ROOT / "docs" / "pictures").iterdir() if one.suffix == ".webp"]
    assert all(one.stat().st_size <= 60 * 1024 for one in kept)
