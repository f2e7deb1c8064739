"""A resident verifies a receipt in the browser; the bureau verifies the whole log."""

import json
import re

import pytest

from openhall.demo.cast import PASSWORD
from tests.browser.conftest import reloaded_until

pytestmark = pytest.mark.browser


def verdict(page):
    page.get_by_role("button", name="在本浏览器中核验").click()
    answer = page.locator("#verify-answer[data-result]")
    answer.wait_for()
    page.wait_for_function("document.querySelector('[data-verdict]').textContent.length > 12")
    return answer.get_attribute("data-result"), page.locator("[data-verdict]").inner_text()


def odd_files(receipt):
    """What people choose instead of the receipt as it was saved, and what is said of it."""
    proof = json.loads(receipt)
    cut = json.dumps(proof | {"checkpoint": proof["checkpoint"][:-30]})
    return {
        "with a BOM": ("\ufeff" + receipt, "good"),
        "by Notepad": (receipt.replace("\n", "\r\n").encode("utf-16"), "good"),
        "empty": (b"", "unknown"),
        "a PDF": (b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n1 0 obj", "unknown"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unknown"),
        "cut short": (receipt[:-40], "unknown"),
        "its signature cut": (cut, "unknown"),
        "another JSON": ('{"format": "something-else/1", "proof": []}', "unknown"),
        "a list": ("[1, 2]", "unknown"),
        "a page": ("<!DOCTYPE html><title>404</title>", "unknown"),
    }


def test_a_receipt_is_verified_in_the_browser_and_the_log_by_the_bureau(city, page, sound):
    page.set_viewport_size({"width": 390, "height": 840})
    page.goto(city + "/ledger/days/")
    sound("ledger-days")
    page.locator("main tbody a").first.click()
    page.wait_for_url(re.compile(r"/ledger/days/.+"))
    sound("ledger-day")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    kept = "\n".join(page.locator("section pre").first.inner_text().split("\n")[:3])

    receipt = page.request.get(city + "/ledger/entries/3/receipt.json").text()
    page.goto(city + "/verify/?receipt=/ledger/entries/3/receipt.json")
    sound("verify")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)  # nothing is needed from anybody any more
    page.fill("#verify-receipt", receipt)
    assert verdict(page) == ("good", "核验通过。它确实写在公开账里，此后没有被改动。")
    sound("verify-good")

    forged = json.loads(receipt)
    forged["entry"] = forged["entry"] + " "
    page.fill("#verify-receipt", json.dumps(forged))
    assert verdict(page)[0] == "bad"
    assert "不是当初签署的那一条" in page.locator("#verify-answer").inner_text()
    sound("verify-bad")

    for name, (raw, wanted) in odd_files(receipt).items():
        held = raw.encode() if isinstance(raw, str) else raw
        file = {"name": f"{name}.json", "mimeType": "application/octet-stream", "buffer": held}
        page.locator("input[data-into='receipt']").set_input_files(file)
        page.wait_for_timeout(50)
        found, said = verdict(page)
        assert found == wanted, (name, said)
        assert "不通过" not in said, name
        if name == "empty":
            assert "请选择凭证文件" in page.locator("#verify-answer").inner_text()

    page.fill("#verify-receipt", receipt)
    page.get_by_text("我还保存了别的").click()
    page.fill("#verify-kept", re.sub(r"\S+$", "A" * 43 + "=", kept.strip()))
    assert verdict(page)[0] != "good"  # another root, or a number that no proof leads to
    assert asked == [], "verifying asks nobody"
    page.context.set_offline(False)

    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(city + "/accounts/login/")
    page.fill("#id_login", "songjian")
    page.fill("#id_password", PASSWORD)
    page.locator("main form[action*=login] button[type=submit]").first.click()
    page.goto(city + "/office/cd-jcj/supervision/log/")
    page.get_by_role("button", name="立即核验整本公开账").click()
    reloaded_until(page, lambda: "完好" in page.locator("main").inner_text())
    sound("ledger-audit")
