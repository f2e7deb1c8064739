"""A figure recomputed by a stranger, and the boards of figures beside the plain aggregate.

Run: ``.venv/bin/python benchmarks/figures.py [ROWS] [CASES]``, and on PostgreSQL
``python tests/postgres.py python benchmarks/figures.py …``. First a bundle of ROWS rows (1,000,000;
0 leaves it out) is checked by ``check_figure.py`` in a process of plain Python, as a stranger runs
it; its time. Then CASES cases (300,000), rated at the taking in and, closed ones, at delivery, lie
over thirteen months; every month is frozen; each board is drawn forty times, and the same counts
are asked of the cases themselves by one plain statement. Beside the clock stands the processor's
time of this process.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

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
LITE = connection.vendor == "sqlite"


def when(after: str) -> str:
    """A moment of the last DAYS days by ``n``, some time ``after``."""
    back = f"({DAYS} - (n * {DAYS} / {CASES}))"
    if LITE:
        return f"datetime('now', '-' || {back} || ' days', '{after}')"
    return f"(now() - make_interval(days => {back}::int) + interval '{after}')"


def numbered(sign: str, of: str = "n") -> str:
    return (
        f"'{sign}' || printf('%08d', {of})" if LITE else f"'{sign}' || lpad(({of})::text, 8, '0')"
    )


OPEN = "n % 20 = 0"
DAY = "date({})" if LITE else "({})::date"
OF_CASE = {
    "number": numbered("C"),
    "query_blind": "'q' || n" if LITE else "'q' || n::text",
    "organ_id": "u.id",
    "received_at": when("-3 hours"),
    "accepted_at": when("-2 hours"),
    "closed_at": f"CASE WHEN {OPEN} THEN NULL ELSE {when('+3 days')} END",
    "promise_due": DAY.format(when("+20 days")),
    "delivered_at": "NULL",
    "decided_at": f"CASE WHEN {OPEN} THEN NULL ELSE {when('+3 days')} END",
    "outcome": f"CASE WHEN {OPEN} THEN '' ELSE 'granted' END",
    "stage": f"CASE WHEN {OPEN} THEN o.stage ELSE 'granted' END",
    "days_used": "n % 9",
    "on_time": "n % 17 <> 0",
    "account_id": "NULL",
    "folder_id": "NULL",
}
SCORE = " + ".join(f"(CASE WHEN c.id * 7 % 100 > {at} THEN {more} ELSE 0 END)" for at, more in (
    (3, 1), (7, 1), (15, 2)
))  # fmt: skip
REASONS = "'[]'", "'[\"slow\"]'"
NONE, SLOW = REASONS if LITE else [f"{one}::jsonb" for one in REASONS]
OF_RATING = {
    "number": "'R' || c.number",
    "salt": "''",
    "case_id": "c.id",
    "accepted_id": "NULL",
    "organ_id": "c.organ_id",
    "score": f"1 + {SCORE}",
    "reasons": f"CASE WHEN c.id * 7 % 100 > 7 THEN {NONE} ELSE {SLOW} END",
    "at": "c.closed_at",
    "served_on": DAY.format("c.closed_at"),
    "state": "'counted'",
}
OF_TAKING_IN = OF_RATING | {
    "number": "'T' || c.number",
    "case_id": "NULL",
    "accepted_id": "c.id",
    "at": "c.accepted_at",
    "served_on": DAY.format("c.accepted_at"),
}
MONTH = "date({}, 'start of month')" if LITE else "date_trunc('month', {})::date"
CLOSED = MONTH.format("c.closed_at")
ONE = "SUM(CASE WHEN {} THEN 1 ELSE 0 END)"
PLAIN = f"""
    SELECT c.organ_id, {CLOSED}, COUNT(*), {ONE.format("c.on_time")}, SUM(c.days_used),
           COUNT(r.id), {ONE.format("r.score >= 3")}
      FROM cases_case c LEFT JOIN appraisal_rating r ON r.case_id = c.id
     WHERE c.accepted_at IS NOT NULL AND c.closed_at IS NOT NULL
     GROUP BY 1, 2
"""
OURS = "number LIKE 'C________'"


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
            f" CROSS JOIN (SELECT * FROM {table} ORDER BY id LIMIT 1) o WHERE {where}"
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
    copied("cases_case", Case, OF_CASE, source, "1 = 1")
    ours = f"c.{OURS}"
    copied("appraisal_rating", Rating, OF_RATING, "cases_case c", f"{ours} AND c.closed_at < o.at")
    copied("appraisal_rating", Rating, OF_TAKING_IN, "cases_case c", ours)
    received, accepted = MONTH.format("received_at"), MONTH.format("at")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_unitmonth (organ_id, month, received, accepted, declined, closed,"
            f" granted, on_time, days, delivered) SELECT organ_id, {received}, COUNT(*), COUNT(*),"
            f" 0, {ONE.format('closed_at IS NOT NULL')}, 0, {ONE.format('on_time')},"
            f" SUM(days_used), 0 FROM cases_case WHERE {OURS}"
            " GROUP BY 1, 2 ON CONFLICT DO NOTHING"
        )
        good = ONE.format("score >= 3")
        cursor.execute(
            "INSERT INTO appraisal_ratingmonth (organ_id, month, rated, satisfied, score, every,"
            " good, bad, set_aside, replied, revisited, content, of_served, points)"
            f" SELECT organ_id, {accepted}, {ONE.format('case_id IS NOT NULL')}, {good},"
            f" SUM(score), COUNT(*), {good},"
            f" {ONE.format('score < 3')}, 0, 0, 0, 0, COUNT(*), SUM(2 * score)"
            " FROM appraisal_rating GROUP BY 1, 2 ON CONFLICT DO NOTHING"
        )
        cursor.execute("ANALYZE")


def p95(work) -> tuple[float, float]:
    """By the clock, and of the processor."""
    took, used = [], []
    for _time in range(TIMES):
        begin, ran = perf_counter(), process_time()
        found = work()
        assert getattr(found, "status_code", 200) == 200, found
        took.append(perf_counter() - begin)
        used.append(process_time() - ran)
    at = int(TIMES * 0.95) - 1
    return sorted(took)[at], sorted(used)[at]


def main() -> None:
    if ROWS:
        recomputed()
    call_command("collectstatic", verbosity=0, interactive=False)
    filled()
    print(
        f"{connection.vendor}: {Case.objects.count():,} cases, {Rating.objects.count():,} ratings"
    )
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
        "the six figures of ratings": lambda: client.get(reverse("portal:ratings")),
        "a page with nothing on it": lambda: client.get(reverse("portal:privacy")),
    }
    for name, work in pages.items():
        found = work()
        assert getattr(found, "status_code", 200) == 200, found
        took, used = p95(work)
        print(f"{name:34}{took * 1e3:>9.1f} ms   p95, {plain / took:.0f} x", end="")
        print(f"   ({used * 1e3:.1f} ms CPU)")


if __name__ == "__main__":
    main()
