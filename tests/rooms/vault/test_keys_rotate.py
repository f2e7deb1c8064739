"""A key is replaced: everything is sealed anew, also what only grows, and the log stays right."""

import pytest
from django.conf import settings as house
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection, transaction

from openhall.cases.models import Case, CaseEvent
from openhall.deeds import audit
from openhall.ledger.models import Entry
from openhall.organs.models import Account
from openhall.vault.fields import CannotDecrypt, decrypt, encrypt, is_current
from openhall.vault.keys import key_named
from openhall.vault.rotating import seal_anew, sealed_columns

OLD, NEW = house.VAULT_KEYS[0], "a-new-key-that-is-long-enough-for-tests"


def raw(model, column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
        return [row[0] for row in cursor.fetchall() if row[0]]


def everything() -> list[str]:
    """Every sealed value as it stands."""
    return [
        value
        for model, columns in sealed_columns()
        for column in columns
        for value in raw(model, f'"{column.column}"')
    ]


@pytest.fixture
def city(walk, settings):
    case = walk.handed_over()
    settings.VAULT_KEYS = [NEW, OLD]
    return case


def test_nothing_is_left_under_the_old_key(city, settings):
    before = len(everything())
    assert not any(is_current(one) for one in everything())
    call_command("keys", "rotate")
    after = everything()
    assert len(after) == before > 20
    assert all(is_current(one) for one in after)
    settings.VAULT_KEYS = [NEW]
    case = Case.objects.get(pk=city.pk)
    assert case.applicant_name == "王芳"
    assert [one.sealed for one in CaseEvent.objects.all()]


def test_what_is_found_by_its_number_is_found_after_the_old_key_is_gone(city, settings, client):
    call_command("keys", "rotate")
    settings.VAULT_KEYS = [NEW]
    code = Case.objects.get(pk=city.pk).query_code
    assert client.post("/track/", {"code": code})["Location"] == f"/cases/{city.number}/"


def test_the_log_says_the_same_before_and_after(city):
    entries = Entry.objects.count()
    call_command("keys", "rotate")
    assert [str(one) for one in audit.faults(0, 0)] == []
    assert Entry.objects.count() == entries


def test_what_only_grows_still_only_grows(city):
    call_command("keys", "rotate")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        CaseEvent.objects.update(act="decide")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        CaseEvent.objects.all().delete()


def test_stopped_in_the_middle_it_goes_on(city):
    model, columns = next((m, c) for m, c in sealed_columns() if m is CaseEvent)
    next(seal_anew(model, columns, []))  # one batch, and the power fails
    call_command("keys", "rotate")
    assert all(is_current(one) for one in everything())
    assert sum(sum(seal_anew(m, c, [])) for m, c in sealed_columns()) == 0


def test_files_are_sealed_anew(db, settings):
    settings.VAULT_KEYS = [OLD]
    store = storages["private"]
    name = store.save("uploads/zz/one", ContentFile(b"a paper"))
    settings.VAULT_KEYS = [NEW, OLD]
    call_command("keys", "rotate")
    settings.VAULT_KEYS = [NEW]
    assert store.open(name).read() == b"a paper"
    store.delete(name)


def test_a_value_in_another_column_does_not_open(db):
    account = Account.objects.create_user("li", real_name="李", phone="13800000000")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organs_account SET real_name = phone")
    with pytest.raises(CannotDecrypt):
        str(Account.objects.get(pk=account.pk).real_name)


def test_a_key_that_is_not_there_is_named(settings):
    settings.VAULT_KEYS = [OLD]
    sealed = encrypt("x", "here", 1)
    settings.VAULT_KEYS = [NEW]
    with pytest.raises(CannotDecrypt, match="was a key removed"):
        decrypt(sealed, "here", 1)
    with pytest.raises(CannotDecrypt):
        key_named(b"\0\0\0\0")
