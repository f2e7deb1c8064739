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
    assert {what for what, seen in tried if not seen} == loose | there.kind.loose.keys()


def test_every_column_that_is_not_digested_says_why():
    assert all(len(why) > 10 for kind in version_kinds() for why in kind.loose.values())


def test_a_draft_is_not_put_in_force_by_hand(there):
    draft = next_draft(there)
    assert list(deeds_audit.of_kind(there.kind.kind)) == []
    by_hand = {
        "state": "published",
        "digest": there.kind.digest_of(draft),
        "effective_from": there.first_day + timedelta(days=30),
        "published_at": there.doing(there.publisher).at,
    }
    try:
        with transaction.atomic():
            type(draft).objects.filter(pk=draft.pk).update(**by_hand)
    except DatabaseError:  # it refuses two in force on one day, where a kind says so to it
        return
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
    draft = there.before_the_publisher(next_draft(there))
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


def test_every_hand_of_the_route_is_another_person_and_in_its_turn(there):
    route, later = there.kind.route, there.first_day + timedelta(days=30)
    draft = next_draft(there)
    if not route.reviews:
        with pytest.raises(Refused):  # nobody passes what has no review
            versions.pass_on(there.kind, draft.pk, there.doing(there.publisher))
        return
    with pytest.raises(Refused):
        versions.publish(there.kind, draft.pk, later, there.doing(there.publisher))
    versions.send(there.kind, draft.pk, there.doing(there.writer))
    for step in route.reviews:
        for wrong in (there.writer, there.publisher):
            with pytest.raises(Refused):
                versions.pass_on(there.kind, draft.pk, there.doing(wrong))
        with pytest.raises(Refused):
            versions.publish(there.kind, draft.pk, later, there.doing(there.publisher))
        versions.pass_on(there.kind, draft.pk, there.doing(there.reviewers[step.name]))
    event = events_of(there).model.objects.filter(version=draft, act="pass").get()
    assert event.actor == there.reviewers[route.reviews[-1].name]
    versions.publish(there.kind, draft.pk, later, there.doing(there.publisher))
    assert [*audit.of_kind(there.kind), *deeds_audit.of_kind(there.kind.kind)] == []


def test_what_is_sent_back_is_a_draft_again_with_the_remark(there):
    draft = next_draft(there)
    versions.send(there.kind, draft.pk, there.doing(there.writer))
    draft.refresh_from_db()
    by = there.reviewers.get(draft.step, there.publisher)
    with pytest.raises(Refused) as refused:
        versions.send_back(there.kind, draft.pk, " ", there.doing(by))
    assert refused.value.field == "reason"
    versions.send_back(there.kind, draft.pk, "请补依据。", there.doing(by))
    draft.refresh_from_db()
    assert (draft.state, draft.step, draft.remark, draft.digest) == ("draft", "", "请补依据。", "")
    versions.send(there.kind, draft.pk, there.doing(there.writer))
    draft.refresh_from_db()
    assert (draft.remark, draft.digest) == ("", there.kind.digest_of(draft))


def test_two_versions_never_begin_on_one_day_and_the_next_one_replaces(there):
    first, draft = there.first_day, there.before_the_publisher(next_draft(there))
    refused_on = [first - timedelta(days=400)]
    if not there.kind.same_day:
        refused_on.append(first)
    for day in refused_on:
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
