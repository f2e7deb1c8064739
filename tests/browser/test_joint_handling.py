"""并联审批 in the browser: a resident applies on a phone, units opine, a meeting, one timeline."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.demo.cast import PASSWORD

pytestmark = pytest.mark.browser
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MATTER = "building-permits"


def signed_in(page, city, name):
    page.context.clear_cookies()
    page.goto(city + "/accounts/login/")
    page.fill("#id_login", name)
    page.fill("#id_password", PASSWORD)
    page.locator("main form[action*=login] button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/(office/.*|my/.*)?$"))
