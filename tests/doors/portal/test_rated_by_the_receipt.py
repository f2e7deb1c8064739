"""The code on the receipt leads to the case, and a rating given by it says that it came so."""

import pytest

from openhall.appraisal.models import Rating
from openhall.cases.actions.papers import query_code_of
from tests.factories.pages import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("via", "source"), [("qr", "qr"), ("", "online"), ("x", "online")])
def test_a_rating_names_the_way_by_which_the_code_came(client, walk, via, source):
    case = walk.accepted()
    page = client.get(f"/track/?via={via}").content.decode()
    assert ('name="via"' in page) == (via == "qr")
    client.post("/track/", {"code": query_code_of(case), "via": via})
    act = "rating_acceptance"
    typed = {f"{act}-satisfaction": "5", "key": f"c-{via}"}
    assert client.post(f"/cases/{case.number}/{act}/", typed).status_code == 303
    assert Rating.objects.get().source == source
    receipt = client.get(f"/cases/{case.number}/received/").content.decode()
    assert "<svg" in receipt


def test_who_was_served_is_led_to_the_rating_at_once(client, walk):
    """The form stands below the papers; on a phone that is three screens down."""
    delivered = walk.delivered()
    client.post("/track/", {"code": query_code_of(delivered), "via": "qr"})
    page = read(client, f"/cases/{delivered.number}/")
    (link,) = page.soup.select("main a[href='#rate']")
    assert page.soup.select_one("#rate") is not None
    assert link.sourceline < page.soup.select_one("#rate").sourceline - 20


def test_who_waits_is_not(client, walk):
    handled = walk.handed_over()
    client.post("/track/", {"code": query_code_of(handled), "via": "qr"})
    assert not read(client, f"/cases/{handled.number}/").soup.select("main a[href='#rate']")
