"""An intruder with the database's own password edits it; each time it is caught, and where is said.

The triggers are dropped first, as such an intruder would do. What only a kept checkpoint can show
(everything recomputed and signed anew with the stolen key) is caught by the published file and by
the witness.
"""

import base64
import json
import threading
from datetime import timedelta

import pytest

from openhall.cases.models import Case, CaseEvent, UnitMonth
from openhall.ledger.actions import begin_verification, seal, verify_all
from openhall.ledger.models import Alarm, Checkpoint, Cosignature, Entry, Leaf, Subtree
from openhall.ledger.publishing import folder
from openhall.ledger.queries import latest_checkpoint, proved, size_now
from openhall.ledger.rules import merkle
from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.note import Checkpoint as Statement
from openhall.ledger.rules.note import sign
from openhall.ledger.signing import public_verifier_key, signing_key
from openhall.ledger.tasks import seal_log
from openhall.ledger.witness import Keeper, Server


def remove(rows):
    rows._raw_delete(rows.db)


def caught():
    """The places that a verification of the whole names, and that publication has stopped."""
    assert verify_all(begin_verification("test").pk) > 0
    assert Alarm.objects.filter(state="open").exists()
    assert seal() is None
    return {alarm.place for alarm in Alarm.objects.all()}


def second():
    """The step an intruder would most like to change: the first case's acceptance."""
    return CaseEvent.objects.select_related("case").order_by("pk")[1]


def step(event):
    return f"case/{event.case.number}#{event.seq}"


def leaf_of(event):
    return Leaf.objects.get(entry_id=event.entry)


def rehashed(entry_id, body):
    """Change an entry and its own hash alike."""
    Entry.objects.filter(pk=entry_id).update(body=body, leaf_hash=merkle.leaf_hash(body))


def tree_anew():
    """Every hash of the tree recomputed from the entries, as a careful intruder would."""
    remove(Subtree.objects.all())
    kept = {}
    for index, digest in Leaf.objects.order_by("index").values_list("index", "entry__leaf_hash"):
        for level, at, found in merkle.completed(index, bytes(digest), lambda *p: kept[p]):
            kept[level, at] = found
    Subtree.objects.bulk_create(
        Subtree(level=level, index=at, hash=found) for (level, at), found in kept.items()
    )


def checkpoint_anew(settings):
    """The newest checkpoint forged with the stolen key over the rewritten tree."""
    size = size_now()
    root = proved(lambda subtree: merkle.head(size, subtree))
    origin = settings.LEDGER_ORIGIN
    note = sign(Statement(origin, size, root).body(), origin, signing_key())
    Checkpoint.objects.filter(pk=latest_checkpoint().pk).update(root=root, note=note, size=size)


def test_an_untouched_city_is_sound(city):
    assert verify_all(begin_verification("test").pk) == 0
    assert not Alarm.objects.exists()


def test_1_an_event_changed(city):
    event = second()
    CaseEvent.objects.filter(pk=event.pk).update(act="decline")
    assert step(event) in caught()


def test_2_an_event_removed(city):
    event = second()
    remove(CaseEvent.objects.filter(pk=event.pk))
    assert {step(event), f"case/{event.case.number}"} <= caught()


def test_3_an_event_inserted(city):
    event = second()
    Case.objects.filter(pk=event.case_id).update(seq=3)
    event.pk, event.seq, event.key, event.entry = None, 3, "slipped-in", 999_999
    event.save(force_insert=True)
    assert step(event) in caught()


def test_4_events_reordered(city):
    first, then = CaseEvent.objects.filter(case=second().case).order_by("seq")
    CaseEvent.objects.filter(pk=then.pk).update(seq=9)
    CaseEvent.objects.filter(pk=first.pk).update(seq=2)
    CaseEvent.objects.filter(pk=then.pk).update(seq=1)
    number = first.case.number
    assert {f"case/{number}#1", f"case/{number}#2"} <= caught()


def test_5_an_event_back_dated(city):
    event = second()
    earlier = event.event_time - timedelta(days=1)
    CaseEvent.objects.filter(pk=event.pk).update(event_time=earlier)
    assert step(event) in caught()


def test_6_what_an_event_privately_says_changed(city):
    event = CaseEvent.objects.select_related("case").order_by("pk").first()
    salt = base64.b64decode(event.case.salt)
    CaseEvent.objects.filter(pk=event.pk).update(
        sealed=CaseEvent.locked(salt, event.detail.replace("王芳", "李四"))
    )
    assert step(event) in caught()


def test_7_an_entry_changed(city):
    leaf = leaf_of(second())
    body = bytes(leaf.entry.body).replace(b'"accept"', b'"decline"')
    Entry.objects.filter(pk=leaf.entry_id).update(body=body)
    assert f"leaf/{leaf.index}" in caught()


def test_8_an_entry_changed_with_its_hash(city):
    leaf = leaf_of(second())
    rehashed(leaf.entry_id, bytes(leaf.entry.body).replace(b'"accept"', b'"decline"'))
    assert f"leaf/{leaf.index}" in caught()


def test_9_a_leaf_removed(city):
    leaf = leaf_of(second())
    remove(Leaf.objects.filter(pk=leaf.pk))
    assert f"leaf/{leaf.index}" in caught()


def test_10_two_leaves_moved(city):
    one, other = Leaf.objects.filter(index__in=(1, 3)).order_by("index")
    spare = Entry.objects.create(
        kind="x", body=b'{"kind":"x"}', leaf_hash=bytes(32), written_at=one.entry.written_at
    )
    Leaf.objects.filter(pk=1).update(entry=spare)
    Leaf.objects.filter(pk=3).update(entry_id=one.entry_id)
    Leaf.objects.filter(pk=1).update(entry_id=other.entry_id)
    assert {"leaf/1", "leaf/3"} <= caught()


def test_11_a_subtree_changed(city):
    Subtree.objects.filter(level=1, index=1).update(hash=bytes(32))
    assert "subtree/1/1" in caught()


def test_12_a_checkpoint_forged_with_another_key(city):
    row = latest_checkpoint()
    Checkpoint.objects.filter(pk=row.pk).update(note=row.note.replace("— ", "— x"))
    assert f"checkpoint/{row.size}" in caught()


def test_13_a_checkpoint_removed(city):
    size = latest_checkpoint().size
    remove(Checkpoint.objects.all())
    assert f"checkpoint/{size}" in caught()


def test_14_a_rollup_changed(city):
    UnitMonth.objects.update(accepted=7)
    assert any(place.startswith("figure/") and "accepted" in place for place in caught())


def test_15_a_published_tile_changed(city):
    size = latest_checkpoint().size
    path = f"tile/entries/000.p/{size}"
    file = folder() / path
    file.write_bytes(file.read_bytes().replace(b'"accept"', b'"deceit"'))
    assert f"file/{path}" in caught()


def test_16_a_back_dated_entry_slipped_in_before_the_next_sealing(city):
    body = canonical({"kind": "test", "n": 1})
    Entry.objects.create(
        kind="test",
        body=body,
        leaf_hash=merkle.leaf_hash(body),
        written_at=latest_checkpoint().made_at - timedelta(days=3),
    )
    assert seal() is None
    assert Alarm.objects.get().place == f"leaf/{latest_checkpoint().size}"


def test_17_the_tail_cut_off(city):
    size = latest_checkpoint().size
    remove(Leaf.objects.filter(index=size - 1))
    assert f"checkpoint/{size}" in caught()


def rewrite_everything(settings):
    """Event, entry, every hash and the checkpoint made consistent, with the log's own key."""
    event = second()
    leaf = leaf_of(event)
    body = json.loads(bytes(leaf.entry.body)) | {"act": "decline"}
    CaseEvent.objects.filter(pk=event.pk).update(act="decline")
    rehashed(leaf.entry_id, canonical(body))
    tree_anew()
    checkpoint_anew(settings)


def test_18_everything_rewritten_and_signed_anew_is_caught_by_what_was_published(city, settings):
    size = latest_checkpoint().size
    rewrite_everything(settings)
    assert f"checkpoint/{size}" in caught()


@pytest.fixture
def witness(city, settings, tmp_path):
    """A newspaper that cosigns."""
    keeper = Keeper(tmp_path / "paper", "paper.example", [public_verifier_key()])
    server = Server("127.0.0.1", 0, keeper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.LEDGER_WITNESSES = [f"{keeper.vkey} http://127.0.0.1:{server.server_port}"]
    yield keeper
    server.shutdown()
    server.server_close()


def test_19_rewritten_files_and_all_are_still_caught_by_the_witness(city, witness, settings, doing):
    seal_log.func()
    assert Cosignature.objects.get().witness == "paper.example"
    rewrite_everything(settings)
    remove(Cosignature.objects.all())
    (folder() / "checkpoint").write_text(latest_checkpoint().note)
    seal_log.func()
    alarm = Alarm.objects.get()
    assert alarm.place == "witness/paper.example"
    assert "409" in alarm.sentence
    assert seal() is None
