"""Keys issued, exchanged, ended: by whom, and what the log and the database keep of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from openhall.clients.actions import keys
from openhall.clients.kinds import KEY
from openhall.clients.models import ClientDeed, Key
from openhall.clients.permissions import may_end_key, may_issue_for, may_manage_key
from openhall.clients.queries import key_of_token, key_presented, token_for
from openhall.clients.rules.keys import presented
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from tests.factories.clients import doing, in_a_year, operator_of, own_key, unit_key
from tests.factories.hand_edits import unseen

pytestmark = pytest.mark.usefixtures("sound")


def good(whole):
    return key_presented(presented(whole), timezone.now())


def test_a_key_is_kept_as_a_digest_and_held_by_the_log(cast):
    key, whole = own_key(cast.wang_fang, "cases", "nonsense")
    assert (key.scopes, key.account, key.organ) == (["cases"], cast.wang_fang, None)
    assert good(whole) == key
    secret = whole.split("-", 1)[1]
    assert secret not in str(Key.objects.values().get())
    entry = bytes(Entry.objects.get(kind="client-key").body).decode()
    assert key.name in entry
    assert secret not in entry
    assert cast.wang_fang.username not in entry
    assert unseen(KEY) == []


def test_the_same_click_issues_one_key_and_shows_no_secret_again(cast):
    act = doing(cast.wang_fang, "p:same")
    key, whole = keys.issue(None, "小程序", ["cases"], in_a_year(), act)
    again, nothing = keys.issue(None, "小程序", ["cases"], in_a_year(), act)
    assert (again, nothing, Key.objects.count()) == (key, "", 1)
    assert good(whole)


def test_an_exchanged_secret_is_good_for_another_day_and_its_tokens_end(cast, time_machine):
    key, old = own_key(cast.wang_fang, "cases")
    token = token_for(key, ["cases"])
    assert key_of_token(token, timezone.now())[0] == key
    _key, new = keys.exchange(key.pk, doing(cast.wang_fang))
    assert (good(old), good(new)) == (key, key)
    assert key_of_token(token, timezone.now()) is None
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    assert (good(old), good(new)) == (None, key)


def test_an_ended_key_opens_nothing_at_once(cast):
    key, whole = own_key(cast.wang_fang, "cases")
    token = token_for(key, ["cases"])
    keys.end(key.pk, doing(cast.wang_fang))
    assert good(whole) is None
    assert key_of_token(token, timezone.now()) is None
    with pytest.raises(Refused):
        keys.end(key.pk, doing(cast.wang_fang))
    assert list(ClientDeed.objects.values_list("act", flat=True)) == ["issue", "end"]


def test_a_key_runs_out_and_falls_with_its_person(cast, time_machine):
    key, whole = own_key(cast.wang_fang, "cases")
    cast.wang_fang.is_active = False
    cast.wang_fang.save()
    assert good(whole) is None
    cast.wang_fang.is_active = True
    cast.wang_fang.save()
    time_machine.move_to(timezone.now() + timedelta(days=301))
    assert good(whole) is None
    assert key.good_until < timezone.localdate()


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_key_is_good_for_a_year_at_most(cast, days):
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused) as refused:
        keys.issue(None, "小程序", [], until, doing(cast.wang_fang))
    assert refused.value.field == "good_until"


def test_ten_keys_are_enough_for_a_person(cast):
    for _n in range(10):
        own_key(cast.wang_fang)
    with pytest.raises(Refused, match="10"):
        own_key(cast.wang_fang)


def test_who_may(cast):
    """Every role against every act, on the key of a person and on that of a unit."""
    operator, day = operator_of(cast.organ), timezone.localdate()
    own, units = own_key(cast.wang_fang)[0], unit_key(cast.organ)[0]
    found = {
        name: (
            may_issue_for(who, None, day),
            may_issue_for(who, cast.organ, day),
            may_manage_key(who, own, day),
            may_end_key(who, own, day),
            may_manage_key(who, units, day),
            may_end_key(who, units, day),
        )
        for name, who in (
            ("nobody", None),
            ("applicant", cast.wang_fang),
            ("window", cast.li_chuang),
            ("operator", operator),
        )
    }
    assert found == {
        "nobody": (False, False, False, False, False, False),
        "applicant": (True, False, True, True, False, False),
        "window": (True, False, False, False, False, False),
        "operator": (True, True, False, True, True, True),
    }


def test_who_may_not_is_refused_by_the_act(cast):
    units, own = unit_key(cast.organ)[0], own_key(cast.wang_fang)[0]
    for act in (
        lambda: keys.issue(cast.organ, "系统", [], in_a_year(), doing(cast.li_chuang)),
        lambda: keys.exchange(units.pk, doing(cast.li_chuang)),
        lambda: keys.end(own.pk, doing(cast.li_chuang)),
    ):
        with pytest.raises(Refused):
            act()


def test_the_database_knows_whose_a_key_is(cast):
    key, _whole = own_key(cast.wang_fang)
    for wrong in ({"organ": cast.organ}, {"account": None}, {"issued_by": cast.li_chuang}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Key.objects.filter(pk=key.pk).update(**wrong)
