"""A hall's own recordings replace the shipped voice, levelled and cut alike."""

import json
import math
import struct
import wave

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from openhall.hall.voice.packing import LEVEL, RATE, NotPacked, cut, levelled, read, wanted

pytestmark = pytest.mark.any_database


def tone(path, loud, seconds=0.3, rate=RATE, channels=1):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        silence = [0] * int(0.2 * rate)
        sound = [int(loud * math.sin(n / 9)) for n in range(int(seconds * rate))]
        for value in [*silence, *sound, *silence]:
            out.writeframes(struct.pack("<h", value) * channels)


@pytest.mark.parametrize(("loud", "rate", "channels"), [(3000, RATE, 1), (30000, 44100, 2)])
def test_every_clip_is_as_loud_as_the_others_and_cut_to_its_sound(tmp_path, loud, rate, channels):
    tone(tmp_path / "a.wav", loud, rate=rate, channels=channels)
    made = levelled(cut(read(tmp_path / "a.wav")))
    assert 0.28 < len(made) / RATE < 0.36
    speech = [one * one for one in made if abs(one) > 0.012]
    assert math.sqrt(sum(speech) / len(speech)) == pytest.approx(LEVEL, rel=0.1)


def test_what_is_no_recording_is_named(tmp_path):
    (tmp_path / "a.wav").write_bytes(b"no sound")
    with pytest.raises(NotPacked, match=r"a\.wav"):
        read(tmp_path / "a.wav")
    tone(tmp_path / "b.wav", 0)
    with pytest.raises(NotPacked, match="no sound"):
        cut(read(tmp_path / "b.wav"))


def test_a_folder_of_recordings_is_packed_and_taken_back(tmp_path, settings):
    settings.HALL_FOLDER = tmp_path / "hall"
    with pytest.raises(CommandError, match=r"please\.wav is missing"):
        call_command("voice", tmp_path)
    for name in wanted():
        tone(tmp_path / f"{name}.wav", 9000, 0.1)
    call_command("voice", tmp_path)
    table = json.loads((tmp_path / "hall/voice/voice.json").read_text())
    assert set(table["clips"]) == set(wanted())
    call_command("voice", "--shipped")
    assert not (tmp_path / "hall/voice/voice.json").exists()
