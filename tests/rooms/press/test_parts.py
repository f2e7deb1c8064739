"""A part that many pages carry is made once and put into each: byte for byte what drawing gives."""

import pytest
from django.db import connection

from openhall.organs.models import Organ
from openhall.press import actions
from openhall.press.actions import making
from openhall.press.actions.making import rendered
from openhall.press.actions.parts import remake_stale
from openhall.press.bodies import body_of
from openhall.press.context import kind_at
from openhall.press.models import MadeFrom, Page, Part, Shown
from openhall.press.queries import standing
from openhall.press.rules.splicing import Overlap, found, marked, spliced
from tests.factories.joint import furnished, published

PAGE = "/joint/open-a-restaurant/"


@pytest.fixture
def lead(press):
    there = furnished()
    version = published(there)
    organ = version.matter.lead
    Organ.objects.filter(pk=organ.pk).update(phone="028-61881234")
    assert actions.press(f"/joint/{version.matter.code}/").stored
    return organ, f"/joint/{version.matter.code}/"


def change(organ, phone):
    Organ.objects.filter(pk=organ.pk).update(phone=phone)


def test_a_telephone_changes_on_the_page_without_drawing_it(lead, monkeypatch):
    organ, page = lead
    (part,) = Part.objects.all()
    assert (part.name, part.about) == ("organ_contact", str(organ.pk))
    change(organ, "028-85551234567")
    assert standing(page) is None
    with monkeypatch.context() as no_drawing:
        no_drawing.setattr(making, "rendered", lambda *told: pytest.fail("the page was drawn"))
        made = actions.press(page)
    assert made.stored
    assert b"028-85551234567" in made.body
    assert made.body == rendered(kind_at(page), page)[0].body == standing(page).body()


def test_the_row_behind_is_not_touched_by_what_only_the_part_shows(lead):
    organ, page = lead
    tags = set(MadeFrom.objects.filter(page__path=page).values_list("tag", flat=True))
    assert f"organs_organ.id={organ.pk}" in tags
    assert not any(tag.endswith("#") for tag in tags)
    change(organ, "028-1")
    assert not Page.objects.get(path=page).stale
    Organ.objects.filter(pk=organ.pk).update(name="另一局")
    assert actions.press_stale() >= 1
    assert "另一局" in standing(page).body().decode()


def test_pages_keep_what_they_showed_as_a_version_of_their_own(lead):
    organ, page = lead
    before = Page.objects.get(path=page).body_id
    change(organ, "028-22223333")
    assert remake_stale() == 1
    kept = Page.objects.get(path=page)
    assert kept.body_id != before
    assert b"028-22223333" in body_of(kept.body_id)
    shown = list(Shown.objects.filter(path=page).order_by("pk").values_list("sha256", flat=True))
    assert shown == [before, kept.body_id]
    assert standing(page).spliced is None
    change(organ, "")  # the part is empty now, and full again: the places hold
    assert remake_stale() == 1
    change(organ, "028-44445555")
    assert remake_stale() == 1
    assert standing(page).body() == rendered(kind_at(page), page)[0].body


def test_a_column_read_outside_its_part_is_the_pages_own(lead, monkeypatch):
    organ, page = lead
    from openhall.portal.views import joint

    shown = joint.combined
    monkeypatch.setattr(joint, "combined", lambda *told: (organ.phone, shown(*told))[1])
    Organ.objects.filter(pk=organ.pk).update(name="又一局")
    assert actions.press(page).stored
    tags = set(MadeFrom.objects.filter(page__path=page).values_list("tag", flat=True))
    assert f"organs_organ.id={organ.pk}#" in tags


def test_values_of_such_a_column_are_the_pages_own_too(lead):
    from openhall.press.watching.recording import recording

    with recording() as noting:
        list(Organ.objects.values_list("phone", flat=True))
        list(Organ.objects.filter(phone="x"))
    assert "organs_organ#" in noting.tags
    with recording() as noting:
        list(Organ.objects.all())
    assert not any(tag.endswith("#") for tag in noting.tags)


def test_a_thousand_pages_are_fresh_at_once(lead):
    """None of them is written: the part is, and each is put together where it is read."""
    organ, page = lead
    stored, part = Page.objects.get(path=page), Part.objects.get()
    copies = Page.objects.bulk_create(
        Page(
            **{
                field.attname: getattr(stored, field.attname)
                for field in Page._meta.concrete_fields
                if field.name not in ("id", "path")
            },
            path=f"/copy/{number}/",
        )
        for number in range(1000)
    )
    place = stored.places.get()
    type(place).objects.bulk_create(
        type(place)(page=one, part=part, number=0, start=place.start, length=place.length)
        for one in copies
    )
    change(organ, "028-99998888")
    assert standing("/copy/7/") is None
    from openhall.press.actions.parts import remake

    actions.drain()
    assert remake(Part.objects.get())
    for number in (0, 7, 999):
        assert b"028-99998888" in standing(f"/copy/{number}/").body()
    assert Page.objects.filter(body_id=stored.body_id).count() == 1001


def test_marks_are_found_and_parts_put_in_from_the_back():
    body, places = found(f"a{marked(1, '长')}b{marked(0, '')}c".encode())
    assert body == "a长bc".encode()
    assert places == [(1, 1, 3), (0, 5, 0)]
    said, now = spliced(body, [(5, 0, b"xx"), (1, 3, b"y")])
    assert said == b"aybxxc"
    assert now == [(3, 2), (1, 1)]
    with pytest.raises(Overlap):
        spliced(body, [(1, 3, b""), (2, 1, b"")])
    with pytest.raises(Overlap):
        spliced(body, [(5, 9, b"")])
    assert connection.vendor
