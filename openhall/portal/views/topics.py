"""Finding a matter by what happens in a life or in a business, and by topic. B7."""

from collections import Counter
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.catalogue.question_queries import guides_of_topic, items_of_topic, topics_in_use
from openhall.catalogue.terms import BusinessEvent, BusinessTopic, PersonEvent, PersonTopic
from openhall.catalogue.terms_topics import for_persons, topic_of
from openhall.glossary import Term
from openhall.joint import matters
from openhall.joint.matters import matters_of_topic

PAGE = 30
Rows = list[tuple[Term, int]]


def _counted(day: date) -> Counter[str]:
    """How many items, guides and joint matters stand under each topic."""
    return Counter(topics_in_use(day)) + Counter(matters.topics_in_use(day))


def in_use(family: type[Term], counted: dict[str, int]) -> Rows:
    """The topics of a family that have something under them, and how much."""
    return [(topic, counted[topic.value]) for topic in family if topic.value in counted]


def life_events(day: date) -> tuple[Rows, Rows]:
    """What happens to persons and to enterprises, where there is something to be done."""
    counted = _counted(day)
    return in_use(PersonEvent, counted), in_use(BusinessEvent, counted)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Life events, then topics, for persons and for enterprises."""
    counted = _counted(timezone.localdate())
    context = {
        "person_events": in_use(PersonEvent, counted),
        "person_topics": in_use(PersonTopic, counted),
        "enterprise_events": in_use(BusinessEvent, counted),
        "enterprise_topics": in_use(BusinessTopic, counted),
    }
    return render(request, "portal/topics.html", context)


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """One topic: its question guides first, then its items in force, paged by key."""
    found = topic_of(code)
    if found is None:
        raise Http404
    today = timezone.localdate()
    after = request.GET.get("after", "")
    items = items_of_topic(code, today)
    if after.isdigit():
        items = items.filter(pk__gt=int(after))
    page = list(items[: PAGE + 1])
    older = "?" + urlencode({"after": page[PAGE - 1].pk}) if len(page) > PAGE else ""
    context = {
        "topic": found,
        "persons": for_persons(code),
        "guides": [] if after else guides_of_topic(code, today),
        "matters": [] if after else matters_of_topic(code, today),
        "items": page[:PAGE],
        "older": older,
    }
    return render(request, "portal/topic.html", context)
