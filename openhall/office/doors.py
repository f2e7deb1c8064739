"""What else a desk opens besides its queue of cases: each a page of its own."""

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from openhall.cases.queues import BUCKETS
from openhall.office.seat import Seat
from openhall.organs.terms import Desk
from openhall.sites.actions.founding import HAVE_SITES

CATALOGUE: Final = (_("The catalogue"), "office:catalogue")
QUESTIONS: Final = (_("Question guides"), "office:questions")
APPOINTMENTS: Final = (_("Appointments"), "office:appointments")
SEARCH: Final = (_("The search"), "office:search_desk")
JOINT: Final = (_("Joint matters"), "office:joint_matters")
FORMATS: Final = (_("Bank files"), "office:formats")
CENTRES: Final = (_("Centres and hours"), "office:hall_centres")
HELPS: Final = (_("Helper service"), "office:errands")
STUCK: Final = (_("What got stuck"), "office:stuck")
BOOK: Final = (_("Fee book"), "office:book")
DOORS: Final[dict[Desk, tuple[tuple[Any, str], ...]]] = {
    Desk.HEAD: (
        CATALOGUE,
        (_("Papers and seal"), "office:papers"),
        (_("Electronic supervision"), "office:oversight_head"),
        (_("Erase personal data"), "office:erase"),
    ),
    Desk.CATALOGUE_CLERK: (CATALOGUE, (_("Words of the papers"), "office:papers")),
    Desk.LEGAL: (
        CATALOGUE,
        (_("Words of the papers"), "office:papers"),
        (_("Documents and their state"), "office:policy_links"),
        (_("Electronic supervision"), "office:oversight_legal"),
    ),
    Desk.CASHIER: ((_("Fee window"), "office:till"),),
    Desk.FINANCE: ((_("Finance bureau"), "office:finance"),),
    Desk.SUPERVISION: (
        (_("Electronic supervision"), "office:oversight_supervision"),
        (_("Verify the public log"), "office:log"),
    ),
    Desk.INSPECTOR: ((_("Electronic supervision"), "office:oversight_inspector"),),
    Desk.GOVERNMENT_OFFICE: (
        (_("Words of the papers"), "office:papers"),
        (_("Consent by silence between units"), "office:deemed_consent"),
        (_("Notices of days off"), "office:calendar_notice"),
        (_("Limits of answering"), "office:answer_limits"),
        (_("Limits of helping"), "office:help_limits"),
        (_("Rules of conduct"), "office:conduct_rules"),
    ),
    Desk.INFORMATIZATION: ((_("Sites and interaction"), "office:all_sites"),),
    Desk.OPERATOR: (
        (_("Messages"), "office:outbox"),
        (_("Keys of programmes"), "office:operator_keys"),
        (_("The machine"), "office:machine"),
    ),
}
ENQUIRIES: Final = (_("Questions of the public"), "office:enquiries")
CALLS: Final = (_("Calls for opinions"), "office:calls")
SITE: Final = (_("The site"), "office:articles")
CONTACTS: Final = (_("Contacts of the unit"), "office:contacts")
ACCESS: Final = (_("Who could write where"), "office:site_access")
RATINGS: Final = (_("Bad ratings"), "office:ratings")
INSPECTIONS: Final = (_("Inspections"), "office:inspections")
EVIDENCE: Final = (_("Evidence for appraisals"), "office:evidence")
FIGURES: Final = (_("Published figures"), "office:figures")
TARGETS: Final = (_("Targets"), "office:targets")
SURVEYS: Final = (_("Satisfaction surveys"), "office:surveys")
SHEETS: Final = (_("Paper sheets of inspections"), "office:sheets")
PAPERS: Final = (_("Papers of surveys"), "office:survey_papers")
# Pages whose address names the desk too.
BY_DESK: Final[dict[Desk, tuple[tuple[Any, str], ...]]] = {
    Desk.WINDOW: (
        ENQUIRIES,
        APPOINTMENTS,
        (_("My shifts"), "office:own_shifts"),
        HELPS,
        STUCK,
        (_("My assessments"), "office:own_assessments"),
    ),
    Desk.HANDLER: (ENQUIRIES, CALLS),
    Desk.DECIDER: (SITE, ENQUIRIES, CALLS),
    Desk.HEAD: (
        *(SITE, CONTACTS, ACCESS),
        *(ENQUIRIES, CALLS, RATINGS, APPOINTMENTS, TARGETS, EVIDENCE, FIGURES),
    ),
    Desk.SUPERVISION: (RATINGS, ACCESS, INSPECTIONS, SURVEYS, PAPERS, SHEETS, FIGURES),
    Desk.INSPECTOR: (PAPERS, SHEETS),
    Desk.EDITOR: (SITE, QUESTIONS, ENQUIRIES, EVIDENCE, CALLS),
    Desk.CASHIER: (BOOK, FORMATS),
    Desk.FINANCE: (BOOK, FORMATS),
    Desk.CATALOGUE_CLERK: (QUESTIONS, JOINT, APPOINTMENTS),
    Desk.INFORMATIZATION: (QUESTIONS, JOINT, SEARCH),
    Desk.GOVERNMENT_OFFICE: (
        *(FIGURES, QUESTIONS, JOINT, SEARCH),
        *(CENTRES, INSPECTIONS, SURVEYS, TARGETS),
    ),
    Desk.CENTRE_MANAGER: (
        ENQUIRIES,
        RATINGS,
        (_("The hall now"), "office:hall_board"),
        (_("Roster"), "office:hall_roster"),
        HELPS,
        STUCK,
        (_("How the hall is arranged"), "office:hall_arranging"),
        (_("Kiosks and rating pads"), "office:hall_kiosks"),
        (_("Conduct of staff"), "office:hall_conduct"),
        CENTRES,
        APPOINTMENTS,
        PAPERS,
        SHEETS,
    ),
}
ANSWERING: Final = (Desk.HANDLER, Desk.DECIDER, Desk.HEAD)
LEADING: Final = (Desk.DECIDER, Desk.HEAD)


def doors_of(desk: Desk) -> tuple[tuple[Any, str], ...]:
    """Name and address of each further page of ``desk``; the address takes the organ's code."""
    return DOORS.get(desk, ())


def links_of(seat: Seat) -> list[tuple[str, str]]:
    """Where else this desk works, beside its queues of cases."""
    at = (seat.organ.code, seat.desk.value)
    links = [(str(words), reverse(page, args=at[:1])) for words, page in doors_of(seat.desk)]
    pages = BY_DESK.get(seat.desk, ())
    if seat.organ.kind not in HAVE_SITES:  # a bureau or a centre has none of its own
        pages = tuple(one for one in pages if one not in (SITE, ACCESS))
    links += [(str(words), reverse(page, args=at)) for words, page in pages]
    if seat.desk not in BUCKETS:
        return links
    if seat.desk in ANSWERING:
        links.append((_now("Consultations"), reverse("office:consultations", args=at)))
    links.append((_now("Joint applications"), reverse("office:joint_led", args=at)))
    links.append((_now("Joint notices"), reverse("office:joint_notices", args=at)))
    if seat.desk == Desk.WINDOW:
        links.insert(0, (_now("My window"), reverse("office:counter", args=at)))
    if seat.desk in (Desk.WINDOW, Desk.DECIDER):
        links.append((_now("Permits"), reverse("office:licences", args=at)))
    if seat.desk in LEADING:
        links.append((_now("Stand-ins"), reverse("office:stand_ins", args=at)))
        links.append((_now("Limited numbers"), reverse("office:quotas", args=at)))
    links.append((_now("Board of all units"), reverse("office:board", args=at)))
    return links
