"""What deeds of this room are done to, and what has versions: the place, shifts, closed days."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from openhall.deeds.kinds import Kind, Owned, register
from openhall.deeds.refusals import Fault
from openhall.glossary import Said
from openhall.hall.models import (
    BringsIn,
    Centre,
    CentreEvent,
    Duty,
    Errand,
    Hall,
    HallAlarm,
    HallDay,
    HallDeed,
    HelpLimitsEvent,
    HelpLimitsVersion,
    Kiosk,
    Line,
    LineItem,
    Opening,
    OpeningEvent,
    Residency,
    Serves,
    Span,
    StuckMatter,
    Window,
    Zone,
)
from openhall.hall.permissions import may_decide_centres, may_manage
from openhall.hall.terms import (
    AlarmAct,
    CentreState,
    DayAct,
    DutyAct,
    ErrandAct,
    HallAct,
    KioskAct,
    StuckAct,
)
from openhall.hours.rules.week import NAMES, faults_of, hour, span_in_words
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

HALL = register(
    Kind(
        name="hall",
        model=Hall,
        events=HallDeed,
        acts=HallAct,
        title=Said("大厅", "Hall"),
        number=lambda hall: hall.slug,
        related=("organ",),
        tells=lambda hall: {"organ": hall.organ.code},
        owns=[
            Owned("zone", Zone, "hall"),
            Owned("window", Window, "hall"),
            Owned("line", Line, "hall"),
            Owned("line_item", LineItem, "line__hall"),
            Owned("serves", Serves, "window__hall"),
            Owned("unit", Residency, "hall"),
            Owned("brings_in", BringsIn, "residency__hall"),
        ],
    )
)
DUTY = register(
    Kind(
        name="duty",
        model=Duty,
        events=HallDeed,
        acts=DutyAct,
        title=Said("值班", "Duty"),
        related=("hall", "window", "account"),
        tells=lambda duty: {"hall": duty.hall.slug, "window": duty.window.number},
    )
)
HALL_DAY = register(
    Kind(
        name="hall-day",
        model=HallDay,
        events=HallDeed,
        acts=DayAct,
        title=Said("大厅日结", "Closed day of a hall"),
        number=lambda day: f"{day.hall.slug}/{day.day.isoformat()}",
        related=("hall",),
        tells=lambda day: {"hall": day.hall.slug},
    )
)

STUCK = register(
    Kind(
        name="stuck",
        model=StuckMatter,
        events=HallDeed,
        acts=StuckAct,
        title=Said("办不成事", "Stuck matter"),
        related=("hall__organ", "organ", "official"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
ALARM = register(
    Kind(
        name="silent-alarm",
        model=HallAlarm,
        events=HallDeed,
        acts=AlarmAct,
        title=Said("静默报警", "Silent alarm"),
        related=("hall__organ", "window"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
ERRAND = register(
    Kind(
        name="errand",
        model=Errand,
        events=HallDeed,
        acts=ErrandAct,
        title=Said("帮办代办", "Helper service"),
        related=("hall__organ", "organ", "helper"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
KIOSK = register(
    Kind(
        name="kiosk",
        model=Kiosk,
        events=HallDeed,
        acts=KioskAct,
        title=Said("自助设备", "Machine of a hall"),
        number=lambda one: one.code,
        related=("hall__organ", "window"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)

MANAGES = Step(
    "write",
    Said("中心管理起草", "Written by the centre's management"),
    Said("只有本中心的管理人员可以起草。", "Only those who manage this centre write on it."),
    lambda account, version, day: (
        may_manage(account, version.hall, day) or may_decide_centres(account, day)
    ),
)


def centre_says(centre: Any) -> dict[str, Any]:
    """Everything that binds in a version of a centre."""
    return {
        "hall": centre.hall.slug,
        "standing": centre.standing,
        "name": [centre.name, centre.name_en],
        "address": [centre.address, centre.address_en],
        "phone": centre.phone,
        "into": centre.into.slug if centre.into else "",
        "basis": centre.basis,
    }


def faults_of_centre(centre: Any, first_day: date) -> Iterable[Fault]:
    """What a version of a centre still lacks."""
    if not centre.basis.strip():
        yield Fault(Said("请写明依据的文件。", "Name the document it rests on."), "basis")
    if not centre.name.strip():
        yield Fault(Said("请写明中心名称。", "Give the name of the centre."), "name")
    if centre.standing == CentreState.MERGED and centre.into_id == centre.hall_id:
        yield Fault(Said("不能并入本中心自己。", "A centre cannot be merged into itself."), "into")


def hall_called(slug: str) -> Said:
    """The name of the hall of this address."""
    hall = Hall.objects.select_related("organ").filter(slug=slug).first()
    return Said(slug, slug) if hall is None else _name_of(hall)


def _name_of(hall: Hall) -> Said:
    return Said(hall.organ.name, hall.organ.name_en or hall.organ.name)


CENTRE = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="centre",
                model=Centre,
                events=CentreEvent,
                acts=VersionAct,
                title=Said("政务服务中心", "Service centre"),
                fk="version",
                number=lambda one: f"{one.hall.slug}/{one.number}",
                related=("hall__organ", "into"),
                tells=lambda one: {"hall": one.hall.slug},
            )
        ),
        family=("hall",),
        route=Route(
            write=MANAGES,
            publish=Step(
                "office",
                Said("市政府办公厅公布", "Published by the Government Office"),
                Said(
                    "中心的设立、暂停和合并由市政府办公厅公布（成办发〔2003〕75号 二（一））。",
                    "The Government Office publishes that a centre opens, pauses or merges "
                    "(成办发〔2003〕75号, part 2(1)).",
                ),
                lambda account, _one, day: may_decide_centres(account, day),
            ),
        ),
        content=centre_says,
        gate=faults_of_centre,
        names={
            "hall": Said("大厅", "Hall"),
            "standing": Said("对外办公", "Standing"),
            "name[1]": Said("名称", "Name"),
            "name[2]": Said("名称（英文）", "Name in English"),
            "address[1]": Said("地址", "Address"),
            "address[2]": Said("地址（英文）", "Address in English"),
            "phone": Said("电话", "Telephone"),
            "into": Said("并入", "Merged into"),
            "basis": Said("依据", "Basis"),
        },
        terms={"hall": hall_called, "into": hall_called, "standing": CentreState},
        called=lambda one: _name_of(one.hall),
    )
)


def opening_says(opening: Any) -> dict[str, Any]:
    """Everything that binds in a version of the hours."""
    return {
        "hall": opening.hall.slug,
        "exception": opening.exception,
        "last_day": opening.last_day,
        "last_ticket": opening.last_ticket,
        "reason": [opening.reason, opening.reason_en],
        "spans": [
            f"{NAMES[one.weekday]} {hour(one.start)}-{hour(one.end)}"
            for one in opening.spans.order_by("weekday", "start")
        ],
    }


def faults_of_opening(opening: Any, first_day: date) -> Iterable[Fault]:
    """What a version of the hours still lacks."""
    spans = [one.value for one in opening.spans.all()]
    yield from (Fault(said, "spans") for said in faults_of(spans))
    if not opening.exception:
        if not spans:
            yield Fault(Said("请写明对外办公时间。", "Give the opening hours."), "spans")
        return
    if first_day.isoformat() < opening.exception:
        yield Fault(
            Said(
                f"这次例外从{opening.exception}开始，不能更早施行。",
                f"This exception begins on {opening.exception} and not before.",
            ),
            "first_day",
        )
    if opening.last_day is None or opening.last_day < first_day:
        yield Fault(
            Said("最后一日不能早于第一日。", "The last day cannot lie before the first."),
            "last_day",
        )
    if not opening.reason.strip():
        yield Fault(Said("请写明原因，它会公布。", "Say why; this is published."), "reason")


OPENING = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="opening-hours",
                model=Opening,
                events=OpeningEvent,
                acts=VersionAct,
                title=Said("对外办公时间", "Opening hours"),
                fk="version",
                number=lambda one: "/".join(
                    part for part in (one.hall.slug, one.exception, str(one.number)) if part
                ),
                related=("hall__organ",),
                tells=lambda one: {"hall": one.hall.slug},
            )
        ),
        family=("hall", "exception"),
        route=Route(
            write=MANAGES,
            publish=Step(
                "manage",
                Said("另一位中心管理人员公布", "Published by a second manager of the centre"),
                Said(
                    "办公时间由起草人以外的本中心管理人员或者市政府办公厅公布。",
                    "Opening hours are published by a manager of this centre who did not write "
                    "them, or by the Government Office.",
                ),
                MANAGES.may,
            ),
        ),
        content=opening_says,
        gate=faults_of_opening,
        rows=((Span, "version"),),
        names={
            "hall": Said("大厅", "Hall"),
            "exception": Said("例外首日", "First day of the exception"),
            "last_day": Said("例外末日", "Last day of the exception"),
            "last_ticket": Said(
                "下班前几分钟停止取号", "No tickets so many minutes before the end"
            ),
            "reason[1]": Said("原因", "Why"),
            "reason[2]": Said("原因（英文）", "Why, in English"),
            "spans": Said("时间", "Hours"),
        },
        terms={"hall": hall_called, "exception": date.fromisoformat, "spans": span_in_words},
        called=lambda one: _name_of(one.hall),
    )
)

HELP_NAMES = {
    "help_days": Said("帮办工作日", "Working days to help"),
    "errand_days": Said("代办工作日", "Working days to do it in their place"),
    "cross_days": Said("跨域通办转交工作日", "Working days to hand on to another place"),
    "stuck_days": Said("办不成事答复工作日", "Working days to answer what got stuck"),
    "stuck_tries": Said("几次未办成可登记", "Tries after which it is taken"),
    "basis": Said("依据的文件", "Document it rests on"),
}
DECIDES = Step(
    "government_office",
    Said("市政府办公厅", "Government Office"),
    Said(
        "只有市政府办公厅可以登记帮办代办的期限（国办发〔2022〕5号）。",
        "Only the City Government Office writes down the limits of helping (国办发〔2022〕5号).",
    ),
    lambda account, _one, day: may_decide_centres(account, day),
)
HELP_LIMITS = register_versions(
    VersionKind(
        kind=register(
            Kind(
                name="help-limits",
                model=HelpLimitsVersion,
                events=HelpLimitsEvent,
                acts=VersionAct,
                title=Said("帮办代办期限", "Limits of helping"),
                fk="version",
                number=lambda one: str(one.number),
            )
        ),
        family=(),
        route=Route(
            write=DECIDES,
            publish=DECIDES,
            alone=Said(
                "期限由所依据的文件规定，这里只登记其施行与失效。",
                "The limits are set by the document they rest on; here they only begin and end.",
            ),
        ),
        content=lambda one: {name: getattr(one, name) for name in HELP_NAMES},
        names=HELP_NAMES,
    )
)
