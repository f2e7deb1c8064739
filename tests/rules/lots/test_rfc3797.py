"""The draw gives what RFC 3797's own reference gives, in Python, in bash and in the browser.

WHOLE=1 pytest tests/rules/lots      10,000 frames in the browser's program, 500 in the shell
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from openhall.glossary import Said
from openhall.lots import programs
from openhall.lots.rules.protocol import (
    Stratum,
    commitment,
    drawn_from,
    faults_of_strata,
    frame_hash,
    frame_lines,
    rows_of,
    seeds_file,
)
from openhall.lots.rules.rfc3797 import draw, key_of

# RFC 3797, appendix A: the sources of its example.
WHOLE = bool(os.environ.get("WHOLE"))
REFERENCE = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]


def test_the_reference_input_gives_the_reference_output():
    key = key_of(REFERENCE)
    assert key == b"9319./2.5.8.10.12./9.18.26.34.41.45./"
    expected = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13, 22, 5, 18, 9, 1, 4]
    assert list(draw(key, 25, 16)) == expected


def test_sha256_is_another_algorithm_under_a_name_of_its_own():
    drawn = list(draw(key_of(REFERENCE), 25, 16, "rfc3797-sha256"))
    assert drawn == [20, 23, 1, 14, 17, 9, 11, 15, 7, 13, 21, 10, 22, 12, 6, 16]


def test_large_numbers_and_a_stratum():
    sources = [[4611686018427387903], [4000000000000000000]]
    expected = [660, 942, 800, 265, 693, 145, 504, 330, 254, 471]
    assert list(draw(key_of(sources), 1000, 10)) == expected
    assert list(draw(key_of(sources, 7), 1000, 5)) == [94, 250, 424, 86, 673]


@pytest.mark.parametrize(("pool", "count"), [(0, 0), (65536, 1), (10, 11), (10, -1)])
def test_out_of_bounds_is_refused(pool, count):
    with pytest.raises(ValueError, match="65535"):
        list(draw(b"1./", pool, count))


@pytest.mark.skipif(shutil.which("md5sum") is None, reason="needs md5sum")
def test_the_shell_script_draws_the_same(tmp_path):
    script, chance = Path(programs.__file__).with_name("draw.sh"), Random(3797)
    for place in range(500 if WHOLE else 4):
        sources = [[chance.randrange(2**62)] for _one in range(6)] + [[3, 1, 33]]
        seeds = tmp_path / f"{place}.seeds"
        seeds.write_text(seeds_file(sources))
        pool, kind = chance.randrange(20, 60_000), ("md5", "sha256")[place % 2]
        told = ["bash", str(script), str(seeds), str(pool), "5", str(place + 1), kind]
        answer = subprocess.run(told, capture_output=True, check=True, text=True).stdout.split()
        name = "rfc3797" if kind == "md5" else "rfc3797-sha256"
        drawn = draw(key_of(sources, place + 1), pool, 5, name)
        assert [int(one) for one in answer] == list(drawn)


def test_a_commitment_names_draw_party_and_frame():
    made = commitment(
        "2003-08-survey", "party-1", "0" * 64, 1234567890123456789, 2345678901234567890, "1" * 64
    )
    assert made == "2a3ec998b5722f8dbb57c10f2f4dd2a3a996e1797e542cf40418459b1f2f31f1"


def _two_stages():
    return [
        Stratum("units", Said("单位", "Units"), ("a", "b", "c"), 2),
        *(
            Stratum(
                f"cases-{u}", Said(u, u), tuple(f"{u}{n}" for n in range(9)), 3, 1, ("units", u)
            )
            for u in "abc"
        ),
    ]


def test_a_stratum_is_drawn_only_if_its_unit_was():
    strata = _two_stages()
    lines = frame_lines(strata)
    kept = [{"code": one.code, "take": one.take, "more": one.more, "of": one.of} for one in strata]
    drawn = drawn_from(kept, lines, [[1], [2], [3]], "rfc3797")
    names = [rows_of(lines)["units"][at - 1] for at in drawn["units"]]
    assert set(drawn) == {"units", *(f"cases-{name}" for name in names)}
    assert all(len(drawn[f"cases-{name}"]) == 4 for name in names)
    assert len(frame_hash(lines)) == 64


def test_a_pool_that_is_too_large_small_or_doubled_is_refused():
    def faults(rows, take=1):
        return [str(one) for one in faults_of_strata([Stratum("x", Said("甲", "A"), rows, take)])]

    assert faults(("a", "b")) == []
    assert "重复" in faults(("a", "a"))[0]
    assert "不能抽取3项" in faults(("a", "b"), 3)[0]
    assert "65535" in faults(tuple(str(n) for n in range(65_536)))[0]


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_browser_draws_the_same():
    script = Path(programs.__file__).parents[2] / "portal" / "static" / "portal" / "draw.js"
    chance, told, mine = Random(14), [], []
    for place in range(1, 10_001 if WHOLE else 201):
        sources = [[chance.randrange(2**62)] for _one in range(6)] + [
            [chance.randrange(34) for _one in range(7)]
        ]
        pool, name = chance.randrange(5, 3000), ("rfc3797", "rfc3797-sha256")[place % 2]
        mine.append(list(draw(key_of(sources, place), pool, 5, name)))
        told.append([[[str(one) for one in values] for values in sources], place, pool, name])
    ask = (
        "const d=require(process.argv[1]);const told=JSON.parse(require('fs').readFileSync(0));"
        "(async()=>{const out=[];for(const [s,p,n,a] of told)"
        "out.push(await d.draw(d.keyOf(s,p),n,5,d.digests[a]));"
        "console.log(JSON.stringify(out))})()"
    )
    said = json.dumps(told)
    answer = subprocess.run(
        ["node", "-e", ask, str(script)], input=said, capture_output=True, check=True, text=True
    )
    assert json.loads(answer.stdout) == mine
