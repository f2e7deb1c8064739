"""No rule that reads a text takes long over any text: what strangers send must not stop a process.

Every function of the rooms' rules that takes one text is given texts of 12,000 signs that patterns
stumble over. A pattern that looks from each sign to the end of the text takes seconds over them,
and hours over the megabyte that a form may hold.
"""

import importlib
import inspect
import signal
import time
from pathlib import Path

import pytest

import openhall

LONG = 12_000
ALLOWED = 0.5  # seconds of the processor; the slowest that reads once takes a tenth of it
PARTS = (
    "a",
    " ",
    "1",
    "\n",
    "(",
    "[",
    "<",
    "a ",
    "年月日",
    "(一)",
    "http://",
    "一、",
    "。",
    "[a](",
)
TEXTS = [(part * LONG)[:LONG] for part in PARTS] + ["a" + " " * LONG + "b", "1" * LONG + "号"]
HOUSE = Path(openhall.__file__).parent
FILES = [*HOUSE.glob("*/rules/**/*.py"), *HOUSE.glob("paging/*.py")]
TAKES = ("str", "object", "Any", str, object)


def readers():
    for path in sorted(FILES):
        name = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts)
        module = importlib.import_module(name.removesuffix(".__init__"))
        for called, one in vars(module).items():
            if not inspect.isfunction(one) or one.__module__ != module.__name__:
                continue
            needed = [
                given
                for given in inspect.signature(one).parameters.values()
                if given.default is given.empty and given.kind == given.POSITIONAL_OR_KEYWORD
            ]
            if len(needed) == 1 and needed[0].annotation in TAKES:
                yield f"{name}.{called}", one


class TooLong(BaseException):
    """Raised into what does not end."""


@pytest.fixture
def ends():
    """Whatever is asked here ends within three seconds."""

    def over(_signal, _frame):
        raise TooLong

    before = signal.signal(signal.SIGALRM, over)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def seconds(read, text):
    began = time.process_time()
    signal.alarm(3)
    try:
        found = read(text)
        if inspect.isgenerator(found):
            list(found)
    except TooLong:
        pass
    except Exception:  # that it is refused is asked elsewhere
        pass
    finally:
        signal.alarm(0)
    return time.process_time() - began


def test_every_rule_that_reads_a_text_reads_a_long_one(ends):
    asked, slow = 0, {}
    for name, read in readers():
        asked += 1
        for text in TEXTS:
            if seconds(read, text) > ALLOWED and seconds(read, text) > ALLOWED:  # not by chance
                slow[name] = text[:8]
    assert asked > 150
    assert slow == {}
