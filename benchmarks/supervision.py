"""The supervision sweep at a million open cases, beside the scan that it does without.

Run: ``.venv/bin/python benchmarks/supervision.py [CASES]``. One real accepted case is copied over
all units; one in fifty is past its promise, one in a hundred is due on the next day. The first
sweep writes its cards and reminders; what is measured is the daily sweep after it, which finds
nothing new, and the time one card takes.
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
os.environ["OPENHALL_DEMO"] = "1"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from openhall.cases import actions as cases  # noqa: E402
from openhall.cases.actions import Doing, Party  # noqa: E402
from openhall.cases.models import Case  # noqa: E402
from openhall.cases.terms import ApplicantKind, Channel  # noqa: E402
from openhall.catalogue.models import Item  # noqa: E402
from openhall.catalogue.queries import version_in_force  # noqa: E402
from openhall.demo.city import build  # noqa: E402
from openhall.demo.forms import answers_for  # noqa: E402
from openhall.organs.models import Account, Post  # noqa: E402
from openhall.organs.terms import IdentityKind  # noqa: E402
from openhall.supervision import actions  # noqa: E402
from openhall.supervision.facts import as_rule, of_day  # noqa: E402
from openhall.supervision.models import Card, PreWarning  # noqa: E402
from openhall.supervision.queries import rules_on  # noqa: E402
from openhall.supervision.rules.signals import finding  # noqa: E402
from openhall.workdays.queries import calendar  # noqa: E402

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
PARTY = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
CHANGED = {
    "number": "'C' || printf('%08d', n)",
    "query_blind": "'q' || n",
    "organ_id": "u.id",
    "promise_due": "CASE WHEN n % 50 = 0 THEN date('now', '-' || (n % 40 + 1) || ' days')"
    " WHEN n % 100 = 1 THEN date('now', '+1 day') ELSE date('now', '+' || (n % 60 + 30) ||"
    " ' days') END",
    "statutory_due": "date('now', '+200 days')",
    "account_id": "NULL",
}


def copied() -> None:
    columns = [field.column for field in Case._meta.fields if field.column != "id"]
    chosen = ", ".join(CHANGED.get(name, f"c.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < %s),"
            " u(id, place, units) AS (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1,"
            " COUNT(*) OVER () FROM organs_organ WHERE kind IN ('department', 'bureau'))"
            f" INSERT INTO cases_case ({', '.join(columns)}) SELECT {chosen}"
            " FROM n JOIN u ON u.place = n % u.units, cases_case c"
            " WHERE c.number NOT LIKE 'C' || '_______'",
            [CASES],
        )
        cursor.execute("ANALYZE")


def timed(work) -> tuple[float, object]:
    begin = perf_counter()
    found = work()
    return perf_counter() - begin, found


def scan(today) -> int:
    """What a job without cursor and ranges does: every open case against every daily rule."""
    days, found = calendar(), 0
    rules = [as_rule(rule) for rule in rules_on(today) if rule.trigger.startswith(("over", "due"))]
    rows = Case.objects.filter(closed_at__isnull=True).select_related("item_version")
    deferred = rows.only(
        "promise_due", "statutory_due", "seq", "closed_at", "item_version__promised_days"
    )
    for case in deferred.iterator(chunk_size=2000):
        facts = of_day(case, today)
        found += sum(finding(rule, facts, days) is not None for rule in rules)
    return found


def main() -> None:
    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    build(today)
    mine = Account.objects.get(username="wangfang")
    item = Item.objects.get(code="510100-0019")
    version = version_in_force(item.code, today)
    assert version is not None
    answers = answers_for(version, PARTY.name, today)
    case = cases.submit(
        item.code, PARTY, answers, Channel.ONLINE, Doing(mine, timezone.now(), "one")
    )
    post = Post.objects.filter(organ=case.organ, desk="window").select_related("account").first()
    cases.accept(case.pk, Doing(post.account, timezone.now(), "two", "window"))
    copied()
    print(f"{Case.objects.filter(closed_at__isnull=True).count():,} open cases")
    first, found = timed(lambda: actions.sweep(today))
    written = Card.objects.count()
    print(f"{'the first sweep':34}{first:>9.1f} s   {found}")
    each = first / (written + PreWarning.objects.count())
    print(f"{'one card or reminder':34}{each * 1e3:>9.2f} ms")
    again, found = timed(lambda: actions.sweep(today))
    print(f"{'the daily sweep, nothing new':34}{again:>9.2f} s   {found}")
    whole, count = timed(lambda: scan(today))
    print(
        f"{'the scan it does without':34}{whole:>9.2f} s   {count:,} found, {whole / again:.0f} x"
    )
    events, read = timed(actions.observe)
    print(f"{'events read':34}{read:>9}   in {events:.2f} s")


if __name__ == "__main__":
    main()
