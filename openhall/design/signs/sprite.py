"""Make ``static/design/signs.svg`` of Tabler's outlines: ``python sprite.py tabler-icons.tgz``.

Run by hand when a sign is added, on what ``npm pack @tabler/icons`` brings (3.52.0 so far); nothing
of npm is needed to install or to run. Each outline loses its empty square and takes the colour
of the text.
"""

import re
import sys
import tarfile
from pathlib import Path
from typing import Final

SIGNS: Final = "\n".join(
    (
        "baby-carriage school hearts home car stethoscope old wheelchair heart-handshake",
        "building-store tools-kitchen-2 crane bus scale e-passport id candle receipt-tax",
        "building-bank map-pin tractor plug droplet leaf flame users certificate rubber-stamp",
        "signature ticket printer credit-card speakerphone briefcase building-factory-2 medal",
        "umbrella book paw luggage home-move coin",
    )
).split()
EMPTY: Final = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')


def symbol(name: str, svg: str) -> str:
    """One outline as a symbol."""
    inner = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    drawn = re.sub(r"\s+", " ", EMPTY.sub("", inner)).replace("> <", "><").strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawn}</symbol>'


def main(archive: str) -> None:
    """Write the sprite; a sign that is not in the archive stops it."""
    with tarfile.open(archive) as held:
        symbols = []
        for name in SIGNS:
            file = held.extractfile(f"package/icons/outline/{name}.svg")
            if file is None:
                raise SystemExit(f"no sign {name}")
            symbols.append(symbol(name, file.read().decode()))
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" '
        'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">'
    )
    target = Path(__file__).parent.parent / "static/design/signs.svg"
    target.write_text(head + "\n" + "\n".join(symbols) + "\n</svg>\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
