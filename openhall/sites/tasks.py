"""Recurring work: visits by the hour, the look and the coverage by night, news to who asked."""

from django_tasks import task

from openhall.sites.actions import covering, looking, reminding, subscribing


@task()
def visit_sites() -> int:
    """One visit to each site from outside; how many did not answer in time."""
    return looking.visit_all()


@task()
def look_at_sites() -> int:
    """Every number of the national check, for every site; what is weak is led to be put right."""
    return looking.look_at_all()


@task()
def prove_coverage() -> int:
    """What each designated unit's pages answer tonight."""
    return covering.prove_all()


@task()
def tell_subscribers() -> int:
    """What is new, to who asked for it."""
    return subscribing.tell_new()


@task()
def remind_owners() -> int:
    """Who looks after an article hears of its day to look it through; of how many articles."""
    return reminding.remind_owners()
