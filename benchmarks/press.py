"""CPU a request: a stored page, a hello with the same headers, Django's cache, a live page.

    OPENHALL_HOME=/tmp/a-city OPENHALL_DEMO=1 OPENHALL_PRESS=1 python benchmarks/press.py

One run, one server after the other (granian, one worker, one thread), one client that keeps its
connection; what is counted is the processor time of the server, so that another load on the machine
changes little. Also: one row that many pages rest on is changed, and all of them made fresh; and a
year of the time machine is simulated. Writes into the city it is given.
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

PAGE = "/topics/"


def cpu_of(pid: int) -> float:
    """Seconds of processor time of a process and all below it, to the nanosecond: ticks of 10 ms
    are a seventh of what a round takes."""
    told = 0
    waiting = [pid]
    while waiting:
        for thread in Path(f"/proc/{waiting.pop()}/task").glob("*"):
            try:
                told += int((thread / "schedstat").read_text().split()[0])
                waiting += [int(child) for child in (thread / "children").read_text().split()]
            except OSError:
                continue  # it ended meanwhile
    return told / 1e9


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Served:
    """One application under granian; told apart by ``BENCH_APP``."""

    def __init__(self, app: str, port: int) -> None:
        self.port = port
        env = {
            **os.environ,
            "BENCH_APP": app,
            "OPENHALL_BASE_URL": f"http://127.0.0.1:{port}",
            "OPENHALL_PRESS": "1" if app == "pressed" else "0",
            "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
        }
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
                *("--port", str(port), "--workers", "1", "--blocking-threads", "1", "--no-ws"),
                *("--log-level", "error", "benchmarks.press:application"),
            ],
            env=env,
        )
        for _try in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{app} did not start")

    def ask(self, count: int, path: str = PAGE) -> tuple[float, float, dict[str, str], int]:
        """Microseconds of the server and requests a second, over ``count`` requests."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port)
        headers, size = {}, 0
        for turn in range(count + 20):
            if turn == 20:
                before, begun = cpu_of(self.process.pid), time.perf_counter()
            asked.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = asked.getresponse()
            size = len(answer.read())
            assert answer.status == 200, answer.status
            headers = dict(answer.getheaders())
        took = time.perf_counter() - begun
        return (cpu_of(self.process.pid) - before) / count * 1e6, count / took, headers, size

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


def served_pages(rounds: int) -> None:
    """The four, each round anew, medians."""
    told: dict[str, list[tuple[float, float]]] = {}
    shape = Path("/tmp") / f"press-bench-{os.getpid()}.json"
    os.environ["BENCH_SHAPE"] = str(shape)
    for _round in range(rounds):
        for app, count in (("pressed", 6000), ("hello", 6000), ("cached", 600), ("live", 60)):
            one = Served(app, free_port())
            try:
                cpu, rate, headers, size = one.ask(count)
                if app == "pressed":
                    head = [(k, v) for k, v in headers.items() if k not in ("server", "date")]
                    shape.write_text(json.dumps({"head": head, "size": size}))
                told.setdefault(app, []).append((cpu, rate))
            finally:
                one.stop()
    middle = {
        app: (statistics.median(c for c, _r in rows), statistics.median(r for _c, r in rows))
        for app, rows in told.items()
    }
    for app, (cpu, rate) in middle.items():
        print(f"{app:8} {cpu:10.1f} µs CPU a request {rate:10.0f} requests a second")
    pressed = middle["pressed"][0]
    print(f"hello ÷ pressed    {middle['hello'][0] / pressed:6.2f}   (the goal: 0.95 or more)")
    print(f"cached ÷ pressed   {middle['cached'][0] / pressed:6.1f} × (20 or more)")
    print(f"live ÷ pressed     {middle['live'][0] / pressed:6.0f} × (300 or more)")
    shape.unlink(missing_ok=True)


def refreshed(most: int, copies: int) -> None:
    """A row on which many pages rest, then a part that thousands carry: changed, and all fresh."""
    from openhall.organs.models import Organ
    from openhall.press import actions
    from openhall.press.actions.marks import drain
    from openhall.press.actions.parts import remake
    from openhall.press.crawling import crawl
    from openhall.press.models import MadeFrom, Page, Part, PartPlace
    from openhall.press.queries import standing
    from openhall.press.watching import triggers

    triggers.lay()
    stored = sum(made.stored for _address, made in crawl(most))

    def resting(organ: Organ) -> int:
        return MadeFrom.objects.filter(tag=f"organs_organ.id={organ.pk}").count()

    busiest = max(Organ.objects.all(), key=resting)
    begun = time.process_time()
    Organ.objects.filter(pk=busiest.pk).update(name=busiest.name + " ")
    told = time.process_time() - begun
    drain()
    stale = Page.objects.filter(stale=True, body__isnull=False).count()
    begun, wall = time.process_time(), time.perf_counter()
    made = actions.press_stale(3600)
    print(
        f"{stored} pages stored; an organ renamed: told in {told * 1e3:.1f} ms, {stale} stale, "
        f"{made} drawn again after {time.process_time() - begun:.1f} s CPU, "
        f"{time.perf_counter() - wall:.1f} s"
    )
    fresh_pages = PartPlace.objects.filter(page__stale=False, part__name="organ_contact")
    place = fresh_pages.select_related("page", "part").first()
    if place is None:
        return
    columns = [f.attname for f in Page._meta.concrete_fields if f.name not in ("id", "path")]
    kept = {name: getattr(place.page, name) for name in columns}
    pages = Page.objects.bulk_create(Page(**kept, path=f"/bench/{n}/") for n in range(copies))
    PartPlace.objects.bulk_create(
        PartPlace(page=one, part=place.part, number=0, start=place.start, length=place.length)
        for one in pages
    )
    begun, wall = time.process_time(), time.perf_counter()
    Organ.objects.filter(pk=int(place.part.about)).update(phone="028-00000000")
    drain()
    assert remake(Part.objects.get(pk=place.part_id))
    took, walled = time.process_time() - begun, time.perf_counter() - wall
    fresh = sum(b"028-00000000" in standing(f"/bench/{n}/").body() for n in range(0, copies, 50))
    print(
        f"a part that {copies} pages carry: all fresh after {took * 1e3:.0f} ms CPU, "
        f"{walled * 1e3:.0f} ms ({fresh} of {len(range(0, copies, 50))} looked at)"
    )
    Page.objects.filter(path__startswith="/bench/").delete()


VERSIONS = 834_000  # of 20,000 addresses in a year with 24 deployments
ROW = 49  # bytes of the day's row of one version
NODES = 2_500 * 365  # bytes of the trees of the days


def a_year(days: int) -> None:
    """Days of the time machine on the stored pages: a tenth of them change each day.

    What a whole year of 20,000 addresses takes is reckoned from the bytes of one version here.
    """
    from datetime import datetime

    from django.db import transaction
    from django.utils import timezone

    from openhall.press import past
    from openhall.press.actions.keeping import put_away
    from openhall.press.actions.shown import note_shown
    from openhall.press.bodies import body_of
    from openhall.press.models import Body, Page
    from openhall.press.rules.kinds import Archive

    def kept() -> int:
        return sum(len(bytes(b)) for b in Body.objects.values_list("packed", flat=True) if b)

    pages = list(Page.objects.filter(body__isnull=False).order_by("pk")[:400])
    first = timezone.localdate() - timedelta(days=days + 1)
    with transaction.atomic():
        before, size = Body.objects.count(), kept()
        for turn in range(days):
            day = first + timedelta(days=turn)
            moment = timezone.make_aware(datetime.combine(day, datetime.min.time()))
            for place in range(turn % 10, len(pages), 10):
                page = pages[place]
                body = body_of(page.body_id).replace(b"</main>", f"<p>{day}</p></main>".encode())
                note_shown(f"/b{page.path}", put_away(page, body).pk, Archive.EVERY, moment)
        versions, grown = Body.objects.count() - before, kept() - size
        each = grown / max(1, versions)
        year = (VERSIONS * (each + ROW) + NODES) / 1e9
        print(f"a year of 20,000 addresses, reckoned: {year:.2f} GB, {VERSIONS:,} versions")
        looks = []
        for page in pages[:200]:
            begun = time.perf_counter()
            there = f"/b{page.path}"
            for leaf in past.leaves_on(first + timedelta(days=days // 2), there, there + "\x01"):
                body_of(leaf.shown[-1][1])
            looks.append((time.perf_counter() - begun) * 1e3)
        looks.sort()
        print(
            f"{versions} versions in {days} days: {each:.0f} bytes each; "
            f"a look-up {looks[len(looks) // 2]:.2f} ms, the slowest {looks[-1]:.1f} ms"
        )
        transaction.set_rollback(True)


def _application():
    app = os.environ["BENCH_APP"]
    if app == "hello":
        shape = json.loads(Path(os.environ["BENCH_SHAPE"]).read_text())
        head, body = [tuple(one) for one in shape["head"]], b"x" * shape["size"]

        def hello(environ, start):
            start("200 OK", head)
            return [body]

        return hello
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
    from django.conf import settings

    if app == "cached":
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        settings.MIDDLEWARE = [
            "django.middleware.gzip.GZipMiddleware",
            "django.middleware.cache.UpdateCacheMiddleware",
            *[one for one in settings.MIDDLEWARE if not one.startswith("openhall.press")],
            "django.middleware.cache.FetchFromCacheMiddleware",
        ]
    from openhall.config.wsgi import application as found

    return found


if "BENCH_APP" in os.environ:
    application = _application()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=600, help="pages stored for the refreshing")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--copies", type=int, default=5000, help="pages that carry one part")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
    served_pages(asked.rounds)
    import django

    django.setup()
    refreshed(asked.most, asked.copies)
    a_year(asked.days)


if __name__ == "__main__":
    main()
