"""Every kind of dated version keeps the same rules; a new kind is tried by being built once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, models, transaction

from openhall.deeds import audit as deeds_audit
from openhall.deeds.kinds import kinds
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.versions import actions as versions
from openhall.versions import audit
from openhall.versions.kinds import version_kinds
from openhall.versions.queries import in_force
from tests.factories.hand_edits import edits_of
from tests.factories.versions import BUILT

pytestmark = pytest.mark.django_db


@pytest.fixture(params=sorted(BUILT))
def there(request):
    return BUILT[request.param]()


def events_of(there):
    return there.kind.kind.events_of([there.version.pk])


def next_draft(there):
    family = there.kind.of(there.version)
    by = there.doing(there.writer)
    return versions.begin(there.kind, family, by, source=there.version)


def test_every_kind_is_built():
    assert {kind.kind.name for kind in version_kinds()} == set(BUILT)


def test_its_digest_stands_in_the_log_and_is_that_of_its_content(there):
    event = events_of(there).get(act="publish")
    assert event.facts["digest"] == there.version.digest == there.kind.digest_of(there.version)
    assert Entry.objects.filter(kind=there.kind.kind.name, pk=event.entry).exists()
    assert [*audit.of_kind(there.kind), *deeds_audit.of_kind(there.kind.kind)] == []


def content_rows(there):
    """The version itself and every row that goes with it: those its content is made of."""
    yield there.version
    for model, key in there.kind.rows:
        yield from model.objects.filter(**{key: there.version})
    for name in there.kind.family:  # what it is of, where that is a row of this room
        of = getattr(there.version, name)
        if not isinstance(of, models.Model) or type(of) in {kind.model for kind in kinds()}:
            continue  # a row that has deeds of its own is held by them
        if of._meta.app_label == there.version._meta.app_label:
            yield of


def test_every_row_that_goes_with_a_version_is_named():
    for kind in version_kinds():
        going = {
            (relation.related_model, relation.field.name)
            for relation in kind.model._meta.related_objects
            if relation.on_delete is models.CASCADE
        }
        assert going == set(kind.rows), kind.kind.name


def test_every_edit_by_hand_of_what_was_published_is_found(there):
    def found():
        return [*audit.of_kind(there.kind), *deeds_audit.of_kind(there.kind.kind)]

    tried = [what for row in content_rows(there) for what in edits_of(row, found)]
    assert len(tried) > 10
    loose = {f"{there.kind.model.__name__}.{name}" for name in there.kind.kind.loose}
    assert {what for what, seen in tried if not seen} == loose


def test_a_draft_is_not_put_in_force_by_hand(there):
    draft = next_draft(there)
    assert list(deeds_audit.of_kind(there.kind.kind)) == []
    type(draft).objects.filter(pk=draft.pk).update(
        state="published",
        digest=there.kind.digest_of(draft),
        effective_from=there.first_day + timedelta(days=30),
        published_at=there.doing(there.publisher).at,
    )
    assert list(deeds_audit.of_kind(there.kind.kind))


def test_a_repeated_publication_does_nothing_and_its_key_serves_nobody_else(there):
    event = events_of(there).get(act="publish")
    by = there.doing(there.publisher, event.key)
    before = Entry.objects.count()
    assert versions.publish(there.kind, there.version.pk, there.first_day, by) == event
    with pytest.raises(Refused):
        versions.end(there.kind, there.version.pk, there.first_day, "不再施行", by)
    assert Entry.objects.count() == before


def test_who_wrote_does_not_publish_unless_the_law_says_so(there):
    draft = next_draft(there)
    later = there.first_day + timedelta(days=30)
    route = there.kind.route
    if route.alone is not None:
        assert route.alone.zh
        assert route.alone.en
        return
    model = type(draft)
    model.objects.filter(pk=draft.pk).update(writers=[there.writer.pk, there.publisher.pk])
    with pytest.raises(Refused, match="起草"):
        versions.publish(there.kind, draft.pk, later, there.doing(there.publisher))


def test_two_versions_never_begin_on_one_day_and_the_next_one_replaces(there):
    first, draft = there.first_day, next_draft(there)
    for day in (first, first - timedelta(days=400)):
        with pytest.raises(Refused) as refused:
            versions.publish(there.kind, draft.pk, day, there.doing(there.publisher))
        assert refused.value.field == "first_day"
    later = first + timedelta(days=30)
    versions.publish(there.kind, draft.pk, later, there.doing(there.publisher))
    model, family = type(draft), there.kind.of(draft)
    assert in_force(model, later - timedelta(days=1), **family) == there.version
    assert in_force(model, later, **family) == draft
    assert [*audit.of_kind(there.kind), *deeds_audit.of_kind(there.kind.kind)] == []


def test_it_ends_once_with_a_reason_and_never_before_today(there):
    by, last = there.doing(there.publisher), there.first_day + timedelta(days=60)
    for day, reason, field in (
        (last, " ", "reason"),
        (there.first_day - timedelta(days=400), "不再施行", "last_day"),
    ):
        with pytest.raises(Refused) as refused:
            versions.end(there.kind, there.version.pk, day, reason, by)
        assert refused.value.field == field
    event = versions.end(there.kind, there.version.pk, last, "不再施行", by)
    assert versions.end(there.kind, there.version.pk, last, "不再施行", by) == event
    with pytest.raises(Refused):
        versions.end(there.kind, there.version.pk, last, "不再施行", there.doing(there.publisher))
    model, family = type(there.version), there.kind.of(there.version)
    assert in_force(model, last, **family) == there.version
    assert in_force(model, last + timedelta(days=1), **family) is None


def test_what_was_done_to_it_only_grows(there):
    events = events_of(there)
    for edit in (lambda: events.update(desk="window"), lambda: events.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            edit()
