"""Every page type under three accessibility engines and the Nu Html Checker; Lighthouse.

    OPENHALL_CITY=http://127.0.0.1:8000 TOOLS=/tmp/tools python benchmarks/sound_pages.py [words …]

asks a city that is served. ``TOOLS`` is a folder where npm has laid the tools, none of which is
part of OpenHall:

    npm install --prefix /tmp/tools axe-core accessibility-checker-engine html_codesniffer \
        vnu-jar lighthouse

Words name what is asked: ``axe``, ``ace``, ``htmlcs``, ``vnu``, ``lighthouse``; none means the
first four. Each page is looked at in both languages, with ``--looks`` also in larger text and in
the dark. It prints every fault and ends with 1 where there is any.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, sync_playwright

CITY = os.environ.get("OPENHALL_CITY", "http://127.0.0.1:8000")
TOOLS = Path(os.environ.get("TOOLS", "/tmp/tools")) / "node_modules"
CHROMIUM = "/usr/bin/chromium"
ENGINES = ("axe", "ace", "htmlcs", "vnu")
# name: address, and the link to follow from there where the page has no fixed address
PAGES = {
    "home": ("/", ""),
    "services": ("/services/", ""),
    "guide": ("/services/510104-0115/", ""),
    "history": ("/services/510100-0019/history/", ""),
    "search": ("/search/?q=身份证", ""),
    "topics": ("/topics/", ""),
    "topic": ("/topics/bl-opening/", ""),
    "question guide": ("/guides/restaurant/", ""),
    "joint list": ("/joint/", ""),
    "joint": ("/joint/open-a-restaurant/", ""),
    "track": ("/track/", ""),
    "policies": ("/policies/", ""),
    "policy": ("/policies/", "main table a[href*='/policies/']"),
    "sites": ("/sites/", ""),
    "site": ("/sites/cd-mzh/", ""),
    "site of a district": ("/sites/cd-510104/", ""),
    **{
        f"column {name}": (f"/sites/cd-mzh/{name}/", "")
        for name in (
            *("policies", "organ", "leaders", "guides", "apply", "news", "notices"),
            *("disclosure", "interaction", "forms", "figures"),
        )
    },
    "article": ("/sites/cd-mzh/news/", ".article-list a"),
    "urgent article": ("/sites/cd-swj/notices/", ".article-list a"),
    "article history": ("/sites/cd-swj/news/WZ-2026-00219/history/", ""),
    "site health": ("/sites/health/", ""),
    "one site's health": ("/sites/health/cd-mzh/", ""),
    "coverage": ("/sites/coverage/", ""),
    "subscriptions": ("/subscriptions/?topic=site:cd-mzh/notices", ""),
    "statistics": ("/statistics/", ""),
    "unit": ("/statistics/cd-mzh/", ""),
    "register": ("/decisions/", ""),
    "enquiries": ("/enquiries/", ""),
    "ask a unit": ("/enquiries/new/", ""),
    "calls": ("/calls/", ""),
    "halls": ("/halls/", ""),
    "ratings": ("/ratings/", ""),
    "supervision": ("/supervision/", ""),
    "rectification": ("/supervision/rectification/", ""),
    "ledger": ("/ledger/", ""),
    "verify": ("/verify/", ""),
    "complaint": ("/complaints/new/", ""),
    "appointments": ("/appointments/", ""),
    "sign in": ("/accounts/login/", ""),
    "accessibility": ("/accessibility/", ""),
    "privacy": ("/privacy/", ""),
    "not found": ("/services/nothing/", ""),
}
ON_A_PHONE = (  # what Lighthouse looks at
    *("home", "services", "guide", "topic", "joint", "policy", "site", "column news"),
    *("article", "statistics", "ledger", "search"),
)
LOOKS = {"normal": {}, "elder": {"elder": "1"}, "dark": {"colour": "dark"}}
# The bar within a thumb's reach lies over what is scrolled beneath it: looked at where it belongs.
AT_THE_FOOT = ".reach { position: static !important }"
ACE = """async () => {
  const checker = new window.ace.Checker();
  const report = await checker.check(document, ["WCAG_2_2"]);
  return report.results
    .filter((one) => one.value[0] === "VIOLATION" && one.value[1] === "FAIL")
    // What lies in a closed fold is nobody's to use: the engine asks for its label all the same.
    .filter((one) => {
      const at = document.evaluate(one.path.dom, document, null, 9, null).singleNodeValue;
      return !at || !at.checkVisibility || at.checkVisibility();
    })
    .map((one) => [one.ruleId, one.message, (one.snippet || "").slice(0, 120)]);
}"""
HTMLCS = """() => new Promise((done) => {
  window.HTMLCS.process("WCAG2AA", document, () => done(
    window.HTMLCS.getMessages().filter((one) => one.type === 1)
      .map((one) => [one.code, one.msg, (one.element.outerHTML || "").slice(0, 120)])));
})"""
AXE = """async () => {
  const told = await window.axe.run(document, {
    resultTypes: ["violations"], rules: {"target-size": {enabled: true}}});
  return told.violations.flatMap((one) => one.nodes.map(
    (node) => [one.id, one.help, node.html.slice(0, 120)]));
}"""
SCRIPTS = {
    "axe": ("axe-core/axe.min.js", AXE),
    "ace": ("accessibility-checker-engine/ace.js", ACE),
    "htmlcs": ("html_codesniffer/build/HTMLCS.js", HTMLCS),
}


# A table is drawn as cards on a phone, and some browsers then forget that it is a table: its rows
# and cells say so themselves (openhall/design/templatetags/tables.py). The checker calls that
# needless; and it does not know that an element of one's own, a proof of work, has a name.
ACCEPTED = re.compile(
    r"“(table|row|rowgroup|cell|columnheader|rowheader)” role is unnecessary|"
    r"“role” attribute must not be used on a “(tr|td|th|tbody|thead)”|"
    r"“name” attribute is never allowed on the “altcha-widget”"
)


def opened(page: Page, language: str, address: str, follow: str) -> None:
    page.goto(CITY + language + address)
    if follow:
        page.goto(CITY + str(page.locator(follow).first.get_attribute("href")))


def asked(page: Page, engines: list[str]) -> Iterator[tuple[str, str]]:
    """The faults that each engine finds on the page as it stands."""
    for name in engines:
        file, call = SCRIPTS[name]
        page.evaluate(f"() => {{{(TOOLS / file).read_text('utf-8')}\n{EXPORTS.get(name, '')}}}")
        for rule, said, where in page.evaluate(call):
            told = f"{rule}: {' '.join(said.split())[:140]}  {' '.join(where.split())}"
            if not NOT_OURS.search(told):
                yield name, told


# What an engine says of a part of another (the proof of work has an empty ``dir``), and of a figure
# that is also part of a year in its own name (26 in 2026).
NOT_OURS = re.compile(
    r'dir_attribute_valid.*class="altcha"|label_name_visible.*class="dot dot-shown"'
)
EXPORTS = {"ace": "window.ace = typeof ace !== 'undefined' ? ace : window.ace;"}


def looked_at(browser: Browser, engines: list[str], looks: list[str]) -> Iterator[list[str]]:
    for language in ("", "/en"):
        for look in looks:
            told = LOOKS[look]
            context = browser.new_context(
                viewport={"width": 390, "height": 844},
                color_scheme="dark" if told.get("colour") else "light",
                bypass_csp=True,
            )
            if told.get("elder"):
                context.add_cookies([{"name": "elder", "value": "1", "url": CITY}])
            page = context.new_page()
            for name, (address, follow) in PAGES.items():
                opened(page, language, address, follow)
                page.add_style_tag(content=AT_THE_FOOT)
                for engine, fault in asked(page, engines):
                    yield [engine, name, language or "/zh", look, fault]
            context.close()


def validated() -> Iterator[list[str]]:
    """What the Nu Html Checker says of each page as it is sent."""
    with tempfile.TemporaryDirectory() as kept, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        names: dict[str, str] = {}
        for language in ("", "/en"):
            for name, (address, follow) in PAGES.items():
                opened(page, language, address, follow)
                answer = page.request.get(page.url)
                file = Path(kept) / f"{len(names)}.html"
                file.write_bytes(answer.body())
                names[file.name] = f"{name} {language or '/zh'}"
        browser.close()
        jar = TOOLS / "vnu-jar/build/dist/vnu.jar"
        run = subprocess.run(
            ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", kept],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        for one in json.loads(run.stderr)["messages"]:
            if ACCEPTED.search(one["message"]):
                continue
            kind = f"{one['type']} {one.get('subType', '')}".strip()
            at = names.get(str(one.get("url", "")).rpartition("/")[2], "")
            extract = " ".join(one.get("extract", "").split())[:100]
            yield ["vnu", at, "", kind, f"{one['message'][:160]}  {extract}"]


def lighthouse() -> Iterator[tuple[str, dict[str, Any], int]]:
    """The four scores of each page on Lighthouse's phone, and the bytes of HTML and CSS sent."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page, places = browser.new_page(), {}
        for name in ON_A_PHONE:
            opened(page, "", *PAGES[name])
            places[name] = (page.url, first_bytes(page))
        browser.close()
    with tempfile.TemporaryDirectory() as kept:
        told = Path(kept) / "told.json"
        for name, (address, size) in places.items():
            told.unlink(missing_ok=True)
            subprocess.run(
                [
                    *("node", str(TOOLS / "lighthouse/cli/index.js"), address, "--quiet"),
                    *("--output=json", f"--output-path={told}"),
                    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
                    "--only-categories=performance,accessibility,best-practices,seo",
                ],
                env={**os.environ, "CHROME_PATH": CHROMIUM},
                check=False,
            )
            yield name, json.loads(told.read_text("utf-8")) if told.exists() else {}, size


def first_bytes(page: Page) -> int:
    """Bytes on the wire of the page and of its style sheets, as a browser asks for them."""
    sheets = page.eval_on_selector_all(
        "link[rel=stylesheet]:not([media=print])", "all => all.map(one => one.href)"
    )
    return sum(wire(address) for address in [page.url, *sheets])


def wire(address: str) -> int:
    asked_for = Request(address, headers={"Accept-Encoding": "br, gzip"})
    with urlopen(asked_for) as answer:
        return len(answer.read())


def scores() -> int:
    low = 0
    for name, told, size in lighthouse():
        found = {one: round(100 * (cat["score"] or 0)) for one, cat in
                 told.get("categories", {}).items()}  # fmt: skip
        weak = [
            f"{key}: {audit['title']}"
            for key, audit in told.get("audits", {}).items()
            if audit.get("score") is not None and audit["score"] < 0.9
            and audit.get("scoreDisplayMode") not in ("informative", "notApplicable", "manual")
        ]  # fmt: skip
        low += any(score < 100 for score in found.values()) or not found
        print(f"{name:14} {'/'.join(map(str, found.values()))}  {size:6,} B  {'; '.join(weak)}")
    return low


def reached() -> bool:
    try:
        return wire(CITY + "/") > 0
    except OSError:
        return False


def main() -> int:
    asking = argparse.ArgumentParser()
    asking.add_argument("words", nargs="*", choices=[*ENGINES, "lighthouse", []])
    asking.add_argument("--looks", action="store_true")
    told = asking.parse_args()
    if not TOOLS.is_dir() or not reached():
        print("No tools or no city: see the head of this file.")
        return 0
    words = list(told.words) or list(ENGINES)
    found: list[list[str]] = []
    scripts = [one for one in words if one in SCRIPTS]
    if scripts:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            found += looked_at(browser, scripts, list(LOOKS) if told.looks else ["normal"])
            browser.close()
    if "vnu" in words:
        found += validated()
    for one in found:
        print("  ".join(filter(None, one)))
    counted = Counter(one[0] for one in found)
    for one in words:
        if one != "lighthouse":
            print(f"{one}: {counted[one]} faults on {len(PAGES)} page types in both languages")
    low = scores() if "lighthouse" in words else 0
    return 1 if found or low else 0


if __name__ == "__main__":
    sys.exit(main())
