"""One value, row or file that does not open is set aside and named; everything else is sealed."""

from hashlib import sha256

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from openhall.files.models import Folder, Upload
from openhall.organs.models import Account
from openhall.vault.fields import blind, decrypt, encrypt, is_current
from openhall.vault.rotating import sealed_columns

OLDER = "a-key-that-somebody-took-out-too-early-of-tests"
NEW = "the-new-key-of-the-vault-that-is-long-enough"


def stored(pk: int, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM organs_account WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def by_hand(pk: int, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE organs_account SET {column} = %s WHERE id = %s",
            [value, pk],
        )


@pytest.fixture
def people(db):
    return [
        Account.objects.create_user(
            name,
            real_name=name,
            phone="13800138000",
            id_number=number,
            id_blind=blind(number),
        )
        for name, number in (("王", "E1111111"), ("李", "E2222222"), ("赵", "E3333333"))
    ]


def told(command=("keys", "rotate")) -> str:
    with pytest.raises(CommandError) as fault:
        call_command(*command)
    return str(fault.value)


def changed(text: str) -> str:
    """``text`` with one sign of what is sealed another."""
    return text[:40] + ("A" if text[40] != "A" else "B") + text[41:]


@pytest.mark.parametrize(
    "broken",
    [
        lambda one, _other: changed(one),
        lambda _one, other: other,  # copied from another row
        lambda one, _other: one[:20],  # cut
        lambda _one, _other: "v3:!",
        lambda _one, _other: "v3:囧",
        lambda _one, _other: "王",  # written in the clear by hand
    ],
)
def test_a_value_that_does_not_open_stops_nothing(people, settings, broken):
    wang, li, zhao = people
    by_hand(li.pk, "phone", broken(stored(li.pk, "phone"), stored(wang.pk, "phone")))
    kept = stored(li.pk, "phone")
    settings.VAULT_KEYS = [NEW, *settings.VAULT_KEYS]
    said = told()
    assert said.startswith("1 could not be opened")
    assert f"organs_account.phone: {li.pk} (" in said
    assert "Do not take out any key" in said
    assert stored(li.pk, "phone") == kept
    settings.VAULT_KEYS = [NEW]
    assert [Account.objects.get(pk=one.pk).phone for one in (wang, zhao)] == ["13800138000"] * 2
    assert Account.objects.get(pk=li.pk).real_name == "李"


def test_two_under_a_key_that_is_not_set_are_named_together(people, settings):
    place = dict(sealed_columns())[Account][0].place.rsplit(".", 1)[0] + ".phone"
    ours = settings.VAULT_KEYS
    settings.VAULT_KEYS = [OLDER]
    for one in people[:2]:
        by_hand(one.pk, "phone", encrypt("13900139000", place, one.pk))
    settings.VAULT_KEYS = [NEW, *ours]
    assert f"organs_account.phone: {people[0].pk}, {people[1].pk} (No key" in told()
    settings.VAULT_KEYS = [NEW, *ours, OLDER]  # found again
    call_command("keys", "rotate")
    assert all(is_current(stored(one.pk, "phone")) for one in people)
    assert decrypt(stored(people[0].pk, "phone"), place, people[0].pk) == "13900139000"


def test_an_index_whose_number_does_not_open_stops_nothing(people, settings):
    wang, li, _zhao = people
    by_hand(wang.pk, "id_number", changed(stored(wang.pk, "id_number")))
    was = wang.id_blind
    settings.BLIND_KEYS = ["the-new-key-of-the-index-long-enough-too", *settings.BLIND_KEYS]
    said = told()
    assert f"organs_account.id_blind: {wang.pk} (" in said
    assert Account.objects.get(pk=wang.pk).id_blind == was
    assert Account.objects.get(pk=li.pk).id_blind == blind("E2222222") != li.id_blind


def test_an_index_that_another_row_has_stops_nothing(people, settings):
    wang, li, zhao = people
    settings.BLIND_KEYS = ["the-new-key-of-the-index-long-enough-too", *settings.BLIND_KEYS]
    by_hand(zhao.pk, "id_blind", blind("E1111111"))  # 王's, under the new key
    by_hand(zhao.pk, "id_number", changed(stored(zhao.pk, "id_number")))
    said = told()
    assert f"organs_account.id_blind: {wang.pk} (" in said
    assert Account.objects.get(pk=li.pk).id_blind == blind("E2222222")


def test_a_file_that_does_not_open_stops_nothing(db, settings, monkeypatch):
    store = storages["private"]
    names = [store.save(f"uploads/zy/{n}", ContentFile(b"a paper" * 99)) for n in range(4)]
    altered, cut, gone, sound = names
    for name, bytes_of in (
        (altered, lambda b: b[:-1] + bytes([b[-1] ^ 1])),
        (cut, lambda b: b[:30]),
    ):
        with store.storage.open(name, "rb") as file:
            whole = file.read()
        store.storage.delete(name)
        store.storage.save(name, ContentFile(bytes_of(whole)))
    opened = store.storage.open

    def opening(name, mode="rb"):
        if name == gone:  # withdrawn while the command runs
            store.storage.delete(name)
        return opened(name, mode)

    monkeypatch.setattr(store.storage, "open", opening)
    settings.VAULT_KEYS = [NEW, *settings.VAULT_KEYS]
    said = told()
    assert said.startswith("2 could not be opened")
    assert altered in said
    assert cut in said
    assert gone not in said
    settings.VAULT_KEYS = [NEW]
    assert store.open(sound).read() == b"a paper" * 99
    for name in (altered, cut, sound):
        store.delete(name)


@pytest.mark.parametrize(
    "altered",
    [
        lambda b: b"XHS1" + b[4:],
        lambda b: bytes([b[0] ^ 1]) + b[1:],
        lambda b: b"%PDF-1.7\n" + b[9:],
        lambda b: b[4:],
        lambda b: b"\xff\xd8\xff" + b[3:],
        lambda _b: b"",
    ],
)
def test_a_sealed_file_whose_beginning_was_altered_is_not_taken_for_plain(db, altered):
    store = storages["private"]
    name = store.save("uploads/zy/begun", ContentFile(b"a paper" * 99))
    with store.storage.open(name, "rb") as file:
        bytes_now = altered(file.read())
    store.storage.delete(name)
    store.storage.save(name, ContentFile(bytes_now))
    said = told()
    assert f"files: {name} (it is neither in the vault's form" in said
    with store.storage.open(name, "rb") as file:
        assert file.read() == bytes_now
    store.storage.delete(name)


def test_a_file_kept_in_the_clear_is_sealed_when_its_digest_says_so(db, settings):
    store = storages["private"]
    plain = b"%PDF-1.4 as it was given"
    folder = Folder.objects.create()
    names = [store.storage.save(f"uploads/zy/{n}", ContentFile(plain)) for n in ("own", "other")]
    for name, digest in zip(names, (sha256(plain).hexdigest(), "0" * 64), strict=True):
        Upload.objects.create(
            folder=folder,
            material="A",
            name="a.pdf",
            size=len(plain),
            sha256=digest,
            file=name,
            at=timezone.now(),
        )
    said = told()
    assert (names[0] in said, names[1] in said) == (False, True)
    assert store.open(names[0]).read() == plain
    with store.storage.open(names[0], "rb") as file:
        assert file.read(4) == b"OHS1"
    for name in names:
        store.storage.delete(name)
