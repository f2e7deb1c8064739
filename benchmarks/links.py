"""Every link of a city that is served: whether it leads somewhere, and how many taps to a service.

    OPENHALL_CITY=http://127.0.0.1:8000 python benchmarks/links.py --most 4000

Breadth first from the first page, as a visitor without a name; of pages that differ only in a
month, a number or words asked for, so many of a kind (``--alike``). What is told: each address that
is answered by an error with the page that leads there, and the services farther than three taps.
"""

import argparse
import os
import re
import sys
from collections import Counter, deque
from html import unescape
from urllib.error import HTTPError
from urllib.parse import quote, unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

CITY = os.environ.get("OPENHALL_CITY", "http://127.0.0.1:8000")
LINK = re.compile(r'<a\b[^>]*?\shref="([^"]*)"', re.DOTALL)
NEVER = re.compile(r"^/(?:en/)?(?:accounts/(?!login/$)|elder/|i18n/|api/|cms/)")
GUIDE = re.compile(r"^/services/([\w.-]+)/$")
TAPS = 3


def kind_of(path: str) -> str:
    """Addresses that are alike: numbers, months and codes as one sign, words asked for left out."""
    return re.sub(r"[0-9]+", "#", unquote(path.partition("?")[0]))


def asked(path: str) -> tuple[int, str]:
    """The status and, of a page, its text."""
    try:
        request = Request(CITY + quote(path, "/?=&%#;+,:@"), headers={"User-Agent": "links"})
        with urlopen(request, timeout=60) as answer:
            if "html" not in answer.headers.get("Content-Type", ""):
                return answer.status, ""
            return answer.status, answer.read().decode("utf-8", "replace")
    except HTTPError as refused:
        return refused.code, ""
    except OSError:
        return 0, ""


def links_on(path: str, page: str) -> list[str]:
    """Where the links of a page lead within the city, without the part of a page they name."""
    found = []
    for said in LINK.findall(page):
        address = urlsplit(urljoin(CITY + path, unescape(said)))
        inside = f"{address.scheme}://{address.netloc}" == CITY
        place = address.path + (f"?{address.query}" if address.query else "")
        if inside and not NEVER.match(address.path):
            found.append(place)
    return list(dict.fromkeys(found))


def main() -> int:
    asking = argparse.ArgumentParser()
    asking.add_argument("--most", type=int, default=4000)
    asking.add_argument("--alike", type=int, default=60)
    told = asking.parse_args()
    if asked("/")[0] != 200:
        print("No city: see the head of this file.")
        return 0
    far = {"/": 0}
    came: dict[str, str] = {}
    alike: Counter[str] = Counter()
    waiting, wrong, looked = deque(["/", "/en/"]), [], 0
    while waiting and looked < told.most:
        path = waiting.popleft()
        status, page = asked(path)
        looked += 1
        if status >= 400 or status == 0:
            wrong.append(f"{status} {path}  from {came.get(path)}")
        for place in links_on(path, page):
            if place in far:
                continue
            far[place], came[place] = far.get(path, 0) + 1, path
            alike[kind_of(place)] += 1
            if GUIDE.match(place) or alike[kind_of(place)] <= told.alike:
                waiting.append(place)
    guides = {found[1]: taps for place, taps in far.items() if (found := GUIDE.match(place))}
    for one in wrong:
        print(one)
    print(f"{looked} pages asked for, {len(far)} addresses seen, {len(wrong)} errors")
    print(f"{len(guides)} services, by taps: {dict(sorted(Counter(guides.values()).items()))}")
    beyond = sorted(code for code, taps in guides.items() if taps > TAPS)
    if beyond:
        print(f"farther than {TAPS} taps: {', '.join(beyond[:20])}")
    return 1 if wrong or beyond else 0


if __name__ == "__main__":
    sys.exit(main())
