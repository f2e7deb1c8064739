"""Saving a form of 100 fields beside its limit of one second; blank forms drawn in a second.

Run: ``.venv/bin/python benchmarks/forms.py [SAVES]``. The form is saved by the applicant's page,
through the whole stack; each sheet is drawn afresh, because its digest differs.
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

from datetime import date  # noqa: E402

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from openhall.applying.models import Draft  # noqa: E402
from openhall.catalogue.models import CatalogueEntry, Form, Item, ItemVersion  # noqa: E402
from openhall.config.staticfiles import gather_if_changed  # noqa: E402
from openhall.forms.blank import pdf_of, sheet_of  # noqa: E402
from openhall.forms.rules import answers_of, read_form  # noqa: E402
from openhall.organs.actions import found as found_organ  # noqa: E402

SAVES = int(sys.argv[1]) if len(sys.argv) > 1 else 200
LIMIT = 1.0
SHEETS = 40
KINDS = ("text", "number", "money", "date", "phone", "address", "organisation", "long_text")
TYPED = {
    "text": "申请内容",
    "number": "12",
    "money": "1,200.50",
    "date": "2003-05-26",
    "phone": "028-86660000",
    "address": "成都市锦江区春熙路1号",
    "organisation": "成都市民政局",
    "long_text": "情况说明。" * 20,
}


def hundred() -> list[dict]:
    """A hundred questions: eight kinds in turn, choices, a table, a computed value."""
    fields = [
        {
            "key": f"f{n}",
            "kind": KINDS[n % 8],
            "label": f"问题{n}",
            "label_en": f"Question {n}",
            "required": True,
        }
        for n in range(97)
    ]
    columns = [{"key": "sum", "kind": "money", "label": "金额", "label_en": "Amount"}]
    options = [{"value": v, "label": v, "label_en": v} for v in ("a", "b", "c")]
    return [
        *fields,
        {"key": "pick", "kind": "choice", "label": "选择", "label_en": "Pick", "options": options},
        {"key": "rows", "kind": "table", "label": "明细", "label_en": "Rows", "columns": columns},
        {"key": "all", "kind": "computed", "label": "合计", "formula": "sum(rows.sum)"},
    ]


def ready() -> Draft:
    call_command("migrate", verbosity=0)
    gather_if_changed()
    organ = found_organ(code="bench", kind="department", name="市测试局", short_name="测")
    entry = CatalogueEntry.objects.create(
        code="B-1", name="测试", kind="1", listed_from=date(2003, 5, 26)
    )
    item = Item.objects.create(code="B-1-1", entry=entry, organ=organ)
    version = ItemVersion.objects.create(
        item=item,
        number=1,
        state="published",
        name="测试",
        effective_from=date(2003, 5, 26),
        published_at=timezone.now(),
    )
    Form.objects.create(version=version, title="测试表", fields=hundred())
    client.post(reverse("portal:start", args=[item.code]))
    return Draft.objects.get()


client = Client()
draft = ready()
page = reverse("portal:draft", args=[draft.pk, "questions"])
typed = {one["key"]: TYPED[one["kind"]] for one in hundred() if one["kind"] in TYPED}
typed |= {"pick": "b", "rows-rows": "10"} | {f"rows-{n}-sum": "10.5" for n in range(10)}
taken = []
for _save in range(SAVES):
    begun = perf_counter()
    answer = client.post(page, typed)
    taken.append(perf_counter() - begun)
    assert answer.status_code == 302, answer.status_code
taken.sort()
p95 = taken[int(len(taken) * 0.95)]
print(f"save of a form of 100 fields: median {taken[len(taken) // 2] * 1000:.0f} ms,", end=" ")
print(f"p95 {p95 * 1000:.0f} ms, limit {LIMIT * 1000:.0f} ms ({SAVES} saves, whole stack)")

form = read_form(hundred(), "测试表", "Form")
said = {one: typed[one] for one in typed if one.startswith("f") or one == "pick"}
begun = perf_counter()
for _check in range(200):
    assert answers_of(form, said, date(2026, 1, 1)).is_valid
print(f"the rule alone: {(perf_counter() - begun) / 200 * 1000:.1f} ms for 100 answers")

begun = perf_counter()
for n in range(SHEETS):
    pdf_of(
        sheet_of(form, language="zh", organ="市测试局", code=f"B-{n}", version=n, check=f"x/{n}")
    )
print(f"blank forms of 100 fields: {SHEETS / (perf_counter() - begun):.1f} PDF a second")
assert p95 < LIMIT
