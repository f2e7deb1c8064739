"""The pages of a kiosk: no cookie, no form token; what is done is signed by the machine."""

from urllib.parse import urlencode

import pytest
from django.utils import timezone

from openhall.appraisal.models import Rating
from openhall.cases import actions as cases
from openhall.cases.actions import Party
from openhall.cases.actions.papers import query_code_of
from openhall.cases.terms import ApplicantKind, Channel
from openhall.deeds.refusals import Refused
from openhall.hall.actions import kiosks, turns
from openhall.hall.terms import KioskKind
from openhall.organs.terms import IdentityKind
from tests.factories.hall import doing, furnished, sits
from tests.factories.kiosk import kiosk_in

pytestmark = pytest.mark.django_db

WANG = Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")


@pytest.fixture
def there(cast):
    return furnished(cast.item, cast.organ, signed_in=False)


@pytest.fixture
def accepted(there, cast):
    """A case taken in and accepted at window 1, from a ticket that is done."""
    clerk, window = there.clerks[0], there.windows[1]
    sits(there, clerk, 1)
    ticket = there.taken()
    turns.call_next(window, doing(clerk))
    turns.serve(window, ticket, doing(clerk))
    case = cases.submit(cast.item.code, WANG, {}, Channel.WINDOW, doing(clerk, desk="window"))
    turns.linked_at_counter(case, doing(clerk, desk="window"))
    cases.accept(case.pk, doing(clerk, desk="window"))
    turns.finish(window, ticket, doing(clerk))
    case.refresh_from_db()
    ticket.refresh_from_db()
    return case, ticket


def sent(one, address, **typed):
    now = timezone.now().timestamp()
    kind = "application/x-www-form-urlencoded"
    return one.machine.centre.signed(address, urlencode(typed).encode(), now, kind)


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_page_is_read_without_cookie_session_or_token(client, there, cast, language):
    at = f"{language}/kiosk/{there.hall.slug}/"
    pages = ["", "take/", "take/A/", "find/", "find/?q=许可", f"items/{cast.item.code}/", "guides/"]
    pages += ["track/", "track/?rate", "notices/", "away/", "own/paper/", "own/locked/"]
    pages += ["own/none-closed/", "own/none-spent/", "pad/1/"]
    for page in pages:
        answer = client.get(at + page)
        assert answer.status_code == 200, page
        assert not answer.cookies, page
        assert "csrf" not in answer.content.decode(), page
    assert client.get(f"{at}own/nothing/").status_code == 404
    assert client.get(f"{language}/kiosk/nothing/").status_code == 404


def test_a_case_is_followed_and_rated_by_its_code_at_a_machine_of_the_hall(
    client, there, accepted, tmp_path
):
    case, _ticket = accepted
    code, one = query_code_of(case), kiosk_in(there, tmp_path)
    at = f"/kiosk/{there.hall.slug}/track/"
    assert client.post(at, {"code": code}).status_code == 403
    wrong = sent(one, at, code="ABCD")
    assert wrong.status == 422
    page = sent(one, at, code=code).body.decode()
    assert case.number in page
    assert "王芳" not in page
    assert "取号" in page
    bad = sent(one, at, code=code, satisfaction="2", key="k1").body.decode()
    assert "至少选择一项" in bad
    assert Rating.objects.count() == 0
    sent(one, at, code=code, satisfaction="2", reasons="slow", key="k2")
    sent(one, at, code=code, satisfaction="2", reasons="slow", key="k2")
    rating = Rating.objects.get()
    assert (rating.source, rating.score, rating.accepted_id) == ("kiosk", 2, case.pk)
    kiosks.lock(one.kiosk.pk, "检修", doing(there.manager))
    assert sent(one, at, code=code).status == 403


def test_the_pad_of_a_window_rates_who_was_served_there_and_nobody_else(
    client, there, accepted, tmp_path
):
    case, ticket = accepted
    slug = there.hall.slug
    at = f"/kiosk/{slug}/pad/1/"
    assert f"{ticket}" in client.get(at).content.decode()
    assert f"{ticket}" not in client.get(f"/kiosk/{slug}/pad/2/").content.decode()
    typed = {"ticket": str(ticket.uid), "satisfaction": "5", "key": "p1"}
    kiosk = kiosk_in(there, tmp_path / "a")
    other = kiosk_in(there, tmp_path / "b", kind=KioskKind.PAD, window=there.windows[2])
    pad = kiosk_in(there, tmp_path / "c", kind=KioskKind.PAD, window=there.windows[1])
    assert client.post(at, typed).status_code == 403
    assert sent(kiosk, at, **typed).status == 403
    assert sent(other, at, **typed).status == 403
    assert sent(pad, at, **typed | {"ticket": "x"}).status == 409
    assert Rating.objects.count() == 0
    assert "谢谢" in sent(pad, at, **typed).body.decode()
    rating = Rating.objects.get()
    assert (rating.source, rating.score, rating.accepted_id) == ("window", 5, case.pk)
    assert f"{ticket}" not in client.get(at).content.decode()
    assert sent(pad, at, **typed).status == 409


def test_machines_are_registered_locked_and_retired_by_who_manages_the_hall(
    client, there, tmp_path
):
    one = kiosk_in(there, tmp_path)
    for who in (there.clerks[0], there.office):
        for act in (
            lambda by: kiosks.register(there.hall, KioskKind.KIOSK, "x", "A" * 43 + "=", by),
            lambda by: kiosks.lock(one.kiosk.pk, "x", by),
            lambda by: kiosks.retire(one.kiosk.pk, by),
            lambda by: kiosks.rekey(one.kiosk.pk, "A" * 43 + "=", by),
        ):
            with pytest.raises(Refused, match="管理人员"):
                act(doing(who))
    with pytest.raises(Refused, match="公钥"):
        kiosks.register(there.hall, KioskKind.KIOSK, "x", "no key", doing(there.manager))
    at = "/office/cd-zx/centre_manager/hall/kiosks/"
    client.force_login(there.clerks[0])
    assert client.get(at).status_code == 403
    client.force_login(there.manager)
    page = client.get(at).content.decode()
    assert one.kiosk.code in page
    assert "从未联系" in page
    one.machine.round()
    assert "正常" in client.get(at).content.decode()
    lock = f"lock-{one.kiosk.pk}"
    answer = client.post(f"{at}{lock}/", {"key": "c-1", f"{lock}-why": "换纸"})
    assert answer.status_code == 303
    one.kiosk.refresh_from_db()
    assert one.kiosk.locked
