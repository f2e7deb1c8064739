"""Hours 开放时间: when something is open in a week, and what differs on some days.

Halls and booking calendars say it with one row (:class:`~openhall.hours.models.WeekSpan`), one
notation and one reading of a day; the database refuses two spans at one time, and two versions on
one day (``apart.py``), wherever a room's migration asks for it. A8, A9.

Begin at ``rules/week.py``.
"""
