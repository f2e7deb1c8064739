"""A table: always a name, headings that say which way they read, a sentence where nothing is."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from openhall.design.templatetags.tables import Column, grid
from openhall.paging.keyset import Page

CASES = [("A-1", 2, True), ("A-2", 30, False)]
WRITTEN = """
{% table number, days, ours in cases name="Cases" %}
  {% column "Case" %}<a href="/{{ number }}/">{{ number }}</a>
  {% column "Days" number %}{{ days }}
  {% column "Act" bare when=acting %}{% if ours %}close{% endif %}
  {% empty "No case waits." "Choose another day." "/days/" %}
{% endtable %}
"""


def read(source=WRITTEN, **context):
    return " ".join(Template(source).render(Context(context)).split())


def test_a_table_has_a_name_a_region_for_the_keyboard_and_headings_with_a_scope():
    shown = read(cases=CASES)
    assert '<div class="table-scroll" tabindex="0" role="group" aria-label="Cases">' in shown
    assert '<caption class="visually-hidden">Cases</caption>' in shown
    assert '<th scope="col" role="columnheader">Case</th>' in shown
    assert '<th scope="col" role="columnheader" class="number">Days</th>' in shown
    assert '<th scope="row" role="rowheader"><a href="/A-1/">A-1</a></th>' in shown
    assert '<td role="cell" class="number" data-label="Days">30</td>' in shown


def test_a_column_stands_only_where_it_is_wanted_and_may_have_a_heading_for_readers_only():
    assert "Act" not in read(cases=CASES)
    shown = read(cases=CASES, acting=True)
    assert '<span class="visually-hidden">Act</span>' in shown
    assert '<td role="cell" data-label="Act">close</td>' in shown
    assert '<td role="cell" data-label="Act"></td>' in shown


def test_a_page_of_rows_brings_its_ways_on_and_back_and_keeps_what_was_asked(rf):
    page = Page(CASES, after=7, before=9)
    shown = read(cases=page, request=rf.get("/x/?q=a b&after=3&state=open"))
    assert 'href="?q=a+b&amp;state=open&amp;after=7"' in shown
    assert 'href="?q=a+b&amp;state=open&amp;before=9"' in shown
    assert "pager" not in read(cases=Page(CASES), request=rf.get("/x/?after=3"))


@pytest.mark.parametrize("cases", [[], None])
def test_where_nothing_is_a_sentence_says_so_and_what_to_do(cases):
    shown = read(cases=cases)
    assert "<table" not in shown
    assert "<p>No case waits.</p>" in shown
    assert '<a href="/days/">Choose another day.</a>' in shown


def test_a_heading_above_names_the_table_without_saying_it_twice():
    shown = read(
        '{% table one in cases by="h" %}{% column "N" %}{{ one.0 }}{% endtable %}', cases=CASES
    )
    assert shown.count('aria-labelledby="h"') == 2
    assert "<caption" not in shown


def test_the_present_row_is_marked():
    source = (
        '{% table a, b, now in cases name="N" current=now %}{% column "N" %}{{ a }}{% endtable %}'
    )
    shown = read(source, cases=CASES)
    assert shown.count('aria-current="true"') == 1
    assert shown.index("aria-current") < shown.index("A-1")


def test_a_later_column_may_name_the_row():
    source = """{% table one in cases name="N" %}
      {% column "D" %}{{ one.1 }}{% column "N" head %}{{ one.0 }}{% endtable %}"""
    shown = read(source, cases=CASES)
    assert '<td role="cell" data-label="D">2</td>' in shown
    assert '<th scope="row" role="rowheader">A-1</th>' in shown


def test_what_people_wrote_is_text():
    shown = read(cases=[("<b>", 1, True)])
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    shown = grid([Column("N"), "Words"], [("1", "<i>\nnext"), ("2", None)], name="Texts")
    assert "&lt;i&gt;<br>next" in shown
    assert ">—</td>" in shown


@pytest.mark.parametrize(
    "source",
    [
        '{% table one in cases %}{% column "N" %}{{ one }}{% endtable %}',
        '{% table cases name="N" %}{% column "N" %}{% endtable %}',
        '{% table one in cases name="N" wdie %}{% column "N" %}{% endtable %}',
        '{% table one in cases name="N" %}{% column "N" numbers %}{% endtable %}',
        '{% table one in cases name="N" %}{% column "N" %}{{ one }}',
        '{% table one in cases name="N" %}{% endtable %}',
    ],
)
def test_a_table_without_a_name_or_with_a_word_not_known_fails_when_it_is_compiled(source):
    with pytest.raises(TemplateSyntaxError):
        Template(source)
