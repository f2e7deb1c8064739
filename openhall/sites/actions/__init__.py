"""The verbs of this room. Nothing else writes a site, an article, a designation."""

from openhall.sites.actions.articles import (
    attach,
    care,
    check_secrecy,
    checked_afterwards,
    looked_through,
    open_article,
    publish_edition,
    remove_file,
    save_words,
    withdraw,
)
from openhall.sites.actions.covering import advise, designate, release
from openhall.sites.actions.founding import Contacts, make_sites, settle, without_site
from openhall.sites.actions.subscribing import confirm, subscribe, topic_named, unsubscribe

__all__ = [
    "Contacts",
    "advise",
    "attach",
    "care",
    "check_secrecy",
    "checked_afterwards",
    "confirm",
    "designate",
    "looked_through",
    "make_sites",
    "open_article",
    "publish_edition",
    "release",
    "remove_file",
    "save_words",
    "settle",
    "subscribe",
    "topic_named",
    "unsubscribe",
    "withdraw",
    "without_site",
]
