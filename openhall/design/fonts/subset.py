"""Make the files of this folder from Debian's packages; run by hand, needs fontTools.

    apt-get download fonts-noto-core fonts-hanazono && dpkg-deb -x …
    python subset.py FOLDER-OF-NOTO FOLDER-OF-HANAZONO FOLDER-OF-NOTO-SERIF-SC

HanaMin holds what Noto Serif SC lacks of the Han of Unicode 17, no private signs, no layout
tables, in two files, because a file holds 65,535 glyphs. Noto's files of minority scripts are
taken as they are: their shaping tables are needed.
"""

import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SCRIPTS = ["Mongolian", "Yi", "TaiLe", "NewTaiLue", "TaiTham", "Lisu", "Miao"]
NOTO = ["NotoSerifTibetan", "NotoNaskhArabic", "NotoSerif", *(f"NotoSans{s}" for s in SCRIPTS)]
HAN = [(0x2E80, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFD)]
DROPPED = ["vhea", "vmtx", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "kern", "gasp", "FFTM"]


def cut(font: Path, wanted: set[int], name: str) -> None:
    """The signs ``wanted`` of ``font`` as ``name``."""
    options = subset.Options(layout_features=[], glyph_names=False, hinting=False)
    options.drop_tables += DROPPED
    file = TTFont(font)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(file)
    for number in (1, 3, 4, 6, 16):
        file["name"].removeNames(nameID=number)
    for number in (1, 3, 4):
        file["name"].setName(name, number, 3, 1, 0x409)
    file["name"].setName(name.replace(" ", ""), 6, 3, 1, 0x409)
    file.save(HERE / f"{name.replace(' ', '')}.ttf")


def main(noto: Path, hanazono: Path, serif: Path) -> None:
    for name in NOTO:
        shutil.copy(noto / f"{name}-Regular.ttf", HERE)
    there = set(TTFont(serif / "NotoSerifSC-Regular.otf").getBestCmap())
    han = {point for first, last in HAN for point in range(first, last + 1)}
    second = set(TTFont(hanazono / "HanaMinB.ttf").getBestCmap()) & han - there
    first = set(TTFont(hanazono / "HanaMinA.ttf").getBestCmap()) & han - there - second
    cut(hanazono / "HanaMinA.ttf", first, "OpenHall Rare Han A")
    cut(hanazono / "HanaMinB.ttf", second, "OpenHall Rare Han B")


if __name__ == "__main__":
    main(*(Path(one) for one in sys.argv[1:4]))
