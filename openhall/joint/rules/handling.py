"""并联审批: opinions, limits and consent of several units in one application. 行政许可法 26, 42.

Each unit keeps its own case and decides for itself; here is only what binds them together: the
prescribed forms of an opinion, each unit's limit inside the common one, when silence may count as
consent, when the lead may conclude and report (norms 2.5). Consent that is deemed is an opinion and
never a decision: no licence comes of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from openhall.cases.rules.clock import WorkingCalendar
from openhall.cases.rules.packs import RulePack
from openhall.cases.terms import ConsultedOpinion
from openhall.glossary import Said
from openhall.joint.terms import DeemedBasis, JointStage
from openhall.paging.typed import visible

COMMON_DAYS: Final = 45  # working days, where the pack names no common limit (行政许可法 42(2))
REASONS_WITHIN: Final = (
    10  # working days for written reasons to a unit whose objection was not taken
)
FORWARD_WITHIN: Final = 3  # working days from acceptance to the forwarding of an upward item
TELL_WITHIN: Final = 2  # working days from the superior's reply until the applicant is told
SIGN_WITHIN: Final = 1  # working days to sign the receipt of the joint notice
WORDS_AT_LEAST: Final = 10  # characters of a reason, a conclusion, minutes


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an act may not be done, and the field it belongs beside."""

    said: Said
    field: str = ""


# ------------------------------------------------------------ opinions
def fault_of_opinion(opinion: str, reason: str) -> Objection | None:
    """同意, 不同意 with its reasons, 同意但需转报; anything else is refused on entry."""
    if opinion not in ConsultedOpinion.codes():
        forms = Said(
            "、".join(one.zh for one in ConsultedOpinion),
            ", ".join(one.en for one in ConsultedOpinion),
        )
        return Objection(
            Said(
                f"联办意见只有这几种：{forms.zh}（不同意须附理由）。请另选。",
                f"Choose another opinion: it is one of {forms.en} (disagreement gives its "
                "reasons).",
            ),
            "opinion",
        )
    if opinion == ConsultedOpinion.DISAGREE and visible(reason) < WORDS_AT_LEAST:
        return Objection(
            Said(
                f"不同意须写明理由（不少于{WORDS_AT_LEAST}个字）；没有理由的不同意不是意见。",
                f"Say why you do not agree (at least {WORDS_AT_LEAST} characters); "
                "disagreement without reasons is no opinion.",
            ),
            "reason",
        )
    return None


@dataclass(frozen=True, slots=True)
class Policy:
    """超时默许、缺席默认 switched on: since when, until when, on which basis."""

    basis: str
    since: date
    until: date | None = None


def policy_on(policies: Iterable[Policy], day: date) -> Policy | None:
    """The switch in force on ``day``; None where silence means nothing."""
    standing = [one for one in policies if one.since <= day and not (one.until and one.until < day)]
    return max(standing, key=lambda one: one.since, default=None)


@dataclass(frozen=True, slots=True)
class Asked:
    """One unit as the rules see it. Days are event days; None where it has not happened."""

    unit: str
    signed_on: date | None = None
    due: date | None = None
    opinion: str = ""
    deemed: bool = False
    excused: bool = False  # it said why it was absent, or its clock is suspended by a notice
    over: bool = False  # its case ended before any opinion was needed: withdrawn, for instance
    decided: bool = False
    reasons_due: date | None = None
    reasons_on: date | None = None

    @property
    def answered(self) -> bool:
        """Whether nothing more is asked of the unit before the lead concludes."""
        return bool(self.opinion) or self.deemed or self.over

    @property
    def objects(self) -> bool:
        return self.opinion == ConsultedOpinion.DISAGREE


def deemed(
    policy: Policy | None, asked: Asked, today: date, *, absent: bool = False
) -> DeemedBasis | None:
    """Whether, and on which ground, the unit counts as consenting. Off unless switched on.

    Only after a signed receipt of the joint notice, and only without a stated reason: past its
    limit, or absent from the joint meeting.
    """
    if policy is None or asked.answered or asked.excused:
        return None
    if asked.signed_on is None or asked.signed_on > today:
        return None
    if absent:
        return DeemedBasis.ABSENCE
    if asked.due is not None and today > asked.due:
        return DeemedBasis.SILENCE
    return None


# ------------------------------------------------------------ limits
def common_days(pack: RulePack, published: int | None) -> int:
    """The common limit: what the matter publishes, never more than the pack's."""
    most = pack.joint_decision_days or COMMON_DAYS
    return most if published is None else min(published, most)


@dataclass(frozen=True, slots=True)
class Dues:
    """The common due day, each unit's own inside it, and whether the calendar is announced."""

    common: date
    units: tuple[date, ...]
    provisional: bool


def dues(
    accepted: date, common: int, own: Sequence[int], calendar: WorkingCalendar, extended: int = 0
) -> Dues:
    """All due days run from the lead's acceptance; no unit's lies beyond the common one."""
    last = calendar.add_workdays(accepted, common + extended)
    units = tuple(min(calendar.add_workdays(accepted, days).on, last.on) for days in own)
    return Dues(last.on, units, last.provisional)


def forward_by(accepted: date, calendar: WorkingCalendar) -> date:
    """An upward item is forwarded within three working days of acceptance."""
    return calendar.add_workdays(accepted, FORWARD_WITHIN).on


def tell_by(replied: date, calendar: WorkingCalendar) -> date:
    """The applicant is told within two working days of the superior's reply."""
    return calendar.add_workdays(replied, TELL_WITHIN).on


def reasons_by(concluded: date, calendar: WorkingCalendar) -> date:
    """Written reasons reach the unit whose objection was not taken within ten working days."""
    return calendar.add_workdays(concluded, REASONS_WITHIN).on


def sign_by(noticed: date, calendar: WorkingCalendar) -> date:
    """The receipt of the joint notice is signed by the next working day."""
    return calendar.add_workdays(noticed, SIGN_WITHIN).on


# ------------------------------------------------------------ concluding and reporting
def objection_to_concluding(
    units: Sequence[Asked], *, meeting: bool, held: bool, said: str
) -> Objection | None:
    """Why the lead may not conclude: opinions are missing, or the meeting was not held."""
    if missing := [one.unit for one in units if not one.answered]:
        return Objection(
            Said(
                f"还缺少{'、'.join(missing)}的意见，不能形成综合意见。请先催办，或者等待其期限届满。",
                f"The opinion of {', '.join(missing)} is missing, so no conclusion can be "
                "drawn. Remind them, or wait until their limit is over.",
            )
        )
    if meeting and not held:
        return Objection(
            Said(
                "联审制须召开联审会议并形成纪要后才能形成综合意见。请先召集会议。",
                "This matter is examined in a meeting: hold it and write its minutes "
                "before the conclusion. Call the meeting first.",
            )
        )
    if visible(said) < WORDS_AT_LEAST:
        return Objection(
            Said(
                f"请写明综合意见（不少于{WORDS_AT_LEAST}个字）。",
                f"Write the joint conclusion (at least {WORDS_AT_LEAST} characters).",
            ),
            "said",
        )
    return None


def overruled(units: Sequence[Asked], *, approve: bool) -> list[Asked]:
    """The units whose reasoned objection an approval goes against; each is owed reasons."""
    return [one for one in units if one.objects and not one.over] if approve else []


def objection_to_reporting(units: Sequence[Asked], *, concluded: bool) -> Objection | None:
    """Why the lead may not report the matter as closed."""
    if not concluded:
        return Objection(
            Said(
                "还没有形成综合意见，不能报告办结。",
                "Draw the joint conclusion before you report the matter as concluded.",
            )
        )
    if pending := [one.unit for one in units if not (one.decided or one.over)]:
        return Objection(
            Said(
                f"{'、'.join(pending)}还没有作出决定，不能报告办结。各单位分别决定。",
                f"{', '.join(pending)} has not decided, so nothing can be reported as "
                "concluded. Each unit decides its own.",
            )
        )
    owed = [one.unit for one in units if one.reasons_due and not one.reasons_on]
    if owed:
        return Objection(
            Said(
                f"还没有向{'、'.join(owed)}书面说明未采纳其意见的理由（{REASONS_WITHIN}个工作日内）。",
                f"Give {', '.join(owed)} the reasons in writing why its opinion was not "
                f"taken (within {REASONS_WITHIN} working days).",
            )
        )
    return None


# ------------------------------------------------------------ where it stands
@dataclass(frozen=True, slots=True)
class Whole:
    """What the stage of the whole matter is told from."""

    accepted: bool
    closed: bool
    concluded: bool
    asked: bool  # the supplement was asked for and not answered
    meeting: bool  # the matter is examined in a meeting
    held: bool
    units: tuple[Asked, ...]


def stage_of(whole: Whole) -> JointStage:
    """Where the joint application stands, from what was done."""
    if whole.closed:
        return JointStage.CLOSED if whole.accepted else JointStage.ENDED
    if not whole.accepted:
        return JointStage.ASKED if whole.asked else JointStage.SUBMITTED
    if not whole.concluded:
        if not all(one.answered for one in whole.units):
            return JointStage.OPINIONS
        if whole.meeting and not whole.held:
            return JointStage.MEETING
        return JointStage.CONCLUSION
    if all(one.decided or one.over for one in whole.units):
        return JointStage.REPORT
    return JointStage.DECISIONS


# Who must act now, as a word for the sentence at the top of the page.
ACTS_NOW: Final[Mapping[JointStage, str]] = MappingProxyType(
    {
        JointStage.SUBMITTED: "lead",
        JointStage.ASKED: "applicant",
        JointStage.OPINIONS: "units",
        JointStage.MEETING: "lead",
        JointStage.CONCLUSION: "lead",
        JointStage.DECISIONS: "units",
        JointStage.REPORT: "lead",
    }
)
