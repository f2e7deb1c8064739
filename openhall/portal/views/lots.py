"""公开抽取 for everybody: each step with its place in the log; anyone draws once more.

A party commits and opens here with the code it was given; its numbers are made in its own browser.
"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from openhall.deeds.doing import Doing
from openhall.design.forms import CodeInput
from openhall.desk.offers import Offer
from openhall.desk.pages import Subject as Thing
from openhall.desk.pages import existing
from openhall.lots import actions, programs
from openhall.lots.queries import (
    DrawParty,
    PublicDraw,
    deeds_of,
    draw_numbered,
    drawn_rows,
    draws,
    frame_of,
    parties_of,
    places_in_the_log,
    sources_of,
)
from openhall.lots.rules.protocol import seeds_file
from openhall.lots.terms import Algorithm, DrawAct, DrawState
from openhall.organs.fields import TextField
from openhall.organs.queries import organ_named
from openhall.paging.keyset import paged, place
from openhall.portal.acts import Visitor
from openhall.throttle.middleware import trying_code

KINDS = {
    DrawState.COMMITTING: "waiting",
    DrawState.OPENING: "waiting",
    DrawState.AWAITING: "waiting",
    DrawState.DRAWN: "on_time",
    DrawState.FAILED: "closed",
}
SHOWN = 40  # places of one stratum written out on the page; all stand in the download


@dataclass(frozen=True, slots=True)
class Party:
    """A draw as one of its parties acts on it."""

    draw: PublicDraw
    request: HttpRequest

    @property
    def number(self) -> str:
        return self.draw.number


class OfParty(Offer):
    """With the code the party was given; nobody signs in for it."""

    state: DrawState
    party_code = TextField(label=gettext_lazy("Code of the party"), widget=CodeInput, max_length=40)

    @classmethod
    def offered(cls, subject: Party, who: Visitor) -> bool:
        return subject.draw.state == cls.state


class Commit(OfParty):
    act, state, bare, tone = DrawAct.COMMIT, DrawState.COMMITTING, True, "primary"
    title = button = gettext_lazy("Commit")
    done = gettext_lazy("The commitment stands in the public log. Keep the numbers and the salt.")
    hashed = TextField(
        label=gettext_lazy("The commitment: SHA-256, 64 hexadecimal digits"), max_length=80
    )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        anyone = replace(doing, actor=None, seen=None)
        told = (typed["party_code"], typed["hashed"])
        with trying_code(self.subject.request, "party_code"):
            return actions.commit_to(self.subject.draw.pk, *told, anyone)


class Open(OfParty):
    act, state, bare, tone = DrawAct.OPEN, DrawState.OPENING, True, "primary"
    title = button = gettext_lazy("Open the commitment")
    done = gettext_lazy("It fits; the numbers stand in the public log.")
    a = forms.IntegerField(label=gettext_lazy("First number (a)"), min_value=0)
    b = forms.IntegerField(label=gettext_lazy("Second number (b)"), min_value=0)
    salt = TextField(label=gettext_lazy("Salt: 64 hexadecimal digits"), max_length=80)

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        anyone = replace(doing, actor=None, seen=None)
        told = (typed["party_code"], typed["a"], typed["b"], typed["salt"])
        with trying_code(self.subject.request, "party_code"):
            return actions.open_commitment(self.subject.draw.pk, *told, anyone)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every public draw."""
    rows = paged(draws(), at=place(request.GET))
    context = {
        "rows": rows.map(
            lambda one: {
                "draw": one,
                "state": DrawState(one.state),
                "kind": KINDS[DrawState(one.state)],
            }
        )
    }
    return render(request, "portal/lots/list.html", context)


def party_told(party: DrawParty) -> dict[str, Any]:
    """How a party stands, in words."""
    return {
        "party": party,
        "opened": party.is_open,
        "refused": party.absent and bool(party.commitment),
        "silent": party.absent and not party.commitment,
    }


def _named(row: str) -> str:
    """A row of a stratum of units by the name of the unit."""
    organ = organ_named(row)
    if organ is None:
        return row
    english = (get_language() or "").startswith("en")
    return f"{row} {(english and organ.name_en) or organ.name}"


def strata_told(draw: PublicDraw) -> list[dict[str, Any]]:
    """Each stratum that was drawn, or can be: pool, count, and what came out."""
    english = (get_language() or "").startswith("en")
    rows = drawn_rows(draw)
    told = []
    for number, one in enumerate(draw.strata, start=1):
        if draw.state == DrawState.DRAWN and one["code"] not in rows:
            continue
        drawn = rows.get(one["code"], [])
        told.append(
            {
                "place": number,
                "name": one["name_en"] if english else one["name"],
                "pool": one["size"],
                "take": one["take"],
                "more": one["more"],
                "is_of_units": one["of"] is None,
                "drawn": " ".join(str(at) for at, _row in drawn),
                "rows": [(at, _named(row)) for at, row in drawn[: one["take"]]]
                if one["of"] is None
                else [],
                "first": " ".join(str(at) for at, _row in drawn[:SHOWN]),
                "left": max(len(drawn) - SHOWN, 0),
            }
        )
    return told


class DrawPage(Thing):
    """One public draw."""

    offers = (Commit, Open)
    kind = "public-draw"
    template = "portal/lots/draw.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Party]:
        found = existing(draw_numbered(where["number"]))
        return Visitor(None, timezone.localdate()), Party(found, request)

    def home(self, who: Visitor, subject: Party) -> str:
        return reverse("portal:lot", args=[subject.number])

    def seq(self, subject: Party) -> None:
        return None  # each party acts for itself

    def content(self, who: Visitor, subject: Party) -> dict[str, Any]:
        draw = subject.draw
        parties, places = parties_of(draw), places_in_the_log(draw)
        sources, strata = sources_of(draw, parties), strata_told(draw)
        is_drawn = draw.state == DrawState.DRAWN
        return {
            "draw": draw,
            "state": DrawState(draw.state),
            "kind": KINDS[DrawState(draw.state)],
            "algorithm": Algorithm(draw.algorithm),
            "parties": [party_told(one) for one in parties],
            "steps": [
                {"deed": one, "act": DrawAct(one.act), "leaf": places.get(one.seq)}
                for one in deeds_of(draw)
            ],
            "strata": [one for one in strata if is_drawn or one["is_of_units"]],
            "others": [one for one in strata if not (is_drawn or one["is_of_units"])],
            "is_drawn": is_drawn,
            "sources": json.dumps([[str(one) for one in values] for values in sources]),
            "sum": "sha256" if draw.algorithm == Algorithm.SHA256 else "md5",
        }


draw = DrawPage()


@require_safe
def frame(request: HttpRequest, number: str) -> HttpResponse:
    """The frame as it was announced: its SHA-256 is the one in the log."""
    found = existing(draw_numbered(number))
    return HttpResponse(frame_of(found), content_type="text/plain; charset=utf-8")


@require_safe
def seeds(request: HttpRequest, number: str) -> HttpResponse:
    """The sources as the tools of RFC 3797 read them."""
    found = existing(draw_numbered(number))
    told = seeds_file(sources_of(found, parties_of(found)))
    return HttpResponse(told, content_type="text/plain; charset=utf-8")


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The shell script that draws the same."""
    path = Path(programs.__file__).with_name("draw.sh")
    kind = "text/x-shellscript; charset=utf-8"
    answer = HttpResponse(path.read_bytes(), content_type=kind)
    answer.headers["Content-Disposition"] = 'attachment; filename="draw.sh"'
    return answer
