"""What the style guide shows: one invented example of each component in each state."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openhall.design.figures import Point, Series
from openhall.design.forms import CodeInput, DateInput, PhoneInput
from openhall.design.timeline import Day, DayKind, Limit, Timeline

FIRST = date(2026, 9, 21)
HOLIDAYS = {date(2026, 10, 1) + timedelta(days=place) for place in range(7)}
SUSPENDED = {date(2026, 9, 28), date(2026, 9, 29), date(2026, 9, 30)}


class SampleForm(forms.Form):
    """One question of each sort."""

    name = forms.CharField(
        label=gettext_lazy("Name of the applicant"),
        help_text=gettext_lazy("As it stands on your identity card."),
    )
    phone = forms.CharField(label=gettext_lazy("Telephone number"), widget=PhoneInput)
    code = forms.CharField(
        label=gettext_lazy("Query code"), widget=CodeInput, required=False, max_length=16
    )
    opening = forms.DateField(label=gettext_lazy("Opening day"), widget=DateInput)
    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to receive the result?"),
        choices=[
            ("window", gettext_lazy("At the window")),
            ("post", gettext_lazy("By post")),
        ],
        widget=forms.RadioSelect,
    )
    district = forms.ChoiceField(
        label=gettext_lazy("District"),
        choices=[("", "—"), ("qingyang", "青羊区"), ("wuhou", "武侯区")],
    )
    paper = forms.FileField(label=gettext_lazy("A scan of the paper"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Anything the window should know"),
        widget=forms.Textarea,
        required=False,
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("What I have written is true"),
        help_text=gettext_lazy("Article 31 of the Administrative Licensing Law."),
    )

    def clean(self) -> dict[str, Any]:
        """An error of the whole form, so that the summary shows one."""
        if self.data.get("name") == "?":
            raise ValidationError(_("The name and the telephone number do not belong together."))
        return self.cleaned_data


def _kind(moment: date) -> tuple[DayKind, str]:
    if moment in SUSPENDED:
        return DayKind.SUSPENDED, _("on-site inspection")
    if moment in HOLIDAYS:
        return DayKind.RESTS, _("National Day")
    if moment.weekday() > 4 or moment == FIRST:
        return DayKind.RESTS, ""
    return DayKind.COUNTS, ""


def timeline(today: date, ended: date | None = None) -> Timeline:
    """A clock with a weekend, a holiday, a suspension and two limits."""
    days = [Day(FIRST + timedelta(days=n), *_kind(FIRST + timedelta(days=n))) for n in range(42)]
    counted = [day.date for day in days if day.kind is DayKind.COUNTS]
    return Timeline(
        days=days,
        today=today,
        limits=[
            Limit(_("Promised limit"), counted[9], 10),
            Limit(_("Statutory limit"), counted[19], 20, "行政许可法 42"),
        ],
        ended=ended,
    )


def _months(values: list[float | None]) -> list[Point]:
    return [
        Point(f"2026-{month:02d}", value, note=str(month))
        for month, value in enumerate(values, start=1)
    ]


def everything(request: HttpRequest) -> dict[str, Any]:
    """The context of the style guide."""
    wrong = SampleForm({"name": "?", "code": "1" * 20})
    wrong.is_valid()
    here = request.path
    return {
        "trail": [(_("Home"), "/"), (_("Service guides"), here), (_("Style guide"), "")],
        "items": [
            (_("Services"), here, True),
            (_("Open information"), here, False),
            (_("Ask and answer"), here, False),
            (_("Figures"), here, False),
        ],
        "form": SampleForm(),
        "wrong": wrong,
        "today": date(2026, 10, 15),
        "running": timeline(date(2026, 10, 15)),
        "late": timeline(date(2026, 10, 30)),
        "ended": timeline(date(2026, 10, 30), ended=date(2026, 10, 14)),
        "kinds": [
            (_("On time"), "on_time"),
            (_("Due in 2 days"), "warning"),
            (_("Overdue by 1 day"), "overdue"),
            (_("Suspended"), "suspended"),
            (_("Closed"), "closed"),
            (_("Waiting for you"), "waiting"),
            (_("For your information"), "info"),
            (_("Refused"), "refused"),
            (_("Draft"), "draft"),
        ],
        "steps": [
            (_("Application received"), "done", date(2026, 9, 21)),
            (_("Accepted"), "done", date(2026, 9, 22)),
            (_("Review"), "current", _("The department decides by 19 October.")),
            (_("Decision"), "ahead", ""),
            (_("Delivery"), "ahead", ""),
        ],
        "facts": [
            (_("Who it is for"), _("Anyone who opens a food business")),
            (_("What it costs"), _("Free")),
            (_("How long it really takes"), _("6 working days, promised within 10")),
            (_("Where"), _("Municipal Service Centre, 2nd floor"), here),
        ],
        "points": [
            Point(_("Industry and commerce"), 1284, here),
            Point(_("Public security"), 860, here),
            Point(_("Planning"), 322, here),
            Point(_("Health"), None, here, _("fewer than 5 cases")),
        ],
        "series": [
            Series(_("Accepted"), _months([620, 540, 810, 790, 860, 905, 880, 930, 940])),
            Series(_("Closed"), _months([590, 560, 770, 800, 830, 900, None, 915, 950])),
        ],
        "trend": [96.1, 97.0, 96.4, 97.9, 98.3],
    }
