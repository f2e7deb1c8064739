"""Deeds 行为: every legal effect is one verb, one transaction, one event, one entry in the log.

A room declares what deeds are done to (a :class:`~openhall.deeds.kinds.Kind`: the row, its event
table, its acts, the rows it owns) and writes its own law; everything else is here, once: the
idempotency key, the lock, ``seen``, both times, commitments, the entry, compare-and-swap, the
event, and the audit that holds every event *and every row a deed left behind* against the log (A5).

Begin at ``kinds.py`` (declaring), ``writer.py`` (``deed``, ``Kind.write``), ``audit.py``.
"""
