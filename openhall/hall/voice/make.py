"""Make the voice that is shipped, from pinyin: needs espeak-ng and ffmpeg; the product does not.

    python -m openhall.hall.voice.make openhall/portal/static/portal/hall --ffmpeg PATH

espeak-ng reads numbered pinyin exactly; given characters it speaks English. Its sound is under no
licence of the program. A Chinese speaker must listen before a release.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

from openhall.hall.voice.packing import chime, cut, joined, levelled, read, write

SAYS = {
    "zh": ["-v", "cmn-latn-pinyin", "-s", "150", "-p", "45"],
    "en": ["-v", "en-us", "-s", "140"],
}


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True)  # noqa: S603 - a developer's own programs


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--ffmpeg", default="ffmpeg")
    given = asked.parse_args()
    words = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
    clips = {"chime": chime()}
    with tempfile.TemporaryDirectory() as room:
        for language, said in words.items():
            for name, text in said.items():
                out = Path(room) / "clip.wav"
                _run(["espeak-ng", *SAYS[language], "-w", str(out), text])
                clips[name] = levelled(cut(read(out)))
    sound, places = joined(clips)
    write(given.folder, sound, places, "voice.mp3")
    wav = given.folder / "voice.wav"
    packed = str(given.folder / "voice.mp3")
    _run([given.ffmpeg, "-y", "-loglevel", "error", "-i", str(wav), "-b:a", "32k", packed])
    wav.unlink()


if __name__ == "__main__":
    main()
