"""Finding a matter by what happens in a life or in a business, and by topic. B7."""

from collections import Counter
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.queries import ItemVersion, items_of_topic
from openhall.catalogue.terms import BusinessEvent, BusinessTopic, PersonEvent, PersonTopic
from openhall.catalogue.terms_topics import for_persons, topic_of
from openhall.glossary import Term
from openhall.joint.matters import matters_in_force, matters_of_topic
from openhall.paging.keyset import paged, place
from openhall.questions import queries as questions
from openhall.questions.queries import guides_of_topic
from openhall.statistics.queries import busiest_items
from openhall.statistics.rules.figures import months_back

PAGE = 30
MOST_USED = 12
LOOKED_AT = 400
Rows = list[tuple[Term, int]]


def topics_in_use(day: date) -> Counter[str]:
    """How many items, guides and joint matters stand under each topic; none left out is none."""
    joint = Counter(one.matter.topic for one in matters_in_force(day) if one.matter.topic)
    return Counter(questions.topics_in_use(day)) + joint


def in_use(family: type[Term], counted: Counter[str]) -> Rows:
    """The topics of a family that have something under them, and how much."""
    return [(topic, counted[topic.value]) for topic in family if topic.value in counted]


def life_events(day: date) -> tuple[Rows, Rows]:
    """What happens to persons and to enterprises, where there is something to be done."""
    counted = topics_in_use(day)
    return in_use(PersonEvent, counted), in_use(BusinessEvent, counted)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Life events, then topics, for persons and for enterprises."""
    counted = topics_in_use(timezone.localdate())
    context = {
        "person_events": in_use(PersonEvent, counted),
        "person_topics": in_use(PersonTopic, counted),
        "enterprise_events": in_use(BusinessEvent, counted),
        "enterprise_topics": in_use(BusinessTopic, counted),
    }
    return render(request, "portal/topics.html", context)


def _most_used(rows: QuerySet[ItemVersion], day: date) -> list[ItemVersion]:
    """Of ``rows`` those that most cases were closed on in thirteen months, the most used first."""
    most = busiest_items(months_back(day.replace(day=1), 13)[0], day, LOOKED_AT)
    if not most:
        return []
    order = {pk: place for place, pk in enumerate(most)}
    found = list(rows.filter(item__in=most)[:LOOKED_AT])
    return sorted(found, key=lambda version: order[version.item_id])[:MOST_USED]


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """One topic: its question guides first, then its items in force, paged by key."""
    found = topic_of(code)
    if found is None:
        raise Http404
    today = timezone.localdate()
    at = place(request.GET)
    rows = items_of_topic(code, today)
    used = _most_used(rows, today)
    context = {
        "topic": found,
        "used": [] if at.after or at.before else used,
        "persons": for_persons(code),
        "guides": [] if at.after or at.before else guides_of_topic(code, today),
        "matters": [] if at.after or at.before else matters_of_topic(code, today),
        "items": paged(rows.exclude(pk__in=[one.pk for one in used]), ("pk",), at, PAGE),
    }
    return render(request, "portal/topic.html", context)
