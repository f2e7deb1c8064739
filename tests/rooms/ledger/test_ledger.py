"""The log grows and only grows; a rewritten one is not signed."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from openhall.ledger.actions import LogForked, append, seal, sequence, sign_checkpoint
from openhall.ledger.models import Checkpoint, Entry, Leaf, Subtree
from openhall.ledger.queries import entry_bodies, latest_checkpoint, receipt_for
from openhall.ledger.rules.note import NotVerified, open_note, read_checkpoint
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.verify import verify_log

pytestmark = pytest.mark.django_db


def say(number: int) -> list[int]:
    return [append("test", {"n": n}) for n in range(number)]


def let_tampering_through() -> None:
    """What an intruder with the database's own rights would do first."""
    with connection.cursor() as cursor:
        for table in ("ledger_entry", "ledger_leaf", "ledger_subtree"):
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER {table}_only_grows ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")


@pytest.mark.parametrize("model", [Entry, Leaf, Subtree, Checkpoint])
def test_nothing_in_the_log_is_changed_or_removed(model):
    say(3)
    seal()
    assert model.objects.exists()
    rows = model.objects.all()
    column = model._meta.pk.attname
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        rows.update(**{column: 10**6})
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)


def test_an_entry_has_no_receipt_until_a_checkpoint_covers_it():
    first, *_ = say(5)
    assert receipt_for(first) is None
    assert sequence() == 5
    assert receipt_for(first) is None
    assert sign_checkpoint().size == 5
    assert receipt_for(first).index == 0
    assert seal() is None


def test_the_log_grows_through_many_checkpoints_and_verifies():
    for number in (1, 2, 4, 9):
        say(number)
        assert seal() is not None
    checkpoint = read_checkpoint(open_note(latest_checkpoint().note, public_verifier_key()))
    assert checkpoint.size == 16
    assert list(verify_log(entry_bodies(), checkpoint))[-1] == 16


def test_a_changed_entry_is_found():
    say(6)
    seal()
    let_tampering_through()
    Entry.objects.filter(leaf__index=3).update(body=b'{"kind":"test","n":99}')
    with pytest.raises(CommandError, match="do not give the root"):
        call_command("verify")


def test_a_removed_entry_is_named():
    say(6)
    seal()
    let_tampering_through()
    rows = Leaf.objects.filter(index=3)
    rows._raw_delete(rows.db)
    checkpoint = read_checkpoint(latest_checkpoint().note.split("\n\n")[0] + "\n")
    with pytest.raises(NotVerified, match="Entry 3 is missing"):
        list(verify_log(entry_bodies(), checkpoint))


def test_a_rewritten_tree_is_not_signed():
    say(6)
    seal()
    let_tampering_through()
    Subtree.objects.filter(level=1, index=1).update(hash=bytes(32))
    Subtree.objects.filter(level=2, index=0).update(hash=bytes(32))
    say(2)
    sequence()
    with pytest.raises(LogForked):
        sign_checkpoint()


def test_a_receipt_file_verifies_by_command_and_a_forged_one_does_not(tmp_path, capsys):
    first, *_ = say(3)
    seal()
    file = tmp_path / "receipt.json"
    file.write_text(receipt_for(first).to_json())
    call_command("verify", receipt=file)
    assert "Genuine: leaf 0 of 3" in capsys.readouterr().out
    file.write_text(receipt_for(first).to_json().replace('\\"n\\":0', '\\"n\\":7'))
    with pytest.raises(CommandError, match="NOT VERIFIED"):
        call_command("verify", receipt=file)
