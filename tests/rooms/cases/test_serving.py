"""Serving a result: every attempt kept, reading in the account a proof, deemed by setting."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, DeliveryAttempt
from openhall.cases.terms import AttemptResult, Channel, Delivery, Relation, SignedBy
from openhall.deeds.refusals import Refused
from openhall.papers.models import Paper, PaperOpening
from tests.factories.cases import WANG, Walk

POSTED, ABSENT = AttemptResult.POSTED, AttemptResult.ABSENT


@pytest.fixture
def refused(cast, doing) -> Case:
    """A case refused on 12 March, to be delivered."""
    return Walk(cast, doing).refused()


def at_window(cast, doing, moment):
    return doing(cast.li_chuang, moment, desk="window")


def test_posted_returned_then_signed_for_at_home_and_the_proof_tells_it_all(cast, doing, refused):
    for moment, result in (("2024-03-13 09:00", POSTED), ("2024-03-18 09:00", "returned")):
        actions.attempt(
            refused.pk,
            Delivery.POST,
            AttemptResult(result),
            at_window(cast, doing, moment),
            tracking="EX123456789CN",
        )
    actions.deliver(
        refused.pk,
        Delivery.IN_PERSON,
        "王强",
        at_window(cast, doing, "2024-03-20 09:00"),
        relation=Relation.FAMILY,
        signed=SignedBy.HAND,
    )
    proof = Paper.objects.get(about=refused.number, kind="delivery").content
    for said in ("2024年3月13日邮寄送达", "邮件退回", "EX123456789CN", "王强", "同住成年家属"):
        assert said in proof
    results = list(DeliveryAttempt.objects.values_list("result", flat=True))
    assert results == ["posted", "returned", "delivered"]


@pytest.mark.parametrize("who", ["wang_fang", "zhao_cheng", "sun_pi", "zhou_wai", None])
def test_only_the_window_serves(cast, doing, refused, who):
    actor = getattr(cast, who) if who else None
    with pytest.raises(Refused, match="窗口"):
        actions.attempt(refused.pk, Delivery.IN_PERSON, ABSENT, doing(actor, "2024-03-13 09:00"))
    assert not DeliveryAttempt.objects.exists()


@pytest.mark.parametrize(
    ("way", "result", "tracking", "field"),
    [
        (Delivery.POST, POSTED, " ", "tracking"),
        (Delivery.IN_PERSON, POSTED, "", "result"),
        (Delivery.IN_PERSON, AttemptResult.DELIVERED, "", "result"),
    ],
)
def test_an_attempt_that_makes_no_sense_is_refused(
    cast, doing, refused, way, result, tracking, field
):
    with pytest.raises(Refused) as told:
        actions.attempt(
            refused.pk,
            way,
            result,
            at_window(cast, doing, "2024-03-13 09:00"),
            tracking=tracking,
        )
    assert told.value.field == field


def test_nothing_is_served_before_there_is_a_result_and_a_repeated_click_serves_once(
    cast, doing, refused
):
    early = actions.submit("MZ-XK-0001", WANG, {}, Channel.WINDOW, doing(None, "2024-03-04 09:00"))
    with pytest.raises(Refused, match="没有可以送达"):
        actions.attempt(
            early.pk, Delivery.IN_PERSON, ABSENT, at_window(cast, doing, "2024-03-13 09:00")
        )
    twice = doing(cast.li_chuang, "2024-03-13 09:00", desk="window", key="twice")
    first = actions.attempt(refused.pk, Delivery.IN_PERSON, ABSENT, twice)
    assert actions.attempt(refused.pk, Delivery.IN_PERSON, ABSENT, twice) == first


def test_in_the_account_a_result_is_served_once_its_holder_opened_it(client, cast, doing, refused):
    served = (refused.pk, Delivery.ACCOUNT, "王芳")
    with pytest.raises(Refused, match="还没有在账户中查阅") as told:
        actions.deliver(*served, at_window(cast, doing, "2024-03-20 09:00"))
    assert told.value.field == "way"
    paper = Paper.objects.get(about=refused.number, kind="refusal")
    client.force_login(cast.wang_fang)
    address = reverse("portal:paper", args=[refused.number, paper.pk])
    assert client.get(address).status_code == client.get(address).status_code == 200
    assert PaperOpening.objects.get().paper == paper
    actions.deliver(*served, at_window(cast, doing, "2024-03-20 09:00"), signed=SignedBy.ACCOUNT)
    assert "在账户中查阅决定书" in Paper.objects.get(about=refused.number, kind="delivery").content


def test_a_city_may_deem_it_served_after_so_many_days(cast, doing, refused, settings):
    settings.DEEMED_SERVED_DAYS = 7
    served = (refused.pk, Delivery.ACCOUNT, "王芳")
    with pytest.raises(Refused, match="不能视为送达"):
        actions.deliver(*served, at_window(cast, doing, "2024-03-18 09:00"))
    actions.deliver(*served, at_window(cast, doing, "2024-03-19 09:00"))


def test_an_official_who_reads_the_paper_does_not_open_it_for_the_applicant(client, cast, refused):
    paper = Paper.objects.get(about=refused.number, kind="refusal")
    client.force_login(cast.li_chuang)
    client.get(reverse("portal:paper", args=[refused.number, paper.pk]))
    assert not PaperOpening.objects.exists()


def test_the_database_wants_a_number_for_what_was_posted_and_a_name_for_what_was_signed(
    cast, doing, refused
):
    made = actions.attempt(
        refused.pk,
        Delivery.POST,
        POSTED,
        at_window(cast, doing, "2024-03-13 09:00"),
        tracking="EX1",
    )
    for wrong in ({"tracking": ""}, {"result": "delivered"}, {"way": "pigeon"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DeliveryAttempt.objects.filter(pk=made.pk).update(**wrong)
