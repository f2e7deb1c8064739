"""Advancing a case by one act, beside bare ORM writes, a viewflow and a SpiffWorkflow step.

Run: ``.venv/bin/python benchmarks/advance.py`` (needs the ``bench`` group: ``make bench``). Goals:
at least 0.9 of the bare ORM, 3.5 × viewflow, 1.5 × SpiffWorkflow, in steps a second on SQLite.

One step is one transaction on disk. Ours checks permission, lifecycle and clock and writes case,
event, ledger entry, rollup and, for most acts, a numbered paper. The bare ORM writes the same rows
and checks nothing. viewflow advances a flow of the same five steps by code. SpiffWorkflow loads the
serialised workflow from a row, completes a task, and stores it again. Neither knows cases, so each
also writes the bare ORM's rows, as whoever uses it must.
"""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from types import ModuleType
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]
os.environ["OPENHALL_HOME"] = tempfile.mkdtemp(prefix="openhall-bench-")
os.environ["OPENHALL_DEMO"] = "1"

from openhall.config import settings as product  # noqa: E402

made = ModuleType("bench_settings")
made.__dict__.update({k: v for k, v in vars(product).items() if k.isupper()})
made.INSTALLED_APPS = [*product.INSTALLED_APPS, "viewflow.workflow", "peerflow"]  # type: ignore[attr-defined]
sys.modules["bench_settings"] = made
os.environ["DJANGO_SETTINGS_MODULE"] = "bench_settings"

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402
from peerflow.flows import CaseFlow  # noqa: E402
from SpiffWorkflow.bpmn.parser import BpmnParser  # noqa: E402
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer  # noqa: E402
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow  # noqa: E402
from SpiffWorkflow.util.task import TaskState  # noqa: E402
from viewflow.workflow.models import Task  # noqa: E402

from openhall.cases import actions  # noqa: E402
from openhall.cases.actions import Doing, Party  # noqa: E402
from openhall.cases.models import Case, CaseEvent, UnitMonth  # noqa: E402
from openhall.cases.terms import ApplicantKind, Channel, Opinion, Outcome  # noqa: E402
from openhall.catalogue.queries import version_in_force  # noqa: E402
from openhall.demo.city import build, officers  # noqa: E402
from openhall.demo.forms import answers_for  # noqa: E402
from openhall.ledger.models import Entry  # noqa: E402
from openhall.ledger.rules.merkle import leaf_hash  # noqa: E402
from openhall.organs.terms import Desk, IdentityKind  # noqa: E402
from openhall.papers.models import Paper, PaperNumber  # noqa: E402

CASES, ROUNDS = 25, 9
PARTY = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")
BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STEPS = ("accept", "hand_over", "review", "decide")
FLOWS = ("start", *STEPS, "end")
BPMN = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
    '<process id="case" isExecutable="true"><startEvent id="start"/><endEvent id="end"/>'
    + "".join(f'<manualTask id="{step}"/>' for step in STEPS)
    + "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{one}" targetRef="{other}"/>'
        for n, (one, other) in enumerate(pairwise(FLOWS))
    )
    + "</process></definitions>"
)


def rate(steps: int, work: Callable[[], None]) -> float:
    """Steps a second."""
    begin = perf_counter()
    work()
    return steps / (perf_counter() - begin)


def submitted(item: str, name: str, prefix: str) -> list[int]:
    found: list[int] = []
    version = version_in_force(item, BEGAN.date())
    assert version is not None, name
    answers = answers_for(version, PARTY.name, BEGAN.date())
    for n in range(CASES):
        doing = Doing(None, BEGAN + timedelta(seconds=n), f"{prefix}-{n}")
        found.append(actions.submit(item, PARTY, answers, Channel.ONLINE, doing).pk)
    return found


def ours(cases: list[int], organ: int) -> None:
    seats = officers()[organ]
    window, handler = seats[Desk.WINDOW.value][0], seats[Desk.HANDLER.value][0]
    decider = seats[Desk.DECIDER.value][0]
    for pk in cases:

        def doing(who: object, hours: int, pk: int = pk) -> Doing:
            return Doing(who, BEGAN + timedelta(hours=hours), f"o-{pk}-{hours}")  # type: ignore[arg-type]

        actions.accept(pk, doing(window, 1))
        actions.hand_over(pk, handler, ["申请书"], doing(window, 2))
        actions.review(pk, Opinion.GRANT, "符合条件。", doing(handler, 3))
        actions.decide(pk, Outcome.GRANTED, "", "", doing(decider, 4), term="长期")


def rows_of_an_act(pk: int, seq: int, act: str) -> None:
    """The rows of one of our acts, by the plain ORM, in the caller's transaction; no checks."""
    case = Case.objects.select_related("organ", "item", "item_version").get(pk=pk)
    now = timezone.now()
    raw = json.dumps({"case": case.number, "seq": seq, "act": act}).encode()
    entry = Entry.objects.create(kind="case", body=raw, leaf_hash=leaf_hash(raw), written_at=now)
    Case.objects.filter(pk=pk, seq=seq - 1).update(seq=seq)
    CaseEvent.objects.create(
        case=case,
        seq=seq,
        act=act,
        stage="accepted",
        event_time=now,
        entry_time=now,
        facts={},
        sealed=CaseEvent.locked(case.salt, {"note": "符合条件。"}),
        key=f"b-{pk}-{seq}",
        entry=entry.pk,
    )
    number = PaperNumber.objects.filter(organ=case.organ, kind="receipt", year=2026)
    number.update(last=F("last") + 1)
    serial = number.values_list("last", flat=True).get()
    Paper.objects.create(
        about=case.number,
        kind="receipt",
        number=f"bare-{serial}-{seq}",
        serial=serial,
        year=2026,
        organ=case.organ,
        issued_on=now.date(),
        check_code=f"b{serial}",
        content='{"words": ["符合条件。"]}',
    )
    UnitMonth.objects.filter(organ=case.organ).update(accepted=F("accepted") + 1)


def bare(cases: list[int]) -> None:
    for pk in cases:
        for seq, step in enumerate(STEPS, start=2):
            with transaction.atomic():
                rows_of_an_act(pk, seq, step)


def with_viewflow(cases: list[int]) -> None:
    for pk in cases:
        process = CaseFlow.submit.run()
        for seq, step in enumerate(STEPS, start=2):
            with transaction.atomic():
                task = Task.objects.get(process=process, flow_task=getattr(CaseFlow, step))
                getattr(CaseFlow, step).run(task)
                rows_of_an_act(pk, seq, step)


def with_spiff(cases: list[int]) -> None:
    parser = BpmnParser()
    parser.add_bpmn_str(BPMN.encode())
    spec = parser.get_spec("case")
    serializer = BpmnWorkflowSerializer()
    for pk in cases:
        flow = BpmnWorkflow(spec)
        flow.do_engine_steps()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO spiff VALUES (%s, %s)", [pk, serializer.serialize_json(flow)]
            )
        for seq, step in enumerate(STEPS, start=2):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT state FROM spiff WHERE id = %s", [pk])
                flow = serializer.deserialize_json(cursor.fetchone()[0])
                flow.get_next_task(state=TaskState.READY, manual=True).run()
                flow.do_engine_steps()
                state = serializer.serialize_json(flow)
                cursor.execute("UPDATE spiff SET state = %s WHERE id = %s", [state, pk])
                rows_of_an_act(pk, seq, step)


def main() -> None:
    call_command("migrate", verbosity=0)
    build(timezone.localdate())
    item = Case._meta.get_field("item").remote_field.model.objects.get(code="510100-0019")
    called = item.versions.latest("number").name
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE spiff (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    ways: dict[str, Callable[[list[int]], None]] = {
        "one act of ours": lambda cases: ours(cases, item.organ_id),
        "the same rows, bare ORM": bare,
        "a viewflow step": with_viewflow,
        "a SpiffWorkflow step": with_spiff,
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS):  # in turns, so that a busy machine is busy for all of them
        for name, way in ways.items():
            cases = submitted(item.code, called, f"{name}-{turn}")
            rates[name].append(rate(len(cases) * len(STEPS), lambda w=way, c=cases: w(c)))
    first = rates.pop("one act of ours")
    print(f"{'one act of ours':28}{median(first):>10,.0f} steps/s")
    goals = (0.9, 3.5, 1.5)
    for (name, others), goal in zip(rates.items(), goals, strict=True):
        ratio = median(one / other for one, other in zip(first, others, strict=True))
        print(f"{name:28}{median(others):>10,.0f} steps/s   ours ÷ it {ratio:5.2f}   goal {goal}")


if __name__ == "__main__":
    main()
