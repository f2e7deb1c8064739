"""No route answers hostile requests by a fault of ours: some hundred of the crawl, every time.

The whole crawl is ``python -m tests.crawl`` on a copy of a city.
"""

import io

import pytest
from django.core.files.base import File
from django.db import transaction

from openhall.applying.actions.drafting import start_draft
from openhall.enquiries import actions as enquiries
from openhall.files.actions import folder_of, received, take
from openhall.files.models import Upload
from openhall.files.terms import Given, TrustLevel
from openhall.organs.models import Account
from openhall.supervision import actions as supervision
from openhall.supervision.terms import ComplaintAbout
from tests.crawl import Pools, crawl, read_names, routes
from tests.factories.forms import allowance_form
from tests.factories.odd_files import picture

pytestmark = pytest.mark.any_database

MANY, SECONDS = 350, 50


@pytest.fixture
def little_city(cast, walk, doing, seat, settings):
    """Cases at several stages, a draft, a paper, a complaint, and somebody at every desk."""
    settings.THROTTLES = False
    for desk in (
        "head",
        "legal",
        "editor",
        "centre_manager",
        "government_office",
        "catalogue_clerk",
        "cashier",
        "supervision",
        "operator",
    ):
        seat(f"at_{desk}", cast.organ, desk)
    Account.objects.create_superuser("root")
    case = walk.handed_over()
    walk.submitted()
    walk.declined()
    allowance_form(cast.version)
    start_draft(cast.version, cast.wang_fang)
    with received(File(io.BytesIO(picture()), name="a.jpg")) as got:
        take(folder_of(case), "id-card", got, Upload.objects.all(), TrustLevel.C, Given.SENT)
    said = supervision.Grievance(ComplaintAbout.WINDOW, cast.organ, "窗口让我再来三次，没有说明。")
    supervision.complain(said, doing(None, "2026-11-23 09:00"))
    asked = enquiries.Asked("登记要多长时间？", "想成立一个协会，要办多久？", cast.organ)
    enquiries.ask(asked, doing(None, "2026-11-23 09:10"))


class UndoneAfterwards:
    """Each request in a savepoint that is rolled back: what one broke, the next does not meet."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *fault):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_hostile_requests_are_answered(little_city):
    made = crawl(9, 0, MANY, SECONDS, Pools.of_the_database(), UndoneAfterwards)
    assert made.broken == []
    assert sum(made.answers.values()) > 50
    assert made.answers[200] > 5


def test_the_crawl_knows_every_route_and_every_name_that_is_read():
    found = routes()
    assert len(found) > 250
    assert "office/<str:organ>/<slug:desk>/<str:number>/<slug:act>/" in found
    assert any(one.startswith("accounts/") for one in found)
    assert any(one.startswith("cms/") for one in found)
    assert {"key", "seen", "remove", "revoke"} <= set(read_names())
