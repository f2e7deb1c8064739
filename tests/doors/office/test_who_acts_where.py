"""Every act offered at a desk, tried from every desk: whose it is not leaves nothing behind. A14.

The acts are read from the subjects, so that one added tomorrow is in the table without a line of
its own; the desks beside each page say who may do something there at all.
"""

from datetime import date

import pytest
from django.urls import reverse

from openhall.catalogue.actions.tariffs import begin_tariff
from openhall.office.acts import central_list, items, tariffs
from openhall.office.views import (
    cashier,
    catalogue_exchange,
    deemed_consent,
    erasing,
    finance,
    ledger_audit,
    oversight_reviews,
    oversight_scores,
    oversight_weights,
    papers,
    standing,
)
from openhall.organs.models import Organ
from openhall.organs.terms import Desk
from tests.factories.catalogue import by
from tests.factories.traces import no_trace
from tests.rooms.catalogue.conftest import AT

pytestmark = pytest.mark.any_database

D = Desk
SEATS = (
    D.WINDOW,
    D.HANDLER,
    D.DECIDER,
    D.HEAD,
    D.CATALOGUE_CLERK,
    D.LEGAL,
    D.SUPERVISION,
    D.INSPECTOR,
    D.GOVERNMENT_OFFICE,
    D.CASHIER,
    D.FINANCE,
    D.OPERATOR,
)
WATCHERS = (D.SUPERVISION, D.LEGAL, D.INSPECTOR)
# name of the page; whether its address names the desk; its acts; who may open it at all
PAGES = (
    ("till", False, cashier.Till, (D.CASHIER,)),
    ("finance", False, finance.Finance, (D.FINANCE,)),
    ("erase", False, erasing.Erasing, (D.HEAD,)),
    ("log", False, ledger_audit.LogOnDesk, (D.SUPERVISION,)),
    ("deemed_consent", False, deemed_consent.Switches, (D.GOVERNMENT_OFFICE,)),
    ("seal", False, papers.Seals, (D.HEAD, D.DECIDER)),
    ("papers", False, papers.Papers, papers.DESKS),
    ("tariffs", False, (tariffs.BeginTariff,), (D.CATALOGUE_CLERK, D.LEGAL)),
    ("catalogue_exchange", False, catalogue_exchange.Exchange, (D.CATALOGUE_CLERK, D.LEGAL)),
    ("catalogue_claim", False, (items.Claim,), (D.CATALOGUE_CLERK,)),
    ("catalogue_add", False, (central_list.Add,), (D.LEGAL,)),
    ("catalogue_merge", False, (central_list.Merge,), (D.LEGAL,)),
    (
        "catalogue_phrases",
        False,
        (central_list.AddPhrase, central_list.WithdrawPhrase),
        (D.LEGAL,),
    ),
    ("stand_ins", True, standing.StandIns, (D.DECIDER, D.HEAD)),
    ("quotas", True, standing.Quotas, (D.DECIDER, D.HEAD)),
    ("oversight_draws", True, oversight_reviews.Draws, WATCHERS),
    ("oversight_scores", True, oversight_scores.Scores, (*WATCHERS, D.HEAD)),
    ("oversight_weights", True, oversight_weights.Weights, (*WATCHERS, D.HEAD)),
)
BESIDE = ("papers", "catalogue_exchange", "oversight_draws")  # their acts stand below do/


@pytest.fixture
def seated(cast, seat):
    """An account at each desk of the civil affairs bureau, and one each at another unit."""
    water = Organ.objects.get(code="cd-water")
    here = {desk: seat(f"at_{desk.value}", cast.organ, desk.value) for desk in SEATS}
    there = {desk: seat(f"off_{desk.value}", water, desk.value) for desk in SEATS}
    return here, there


def acts_of(offering) -> list[str]:
    offers = offering if isinstance(offering, tuple) else offering.offers
    return [f"{one.code}-1" if one.is_about_parts() else one.code for one in offers]


def address(cast, name, by_desk, desk, act) -> str:
    args = [cast.organ.code, desk.value] if by_desk else [cast.organ.code]
    return reverse(f"office:{name}", args=args) + ("do/" if name in BESIDE else "") + f"{act}/"


@pytest.mark.parametrize(
    ("name", "by_desk", "offering", "open_to"), PAGES, ids=[p[0] for p in PAGES]
)
def test_an_act_is_done_at_its_own_desks_alone(
    client, cast, seated, name, by_desk, offering, open_to
):
    here, there = seated
    for act in acts_of(offering):
        for desk in SEATS:
            where = address(cast, name, by_desk, desk, act)
            with no_trace():
                client.force_login(there[desk])
                assert client.post(where).status_code == 403, (act, desk)
            client.force_login(here[desk])
            if desk in open_to:  # empty as it is sent, the right hand reads what is missing
                done = 303 if act == "verify" else 422  # a verification asks for no word
                assert client.post(where).status_code in (404, done), (act, desk)
                continue
            with no_trace():
                assert client.post(where).status_code == 403, (act, desk)
        for nobody in (cast.wang_fang, None):
            client.logout()
            if nobody is not None:
                client.force_login(nobody)
            with no_trace():
                answer = client.post(address(cast, name, by_desk, SEATS[0], act))
            assert answer.status_code in (302, 403), (act, nobody)


def test_the_page_opens_to_who_may_do_something_there(client, cast, seated):
    here, _there = seated
    for name, by_desk, _page, open_to in PAGES:
        for desk in SEATS:
            args = [cast.organ.code, desk.value] if by_desk else [cast.organ.code]
            client.force_login(here[desk])
            found = client.get(reverse(f"office:{name}", args=args)).status_code
            # A desk with a page of its own at this place answers that it knows no such act.
            assert found in ((200,) if desk in open_to else (403, 404)), (name, desk)


@pytest.mark.parametrize(
    ("name", "desk", "acts"),
    [
        ("till", D.CASHIER, ("bill", "deposit", "bill-", "deposit-7", "compare-1", "crown")),
        ("finance", D.FINANCE, ("remit", "remit-7", "remit-x", "bill")),
        ("seal", D.HEAD, ("end", "end-0", "begin-1", "crown")),
        ("deemed_consent", D.GOVERNMENT_OFFICE, ("end", "end-7", "publish-x")),
        ("catalogue_claim", D.CATALOGUE_CLERK, ("claim", "claim-x", "claim-999999999999999999")),
        ("catalogue_phrases", D.LEGAL, ("withdraw", "withdraw--1", "add-1")),
    ],
)
def test_an_act_about_no_row_or_an_unknown_one_is_not_found(client, cast, seated, name, desk, acts):
    here, _there = seated
    client.force_login(here[desk])
    for act in acts:
        where = address(cast, name, by_desk=False, desk=desk, act=act)
        with no_trace():
            assert client.get(where).status_code == 404, act
            assert client.post(where, {f"{act}-reason": "有理由。"}).status_code == 404, act


VERBS = ("save", "send", "send_back", "publish", "begin", "end", "drop")


@pytest.mark.parametrize("verb", VERBS)
def test_a_version_is_moved_by_the_hand_whose_turn_it_is(client, cast, seated, verb):
    here, there = seated
    words = {"name": "登记费", "amount": 8000, "unit": "件"}
    made = begin_tariff(cast.item, "std", words, by(here[D.CATALOGUE_CLERK], AT))
    for who, organ in ((here, cast.organ.code), (there, "cd-water")):
        for desk in SEATS:
            args = [organ, desk.value, "tariff", made.pk]
            may_look = desk == D.LEGAL or (who is here and desk == D.CATALOGUE_CLERK)
            client.force_login(who[desk])
            assert client.get(reverse("office:version", args=args)).status_code == (
                200 if may_look else 403
            )
            if may_look and verb in ("save", "send", "begin"):
                continue  # these are the writers' to do, and need no word
            with no_trace():
                answer = client.post(reverse("office:version_act", args=[*args, verb]))
            assert answer.status_code in ((303, 404, 422) if may_look else (403,)), (desk, verb)
    made.refresh_from_db()
    assert (made.state, made.seq, made.revision) == ("draft", 1, 0)
    assert made.writers == [here[D.CATALOGUE_CLERK].pk]
    assert date(2003, 1, 1) < made.saved_at.date()
