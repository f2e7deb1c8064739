"""Every list and public figure at a million cases, beside the limit of 0.3 s.

Run: ``.venv/bin/python benchmarks/lists.py [CASES]``. One real case is copied over all units and
fourteen months; one in two hundred is still open. Pages are asked for through the whole stack.
"""

import os
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "openhall.config.settings"
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")
os.environ |= {"OPENHALL_DEMO": "1", "OPENHALL_ALLOWED_HOSTS": "testserver"}

import django  # noqa: E402

django.setup()

from datetime import timedelta  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from openhall.cases import actions  # noqa: E402
from openhall.cases.actions import Doing, Party  # noqa: E402
from openhall.cases.models import Case, UnitMonth  # noqa: E402
from openhall.cases.terms import ApplicantKind, Channel  # noqa: E402
from openhall.catalogue.queries import version_in_force  # noqa: E402
from openhall.config.staticfiles import gather_if_changed  # noqa: E402
from openhall.demo.city import build  # noqa: E402
from openhall.demo.forms import answers_for  # noqa: E402
from openhall.organs.models import Account  # noqa: E402
from openhall.organs.terms import IdentityKind  # noqa: E402

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
LIMIT = 0.3
ITEM, NAME = "510100-0019", "社会团体成立登记"
PARTY = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
CHANGED = {
    "number": "'C' || printf('%08d', n)",
    "query_blind": "'q' || n",
    "organ_id": "u.id",
    "stage": "CASE WHEN n % 200 < 2 THEN 'submitted' WHEN n % 200 = 3 THEN 'handling'"
    " ELSE 'delivered' END",
    "received_at": "datetime('now', '-' || (n % 400) || ' days')",
    "accepted_at": "CASE WHEN n % 200 < 2 THEN NULL ELSE datetime('now', '-' || (n % 400) ||"
    " ' days') END",
    "promise_due": "CASE WHEN n % 200 < 2 THEN NULL ELSE date('now', (n % 60 - 30) || ' days') END",
    "outcome": "CASE WHEN n % 200 < 4 THEN '' ELSE 'granted' END",
    "closed_at": "CASE WHEN n % 200 < 4 THEN NULL ELSE datetime('now', '-' || (n % 400) ||"
    " ' days') END",
    "on_time": "CASE WHEN n % 200 < 4 THEN NULL ELSE n % 50 > 0 END",
    "days_used": "CASE WHEN n % 200 < 4 THEN NULL ELSE n % 20 END",
    "account_id": "NULL",
}


def copied(case: Case) -> None:
    """A million cases from this one, by the database itself."""
    columns = [field.column for field in Case._meta.fields if field.column != "id"]
    chosen = ", ".join(CHANGED.get(name, f"c.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < %s),"
            " u(id, place, units) AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1,"
            " COUNT(*) OVER () FROM organs_organ WHERE kind IN ('department', 'bureau'))"
            f" INSERT INTO cases_case ({', '.join(columns)}) SELECT {chosen}"
            " FROM n JOIN u ON u.place = n % u.units, cases_case c WHERE c.id = %s",
            [CASES, case.pk],
        )
        cursor.execute("ANALYZE")
    months: dict[tuple[int, object], UnitMonth] = {}
    for organ in Case.objects.values_list("organ", flat=True).distinct():
        for back in range(14):
            month = (timezone.localdate() - timedelta(days=30 * back)).replace(day=1)
            months[organ, month] = UnitMonth(organ_id=organ, month=month, received=9, closed=9)
    UnitMonth.objects.bulk_create(months.values(), ignore_conflicts=True)


def _answers() -> dict[str, object]:
    version = version_in_force(ITEM, timezone.localdate())
    assert version is not None
    return answers_for(version, PARTY.name, timezone.localdate())


def main() -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "csp" not in name]
    call_command("migrate", verbosity=0)
    gather_if_changed()
    build(timezone.localdate())
    mine = Account.objects.get(username="wangfang")
    doing = Doing(mine, timezone.now(), "one")
    case = actions.submit(ITEM, PARTY, _answers(), Channel.ONLINE, doing)
    copied(case)
    print(f"{Case.objects.count():,} cases")
    window, resident, public = Client(), Client(), Client()
    window.force_login(Account.objects.get(username="liming"))
    resident.force_login(mine)
    desk = "/office/cd-mzh/window/"
    month = timezone.localdate().strftime("%Y-%m")
    middle = Case.objects.filter(organ__code="cd-mzh", stage="submitted").order_by("received_at")
    after = middle[middle.count() // 2].pk
    worst = 0.0
    for name, client, address in (
        ("home", public, "/"),
        ("figures of the city", public, "/statistics/"),
        ("figures of a unit", public, "/statistics/cd-mzh/"),
        ("cases behind a figure", public, f"/statistics/cd-mzh/{month}/closed/"),
        ("a late figure", public, f"/statistics/cd-mzh/{month}/late/"),
        ("the window's queue", window, desk),
        ("its queue, a page in the middle", window, f"{desk}?queue=answer&after={after}"),
        ("one matter on the desk", window, f"{desk}{case.number}/"),
        ("my matters", resident, "/my/"),
    ):
        client.get(address)
        begin = perf_counter()
        answer = client.get(address)
        took = perf_counter() - begin
        worst = max(worst, took)
        mark = "" if took < LIMIT and answer.status_code == 200 else f"  <- {answer.status_code}"
        print(f"{name:34}{took * 1e3:>9.1f} ms{mark}")
    print(f"{'worst':34}{worst * 1e3:>9.1f} ms   limit {LIMIT * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
