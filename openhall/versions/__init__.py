"""Versions 版本: what binds people is written, reviewed, published from a day, and ends.

Items, guides, question guides, joint matters, the words of papers, seals, rules, weights, switches,
tariffs, opening hours: each is a :class:`~openhall.versions.models.DatedVersion` with a *route* as
data (who writes, who reviews, who publishes; the writer never publishes alone). Publishing is a
deed (``openhall.deeds``) whose entry holds the digest of the content; the digest is computed anew
by night (A5, A6, A10).

Begin at ``kinds.py`` (declaring), ``actions.py`` (the verbs), ``queries.py`` (in force on a day).
"""
