"""A figure recomputed by a stranger, and the boards of figures beside the plain aggregate.

Run: ``.venv/bin/python benchmarks/figures.py [ROWS] [CASES]``. First a bundle of ROWS rows
(1,000,000) is checked by ``check_figure.py`` in a process of plain Python, as a stranger runs it;
its time. Then CASES cases (300,000), each with a rating, lie over thirteen months;
every month is frozen; each board is drawn forty times, and the same counts are asked of the cases
themselves by one plain statement.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "openhall.config.settings"
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")
os.environ["OPENHALL_DEMO"] = "1"
os.environ["OPENHALL_PRESS"] = "0"  # the pages are made each time

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from openhall.appraisal.actions import rate  # noqa: E402
from openhall.appraisal.models import Rating  # noqa: E402
from openhall.appraisal.terms import RatingSource, Satisfaction, ServedStage  # noqa: E402
from openhall.cases import actions as cases  # noqa: E402
from openhall.cases.actions import Doing, Party  # noqa: E402
from openhall.cases.models import Case  # noqa: E402
from openhall.cases.terms import ApplicantKind, Channel  # noqa: E402
from openhall.catalogue.models import Item  # noqa: E402
from openhall.catalogue.queries import version_in_force  # noqa: E402
from openhall.demo.city import build  # noqa: E402
from openhall.demo.forms import answers_for  # noqa: E402
from openhall.ledger.actions import seal  # noqa: E402
from openhall.organs.models import Account, Post  # noqa: E402
from openhall.organs.terms import IdentityKind  # noqa: E402
from openhall.statistics import standalone  # noqa: E402
from openhall.statistics.actions import freeze_due  # noqa: E402
from openhall.statistics.queries import months_published, published_figures  # noqa: E402
from openhall.statistics.terms import Measure  # noqa: E402
from tests.factories.figures import made_figure  # noqa: E402

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
CASES = int(sys.argv[2]) if len(sys.argv) > 2 else 300_000
TIMES, DAYS = 40, 395
PARTY = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
WHEN = f"datetime('now', '-' || ({DAYS} - (n * {DAYS} / %d)) || ' days', '%s')"
OF_CASE = {
    "number": "'C' || printf('%08d', n)",
    "query_blind": "'q' || n",
    "organ_id": "u.id",
    "received_at": WHEN % (CASES, "-3 hours"),
    "accepted_at": WHEN % (CASES, "-2 hours"),
    "closed_at": f"CASE WHEN n % 20 = 0 THEN NULL ELSE {WHEN % (CASES, '+3 days')} END",
    "promise_due": f"date({WHEN % (CASES, '+20 days')})",
    "delivered_at": "NULL",
    "decided_at": f"CASE WHEN n % 20 = 0 THEN NULL ELSE {WHEN % (CASES, '+3 days')} END",
    "outcome": "CASE WHEN n % 20 = 0 THEN '' ELSE 'granted' END",
    "stage": "CASE WHEN n % 20 = 0 THEN o.stage ELSE 'granted' END",
    "days_used": "n % 9",
    "on_time": "n % 17 <> 0",
    "account_id": "NULL",
    "folder_id": "NULL",
}
OF_RATING = {
    "number": "'R' || c.number",
    "salt": "''",
    "case_id": "c.id",
    "accepted_id": "NULL",
    "organ_id": "c.organ_id",
    "score": "1 + (c.id * 7 % 100 > 3) + (c.id * 7 % 100 > 7) + 2 * (c.id * 7 % 100 > 15)",
    "reasons": "CASE WHEN c.id * 7 % 100 > 7 THEN '[]' ELSE '[\"slow\"]' END",
    "at": "c.closed_at",
    "state": "'counted'",
}
PLAIN = """
    SELECT c.organ_id, strftime('%Y-%m', c.closed_at), COUNT(*), SUM(c.on_time), SUM(c.days_used),
           COUNT(r.id), SUM(r.score >= 3)
      FROM cases_case c LEFT JOIN appraisal_rating r ON r.case_id = c.id
     WHERE c.accepted_at IS NOT NULL AND c.closed_at IS NOT NULL
     GROUP BY 1, 2
"""


def recomputed() -> None:
    """The stranger's part."""
    made = made_figure(2, ROWS, Measure.ON_TIME)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bundle.zip"
        path.write_bytes(made.packed)
        checker = Path(str(standalone.__file__)).with_name("check_figure.py")
        begin = perf_counter()
        words = [sys.executable, "-I", "-S", str(checker), str(path), "--key", made.key]
        done = subprocess.run(words, capture_output=True, encoding="utf-8", check=True)
        took = perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(done.stdout.strip())
    print(f"{ROWS:,} rows, {len(made.packed) / 1e6:.1f} MB: {took:.1f} s", end="")
    print(
        f" ({used.ru_utime + used.ru_stime:.1f} s CPU, {used.ru_maxrss / 1024:.0f} MB); limit 20 s"
    )


def copied(table: str, model: type, changed: dict[str, str], source: str, where: str) -> None:
    columns = [field.column for field in model._meta.fields if field.column != "id"]
    chosen = ", ".join(changed.get(name, f"o.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {chosen} FROM {source}"
            f" JOIN (SELECT * FROM {table} ORDER BY id LIMIT 1) o WHERE {where}"
        )


def filled() -> None:
    """One real case and its rating, copied over all units and thirteen months."""
    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    build(today)
    mine = Account.objects.get(username="wangfang")
    item = Item.objects.get(code="510100-0019")
    version = version_in_force(item.code, today)
    answers = answers_for(version, PARTY.name, today)
    now = timezone.now()
    case = cases.submit(item.code, PARTY, answers, Channel.ONLINE, Doing(mine, now, "one"))
    post = Post.objects.filter(organ=case.organ, desk="window").select_related("account").first()
    cases.accept(case.pk, Doing(post.account, now, "two", "window"))
    said = (Satisfaction.GOOD, [], "", RatingSource.ONLINE)
    rate(case.pk, *said, Doing(mine, now, "three"), stage=ServedStage.ACCEPTANCE)
    source = (
        f"(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {CASES})"
        " SELECT n FROM n) n JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 place,"
        " COUNT(*) OVER () units FROM organs_organ WHERE kind IN ('department', 'bureau')) u"
        " ON u.place = n.n % u.units"
    )
    copied("cases_case", Case, OF_CASE, source, "1")
    copied(
        "appraisal_rating",
        Rating,
        OF_RATING,
        "cases_case c",
        "c.number LIKE 'C________' AND c.closed_at IS NOT NULL",
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_unitmonth (organ_id, month, received, accepted, declined, closed,"
            " granted, on_time, days, delivered) SELECT organ_id, date(received_at,"
            " 'start of month'), COUNT(*), COUNT(*), 0, SUM(closed_at IS NOT NULL), 0,"
            " SUM(on_time), SUM(days_used), 0 FROM cases_case WHERE number LIKE 'C________'"
            " GROUP BY 1, 2 ON CONFLICT DO NOTHING"
        )
        cursor.execute("ANALYZE")


def p95(work) -> float:
    took = []
    for _time in range(TIMES):
        begin = perf_counter()
        found = work()
        assert getattr(found, "status_code", 200) == 200, found
        took.append(perf_counter() - begin)
    return sorted(took)[int(TIMES * 0.95) - 1]


def main() -> None:
    recomputed()
    call_command("collectstatic", verbosity=0, interactive=False)
    filled()
    print(f"{Case.objects.count():,} cases, {Rating.objects.count():,} ratings")
    begin = perf_counter()
    count = freeze_due(timezone.now())
    seal()
    print(f"{'freezing':34}{perf_counter() - begin:>9.1f} s   {count} figures")
    with connection.cursor() as cursor:
        begin = perf_counter()
        cursor.execute(PLAIN)
        rows = len(cursor.fetchall())
        plain = perf_counter() - begin
    print(f"{'the plain aggregate':34}{plain * 1e3:>9.0f} ms   {rows:,} groups")
    client, month = Client(SERVER_NAME="127.0.0.1"), months_published()[0]
    pages = {
        "reading every published figure": published_figures,
        "the public board": lambda: client.get(reverse("portal:figures")),
        "one figure": lambda: client.get(reverse("portal:published", args=["on_time"])),
        "one month": lambda: client.get(reverse("portal:published_month", args=["on_time", month])),
        "the city's figures": lambda: client.get(reverse("portal:statistics")),
    }
    for name, work in pages.items():
        found = work()
        assert getattr(found, "status_code", 200) == 200, found
        took = p95(work)
        print(f"{name:34}{took * 1e3:>9.1f} ms   p95, {plain / took:.0f} x")


if __name__ == "__main__":
    main()
