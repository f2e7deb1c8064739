"""Numbers that a hall gives, by hall and year: BB-city-2026-0012."""

from django.db.models import Model

from openhall.hall.models import Hall

SLUG = 12  # signs of the hall's name that stand in a number


def held(hall: Hall) -> None:
    """Let no other act of this kind at the same hall go on until this one ends.

    Halls whose names begin alike share their numbers, so they wait for each other too.
    """
    rows = Hall.objects.select_for_update(no_key=True).filter(slug__startswith=hall.slug[:SLUG])
    list(rows.order_by("pk").values_list("pk"))


def number(model: type[Model], sign: str, hall: Hall, year: int) -> str:
    """The next number; nobody else takes one before the act ends."""
    held(hall)
    begins = f"{sign}-{hall.slug[:SLUG]}-{year}-"
    given = model._default_manager.filter(number__startswith=begins).count()
    return f"{begins}{given + 1:04d}"
