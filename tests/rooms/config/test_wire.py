"""What goes over the wire: sheets as one and bare, templates without indentation; at most 14 kB."""

import gzip
import re
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.template import engines
from django.test import Client

from openhall.config import settings as ours
from openhall.config.serving.wire import Gathered, bare

STATIC = {"design": "openhall/design/static", "portal": "openhall/portal/static"}
FIRST = 14_000  # bytes of HTML and CSS of a visitor's first page


def source(name):
    folder = Path(__file__).resolve().parents[3] / STATIC[name.partition("/")[0]]
    return FileSystemStorage(location=folder), name


def read(storage, name):
    with storage.open(name) as file:
        return file.read()


@pytest.fixture
def gathered(tmp_path):
    """The sheets as an installation gathers them."""
    names = sorted({one for parts in ours.SHEETS.values() for one in parts})
    paths = {name: source(name) for name in names}
    storage = Gathered(location=tmp_path, base_url="/static/")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(read(*paths[name]))
    for _name, _hashed, done in storage.post_process(paths):
        assert not isinstance(done, Exception), done
    return storage


def test_a_bare_sheet_says_the_same():
    said = bare('/* why */\na,\nb > c {\n  content: "a, b";\n  margin: 0 auto;\n}\n')
    assert said == 'a, b > c{content: "a, b";margin: 0 auto}'


def test_sheets_that_go_as_one_hold_every_rule_of_their_parts(gathered):
    for name, parts in ours.SHEETS.items():
        whole = read(gathered, gathered.hashed_files[name]).decode()
        for part in parts:
            plain = bare(read(*source(part)).decode())
            assert whole.count("{") >= plain.count("{")
            for rule in re.findall(r"\.[a-z][\w-]+(?=[ ,{:.])", plain):
                assert rule in whole, (name, part, rule)
        assert "/*" not in whole


@pytest.mark.django_db
def test_the_first_page_is_within_its_bytes(gathered):
    sheet = read(gathered, gathered.hashed_files["portal/first.css"])
    for language in ("", "en/"):
        page = Client().get(f"/{language}").content
        assert len(gzip.compress(page)) + len(gzip.compress(sheet)) < FIRST
        # Each page without what was gathered names the same sheets by themselves.
        named = re.findall(r"/static/([\w/]+\.css)", page.decode())
        assert set(ours.SHEETS["portal/first.css"]) <= set(named)


def test_lines_of_templates_stay_and_what_people_wrote_is_as_they_wrote_it(tmp_path):
    page = engines["django"].get_template("design/shell.html").template
    assert page.source.startswith("{% ")
    assert "\n  " not in page.source
    original = Path(page.origin.name).read_text("utf-8")
    assert page.source.count("\n") <= original.count("\n")
    made = (
        engines["django"].from_string("<textarea>{{ said }}</textarea>").render({"said": "a\n  b"})
    )
    assert "a\n  b" in made
