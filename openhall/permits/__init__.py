"""许可: what follows a permit once it was issued, and who is barred from asking again.

Changed, renewed (by silence too), revoked, cancelled: each act writes the permit, its event and its
entry in the log (行政许可法 49, 50, 69, 70). Who deceived is barred for a time (78, 79). The
room stands above the procedure and learns of an issue by the roof's list (``CASE_FOLLOWS``); it is
asked before an application is taken in (``CASE_ADMITS``) and before personal data is erased.
"""
