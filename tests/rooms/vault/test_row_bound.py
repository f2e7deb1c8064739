"""A sealed value opens in its own row alone, and the index beside it is replaced like a key."""

import pytest
from django.core.management import call_command
from django.db import connection, models

from openhall.applying.actions.signing import may_sign
from openhall.applying.models import Draft, Signatory
from openhall.cases.models import Case, CaseEvent
from openhall.cases.public import case_by_code
from openhall.deeds import audit
from openhall.deeds.rows.sealed import faults
from openhall.organs.models import Account
from openhall.vault import rotating
from openhall.vault.fields import OF_COLUMN, BlindField, CannotDecrypt, blind, blinds
from openhall.vault.rotating import blind_anew, blind_columns, sealed_columns
from openhall.vault.rows import next_number

NEWER = "the-next-key-of-the-index-long-enough-for-tests"


def put(model: type[models.Model], pk: int, column: str, value: str) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [value, pk])


def stored(model: type[models.Model], pk: int, column: str) -> str:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM "{table}" WHERE id = %s', [pk])
        return str(cursor.fetchone()[0])


def places() -> list[str]:
    return [one.place for one in faults(0, 0)]


@pytest.fixture
def people(db):
    made = [
        Account.objects.create_user(name, real_name=said, id_number=number, phone="13800138000")
        for name, said, number in (("wang", "王", "11010519491231002X"), ("li", "李", "H12345678"))
    ]
    for one in made:
        one.id_blind = blind(one.id_number)
        one.save()
    return made


# ------------------------------------------------------------------------------- one row, one place
def test_a_value_copied_from_another_row_does_not_open_and_is_told(people):
    wang, li = people
    put(Account, wang.pk, "real_name", stored(Account, li.pk, "real_name"))
    row = Account.objects.get(pk=wang.pk)
    with pytest.raises(CannotDecrypt, match="copied from another row"):
        str(row.real_name)
    assert row.phone == "13800138000"  # what was not touched is read
    assert places() == [f"sealed/organs.Account/{wang.pk}/real_name"]


def test_all_values_of_a_row_exchanged_with_anothers_do_not_open(people):
    wang, li = people
    for column in ("real_name", "id_number", "id_blind", "phone"):
        one, other = stored(Account, wang.pk, column), stored(Account, li.pk, column)
        if column == "id_blind":
            put(Account, wang.pk, column, "")
        put(Account, li.pk, column, one)
        put(Account, wang.pk, column, other)
    assert len([one for one in places() if one.startswith("sealed/organs.Account/")]) == 6
    with pytest.raises(CannotDecrypt):
        str(Account.objects.get(pk=li.pk).id_number)


@pytest.mark.parametrize(
    "bent",
    [
        lambda text: text[:-4] + ("AAAA" if text[-4:] != "AAAA" else "BBBB"),
        lambda text: "v3:",
        lambda text: "v3:" + "é" * 40,
        lambda text: "plain words",
        lambda text: text.replace("v3:", "v2:"),
        lambda text: text.replace("v3:", "v1:"),
        lambda text: text[: len(text) // 2],
    ],
)
def test_an_altered_value_is_told_and_nothing_breaks_off(people, bent):
    wang, _li = people
    put(Account, wang.pk, "phone", bent(stored(Account, wang.pk, "phone")))
    assert f"sealed/organs.Account/{wang.pk}/phone" in places()
    with pytest.raises(CannotDecrypt):
        str(Account.objects.get(pk=wang.pk).phone)


def test_an_index_of_something_else_is_told(people):
    wang, _li = people
    put(Account, wang.pk, "id_blind", blind("somebody else"))
    assert places() == [f"index/organs.Account/{wang.pk}/id_blind"]


def test_the_night_names_the_case_and_looks_at_the_others(walk):
    one, other = walk.handed_over(), walk.submitted()
    put(Case, one.pk, "applicant_name", stored(Case, other.pk, "applicant_name"))
    found = [fault.place for fault in audit.faults(0, 0)]
    assert found == [f"case/{one.number}"]
    assert places() == [f"sealed/cases.Case/{one.pk}/applicant_name"]


# --------------------------------------------------------------------------- how rows are written
def test_however_a_row_is_made_it_is_bound_to_its_number(db):
    made = Account.objects.create(username="a", real_name="甲")
    saved = Account(username="b", real_name="乙")
    saved.save()
    many = Account.objects.bulk_create(
        [Account(username="c", real_name="丙"), Account(username="d"), Account(username="e")]
    )
    got, _new = Account.objects.get_or_create(username="f", defaults={"real_name": "己"})
    chosen = Account.objects.create(pk=90_000, username="g", real_name="庚")
    later = Account.objects.create(username="h", real_name="辛")
    numbers = [one.pk for one in (made, saved, *many, got, chosen, later)]
    assert len(set(numbers)) == len(numbers) == Account.objects.count()
    said = dict(Account.objects.in_bulk())
    assert [said[pk].real_name for pk in numbers] == ["甲", "乙", "丙", "", "", "己", "庚", "辛"]
    assert later.pk > 90_000 or connection.vendor == "postgresql"
    assert next_number(Account) > made.pk
    assert places() == []


def test_a_loaded_row_saved_whole_keeps_what_nobody_read(people):
    wang, _li = people
    before = stored(Account, wang.pk, "real_name")
    row = Account.objects.get(pk=wang.pk)
    row.first_name = "x"
    row.save()
    assert stored(Account, wang.pk, "real_name") == before
    assert Account.objects.get(pk=wang.pk).real_name == "王"


def test_deferred_and_refreshed_values_open(people):
    wang, _li = people
    assert Account.objects.defer("real_name").get(pk=wang.pk).real_name == "王"
    assert Account.objects.only("username").get(pk=wang.pk).phone == "13800138000"
    wang.real_name = "王王"
    wang.save(update_fields=["real_name"])
    wang.refresh_from_db(fields=["real_name"])
    assert wang.real_name == "王王"


def test_a_statement_over_many_rows_seals_each_for_itself(people):
    asked = Account.objects.filter(first_name="")
    assert asked.update(real_name="同", first_name="x") == 2
    assert {one.real_name for one in Account.objects.all()} == {"同"}
    assert places() == []
    assert asked.update(real_name="又") == 0  # what was asked is asked at each row
    Account._base_manager.update(real_name="")
    assert {one.real_name for one in Account.objects.all()} == {""}
    with pytest.raises(TypeError, match="sealed for one row"):
        Account._meta.get_field("real_name").get_prep_value("x")


def test_a_value_read_without_its_row_says_so(people):
    with pytest.raises(CannotDecrypt, match="through its row"):
        str(Account.objects.values_list("real_name", flat=True).first())


def test_nothing_of_a_city_is_unbound(walk):
    walk.handed_over()
    assert places() == []


def test_what_was_bound_to_its_column_only_is_told_and_bound_by_rotating(people, settings):
    import base64
    import os

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from openhall.vault.keys import first_key

    wang, _li = people
    name, secret = first_key()
    nonce = os.urandom(12)
    sealed = AESGCM(secret).encrypt(nonce, "王芳".encode(), b"organs_account.real_name")
    put(
        Account,
        wang.pk,
        "real_name",
        OF_COLUMN + base64.b64encode(name + nonce + sealed).decode(),
    )
    assert Account.objects.get(pk=wang.pk).real_name == "王芳"
    assert places() == ["sealed/organs.Account"]
    call_command("keys", "rotate")
    assert places() == []
    assert Account.objects.get(pk=wang.pk).real_name == "王芳"


# ---------------------------------------------------------------------------- the key of the index
@pytest.fixture
def two_keys(settings):
    def begin() -> None:
        settings.BLIND_KEYS = [NEWER, *settings.BLIND_KEYS]

    return begin


def test_while_a_key_of_the_index_is_replaced_everything_is_found(walk, two_keys, client, settings):
    case = walk.handed_over()
    two_keys()
    assert case_by_code(case.query_code) == case
    call_command("keys", "rotate")
    settings.BLIND_KEYS = [NEWER]
    assert case_by_code(case.query_code) == case
    row = Case.objects.get(pk=case.pk)
    assert row.identity_blind == blind(row.identity_number)
    assert client.post("/track/", {"code": row.query_code})["Location"] == f"/cases/{row.number}/"
    assert places() == []


def test_the_log_says_the_same_with_another_index(walk, two_keys):
    walk.granted()
    two_keys()
    call_command("keys", "rotate")
    assert [str(one) for one in audit.faults(0, 0)] == []


def test_stopped_in_the_middle_the_index_goes_on(walk, two_keys, settings):
    walk.handed_over()
    two_keys()
    model, columns = next((m, c) for m, c in blind_columns() if m is Case)
    assert next(blind_anew(model, columns, [])) > 0
    call_command("keys", "rotate")
    assert sum(sum(blind_anew(m, c, [])) for m, c in blind_columns()) == 0
    settings.BLIND_KEYS = [NEWER]
    assert places() == []


def test_an_index_retired_too_early_is_told_and_still_made_anew(people, settings):
    settings.BLIND_KEYS = [NEWER]
    assert len([one for one in places() if one.startswith("index/")]) == 2
    call_command("keys", "rotate")
    assert places() == []


def test_a_signatory_is_known_by_an_account_of_either_key(people, two_keys):
    wang, _li = people
    asked = Signatory(number=wang.id_number, number_blind=wang.id_blind, name="王")
    two_keys()
    assert may_sign(asked, wang)
    assert may_sign(asked, None, "王", "11010519491231002x")
    assert wang.id_blind in blinds(wang.id_number)
    assert wang.id_blind != blind(wang.id_number)


def test_every_index_says_what_it_is_made_from():
    assert {model for model, _columns in blind_columns()} >= {Account, Case, Draft, Signatory}
    for _model, columns in blind_columns():
        assert all(one.of for one in columns)
    named = {
        f"{model._meta.label}.{f.name}"
        for model, _ in sealed_columns()
        for f in model._meta.concrete_fields
        if f.name.endswith("_blind") and not isinstance(f, BlindField)
    }
    # The code of an appointment is said once and kept nowhere: its index ends with its day.
    assert named == {"slots.Appointment.code_blind"}


def test_events_are_bound_too(walk):
    case = walk.handed_over()
    events = list(CaseEvent.objects.filter(case=case).exclude(sealed=""))
    assert events
    one = events[0]
    kept = stored(CaseEvent, one.pk, "sealed")
    assert kept.startswith("v3:")


def test_people_go_on_while_keys_are_replaced(people, two_keys, settings, monkeypatch):
    """A running site: rows are read, changed and made between the batches, also by a process that
    has not been restarted with the new keys; run again, the command leaves nothing."""
    monkeypatch.setattr(rotating, "BATCH", 1)
    wang, li = people
    settings.VAULT_KEYS = ["the-newest-key-of-the-vault-long-enough", *settings.VAULT_KEYS]
    two_keys()
    keys, indexes = settings.VAULT_KEYS, settings.BLIND_KEYS
    columns = dict(sealed_columns())[Account]
    for turn, _done in enumerate(rotating.seal_anew(Account, columns, [])):
        assert Account.objects.get(pk=wang.pk).real_name == "王"
        Account.objects.filter(pk=li.pk).update(phone=f"1390000000{turn}")
        if turn == 0:  # another node, not restarted yet
            settings.VAULT_KEYS, settings.BLIND_KEYS = keys[1:], indexes[1:]
            Account.objects.create(username="new", real_name="新", id_number="E1234567",
                                   id_blind=blind("E1234567"))  # fmt: skip
            settings.VAULT_KEYS, settings.BLIND_KEYS = keys, indexes
    assert Account.objects.filter(id_blind__in=blinds("E1234567")).count() == 1
    call_command("keys", "rotate")
    settings.VAULT_KEYS, settings.BLIND_KEYS = keys[:1], indexes[:1]
    assert places() == []
    assert {one.real_name for one in Account.objects.all()} == {"王", "李", "新"}
    assert Account.objects.filter(id_blind__in=blinds("E1234567")).count() == 1
