"""Files are judged in a process of its own, which may be slow or die without harm to anybody."""

import os
import signal
import time
from pathlib import Path

import pytest

from openhall.deeds.collecting import Act, _act
from openhall.files.judges import Judges, Unanswered, drawn, judged, judges
from tests.factories import odd_files as odd

pytestmark = pytest.mark.any_database


def children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(one) for one in told.split()]


def test_a_thousand_odd_files_each_get_an_answer():
    taken = refused = 0
    for name, content in odd.odd_files(1000):
        found = judged(name, content)
        assert (found.fault is None) == bool(found.fault is None and found.media_type)
        if found.fault is None:
            taken += 1
        else:
            refused += 1
            assert found.fault.zh
            assert found.fault.en
    assert taken > 100
    assert refused > 300


def test_what_is_taken_of_them_can_be_shown_with_its_watermark():
    shown = 0
    for name, content in odd.odd_files(120, seed=3):
        found = judged(name, content)
        if found.fault is None and found.media_type.split("/")[0] != "application":
            assert drawn(content, found.media_type, "此件").startswith(b"%PDF-")
            shown += 1
    assert shown


@pytest.mark.parametrize("name", ["plain.pdf", "owner.pdf", "streams.pdf", "bad-garbage.pdf"])
def test_any_pdf_gives_a_copy_that_opens(name):
    assert drawn(odd.seeds()[name], "application/pdf", "此件").startswith(b"%PDF-")


def test_a_file_that_used_to_take_weeks_is_answered_at_once():
    began = time.process_time()
    assert judged("a.pdf", b"%PDF-1.4\n" + b"stream\n" * 300_000 + b"%%EOF").fault is not None
    assert time.process_time() - began < 2  # seconds of our own: the judge's are bounded


def test_a_child_that_is_killed_refuses_its_file_and_no_other(monkeypatch):
    judged("a.pdf", odd.pdf())
    process = judges._process
    real = judges._hand_over

    def hand_over(handle):
        while children(process.pid):
            time.sleep(0.001)
        real(handle)
        while not (found := children(process.pid)):
            time.sleep(0.001)
        for one in found:
            os.kill(one, signal.SIGKILL)

    monkeypatch.setattr(judges, "_hand_over", hand_over)
    assert "时间和内存" in judged("慢.pdf", odd.pdf()).fault.zh
    monkeypatch.undo()
    assert judged("a.pdf", odd.pdf()).fault is None


def test_a_process_that_died_is_begun_anew():
    mine = Judges()
    words = {"do": "judge", "name": "a.pdf"}
    assert mine.ask(words, odd.pdf())[0]["fault"] is None
    mine._process.kill()
    mine._process.wait()
    assert mine.ask(words, odd.pdf())[0]["fault"] is None
    mine.end()
    assert mine._process is None


def test_nonsense_asked_of_the_process_is_no_answer():
    with pytest.raises(Unanswered):
        judges.ask({"do": "draw", "media_type": "image/png", "mark": "x"}, b"no picture")


def test_the_process_knows_no_secret(monkeypatch):
    monkeypatch.setenv("OPENHALL_SECRET_KEY", "geheim")
    mine = Judges()
    mine.ask({"do": "judge", "name": "a.pdf"}, odd.pdf())
    assert b"OPENHALL" not in Path(f"/proc/{mine._process.pid}/environ").read_bytes()
    mine.end()


def test_no_file_is_judged_within_an_act():
    token = _act.set(Act())
    try:
        with pytest.raises(RuntimeError):
            judged("a.pdf", odd.pdf())
    finally:
        _act.reset(token)
