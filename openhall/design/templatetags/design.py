"""Tags and filters of the look, built into every template. Contract: ``docs/design.md``."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BaseFormSet
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from openhall.design import figures, timeline, words
from openhall.design.icons import ICONS, SHAPES
from openhall.design.questions import questions_wrong
from openhall.design.templatetags import tables
from openhall.paging import keyset

register = template.Library()
for _filter in (
    words.said,
    words.called,
    words.clause,
    words.aside,
    words.day,
    words.hour,
    words.zh_date,
    words.percent,
    words.limit,
    words.working_days,
    words.money,
    words.fee,
    words.figure,
):
    register.filter(_filter.__name__, _filter)
register.tag("table", tables.table)
register.simple_tag(tables.grid)


@register.simple_block_tag
def fact(content: SafeString, label: Any) -> SafeString:
    """One line of ``<dl class="facts">``: what it is about, and what is so."""
    said = mark_safe(content.strip())  # noqa: S308  # a template of ours has drawn it
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, said)


# ---------------------------------------------------------------- the shell
@register.simple_tag(takes_context=True)
def page_in(context: template.Context, language: str) -> str:
    """The address of this page in ``language``; empty when no page is being answered."""
    request = context.get("request")
    if request is None:
        return ""
    here = context.get("this_page") or request.get_full_path()
    there = translate_url(here, language)
    if there == here:  # An address no route knows, such as that of an error page: the prefix alone.
        with override(language):
            bare = here.removeprefix("/en") if here.startswith("/en/") else here
            there = "/en" + bare if language == "en" else bare
    return str(there)


@register.simple_tag
def page_tags(tags: Mapping[str, object] | None) -> SafeString:
    """The page tags a government website must carry (SiteName, ColumnName, PubDate …)."""
    return format_html_join(
        "\n",
        '<meta name="{}" content="{}">',
        ((name, value) for name, value in (tags or {}).items() if value not in (None, "")),
    )


@register.filter
def as_data(said: Mapping[str, Any]) -> SafeString:
    """What the page is about, for programmes (schema.org as JSON-LD). It is data and never runs."""
    raw = json.dumps(said, ensure_ascii=False)
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        raw = raw.replace(sign, escaped)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(raw))  # noqa: S308


@register.simple_tag
def sheets(name: str) -> SafeString:
    """Style sheets that go as one (``settings.SHEETS``); each by itself where none are gathered."""
    gathered = name in getattr(staticfiles_storage, "hashed_files", {})
    parts = [name] if gathered else settings.SHEETS[name]
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(part),) for part in parts)
    )


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside a word. An unknown name is a mistake of ours and fails loudly."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag
def pict(name: str) -> SafeString:
    """A sign beside the name of a matter, from the sprite; readers are not told of it."""
    return format_html(
        '<svg class="pict" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        static("design/signs.svg"),
        name,
    )


@register.inclusion_tag("design/components/read_aloud.html")
def read_aloud() -> dict[str, object]:
    """The button that reads the page aloud; shown in elder mode when the browser can."""
    return {}


@register.inclusion_tag("design/components/nav.html")
def nav(items: Iterable[tuple[Any, str, bool]], label: str = "") -> dict[str, object]:
    """Main navigation from ``(label, href, is_current)``."""
    return {"items": list(items or ()), "label": label}


@register.inclusion_tag("design/components/breadcrumbs.html")
def breadcrumbs(trail: Iterable[tuple[Any, str]]) -> dict[str, object]:
    """The way here from ``(label, href)``; the last is the page itself."""
    return {"trail": list(trail or ())}


@register.inclusion_tag("design/components/pager.html", takes_context=True)
def pages(context: template.Context, page: keyset.Page[Any]) -> dict[str, object]:
    """The ways on and back from a page of rows; nothing where there are none."""
    return tables.ways(context, page)


@register.inclusion_tag("design/components/pager.html")
def pager(older: str = "", newer: str = "") -> dict[str, object]:
    """Keyset pager: an address on either side, or nothing."""
    return {"older": older, "newer": newer}


# ---------------------------------------------------------------- state and notices
def shape(kind: str) -> SafeString:
    """The drawing of a state."""
    return format_html(
        '<svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="none" '
        'stroke="currentColor" stroke-width="1.6" stroke-linecap="round" '
        'stroke-linejoin="round"><path d="{}"/></svg>',
        SHAPES[kind],
    )


@register.simple_tag
def status(word: Any, kind: str = "") -> SafeString:
    """A state as shape, word and colour; ``kind`` may come from the term's own code."""
    known = kind or (str(word) if str(word) in SHAPES else "info")
    return format_html(
        '<span class="status status-{}">{}{}</span>', known, shape(known), words.said(word)
    )


@register.inclusion_tag("design/components/notice.html")
def notice(text: Any, kind: str = "info", title: str = "") -> dict[str, object]:
    """Words that must be seen, with the shape of their kind."""
    return {"text": text, "kind": kind, "title": title, "shape": shape(kind)}


MESSAGE_KINDS = {levels.SUCCESS: "on_time", levels.WARNING: "warning", levels.ERROR: "overdue"}


@register.inclusion_tag("design/components/notice.html")
def message_notice(message: Message) -> dict[str, object]:
    """A message of Django's message framework as a notice."""
    return notice(message, MESSAGE_KINDS.get(message.level, "info"))


@register.inclusion_tag("design/components/empty.html")
def empty(text: str, what_to_do: str = "", href: str = "") -> dict[str, object]:
    """Nothing here, and what to do about it."""
    return {"text": text, "what_to_do": what_to_do, "href": href}


# ---------------------------------------------------------------- forms and acts
@register.inclusion_tag("design/components/error_summary.html")
def error_summary(form: BaseForm | BaseFormSet | None) -> dict[str, object]:
    """Every error of a form or a formset, each linked to its question."""
    return {"errors": questions_wrong(form)}


@register.inclusion_tag("design/components/field.html")
def field(bound: BoundField, hint: str = "", **attributes: str) -> dict[str, object]:
    """One question. ``attributes`` such as ``autocomplete`` go to the control as they are."""
    extra: dict[str, str | bool] = {name: value for name, value in attributes.items() if value}
    if hint and not bound.help_text and bound.auto_id:
        ids = [f"{bound.auto_id}_helptext", f"{bound.auto_id}_error" if bound.errors else ""]
        extra["aria-describedby"] = " ".join(filter(None, ids))
    return {"field": bound, "hint": hint, "control": bound.as_widget(attrs=extra)}


@register.inclusion_tag("design/components/act.html")
def act(
    label: str, name: str = "", value: str = "", key: str = "", tone: str = "plain"
) -> dict[str, object]:
    """A submit button; ``key`` is its shortcut on a desk."""
    return {"label": label, "name": name, "value": value, "key": key, "tone": tone}


@register.inclusion_tag("design/components/act.html")
def go(label: str, href: str, tone: str = "plain", key: str = "") -> dict[str, object]:
    """A link that looks like an act."""
    return {"label": label, "href": href, "key": key, "tone": tone}


@register.inclusion_tag("design/components/confirm.html")
def confirm(
    label: str,
    effect: str,
    basis: str = "",
    name: str = "",
    value: str = "",
    key: str = "",
    tone: str = "primary",
) -> dict[str, object]:
    """An act with legal effect: it opens, says the effect and its clause, then is confirmed."""
    return {
        "label": label,
        "effect": effect,
        "basis": basis,
        "name": name,
        "value": value,
        "key": key,
        "tone": tone,
    }


# ---------------------------------------------------------------- things said
@register.inclusion_tag("design/components/facts.html")
def facts(rows: Iterable[Sequence[Any]]) -> dict[str, object]:
    """Names and values from ``(name, value)`` or ``(name, value, href)``."""
    return {"rows": [(*row, "")[:3] for row in rows or ()]}


@register.inclusion_tag("design/components/facts_under.html")
def facts_under(parts: Iterable[Any]) -> dict[str, object]:
    """Names and values under headings: each part has ``heading``, ``level`` (1 or 2) and ``rows``.

    They stand below a heading of the second rank, so they begin with the third.
    """
    told = list(parts)
    return {"parts": told, "paged": any(one.level == 1 for one in told)}


@register.inclusion_tag("design/components/steps.html")
def steps(rows: Iterable[Sequence[Any]]) -> dict[str, object]:
    """A procedure from ``(name, state, note)``; state is done, current or ahead."""
    return {"rows": [(*row, "")[:3] for row in rows or ()]}


@register.inclusion_tag("design/components/proof.html")
def proof(leaf: str, checkpoint: str = "", href: str = "") -> dict[str, object]:
    """The line that says which ledger entry proves what stands above it."""
    return {"leaf": leaf, "checkpoint": checkpoint, "href": href}


# ---------------------------------------------------------------- figures
@register.inclusion_tag("design/components/figure_card.html")
def figure_card(
    label: str,
    value: Any,
    unit: str = "",
    href: str = "",
    definition: str = "",
    date: date | None = None,
    trend: Sequence[float | None] | None = None,
) -> dict[str, object]:
    """One figure that opens: its value, trend, date and the way it is counted."""
    drawn = [point for point in trend or () if point is not None]
    line = figures.path_of(trend or (), figures.top_of(drawn), 120, 32)[0] if drawn else ""
    return {
        "label": label,
        "value": words.said(value) if isinstance(value, str) else words.figure(value),
        "unit": unit,
        "href": href,
        "definition": definition,
        "date": date,
        "line": line,
        "first": drawn[0] if drawn else None,
        "last": drawn[-1] if drawn else None,
    }


@register.inclusion_tag("design/components/figure_bar.html")
def figure_bar(
    points: Sequence[figures.Point], label: str, unit: str = "", top: float | None = None
) -> dict[str, object]:
    """A table whose values are drawn; ``top`` keeps one scale for the same thing."""
    return {"rows": figures.bars(list(points or ()), top), "label": label, "unit": unit}


@register.simple_tag
def figure_chart(series: figures.Series, told: str = "", unit: str = "") -> SafeString:
    """One series with room above, ticks and values; ``told`` stands under its name.

    ``unit`` ``%`` draws a rate. The newest value is the figure; each point may open.
    """
    told_by = (str(series.label), tuple(series.points), str(told), unit)
    return _chart(*told_by, get_language() or "")


@lru_cache(maxsize=500)
def _chart(
    label: str, points: tuple[figures.Point, ...], told: str, unit: str, language: str
) -> SafeString:
    """The same points are drawn once: a board has a dozen of them and they seldom change."""
    context = {
        "label": label,
        "told": told,
        "unit": unit,
        "drawn": figures.chart(points, rate=unit == "%"),
        "points": points,
        "now": points[-1] if points else None,
        "left": figures.LEFT,
        "right": figures.RIGHT,
        "base": figures.BASE,
    }
    return render_to_string("design/components/figure_chart.html", context)


@register.inclusion_tag("design/components/clock.html")
def clock(time: timeline.Timeline | None) -> dict[str, object]:
    """The drawn deadline clock, and the same content in sentences."""
    if time is None:
        return {"time": None}
    return {
        "time": time,
        "weeks": timeline.weeks(time),
        "stretches": list(timeline.stretches(time)),
        "cell": timeline.CELL,
    }
