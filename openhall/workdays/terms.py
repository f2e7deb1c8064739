"""Words of the working-day calendar."""

from openhall.glossary import Term

_HOLIDAYS = "全国年节及纪念日放假办法 2"


class CalendarAct(Term):
    """What a notice does to a year of the calendar."""

    ANNOUNCE = "announce", "公布全年放假安排", "Announce a year", _HOLIDAYS
    CHANGE = "change", "调整放假安排", "Change days off", _HOLIDAYS
