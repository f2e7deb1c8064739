"""Numbers, dates and terms as the public reads them, in the language of the page."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from openhall.glossary import Said, Term, cited

NOTHING = "—"


def said(word: Any) -> str:
    """The word of a ``Term`` or ``Said`` in the language of the page; a day as ``day``; none as —.

    Other values as text; text already marked safe stays so.
    """
    if isinstance(word, (Term, Said)):
        return word.said_in(get_language())
    if isinstance(word, datetime):
        return hour(word)
    if isinstance(word, date):
        return day(word)
    return NOTHING if word is None or word == "" else str(word)


def aside(remark: Any) -> str:
    """A remark beside what stands before it: （…）, in English with a blank before (…).

    Text already marked safe stays so: a moment in the remark is marked up as a time.
    """
    if remark is None or remark == "":
        return ""
    english = (get_language() or "").startswith("en")
    return format_html(" ({})" if english else "（{}）", said(remark))


def _local(moment: date) -> date:
    if isinstance(moment, datetime) and timezone.is_aware(moment):
        return timezone.localtime(moment)
    return moment


def called(thing: Any) -> str:
    """The name (or title) of anything that has one, and perhaps an English one, as the page is."""
    said = "name" if hasattr(thing, "name") else "title"
    if (get_language() or "").startswith("en") and (name := getattr(thing, f"{said}_en", "")):
        return str(name)
    return str(getattr(thing, said))


def clause(basis: Any) -> str:
    """A clause as the page cites it: 行政许可法 42, or Administrative Licensing Law, art. 42."""
    return cited(str(basis or "")).said_in(get_language())


def day(moment: date | None) -> str | SafeString:
    """2003年5月26日 or 26 May 2003, marked up as a time."""
    if not moment:
        return NOTHING
    local = _local(moment)
    return format_html(
        '<time datetime="{}">{}</time>',
        local.strftime("%Y-%m-%d"),
        formats.date_format(local, "DATE_FORMAT"),
    )


def hour(moment: datetime | None) -> str | SafeString:
    """2003年5月26日 09:30 or 26 May 2003 09:30, marked up as a time."""
    if not moment:
        return NOTHING
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return format_html(
        '<time datetime="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        formats.date_format(local, "DATETIME_FORMAT"),
    )


def zh_date(moment: date | None) -> str:
    """2003年5月26日 whatever the language: the way a Chinese document writes it."""
    if not moment:
        return NOTHING
    local = _local(moment)
    return f"{local.year}年{local.month}月{local.day}日"


def percent(ratio: float | Decimal | None, places: int = 1) -> str:
    """0.9834 as 98.3%."""
    return NOTHING if ratio is None else f"{float(ratio) * 100:.{int(places)}f}%"


def working_days(count: int | None) -> str:
    """5 as 5 个工作日 or 5 working days; none is the same day."""
    if count is None:
        return NOTHING
    if count == 0:
        return gettext("the same day")
    return ngettext("%(count)d working day", "%(count)d working days", count) % {"count": count}


def limit(count: int | None, unit: str) -> str:
    """A limit in the unit it is counted in: 60 calendar days, 5 working days, at once."""
    if unit == "instant":
        return gettext("at once")
    if count is None or unit not in ("natural", "hours"):
        return working_days(count)
    if unit == "hours":
        return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    return ngettext("%(count)d calendar day", "%(count)d calendar days", count) % {"count": count}


def money(cents: int | None) -> str:
    """12345 as ¥123.45."""
    if cents is None:
        return NOTHING
    return f"{'-' if cents < 0 else ''}¥{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def fee(cents: int | None) -> str:
    """What a matter costs: as ``money``, but nothing to pay is said in a word."""
    return gettext("Free") if cents == 0 else money(cents)


def figure(number: float | Decimal | str | None) -> str:
    """12345 as 12,345; decimals kept as they are; what a page does not have is a dash."""
    return NOTHING if number is None or isinstance(number, str) else f"{number:,}"
