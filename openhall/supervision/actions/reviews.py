"""Drawing case files in public and reviewing them. norms 4.3, 4.4; A14."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from openhall.cases.actions import Doing
from openhall.cases.models import Case
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Checkpoint
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.actions.numbers import DRAW, number
from openhall.supervision.actions.record import day_of, done_before, record, under_lock
from openhall.supervision.facts import file_of
from openhall.supervision.models import CaseFileReview, Deed, SampleDraw
from openhall.supervision.permissions import may_draw, may_review
from openhall.supervision.queries import population
from openhall.supervision.rules.casefile import prefilled
from openhall.supervision.rules.sampling import FORMULA, digest, drawn_by_unit
from openhall.supervision.terms import DrawState, IssueSource, Severity, SheetLine, Subject, Tick
from openhall.workdays.queries import calendar

REMARK_AT_MOST = 300


@transaction.atomic
def announce_draw(month: date, size: int, seed_at: datetime, doing: Doing) -> SampleDraw:
    """公告: which cases the draw is from and when its seed will be; both fixed from now on."""
    if before := done_before(doing.key):
        return SampleDraw.objects.get(pk=before.about)
    day = day_of(doing)
    if not may_draw(doing.actor, day):
        raise Refused("只有法制办、监察机关可以公告抽样（成办发〔2003〕75号 二（一））。")
    if month.day != 1 or month >= day.replace(day=1):
        raise Refused("抽样的月份须是已经结束的月份。", "month")
    if seed_at <= doing.at:
        raise Refused("取种子的时刻须在公告之后，任何人公告时都不能预知种子。", "seed_at")
    if not 1 <= size <= 50:
        raise Refused("每个单位抽取1到50件。", "size")
    numbers = [one for cases in population(month).values() for one in cases]
    if not numbers:
        raise Refused("该月没有办结的办件，不能抽样。请另选月份。", "month")
    draw = SampleDraw.objects.create(
        number=number(DRAW, day.year),
        month=month,
        size=size,
        announced_at=doing.at,
        announced_by=doing.actor,
        seed_at=seed_at,
        population=len(numbers),
        digest=digest(numbers),
        state=DrawState.ANNOUNCED.value,
    )
    record(
        Subject.DRAW,
        draw,
        "announce",
        DrawState.ANNOUNCED.value,
        doing,
        facts={
            "month": month.isoformat(),
            "size": size,
            "seed_at": seed_at.isoformat(timespec="seconds"),
            "population": len(numbers),
            "digest": draw.digest,
            "formula": FORMULA,
        },
    )
    return draw


@transaction.atomic
def draw_sample(draw_id: int, doing: Doing) -> SampleDraw:
    """抽取 by the first checkpoint signed after the announced moment; sheets are laid out."""
    if before := done_before(doing.key):
        return SampleDraw.objects.get(pk=before.about)
    draw: SampleDraw = under_lock(SampleDraw, draw_id)
    if not may_draw(doing.actor, day_of(doing)):
        raise Refused("只有法制办、监察机关可以抽取案卷。")
    if draw.state != DrawState.ANNOUNCED:
        raise Refused("本次抽样已经抽取。请查看结果。")
    checkpoint = Checkpoint.objects.filter(made_at__gt=draw.seed_at).order_by("size").first()
    if checkpoint is None:
        raise Refused("公告的取种时刻之后，公信账还没有新的检查点。请稍后再抽取。")
    cases = population(draw.month)
    numbers = [one for some in cases.values() for one in some]
    if digest(numbers) != draw.digest:
        raise Refused("抽样总体与公告的摘要不一致，不能抽取。请重新公告。")
    seed = bytes(checkpoint.root).hex()
    chosen = drawn_by_unit(seed, cases, draw.size)
    record(
        Subject.DRAW,
        draw,
        "draw",
        DrawState.DRAWN.value,
        doing,
        facts={
            "seed": seed,
            "checkpoint": checkpoint.size,
            "drawn": sorted(one for some in chosen.values() for one in some),
        },
        changes={"seed": seed, "checkpoint_size": checkpoint.size},
    )
    _lay_out(draw, [one for some in chosen.values() for one in some])
    return draw


def _lay_out(draw: SampleDraw, numbers: list[str]) -> None:
    days = calendar()
    rows = Case.objects.filter(number__in=numbers).select_related("organ")
    sheets = []
    for case in rows.order_by("organ__position", "pk"):
        found = prefilled(file_of(case), days)
        lines = {}
        for line in SheetLine:
            auto = found[line].value if line in found else ""
            lines[line.value] = {"auto": auto, "tick": "", "remark": ""}
        sheets.append(CaseFileReview(draw=draw, case=case, organ=case.organ, lines=lines))
    CaseFileReview.objects.bulk_create(sheets)


@transaction.atomic
def sign_review(
    review_id: int, ticks: Mapping[SheetLine, Tick], remarks: Mapping[SheetLine, str], doing: Doing
) -> Deed:
    """签字: every line answered; a person may correct what was prefilled, saying why."""
    if before := done_before(doing.key):
        return before
    review: CaseFileReview = under_lock(CaseFileReview, review_id, "organ", "case", "draw")
    if not may_review(doing.actor, review.organ, day_of(doing)):
        raise Refused("只有法制办、监察机关中与该单位无关的人员可以评查案卷（A14）。")
    if review.signed_at is not None:
        raise Refused("本案卷已经评查签字，不能改动。")
    lines: dict[str, dict[str, str]] = {}
    for line in SheetLine:
        auto = review.lines[line.value]["auto"]
        tick = ticks.get(line)
        remark = remarks.get(line, "").strip()[:REMARK_AT_MOST]
        if tick is None:
            raise Refused(f"请填写“{line.zh}”一项。", line.value)
        if (tick == Tick.NO or (auto and tick.value != auto)) and not remark:
            raise Refused(f"“{line.zh}”为否，或者与系统判断不同，请写明理由。", line.value)
        lines[line.value] = {"auto": auto, "tick": tick.value, "remark": remark}
    wrong = [line for line in SheetLine if lines[line.value]["tick"] == Tick.NO]
    deed = record(
        Subject.REVIEW,
        review,
        "sign",
        "signed",
        doing,
        facts={
            "draw": review.draw.number,
            "case": review.case.number,
            "ticks": {name: one["tick"] for name, one in lines.items()},
        },
        words={name: one["remark"] for name, one in lines.items()},
        changes={
            "lines": lines,
            "signed_by": doing.actor,
            "signed_at": doing.at,
            "defects": len(wrong),
        },
    )
    if wrong:
        _find(review, wrong, doing)
    _finish(review.draw_id, doing)
    return deed


def _find(review: CaseFileReview, wrong: list[SheetLine], doing: Doing) -> None:
    open_issue(
        IssueSource.REVIEW,
        f"{review.draw.number}/{review.case.number}",
        review.organ,
        "案卷评查发现：" + "、".join(f"“{line.zh}”为否" for line in wrong)[:180],
        "、".join(sorted({line.basis for line in wrong}))[:200],
        Severity.ORDINARY if len(wrong) > 2 else Severity.MINOR,
        Doing(doing.actor, doing.at, f"review-{review.pk}", doing.desk, doing.entered),
        title_en=("Case-file review: no to “" + "”，“".join(line.en for line in wrong) + "”")[:300],
        case=review.case,
    )


def _finish(draw_id: int, doing: Doing) -> None:
    """The last sheet signed ends the draw."""
    if CaseFileReview.objects.filter(draw=draw_id, signed_at__isnull=True).exists():
        return
    draw: SampleDraw = under_lock(SampleDraw, draw_id)
    counted = CaseFileReview.objects.filter(draw=draw_id)
    record(
        Subject.DRAW,
        draw,
        "finish",
        DrawState.FINISHED.value,
        Doing(doing.actor, doing.at, f"draw-done-{draw_id}", doing.desk, doing.entered),
        facts={"files": counted.count(), "with_defects": counted.filter(defects__gt=0).count()},
    )


def moment_of(text: str) -> datetime | None:
    """An announced moment as a form gives it (``2026-11-25T14:00``), in the city's zone."""
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError:
        return None
