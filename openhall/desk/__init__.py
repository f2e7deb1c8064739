"""The desk 办理: an act on a page, for whoever stands before it, official or not.

An :class:`~openhall.desk.offers.Offer` says once what an act asks, at which desks, its effect, its
key and what it does. A :class:`~openhall.desk.pages.Subject` is one kind of thing, its page and the
acts offered there: one view to read, to do, and to come back from a refusal with nothing lost.
"""
