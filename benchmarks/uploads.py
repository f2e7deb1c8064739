"""The judging of uploads: a thousand odd files and every whole one, beside the limit of 0.5 s.

Run: ``.venv/bin/python benchmarks/uploads.py [FILES]``. Each file goes through the judging process
as a web worker hands it over. Limits: 0.5 s each at p99, no wrong verdict over the whole files
(``bad-…`` refused, the others taken). Status 1 if one is missed.
"""

import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from openhall.files.judges import judged, judges  # noqa: E402
from tests.factories.odd_files import odd_files, seeds  # noqa: E402

FILES = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
LIMIT = 0.5  # seconds at p99


def main() -> int:
    judged("first.pdf", b"%PDF-")  # the process begins: once for each web worker
    took: list[tuple[float, str]] = []
    wrong = []
    whole = seeds()
    for name, content in [*whole.items(), *odd_files(FILES)]:
        begun = perf_counter()
        found = judged(name, content)
        took.append((perf_counter() - begun, name))
        if len(took) <= len(whole) and (found.fault is None) == name.startswith("bad-"):
            wrong.append(name)
    judges.end()
    took.sort()
    p99 = took[int(len(took) * 0.99)][0]
    sys.stdout.write(
        f"{len(took)} files: median {median(one for one, _ in took) * 1000:.0f} ms, "
        f"p99 {p99 * 1000:.0f} ms (limit {LIMIT * 1000:.0f}), longest {took[-1][0] * 1000:.0f} ms "
        f"({took[-1][1]}); wrong verdicts: {wrong or 'none'}.\n"
    )
    return 1 if wrong or p99 > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
