"""The catalogues: read from the sources, kept by hand, never guessed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from openhall.config import messages
from openhall.config.messages import faults

pytestmark = pytest.mark.any_database

PAGE = """
{% load i18n %}
    <p>{% translate "Your turn" %}</p>
  {% blocktranslate trimmed count n=days %}
    {{ n }} day is left
  {% plural %}
    {{ n }} days are left
  {% endblocktranslate %}
{{ word|default:_("nobody") }}
{% translate "May" context "month" %}
"""


@pytest.fixture
def small_house(tmp_path) -> Path:
    """A house of one room, with the real program in it."""
    roof, room = tmp_path / "openhall/config", tmp_path / "openhall/hall"
    roof.mkdir(parents=True)
    (room / "templates").mkdir(parents=True)
    shutil.copy(messages.__file__, roof / "messages.py")
    for folder in (tmp_path / "openhall", roof, room):
        (folder / "__init__.py").touch()
    (room / "apps.py").touch()
    (room / "words.py").write_text("from x import gettext as _\nsaid = _('Closed')\n")
    (room / "templates/page.html").write_text(PAGE)
    return tmp_path


def run(house: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "openhall.config.messages", *options],
        cwd=house,
        capture_output=True,
        text=True,
        check=False,
    )


def po(house: Path) -> Path:
    return house / "openhall/hall/locale/zh_Hans/LC_MESSAGES/django.po"


def translate(house: Path, sentence: str, words: str) -> None:
    """As a person does: fill the first empty line after the sentence."""
    text = po(house).read_text()
    before, after = text.split(f'"{sentence}"\n', 1)
    po(house).write_text(f'{before}"{sentence}"\n' + after.replace('""', f'"{words}"', 1))


def test_sentences_are_read_from_python_and_from_templates(small_house):
    assert run(small_house, "hall").returncode == 0
    text = po(small_house).read_text()
    for sentence in ("Closed", "Your turn", "nobody", "May", "%(n)s days are left"):
        assert f'"{sentence}"' in text
    assert 'msgctxt "month"' in text
    assert "POT-Creation-Date" not in text


def test_a_second_reading_changes_nothing(small_house):
    run(small_house, "hall")
    first = po(small_house).read_bytes(), po(small_house).stat().st_mtime_ns
    run(small_house, "hall")
    assert (po(small_house).read_bytes(), po(small_house).stat().st_mtime_ns) == first


def test_a_translation_is_kept_and_a_lost_sentence_is_kept_aside_until_pruned(small_house):
    run(small_house, "hall")
    translate(small_house, "Closed", "已办结")
    words = small_house / "openhall/hall/words.py"
    words.write_text("")
    run(small_house, "hall")
    assert '#~ msgid "Closed"' in po(small_house).read_text()
    words.write_text("from x import gettext as _\nsaid = _('Closed')\n")
    run(small_house, "hall")
    assert 'msgid "Closed"\nmsgstr "已办结"' in po(small_house).read_text()
    words.write_text("")
    run(small_house, "--prune", "hall")
    assert "Closed" not in po(small_house).read_text()


def test_the_check_refuses_an_empty_translation_and_names_it(small_house):
    run(small_house, "hall")
    done = run(small_house, "--check", "hall")
    assert done.returncode == 1
    assert "hall: 'Your turn' has no translation" in done.stdout


def test_the_check_refuses_a_catalogue_that_lags_behind_its_room(small_house):
    run(small_house, "hall")
    (small_house / "openhall/hall/words.py").write_text("from x import _\nsaid = _('Opened')\n")
    assert "hall: out of date" in run(small_house, "--check", "hall").stdout


def test_the_check_passes_when_everything_is_said(small_house):
    run(small_house, "hall")
    said = {
        "Closed": "已办结",
        "Your turn": "轮到您了",
        "nobody": "无",
        "May": "五月",
        "%(n)s days are left": "还剩%(n)s天",
    }
    for sentence, words in said.items():
        translate(small_house, sentence, words)
    run(small_house, "hall")
    done = run(small_house, "--check")
    assert (done.returncode, done.stdout) == (0, "0 problems in 1 rooms\n")


def test_two_rooms_may_not_say_one_sentence_in_two_ways(small_house):
    run(small_house, "hall")
    translate(small_house, "Closed", "已办结")
    shutil.copytree(small_house / "openhall/hall", small_house / "openhall/other")
    other = small_house / "openhall/other/locale/zh_Hans/LC_MESSAGES/django.po"
    other.write_text(other.read_text().replace("已办结", "关闭"))
    done = run(small_house, "--check")
    assert "'Closed' is said differently: '已办结' in hall; '关闭' in other" in done.stdout


def test_a_room_that_does_not_exist_is_refused(small_house):
    done = run(small_house, "cellar")
    assert done.returncode == 2
    assert "no such room: cellar" in done.stderr


@pytest.mark.parametrize(
    ("source", "words", "fault"),
    [
        ("%(days)s days", "%(days)s天", []),
        ("%(days)s days", "几天", ["loses %(days)s"]),
        ("Soon", "%(days)s天", ["invents %(days)s"]),
        ("{name} of {unit}", "{unit}的{name}", []),
        ("{name}", "{nane}", ["loses {name}", "invents {nane}"]),
        ("100%% done", "完成100%%", []),
        ("Done", " ", ["has no translation"]),
        (("one day", "%(n)s days"), ("%(n)s天",), []),
    ],
)
def test_a_translation_carries_the_same_placeholders(source, words, fault):
    assert faults(Message(source, words)) == fault


def test_a_percent_sign_in_a_template_is_doubled_as_django_looks_it_up(small_house):
    page = small_house / "openhall/hall/templates/page.html"
    page.write_text("{% load i18n %}{% blocktranslate %}{{ n }}% done{% endblocktranslate %}")
    run(small_house, "hall")
    assert 'msgid "%(n)s%% done"' in po(small_house).read_text()


def test_compiling_needs_babel_alone(small_house):
    run(small_house, "hall")
    compiled = po(small_house).with_suffix(".mo")
    compiled.unlink()
    (small_house / "enmerkar").mkdir()
    (small_house / "enmerkar/__init__.py").write_text("raise ImportError('not installed')")
    assert run(small_house, "--compile").returncode == 0
    assert compiled.exists()


def test_a_guessed_translation_is_refused():
    assert faults(Message("Done", "完成", flags={"fuzzy"})) == ["is marked fuzzy"]
