"""Drawing case files in public and reviewing them. norms 4.3, 4.4; A14."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openhall.cases.models import Case
from openhall.deeds.collecting import acting
from openhall.deeds.doing import Doing
from openhall.deeds.models import Deed
from openhall.deeds.refusals import Fault, Refused, kept
from openhall.deeds.writer import deed, held, made_before, write
from openhall.glossary import Said
from openhall.ledger.models import Checkpoint
from openhall.organs.models import Account
from openhall.supervision.actions.issues import open_issue
from openhall.supervision.actions.numbers import NUMBER_OF_DRAWS, number
from openhall.supervision.facts import file_of
from openhall.supervision.kinds import DRAW, REVIEW
from openhall.supervision.models import CaseFileReview, SampleDraw
from openhall.supervision.permissions import may_draw, may_review
from openhall.supervision.queries import population
from openhall.supervision.rules.casefile import prefilled
from openhall.supervision.rules.sampling import FORMULA, digest, drawn_by_unit
from openhall.supervision.terms import (
    DrawAct,
    DrawState,
    IssueSource,
    ReviewAct,
    Severity,
    SheetLine,
    Tick,
)
from openhall.workdays.queries import calendar

REMARK_AT_MOST = 300


@acting()
def announce_draw(month: date, size: int, seed_at: datetime, doing: Doing) -> SampleDraw:
    """公告: which cases the draw is from and when its seed will be; both fixed from now on."""
    before: SampleDraw | None = made_before(DRAW, doing, DrawAct.ANNOUNCE, month=month, size=size)
    if before is not None:
        return before
    day = doing.day
    if not may_draw(doing.actor, day):
        raise Refused(
            Said(
                "只有法制办、监察机关可以公告抽样（成办发〔2003〕75号 二（一））。",
                "Only the Legal Affairs Office or the Supervision Bureau announces a draw "
                "(成办发〔2003〕75号 二（一）).",
            )
        )
    if month.day != 1 or month >= day.replace(day=1):
        raise Refused(
            Said("抽样的月份须是已经结束的月份。", "Choose a month that has ended."), "month"
        )
    if seed_at <= doing.at:
        raise Refused(
            Said(
                "取种子的时刻须在公告之后，任何人公告时都不能预知种子。",
                "Take the seed after the announcement, so that nobody can know it beforehand.",
            ),
            "seed_at",
        )
    if not 1 <= size <= 50:
        raise Refused(Said("每个单位抽取1到50件。", "Draw 1 to 50 cases of each unit."), "size")
    numbers = [one for cases in population(month).values() for one in cases]
    if not numbers:
        raise Refused(
            Said(
                "该月没有办结的办件，不能抽样。请另选月份。",
                "No case was closed in this month. Choose another month.",
            ),
            "month",
        )
    draw = SampleDraw.objects.create(
        number=number(NUMBER_OF_DRAWS, day.year),
        month=month,
        size=size,
        announced_at=doing.at,
        announced_by=doing.actor,
        seed_at=seed_at,
        population=len(numbers),
        digest=digest(numbers),
        state=DrawState.ANNOUNCED.value,
    )
    write(
        DRAW,
        draw,
        DrawAct.ANNOUNCE,
        doing,
        facts={
            "month": month.isoformat(),
            "size": size,
            "seed_at": seed_at.isoformat(timespec="seconds"),
            "population": len(numbers),
            "digest": draw.digest,
            "formula": FORMULA.zh,
        },
        state=DrawState.ANNOUNCED.value,
    )
    return draw


@deed(DRAW, DrawAct.DRAW)
def draw_sample(draw: SampleDraw, doing: Doing) -> Deed:
    """抽取 by the first checkpoint signed after the announced moment; sheets are laid out."""
    if not may_draw(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有法制办、监察机关可以抽取案卷。",
                "Only the Legal Affairs Office or the Supervision Bureau draws case files.",
            )
        )
    if draw.state != DrawState.ANNOUNCED:
        raise Refused(
            Said("本次抽样已经抽取。请查看结果。", "This draw has been drawn. Look at its result.")
        )
    checkpoint = Checkpoint.objects.filter(made_at__gt=draw.seed_at).order_by("size").first()
    if checkpoint is None:
        raise Refused(
            Said(
                "公告的取种时刻之后，公开账还没有新的检查点。请稍后再抽取。",
                "The public log has no checkpoint after the announced moment yet. Draw later.",
            )
        )
    cases = population(draw.month)
    if digest(one for some in cases.values() for one in some) != draw.digest:
        raise Refused(
            Said(
                "抽样总体与公告的摘要不一致，不能抽取。请重新公告。",
                "The cases are not those whose digest was announced. Announce the draw anew.",
            )
        )
    seed = bytes(checkpoint.root).hex()
    chosen = drawn_by_unit(seed, cases, draw.size)
    drawn = sorted(one for some in chosen.values() for one in some)
    event = write(
        DRAW,
        draw,
        DrawAct.DRAW,
        doing,
        changes={
            "state": DrawState.DRAWN.value,
            "seed": seed,
            "checkpoint_size": checkpoint.size,
        },
        facts={"seed": seed, "checkpoint": checkpoint.size, "drawn": drawn},
        state=DrawState.DRAWN.value,
    )
    _lay_out(draw, drawn, doing)
    return event


def _lay_out(draw: SampleDraw, numbers: list[str], doing: Doing) -> None:
    days = calendar()
    rows = Case.objects.filter(number__in=numbers).select_related("organ")
    for case in rows.order_by("organ__position", "pk"):
        found = prefilled(file_of(case), days)
        lines = {}
        for line in SheetLine:
            auto = found[line].value if line in found else ""
            lines[line.value] = {"auto": auto, "tick": "", "remark": ""}
        review = CaseFileReview.objects.create(draw=draw, case=case, organ=case.organ, lines=lines)
        write(REVIEW, review, ReviewAct.LAY_OUT, doing.part(f"sheet-{case.pk}"), state="laid_out")


@acting()
def share_out(draw_pk: int, people: Sequence[Account], doing: Doing) -> int:
    """分派: the sheets not signed yet are shared out evenly, none to somebody of its own unit."""
    if not may_draw(doing.actor, doing.day):
        raise Refused(
            Said(
                "只有法制办、监察机关可以分派案卷评查。",
                "Only the Legal Affairs Office or the Supervision Bureau assigns reviews.",
            )
        )
    rows = CaseFileReview.objects.filter(draw=draw_pk, signed_at__isnull=True)
    open_ones = list(rows.select_related("organ", "reviewer").order_by("organ__position", "pk"))
    if not open_ones:
        raise Refused(
            Said("本次抽样没有待评查的案卷。", "No file of this draw waits to be reviewed.")
        )
    if not people:
        raise Refused(Said("请选择评查人。", "Choose who is to review."), "people")
    load = {person.pk: 0 for person in people}
    for review in open_ones:
        able = [one for one in people if may_review(one, review.organ, doing.day)]
        if not able:
            raise Refused(
                Said(
                    f"所选人员都不能评查{review.organ}的案卷：评查人须是法制办、监察机关中"
                    "与该单位无关的人员。请另选。",
                    f"None of those chosen may review files of {review.organ.name_en}: choose "
                    "somebody of Legal Affairs or Supervision who is not of that unit.",
                ),
                "people",
            )
        person = min(able, key=lambda one: load[one.pk])
        load[person.pk] += 1
        if review.reviewer_id != person.pk:
            _assign(review.pk, person, doing.part(f"assign-{review.pk}"))
    return len(open_ones)


@deed(REVIEW, ReviewAct.ASSIGN)
def _assign(review: CaseFileReview, person: Account, doing: Doing) -> Deed:
    return write(
        REVIEW,
        review,
        ReviewAct.ASSIGN,
        doing,
        changes={"reviewer": person},
        facts={"draw": review.draw.number, "case": review.case.number},
        state="laid_out",
    )


@deed(REVIEW, ReviewAct.SIGN)
def sign_review(
    review: CaseFileReview,
    ticks: Mapping[SheetLine, Tick],
    remarks: Mapping[SheetLine, str],
    doing: Doing,
) -> Deed:
    """签字: every line answered; a person may correct what was prefilled, saying why."""
    if not may_review(doing.actor, review.organ, doing.day):
        raise Refused(
            Said(
                "只有法制办、监察机关中与该单位无关的人员可以评查案卷。",
                "Only the Legal Affairs Office or the Supervision Bureau reviews case files, and "
                "nobody who belongs to the unit.",
            )
        )
    if review.signed_at is not None:
        raise Refused(
            Said(
                "本案卷已经评查签字，不能改动。",
                "This sheet has been signed and cannot be changed.",
            )
        )
    lines = _answered(review, ticks, remarks)
    wrong = [line for line in SheetLine if lines[line.value]["tick"] == Tick.NO]
    event = write(
        REVIEW,
        review,
        ReviewAct.SIGN,
        doing,
        changes={
            "lines": lines,
            "signed_by": doing.actor,
            "signed_at": doing.at,
            "defects": len(wrong),
        },
        facts={
            "draw": review.draw.number,
            "case": review.case.number,
            "ticks": {name: one["tick"] for name, one in lines.items()},
        },
        detail={name: one["remark"] for name, one in lines.items()},
        state="signed",
    )
    if wrong:
        _find(review, wrong, doing)
    _finish(review.draw_id, doing)
    return event


def _answered(
    review: CaseFileReview, ticks: Mapping[SheetLine, Tick], remarks: Mapping[SheetLine, str]
) -> dict[str, dict[str, str]]:
    lines: dict[str, dict[str, str]] = {}
    faults = []
    for line in SheetLine:
        auto = review.lines[line.value]["auto"]
        tick = ticks.get(line)
        remark = kept(remarks.get(line, ""), REMARK_AT_MOST, f"remark-{line.value}")
        if tick is None:
            words = Said(f"请填写“{line.zh}”一项。", f"Answer “{line.en}”.")
            faults.append(Fault(words, line.value))
            continue
        if (tick == Tick.NO or (auto and tick.value != auto)) and not remark:
            words = Said(
                f"“{line.zh}”为否，或者与系统判断不同，请写明理由。",
                f"Say why “{line.en}” is no, or is not what the records say.",
            )
            faults.append(Fault(words, f"remark-{line.value}"))
        lines[line.value] = {"auto": auto, "tick": tick.value, "remark": remark}
    if faults:
        raise Refused(faults[0].said, faults[0].field, faults)
    return lines


def _find(review: CaseFileReview, wrong: list[SheetLine], doing: Doing) -> None:
    open_issue(
        IssueSource.REVIEW,
        f"{review.draw.number}/{review.case.number}",
        review.organ,
        Said(
            "案卷评查发现：" + "、".join(f"“{line.zh}”为否" for line in wrong)[:180],
            ("Case-file review: no to “" + "”, “".join(line.en for line in wrong) + "”")[:300],
        ),
        "、".join(sorted({line.basis for line in wrong}))[:200],
        Severity.ORDINARY if len(wrong) > 2 else Severity.MINOR,
        doing.part("issue"),
        case=review.case,
    )


def _finish(draw_id: int, doing: Doing) -> None:
    """The last sheet signed ends the draw."""
    draw: SampleDraw = held(DRAW, draw_id, doing.part("draw"))
    counted = CaseFileReview.objects.filter(draw=draw_id)
    if counted.filter(signed_at__isnull=True).exists():
        return
    write(
        DRAW,
        draw,
        DrawAct.FINISH,
        doing.part("draw"),
        changes={"state": DrawState.FINISHED.value},
        facts={"files": counted.count(), "with_defects": counted.filter(defects__gt=0).count()},
        state=DrawState.FINISHED.value,
    )
