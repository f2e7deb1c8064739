"""The city's home: search, what people come for, my matters, what the city owes you."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.public import month_so_far, overdue_now
from openhall.portal.views.services import asked_for_most
from openhall.portal.views.topics import life_events
from openhall.workdays.queries import figures_day


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    person_events, enterprise_events = life_events(today)
    context = {
        "examples": (_("restaurant"), _("passport"), _("retirement")),
        "month": month_so_far(figures_day()),
        "overdue": overdue_now(figures_day()),
        "items": asked_for_most(today),
        "today": today,
        "person_events": person_events,
        "enterprise_events": enterprise_events,
    }
    return render(request, "portal/home.html", context)
