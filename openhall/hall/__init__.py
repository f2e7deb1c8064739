"""Service halls 政务大厅: centres, windows, who is on duty, lines and tickets. A1, A9, A13, A15.

A ticket 号 is taken for a line 队列, called to a window 窗口, and linked to the case it opens or
continues. Tickets are high-rate acts and leave events of their own, not deeds; the day's closing
puts their digest into the public log (``docs/decisions/0033-the-hall.md``).

Begin at ``models/``, ``actions/turns.py`` (issue, call …), ``state/`` (what displays read).
"""
