"""A key as text: what has its form, and whose secret it is."""

import pytest

from openhall.clients.rules.keys import digest, fits, presented, secret_of, whole
from openhall.clients.rules.scopes import KINDS, kinds_of, scopes_named
from openhall.clients.terms import Scope, Topic

NAME, SECRET = "oh_0123456789abcdef", secret_of(bytes(range(32)))


def test_a_whole_key_is_taken_apart_again():
    said = presented(whole(NAME, SECRET))
    assert (said.name, said.secret) == (NAME, SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "",
        NAME,
        f"{NAME}-",
        f"{NAME}-{SECRET}x",
        f"{NAME}-{SECRET[:-1]}",
        f" {NAME}-{SECRET}",
        f"oh_²123456789abcdef-{SECRET}",
        f"{NAME.upper()}-{SECRET}",
    ],
)
def test_what_has_not_its_form_is_no_key(text):
    assert presented(text) is None


def test_a_secret_fits_its_own_digest_and_no_other():
    assert fits(SECRET, digest(SECRET))
    assert fits(SECRET, digest("another"), digest(SECRET))
    assert not fits(SECRET, digest("another"), "")
    assert SECRET not in digest(SECRET)


def test_scopes_are_those_there_are_each_once():
    assert scopes_named(["tickets", "cases", "all", "cases"]) == (Scope.CASES, Scope.TICKETS)


def test_every_topic_tells_of_some_kind():
    assert {topic for topic in Topic if not KINDS[topic]} == set()
    assert kinds_of(["halls", "nothing"]) == set(KINDS[Topic.HALLS])
