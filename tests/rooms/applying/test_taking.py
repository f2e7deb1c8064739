"""纸质申请代录: who entered it, when it really came, what lay there; only the unit's window may."""

from datetime import timedelta

import pytest
from django.utils import timezone

from openhall.applying.actions.drafting import save_draft, start_draft
from openhall.applying.actions.taking import Handed, take_in
from openhall.applying.actions.uploading import attach
from openhall.applying.models import HeldDocument
from openhall.cases.actions import Doing
from openhall.cases.models import Case, HandedPaper
from openhall.cases.public import source_of
from openhall.cases.terms import Channel
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from openhall.organs.models import Account
from openhall.outbox.models import Message
from tests.rooms.applying.conftest import photograph

LAY = (Handed("charter", 1, 1),)
WHY = "邮件下班后送达，次日拆封录入。"


@pytest.fixture
def paper(scene):
    draft = start_draft(scene.cast.version, None, organ=scene.cast.organ)
    return save_draft(draft, {"party": scene.party(), "answers": {"name": "书会"}}, "intake")


def entered(draft, who, came=None, handed=LAY, channel=Channel.POST, **more):
    now = timezone.now()
    return take_in(
        draft, channel, came or now, handed, Doing(who, now, draft.key, "window"), **more
    )


def test_the_source_the_two_times_and_the_clerk_stand(scene, paper):
    came = timezone.now() - timedelta(days=2)
    case = entered(paper, scene.cast.li_chuang, came, late_reason=WHY)
    source = source_of(case)
    assert (source.channel, source.entered.actor) == ("post", scene.cast.li_chuang)
    assert case.received_at == came
    assert source.late
    assert HandedPaper.objects.get().copies == 1
    assert entered(paper, scene.cast.li_chuang) == case  # the second click
    assert case.papers.get().kind == "receipt"


def test_a_paper_of_another_day_needs_its_reason_and_none_comes_from_the_future(scene, paper):
    now = timezone.now()
    for came, field in (
        (now - timedelta(days=2), "late_reason"),
        (now + timedelta(days=1), "received_at"),
        (now - timedelta(days=31), "received_at"),
    ):
        with pytest.raises(Refused) as refused:
            entered(paper, scene.cast.li_chuang, came)
        assert refused.value.field == field
    assert not Case.objects.exists()


@pytest.mark.parametrize("who", ["wang_fang", "zhao_cheng", "sun_pi", "zhou_wai"])
def test_nobody_but_the_units_window_enters(scene, paper, who):
    with pytest.raises(Refused, match="只有本单位窗口"):
        entered(paper, getattr(scene.cast, who))
    assert not Case.objects.exists()


def test_online_is_not_a_way_in_which_paper_comes(scene, paper):
    with pytest.raises(Refused, match="窗口和邮寄"):
        entered(paper, scene.cast.li_chuang, channel=Channel.ONLINE)


def test_a_verified_original_makes_its_scan_level_b_and_needs_one(scene, paper):
    with pytest.raises(Refused, match="留下复印件或者扫描件") as refused:
        entered(paper, scene.cast.li_chuang, handed=[Handed("id", verified=True)])
    assert refused.value.field == "id"
    attach(paper, "id", photograph("red"))
    entered(paper, scene.cast.li_chuang, handed=[Handed("id", verified=True)])
    assert Upload.objects.get().trust == "B"
    assert HeldDocument.objects.get().name == "申请人身份证件"


def test_that_person_is_told_and_sees_the_case_only_if_the_identity_was_verified(scene, paper):
    case = entered(paper, scene.cast.li_chuang)
    assert case.account is None  # whoever typed this number at sign-up proved nothing
    assert Message.objects.filter(about=case.number).exists()
    Account.objects.filter(pk=scene.wang.pk).update(assurance="window")
    second = start_draft(scene.cast.version, None, organ=scene.cast.organ)
    save_draft(second, {"party": scene.party(), "answers": {"name": "书会"}}, "intake")
    assert entered(second, scene.cast.li_chuang).account == scene.wang
