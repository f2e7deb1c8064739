"""Who may build a form, on which version, and that a faulty one is not published."""

from datetime import date, datetime

import pytest

from openhall.catalogue.actions.forms import save_form
from openhall.catalogue.asking import form_held, form_of
from openhall.catalogue.checking import faults_of_questions
from openhall.catalogue.models import Form, ItemVersion
from openhall.deeds.refusals import Refused
from openhall.forms.rules import digest_of, read_form
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.catalogue import BROUGHT, by
from tests.factories.forms import allowance_form
from tests.rules.forms import ALLOWANCE

AT = datetime.fromisoformat("2024-03-04T09:00:00+08:00")


@pytest.fixture
def clerk(cast):
    account = Account.objects.create_user(username="clerk")
    appoint(account, cast.organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    return account


@pytest.fixture
def draft(cast):
    return ItemVersion.objects.create(item=cast.item, number=2, name="社会团体成立登记")


def saved(draft, actor, fields=ALLOWANCE, **more):
    return save_form(draft.pk, "申请表", "Application", fields, by(actor, AT), **more)


def test_a_saved_form_is_a_save_of_the_draft_which_binds_nobody(draft, clerk):
    before = Entry.objects.count()
    kept = saved(draft, clerk)
    assert (kept.revision, kept.writers, kept.saved_by) == (1, [clerk.pk], clerk)
    assert digest_of(form_of(kept)) == digest_of(read_form(ALLOWANCE, "申请表", "Application"))
    assert saved(draft, clerk) is None  # nothing changed, nothing kept
    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["wang_fang", "li_chuang", "zhao_cheng", "sun_pi", "zhou_wai", ""])
def test_nobody_but_the_clerk_of_the_organ_builds_the_form(cast, draft, who):
    actor = getattr(cast, who) if who else None
    with pytest.raises(Refused, match="事项维护人员"):
        saved(draft, actor)
    assert not Form.objects.exists()


@pytest.mark.parametrize("state", ["review", "published", "superseded", "dropped"])
def test_a_form_under_review_or_in_force_is_not_touched(draft, clerk, state):
    ItemVersion.objects.filter(pk=draft.pk).update(
        state=state,
        published_at=AT,
        effective_from=date(2099, 1, 1),
        effective_until=date(2099, 2, 1),
    )
    with pytest.raises(Refused, match="不能进行这一步"):
        saved(draft, clerk)


def test_another_hand_is_not_overwritten(draft, clerk):
    saved(draft, clerk)
    with pytest.raises(Refused, match="刚刚办理"):
        saved(draft, clerk, ALLOWANCE[:1], seen="0" * 16)


def test_what_cannot_be_read_is_refused_with_its_place(draft, clerk):
    with pytest.raises(Refused, match=r"1\.kind"):
        saved(draft, clerk, [{"key": "a", "kind": "picture", "label": "照片"}])


def test_a_form_with_a_fault_is_kept_and_stopped_at_the_gate(draft, clerk):
    saved(draft, clerk, [{"key": "a", "kind": "choice", "label": "类型"}])
    draft.refresh_from_db()
    assert [str(fault.said) for fault in faults_of_questions(draft)] == [
        "申请表“类型”：请至少给出两个选项。"
    ]


def test_a_printed_form_is_found_by_its_digest_whatever_its_age(cast):
    old = form_of(allowance_form(cast.version).version)
    day = date(2026, 11, 25)
    assert form_held("MZ-XK-0001", digest_of(old), day).is_current
    ItemVersion.objects.filter(pk=cast.version.pk).update(
        state="superseded", effective_until=date(2026, 10, 31)
    )
    new = ItemVersion.objects.create(
        item=cast.item,
        number=2,
        state="published",
        published_at=BROUGHT,
        name="x",
        effective_from=date(2026, 11, 1),
    )
    Form.objects.create(version=new, title="高龄津贴申请表", fields=ALLOWANCE[:3])
    held = form_held("MZ-XK-0001", digest_of(old), day)
    assert (held.version.number, held.is_current, held.current.number) == (1, False, 2)
    assert form_held("MZ-XK-0001", "0" * 16, day) is None
