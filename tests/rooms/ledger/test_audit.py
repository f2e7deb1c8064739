"""``openhall audit``: the nightly look by hand."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from openhall.cases.models import CaseEvent
from openhall.ledger.models import Alarm, Verification
from openhall.ledger.publishing import folder, publish_log
from openhall.ledger.queries import latest_checkpoint


def audited(**words):
    out = StringIO()
    try:
        call_command("audit", stdout=out, **words)
    finally:
        said = out.getvalue()
    return said


def as_json():
    out, status = StringIO(), 0
    try:
        call_command("audit", json=True, stdout=out)
    except SystemExit as end:
        status = end.code
    return status, json.loads(out.getvalue())


def test_an_untouched_city_is_looked_at_whole_and_nothing_is_wrong(city, settings):
    said = audited()
    assert "Nothing is wrong" in said
    for check in settings.LEDGER_CHECKS:
        assert check in said
    status, told = as_json()
    assert (status, told["findings"]) == (0, [])
    assert told["entries"] == told["signed"] == latest_checkpoint().size
    assert set(settings.LEDGER_CHECKS) < set(told["looked_at"])


def test_each_place_is_named_the_status_is_1_and_nothing_is_changed(city):
    event = CaseEvent.objects.select_related("case").order_by("pk")[1]
    CaseEvent.objects.filter(pk=event.pk).update(act="decline")
    place = f"case/{event.case.number}#{event.seq}"
    with pytest.raises(CommandError, match="1 findings") as refused:
        audited()
    assert refused.value.returncode == 1
    status, told = as_json()
    assert status == 1
    assert [one["place"] for one in told["findings"]] == [place]
    assert told["findings"][0]["sentence_en"]
    assert not Alarm.objects.exists()
    assert not Verification.objects.exists()


def test_a_lost_published_file_is_named_and_written_again(city):
    path = folder() / f"tile/entries/000.p/{latest_checkpoint().size}"
    right = path.read_bytes()
    path.unlink()
    assert [one["place"] for one in as_json()[1]["findings"]] == [
        f"file/tile/entries/{path.parent.name}/{path.name}"
    ]
    assert publish_log(whole=True) == 2
    assert path.read_bytes() == right
    (folder() / "key").unlink()
    tile = folder() / f"tile/0/000.p/{latest_checkpoint().size}"
    tile.write_bytes(b"")  # a disk that was full
    assert publish_log(whole=True) == 3
    assert as_json()[0] == 0
    assert publish_log(whole=True) == 0


def test_verify_says_what_it_could_not_read_with_status_2_and_what_it_looked_at(city, tmp_path):
    kept = tmp_path / "kept.txt"
    kept.write_bytes((latest_checkpoint().note.replace("\n", "\r\n")).encode("utf-8-sig"))
    out = StringIO()
    call_command("verify", against=kept, stdout=out)
    assert f"{kept}, and the first {latest_checkpoint().size} entries of the database" in (
        out.getvalue()
    )
    for raw in (b"", b"half a note", latest_checkpoint().note.encode()[:40]):
        kept.write_bytes(raw)
        with pytest.raises(CommandError, match="Cannot be read: ") as refused:
            call_command("verify", against=kept)
        assert refused.value.returncode == 2
    size = latest_checkpoint().size
    kept.write_text(latest_checkpoint().note.replace(f"\n{size}\n", f"\n{size - 1}\n"))
    with pytest.raises(CommandError, match="NOT VERIFIED") as refused:
        call_command("verify", against=kept)
    assert refused.value.returncode == 1
