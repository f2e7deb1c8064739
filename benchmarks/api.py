"""The programmes' door, address by address: what a read costs the processor, and the clock.

    OPENHALL_HOME=/tmp/a-city OPENHALL_DEMO=1 python benchmarks/api.py [TIMES]

Every address the description names that is read without a key: its first page and, where it is a
list, the page furthest on that fifty steps of its cursor reach. Beside it the cost of the same
answer taken as unchanged (``If-None-Match``), and of a page with nothing on it. Reads only; the
limit on reads is lifted.
"""

import json
import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "openhall.config.settings"
os.environ["OPENHALL_PRESS"] = "0"

import django

django.setup()

from django.test import Client  # noqa: E402

from openhall.api.v1 import door  # noqa: E402

TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 20
STEPS, LIMIT = 50, 100.0  # ms of the processor, at the 95th of a hundred
ROOT = "/api/v1"
door.spend_in_lots = lambda limit, who: 0


def timed(client: Client, address: str, **headers: str) -> tuple[float, float, int, int]:
    """Median and 95th of the processor's milliseconds, bytes, status."""
    used = []
    for _time in range(TIMES):
        ran = process_time()
        answer = client.get(address, **headers)
        used.append((process_time() - ran) * 1e3)
    used.sort()
    return median(used), used[int(len(used) * 0.95) - 1], len(answer.content), answer.status_code


def listing(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def asked_of(way: dict[str, Any]) -> list[dict[str, Any]]:
    return way.get("parameters", [])


def filled_in(client: Client, path: str) -> str | None:
    """The address with its parameters from the list above it; None where it has none."""
    while "{" in path:
        above, _brace, rest = path.partition("{")
        name, _brace, below = rest.partition("}")
        listed = client.get(f"{ROOT}{above.rstrip('/')}")
        if listed.status_code != 200:
            return None
        told = listed.json()
        rows = told if isinstance(told, list) else next(filter(listing, told.values()), [])
        names = (name, f"{name}s", "code", "number", "id", "slug", "figure")
        found = next((rows[0][key] for key in names if rows and key in rows[0]), "")
        if found == "":
            return None
        path = f"{above}{found}{below}"
    return f"{ROOT}{path}"


def main() -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    told = client.get(f"{ROOT}/openapi.json").json()
    bare = timed(client, "/privacy/")
    print(f"{'a page with nothing on it':58}{bare[0]:8.1f} {bare[1]:8.1f} ms CPU, p50 and p95")
    worst, begin, looked = 0.0, perf_counter(), 0
    for path, ways in sorted(told["paths"].items()):
        if "get" not in ways or {} not in ways["get"].get("security", [{}]):
            continue
        if any(one["in"] == "query" and one.get("required") for one in asked_of(ways["get"])):
            continue
        address = filled_in(client, path.removeprefix(ROOT))
        if address is None:
            print(f"  {path}: nothing in this city to ask it for")
            continue
        first = client.get(address)
        if first.status_code != 200:
            print(f"  {address}: {first.status_code}")
            continue
        half, most, size, _status = timed(client, address)
        looked, worst = looked + 1, max(worst, most)
        tag = first.headers.get("ETag", "")
        again = timed(client, address, HTTP_IF_NONE_MATCH=tag) if tag else None
        more = ""
        if again is not None and again[3] == 304:
            more = f"   unchanged {again[0]:.1f}"
        following, steps = first, 0
        while (at := next_of(following)) and steps < STEPS:
            following, steps = client.get(at), steps + 1
            address = at
        if steps:
            more += f"   page {steps + 1}: {timed(client, address)[0]:.1f}"
        print(f"{path:58}{half:8.1f} {most:8.1f}   {size:>9,} B{more}")
    took = perf_counter() - begin
    print(f"{looked} addresses, {took:.0f} s; worst p95 {worst:.1f} ms of CPU (limit {LIMIT:.0f})")


def next_of(answer: object) -> str:
    try:
        said = json.loads(answer.content)
    except ValueError:
        return ""
    found = said.get("next") if isinstance(said, dict) else None
    return found if isinstance(found, str) else ""


if __name__ == "__main__":
    main()
