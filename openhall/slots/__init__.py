"""预约: times that a unit offers, held for ten minutes, confirmed, changed, kept or missed. A13.

One model for windows, consultations, hearings and visits. A calendar belongs to a unit and offers
purposes; it knows no case and no ticket. Its words: calendar, opening rules, release, slot, seat,
hold, appointment. A seat is a row, so two people can never have the same one.

Begin at ``rules/opening.py`` (what a day offers), ``actions/seats.py`` (taking), ``queries.py``.
"""
