"""All that an act could leave: every row of every table of ours, whatever room it belongs to."""

from collections.abc import Iterable
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection

from tests.factories.pages import Form, Page

NOT_OURS = {"last_login"}  # signing in is no act of the hall
NOT_ACTS = {"throttle"}  # how often somebody asked, forgotten within the hour


def everything() -> dict[str, list[Any]]:
    """The rows of our tables as they lie there, by table."""
    asked = _asked()
    found: dict[str, list[Any]] = {label: [] for label in asked}
    with connection.cursor() as cursor:
        # Most tables are empty in most tests: one statement says which are not.
        cursor.execute(_which_hold_rows())
        for (label,) in cursor.fetchall():
            cursor.execute(asked[label])
            found[label] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


@cache
def _asked() -> dict[str, str]:
    """The statement that reads each table, by label."""
    told = {}
    for model in models():
        names = [
            field.column
            for field in model._meta.local_concrete_fields
            if field.column not in NOT_OURS
        ]
        columns = ", ".join(map(connection.ops.quote_name, names))
        table = connection.ops.quote_name(model._meta.db_table)
        told[model._meta.label] = f"SELECT {columns} FROM {table} ORDER BY 1"
    return told


@cache
def _which_hold_rows() -> str:
    return " UNION ALL ".join(
        f"SELECT '{model._meta.label}' WHERE EXISTS"
        f" (SELECT 1 FROM {connection.ops.quote_name(model._meta.db_table)})"
        for model in models()
    )


def opened() -> dict[str, list[Any]]:
    """The same as the product reads it, with what is locked away unlocked where it still can be."""
    return {model._meta.label: list(model.objects.values()) for model in models()}


def models() -> list[Any]:
    """Every table of ours, in whatever room it stands."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("openhall.") and config.label not in NOT_ACTS
        for model in config.get_models()
    ]


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def difference(before: dict[str, list[Any]]) -> dict[str, int]:
    """Tables that have changed since ``before``, with how many rows were added or changed."""
    now = everything()
    return {
        label: len([row for row in now[label] if row not in before[label]]) or -1
        for label in now
        if now[label] != before[label]
    }


@contextmanager
def no_trace():
    """Nothing whatever is left behind."""
    before = everything()
    yield
    left = difference(before)
    assert not left, left


def logged(before: dict[str, list[Any]]) -> int:
    """How many entries the public log has more than ``before``."""
    label = "ledger.Entry"
    return len(everything()[label]) - len(before[label])


def refused_to(form: Form, people: Iterable[AbstractBaseUser | None]) -> None:
    """Each of ``people`` sends what the right person would: refused, and nothing is left."""
    with no_trace():
        for account in people:
            page = form.send_as(account)
            to_sign_in = "/accounts/login/" in page.answer.headers.get("Location", "")
            turned_away = page.status in (403, 404) or (account is None and to_sign_in)
            assert turned_away, (account, page.status)


def once(form: Form) -> Page:
    """Pressed twice, done once: the second time leaves nothing, whatever it answers."""
    first = form.send()
    assert first.done, (first.status, first.words)
    with no_trace():
        again = form.send()
    assert again.status in (302, 303, 409, 422), (again.status, again.words)
    return first


def refused(page: Page, label: str, words: str) -> Page:
    """422, with ``words`` beside the field ``label``."""
    assert (page.status, words in page.beside(label)) == (422, True), (
        page.status,
        page.beside(label),
        page.words,
    )
    return page
