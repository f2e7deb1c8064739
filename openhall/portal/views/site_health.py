"""Whether the sites are kept up, and which units are interactive: boards that open. B2, B9."""

from typing import Any, Final
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from openhall.portal.views.site_frame import opened
from openhall.sites.queries import (
    SiteLook,
    coverage,
    findings_on,
    guidance_given,
    last_looks,
    looks_at,
    sites,
)
from openhall.sites.rules.columns import COLUMNS
from openhall.sites.rules.health import CHECKED
from openhall.sites.terms import Capability, LookPart, Verdict
from openhall.supervision.terms import IssueState

TONES: Final = {
    Verdict.GOOD: "on_time",
    Verdict.WEAK: "warning",
    Verdict.VETO: "overdue",
    Verdict.UNKNOWN: "waiting",
}
TARGET: Final = 60  # per cent, 成办发〔2003〕75号 二（二）
SHOWN: Final = (
    LookPart.HOME, LookPart.DATED, LookPart.EMPTY, LookPart.ANSWERS, LookPart.SERVICES,
)  # fmt: skip


def _told(look: SiteLook | None) -> dict[str, Any]:
    """The measures of a look as a page shows them, by part."""
    found: dict[str, Any] = {}
    for one in look.measures if look else ():
        verdict = Verdict(one["verdict"])
        found[one["part"]] = one | {"verdict": verdict, "tone": TONES[verdict]}
    return found


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every site with what last night's look found; worst first."""
    looks = last_looks()
    order = {Verdict.VETO.value: 0, Verdict.WEAK.value: 1, Verdict.UNKNOWN.value: 2}
    rows = [
        (
            site,
            look,
            Verdict(look.verdict) if look else Verdict.UNKNOWN,
            [_told(look).get(part.value) for part in SHOWN],
        )
        for site in sites()
        for look in [looks.get(site.pk)]
    ]
    rows.sort(key=lambda one: order.get(one[2].value, 3))
    counted = {verdict: sum(1 for one in rows if one[2] == verdict) for verdict in Verdict}
    context = {
        "rows": [(site, look, verdict, TONES[verdict], told) for site, look, verdict, told in rows],
        "counted": [(verdict, TONES[verdict], many) for verdict, many in counted.items() if many],
        "parts": SHOWN,
        "day": max((look.day for look in looks.values()), default=None),
        "basis": CHECKED.basis,
    }
    return render(request, "portal/sites/health.html", context)


@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """One site: each measure with its evidence, what was led to be put right, the nights before."""
    found = opened(slug)
    looks = looks_at(found)
    newest = looks[0] if looks else None
    context = {
        "site": found,
        "look": newest,
        "verdict": Verdict(newest.verdict) if newest else Verdict.UNKNOWN,
        "tone": TONES[Verdict(newest.verdict)] if newest else "waiting",
        "measures": [
            (LookPart(code), one, [_named(code, words) for words in one["evidence"]])
            for code, one in _told(newest).items()
        ],
        "issues": [(one, IssueState(one.state)) for one in findings_on(found)],
        "nights": [(one, Verdict(one.verdict), TONES[Verdict(one.verdict)]) for one in looks],
        "basis": CHECKED.basis,
    }
    return render(request, "portal/sites/health_site.html", context)


def _named(part: str, words: str) -> Any:
    """Evidence in words: a column by its name."""
    if part in (LookPart.DATED, LookPart.EMPTY) and words in COLUMNS:
        return COLUMNS[words].kind
    return words


def _readable(answer: dict[str, Any] | None) -> dict[str, Any]:
    """An answer with its address as people read it, not as it travels."""
    return (answer or {}) | {"words": unquote_plus(str((answer or {}).get("at", "")))}


@require_safe
def interactive(request: HttpRequest) -> HttpResponse:
    """The share of designated window units that are interactive, against the target; each opens."""
    found = coverage(timezone.localdate())
    context = {
        "covered": found,
        "target": TARGET,
        "reached": found.percent is not None and found.percent >= TARGET,
        "able": [(one, found.able(one)) for one in Capability],
        "rows": [
            (
                one,
                look,
                [
                    (capability, _readable((look.answers if look else {}).get(capability.value)))
                    for capability in Capability
                ],
                guidance_given(one),
            )
            for one, look in found.rows
        ],
    }
    return render(request, "portal/sites/coverage.html", context)
