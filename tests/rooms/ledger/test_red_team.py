"""An intruder with the database's own password edits it; each time it is caught, and where is said.

The triggers are dropped first, as such an intruder would do. What only a kept checkpoint can show
(everything recomputed and signed anew with the stolen key) is caught by the published file and by
the witness.
"""

import base64
import json
import shutil
import threading
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from openhall.cases.models import Case, CaseEvent, UnitMonth
from openhall.ledger.actions import (
    begin_verification,
    name_the_day,
    raise_alarm,
    seal,
    verify_all,
)
from openhall.ledger.models import (
    Alarm,
    Checkpoint,
    Cosignature,
    DailyCheckpoint,
    Entry,
    Leaf,
    Subtree,
)
from openhall.ledger.publishing import folder, publish_log
from openhall.ledger.queries import latest_checkpoint, proved, size_now
from openhall.ledger.rules import merkle
from openhall.ledger.rules.canonical import canonical
from openhall.ledger.rules.cosignature import cosign as cosign_note
from openhall.ledger.rules.finding import Finding
from openhall.ledger.rules.note import Checkpoint as Statement
from openhall.ledger.rules.note import note_body, sign
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
    forged = json.loads(event.detail.replace("王芳", "李四"))
    CaseEvent.objects.filter(pk=event.pk).update(sealed=CaseEvent.locked(event.case.salt, forged))
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
    assert "HTTP 422" in alarm.sentence  # it was asked to go on from what it has not seen
    assert seal() is None


# ---------------------------------------------------------------- what the log says of itself
@pytest.fixture
def cosigned(city, witness):
    """The day named with the newspaper's cosignature, all of it sealed and published."""
    seal_log.func()
    assert Cosignature.objects.count() == 1
    name_the_day(timezone.localdate())
    seal_log.func()
    assert verify_all(begin_verification("before").pk) == 0
    return city


def paper_line():
    row = Cosignature.objects.order_by("pk").select_related("checkpoint")[0]
    return row, f"cosignature/{row.checkpoint.size}/paper.example"


def test_20_a_day_pointed_to_another_checkpoint(cosigned):
    day = DailyCheckpoint.objects.get()
    DailyCheckpoint.objects.update(checkpoint=latest_checkpoint())
    assert f"day/{day.day}" in caught()


def test_21_a_day_removed(cosigned):
    day = DailyCheckpoint.objects.get().day
    remove(DailyCheckpoint.objects.all())
    assert f"day/{day}" in caught()


def test_22_a_day_slipped_in(cosigned):
    DailyCheckpoint.objects.create(day=date(2020, 1, 1), checkpoint=latest_checkpoint())
    assert caught() == {"day/2020-01-01"}


def test_23_a_day_named_again_in_the_log(cosigned):
    day = DailyCheckpoint.objects.get().day
    remove(DailyCheckpoint.objects.all())
    name_the_day(day)
    assert f"day/{day}" in caught()


def test_24_a_cosignature_removed_that_a_day_was_named_with(cosigned):
    row, place = paper_line()
    remove(Cosignature.objects.filter(pk=row.pk))
    assert place in caught()


def test_25_a_cosignature_forged(cosigned):
    row, place = paper_line()
    raw = bytearray(base64.b64decode(row.line.split(" ")[2]))
    raw[-1] ^= 1
    line = f"— paper.example {base64.b64encode(raw).decode()}\n"
    Cosignature.objects.filter(pk=row.pk).update(line=line)
    assert place in caught()


def test_26_a_cosignature_pointed_to_another_checkpoint(cosigned):
    row, place = paper_line()
    other = Checkpoint.objects.exclude(pk=row.checkpoint_id).order_by("size")[0]
    remove(Cosignature.objects.filter(checkpoint=other))
    Cosignature.objects.filter(pk=row.pk).update(checkpoint=other)
    assert {place, f"cosignature/{other.size}/paper.example"} <= caught()


def test_27_a_cosignature_of_a_witness_whom_nobody_announced(cosigned, tmp_path):
    stranger = Keeper(tmp_path / "stranger", "paper.example", [public_verifier_key()])
    row, place = paper_line()
    line = cosign_note(note_body(row.checkpoint.note), "paper.example", stranger.key, 1_700_000_000)
    Cosignature.objects.filter(pk=row.pk).update(line=line)
    assert place in caught()


def test_28_a_witness_no_longer_in_the_settings_is_still_verified(cosigned, settings):
    settings.LEDGER_WITNESSES = []
    assert verify_all(begin_verification("test").pk) == 0
    row, place = paper_line()
    Cosignature.objects.filter(pk=row.pk).update(line=row.line.replace("— paper", "— piper"))
    assert place in caught()


def test_29_an_alarm_removed(city):
    raise_alarm(Finding("leaf/7", "第7条缺失。", "Entry 7 is missing."), "test")
    remove(Alarm.objects.all())
    assert "alarm/leaf/7" in caught()


def test_30_an_alarm_quietly_resolved(city):
    raise_alarm(Finding("leaf/7", "第7条缺失。", "Entry 7 is missing."), "test")
    Alarm.objects.update(
        state="repaired", resolved_at=timezone.now(), resolved_by="谁也不是", reason="没有理由"
    )
    assert "alarm/leaf/7" in caught()


@pytest.mark.parametrize("by", [timedelta(days=-3), timedelta(days=3)])
def test_31_the_time_of_writing_changed(city, by):
    entry = Leaf.objects.get(index=2).entry
    Entry.objects.filter(pk=entry.pk).update(written_at=entry.written_at + by)
    assert caught() == {"leaf/2"}


def test_32_all_times_of_writing_moved_back_outside_the_demonstration(city, settings):
    settings.DEMO = False
    settings.LEDGER_CHECKS = ()
    assert verify_all(begin_verification("before").pk) == 0
    seal()
    for entry in Entry.objects.filter(leaf__isnull=False):
        Entry.objects.filter(pk=entry.pk).update(written_at=entry.written_at + timedelta(days=1))
    assert "leaf/0" in caught()


def test_33_a_check_that_an_intruder_makes_break_is_itself_a_fault(city):
    leaf = leaf_of(second())
    rehashed(leaf.entry_id, b"no entry at all")
    tree_anew()
    places = caught()
    assert f"leaf/{leaf.index}" in places
    assert "check/openhall.deeds.audit.faults" in places


def everything_anew(settings):
    """The whole log rewritten, every checkpoint signed anew with the city's own key, all files
    published anew; days and cosignatures left as they stand."""
    rewrite_everything(settings)
    for row in Checkpoint.objects.all():
        size, origin = row.size, settings.LEDGER_ORIGIN
        root = proved(lambda subtree, size=size: merkle.head(size, subtree))
        note = sign(Statement(origin, size, root).body(), origin, signing_key())
        Checkpoint.objects.filter(pk=row.pk).update(root=root, note=note)
    shutil.rmtree(folder())
    publish_log()


def test_34_a_log_rewritten_whole_with_its_own_key_is_found_by_any_kept_checkpoint(
    city, settings, tmp_path
):
    settings.LEDGER_CHECKS = ()
    kept = tmp_path / "kept.txt"
    kept.write_text(latest_checkpoint().note)
    call_command("verify", against=kept)
    everything_anew(settings)
    assert verify_all(begin_verification("test").pk) == 0  # nothing inside can tell
    for words in ({"against": kept}, {"against": kept, "files": folder()}):
        with pytest.raises(CommandError, match="do not give the root that was signed"):
            call_command("verify", **words)


def test_35_a_log_rewritten_whole_is_found_by_its_witness(city, witness, settings):
    settings.LEDGER_CHECKS = ()
    seal_log.func()
    remove(Cosignature.objects.all())
    everything_anew(settings)
    assert caught() == {"witness/paper.example"}
    Alarm.objects.all().delete()
    settings.LEDGER_WITNESSES = ()  # nobody else could tell
    remove(Entry.objects.filter(kind="alarm"))
    assert verify_all(begin_verification("test").pk) == 0


def test_36_a_log_rewritten_whole_with_its_cosignatures_left_is_found_without_asking(
    cosigned, settings
):
    settings.LEDGER_CHECKS = settings.LEDGER_WITNESSES = ()
    everything_anew(settings)
    _row, place = paper_line()
    assert place in caught()


def cut_off(settings, size):
    """Everything after the first ``size`` entries removed, as if it had never been."""
    remove(Cosignature.objects.filter(checkpoint__size__gt=size))
    remove(DailyCheckpoint.objects.filter(checkpoint__size__gt=size))
    remove(Checkpoint.objects.filter(size__gt=size))
    gone = list(Leaf.objects.filter(index__gte=size).values_list("entry_id", flat=True))
    remove(Leaf.objects.filter(index__gte=size))
    remove(Entry.objects.filter(pk__in=gone))
    for level in range(20):
        remove(Subtree.objects.filter(level=level, index__gte=size >> level))


def verified():
    out = StringIO()
    call_command("verify", stdout=out)
    return out.getvalue()


def test_37_verify_never_says_verified_of_a_log_whose_end_was_cut_off(cosigned, settings):
    first = Checkpoint.objects.order_by("size")[0]
    assert f"Verified: {latest_checkpoint().size} entries" in verified()
    cut_off(settings, first.size)
    with pytest.raises(CommandError, match="published; only") as told:
        verified()
    assert "Verified" not in str(told.value)
    (folder() / "checkpoint").write_text(first.note)  # the published one forged back as well
    with pytest.raises(CommandError, match="the end was cut off"):
        verified()
    shutil.rmtree(folder() / "tile")  # and every file: the witness alone remembers
    with pytest.raises(CommandError, match=r"witness/paper\.example.*has seen"):
        verified()


def test_38_verify_names_a_subtree_and_a_published_tile_that_were_changed(city):
    assert "every stored subtree" in verified()
    Subtree.objects.filter(level=1, index=1).update(hash=bytes(32))
    with pytest.raises(CommandError, match=r"subtree/1/1"):
        verified()


def test_39_verify_names_a_published_tile_that_was_changed(city):
    tile = folder() / f"tile/0/000.p/{latest_checkpoint().size}"
    tile.write_bytes(tile.read_bytes()[:-1] + b"x")
    for words in ({}, {"files": folder()}):
        with pytest.raises(CommandError, match=r"tile/0/000\.p"):
            call_command("verify", **words)
