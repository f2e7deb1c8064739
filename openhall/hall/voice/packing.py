"""Clips made equally loud, cut to their sound, faded and joined into one sound file."""

import array
import json
import math
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Final

RATE: Final = 22_050
LEVEL: Final = 10 ** (-20 / 20)  # of speech, as root mean square of full scale
LOUDEST: Final = 10 ** (-2.9 / 20)  # of a peak
FULL: Final = 32_767
QUIET: Final = 0.012  # below this a clip is silence at its ends
APART: Final = 0.25  # seconds of silence between two clips in the file
FADE_IN, FADE_OUT = 0.005, 0.012


class NotPacked(ValueError):
    """A recording cannot be used; says which and why."""


def read(path: Path) -> list[float]:
    """A WAV file as numbers between -1 and 1, one channel, at the one rate."""
    try:
        with wave.open(str(path)) as sound:
            channels, width, rate = (
                sound.getnchannels(),
                sound.getsampwidth(),
                sound.getframerate(),
            )
            raw = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as fault:
        raise NotPacked(f"{path.name}: not a WAV file ({fault})") from None
    if width != 2:
        raise NotPacked(f"{path.name}: 16 bits a sample are needed, it has {width * 8}")
    values = array.array("h", raw)
    mono = [
        sum(values[n : n + channels]) / channels / FULL for n in range(0, len(values), channels)
    ]
    return mono if rate == RATE else resampled(mono, rate)


def resampled(values: list[float], rate: int) -> list[float]:
    """The same sound at the one rate, by straight lines between samples."""
    if len(values) < 2:
        return values
    made = []
    for n in range(int(len(values) * RATE / rate)):
        place = n * rate / RATE
        left = min(int(place), len(values) - 2)
        made.append(values[left] + (values[left + 1] - values[left]) * (place - left))
    return made


def cut(values: list[float]) -> list[float]:
    """Without the silence at both ends, but for 10 ms."""
    loud = [n for n, value in enumerate(values) if abs(value) > QUIET]
    if not loud:
        raise NotPacked("there is no sound in it")
    spare = RATE // 100
    return values[max(0, loud[0] - spare) : loud[-1] + spare]


def levelled(values: list[float]) -> list[float]:
    """As loud as all others, measured where there is sound; faded at both ends."""
    speech = [value * value for value in values if abs(value) > QUIET]
    gain = LEVEL / math.sqrt(sum(speech) / len(speech))
    gain = min(gain, LOUDEST / max(abs(value) for value in values))
    made = [value * gain for value in values]
    begin, end = int(FADE_IN * RATE), int(FADE_OUT * RATE)
    for n in range(min(begin, len(made))):
        made[n] *= n / begin
    for n in range(min(end, len(made))):
        made[-1 - n] *= n / end
    return made


def chime() -> list[float]:
    """Two soft tones before a call."""
    made = []
    for n in range(int(0.9 * RATE)):
        t, value = n / RATE, 0.0
        for begins, pitch in ((0.0, 784.0), (0.3, 587.3)):
            if t >= begins:
                value += math.sin(2 * math.pi * pitch * t) * math.exp(-5 * (t - begins))
        made.append(0.5 * value)
    return made


def joined(clips: Mapping[str, list[float]]) -> tuple[bytes, dict[str, tuple[float, float]]]:
    """All clips one after another as 16-bit samples, and where each begins and how long it is."""
    samples, places = array.array("h"), {}
    for name, clip in clips.items():
        samples.extend([0] * int(APART * RATE / 2))
        places[name] = (round(len(samples) / RATE, 4), round(len(clip) / RATE, 4))
        samples.extend(max(-FULL, min(FULL, round(value * FULL))) for value in clip)
        samples.extend([0] * int(APART * RATE / 2))
    return samples.tobytes(), places


def write(folder: Path, sound: bytes, places: Mapping[str, tuple[float, float]], file: str) -> None:
    """The sound as ``voice.wav`` and its table as ``voice.json``, which names ``file``."""
    folder.mkdir(parents=True, exist_ok=True)
    with wave.open(str(folder / "voice.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(sound)
    table = {"file": file, "clips": {name: list(place) for name, place in places.items()}}
    (folder / "voice.json").write_text(json.dumps(table, indent=None) + "\n", encoding="utf-8")


def wanted() -> list[str]:
    """Every clip a call may need."""
    told = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
    return ["chime", *told["zh"], *told["en"]]


def own_recordings(folder: Path) -> dict[str, list[float]]:
    """A hall's own recordings, one WAV a clip; a chime is made where none is there.

    Raises :class:`NotPacked` where one is missing or cannot be read.
    """
    clips = {}
    for name in wanted():
        path = folder / f"{name}.wav"
        if not path.exists():
            if name == "chime":
                clips[name] = chime()
                continue
            raise NotPacked(f"{name}.wav is missing")
        try:
            clips[name] = levelled(cut(read(path)))
        except NotPacked as fault:
            raise NotPacked(f"{name}.wav: {fault}") from None
    return clips
