"""The cast, by name, in a hall of one department."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no fault of the law: nothing fails because an example took long.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For make mutants: the same examples for every mutant, and fewer.
settings.register_profile(
    "mutants", settings.get_profile("house"), max_examples=40, derandomize=True, database=None
)
settings.load_profile("house")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

SHANGHAI = ZoneInfo("Asia/Shanghai")


def pytest_configure(config):
    """Wake Django, except where the law is tested alone (``-p no:django``)."""
    if config.pluginmanager.hasplugin("django"):
        import django

        django.setup()


class Acting:
    """``doing(account, "2024-03-04 09:30")``: who acts when, each time with the next key."""

    def __init__(self) -> None:
        self.keys = 0

    def __call__(self, actor, moment: str, *, desk: str = "", key: str = ""):
        from openhall.cases.actions import Doing

        at = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        self.keys += not key
        return Doing(actor, at, key or f"key-{self.keys}", desk)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """What a test committed is gone after it, and what every database begins with is there."""
    try:
        return (yield)
    finally:
        marked = item.get_closest_marker("django_db")
        commits = bool(marked and marked.kwargs.get("transaction"))
        commits |= "transactional_db" in getattr(item, "fixturenames", ())  # through a fixture
        if commits and nextitem is not None:
            from django.db import connection
            from pytest_django.plugin import blocking_manager_key

            from tests import migrated

            with item.config.stash[blocking_manager_key].unblock():
                migrated.take_again(connection)


@pytest.fixture(autouse=True)
def what_was_written(request):
    """Told statement by statement, so that a fixture may be written again from its picture."""
    if not request.config.pluginmanager.hasplugin("django"):
        yield
        return
    from tests import photo

    with photo.history(request.node):
        yield


@pytest.fixture(autouse=True)
def in_chinese(request):
    """Each test begins in Chinese, whatever language the last page of the one before was in."""
    if request.config.pluginmanager.hasplugin("django"):
        from django.utils import translation

        translation.activate("zh-hans")


@pytest.fixture(autouse=True)
def no_index_left(request):
    """The search index of a test is gone with the rows that it was made of."""
    yield
    if request.config.pluginmanager.hasplugin("django"):
        from tests.factories.search import forget

        forget()


@pytest.fixture(scope="session")
def django_db_setup(
    request, django_test_environment, django_db_blocker, django_db_modify_db_settings
):
    """The migrated database of this process: a copy, if one is kept (``tests.migrated``)."""
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from tests import migrated

    with migrated.one_at_a_time(), django_db_blocker.unblock():
        copied = migrated.take(connection)
        made = copied or connection.vendor == "sqlite"  # an empty file at least
        names = setup_databases(verbosity=0, interactive=False, keepdb=made)
        if not copied:
            migrated.keep(connection)
    yield
    with django_db_blocker.unblock():
        teardown_databases(names, verbosity=0, keepdb=False)


@pytest.fixture
def cast(db):
    """The cast of ``tests.factories.cast``: 王芳, 李窗, 赵承, 孙批 and 周外."""
    from tests import photo
    from tests.factories.cast import make_cast

    return photo.of(make_cast, "cast")


@pytest.fixture
def sound(db):
    """After the test, every row that deeds left is what the log says of it."""
    yield
    from openhall.deeds import audit

    assert [f"{one.place}: {one.sentence}" for one in audit.faults(0, 0)] == []


@pytest.fixture
def doing():
    """``doing(account, "2024-03-04 09:30", desk="window")`` with a key of its own."""
    return Acting()


@pytest.fixture
def walk(cast, doing):
    """One application as far as a test needs it: ``walk.reviewed()``."""
    from tests.factories.cases import Walk

    return Walk(cast, doing)


@pytest.fixture
def seat(db):
    """``seat("he_jie", organ, "head")``: a new account at a desk."""
    from openhall.organs.actions import appoint
    from openhall.organs.models import Account
    from openhall.organs.terms import Desk

    def make(name: str, organ, desk: str):
        account = Account.objects.create_user(username=name, is_official=True)
        appoint(account, organ, Desk(desk), date(2003, 1, 1))
        return account

    return make
