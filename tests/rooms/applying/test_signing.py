"""Several people sign one content: all of them, this very content, or it is not sent."""

import pytest

from openhall.applying.actions.drafting import save_draft
from openhall.applying.actions.sending import send
from openhall.applying.actions.signing import ask_to_sign, decline_to_sign, no_longer_ask, sign
from openhall.applying.actions.uploading import attach
from openhall.applying.models import Signature
from openhall.applying.queries import asked_of, digest_now, signers
from openhall.cases.models import CaseEvent
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.organs.models import Account
from tests.rooms.applying.conftest import CHEN, WANG, photograph


@pytest.fixture
def asked(scene):
    scene.filled()
    for key, colour in (("charter", "white"), ("id", "red")):
        attach(scene.draft, key, photograph(colour))
    return ask_to_sign(scene.draft, "陈伟", CHEN)


def test_it_is_sent_only_when_everybody_signed_and_the_log_commits_to_it(scene, asked):
    with pytest.raises(Refused, match="陈伟还没有签署"):
        send(scene.draft, scene.wang)
    assert asked_of(scene.chen) == [asked]
    sign(asked, digest_now(scene.draft), scene.chen)
    assert asked_of(scene.chen) == []
    case = send(scene.draft, scene.wang)
    event = CaseEvent.objects.get(case=case)
    assert event.facts["signatures"] == 1
    assert "陈伟" in event.detail
    body = bytes(Entry.objects.get(pk=event.entry).body).decode()
    assert "signature_1" in body
    assert CHEN not in body
    assert "陈伟" not in body


def test_a_change_voids_the_signature_and_the_record_stays(scene, asked):
    sign(asked, digest_now(scene.draft), scene.chen)
    save_draft(scene.draft, {"answers": {"name": "锦官读书会"}}, "questions")
    (one,) = signers(scene.draft)
    assert (one.state, one.voided) == ("waiting", 1)
    assert Signature.objects.count() == 1
    with pytest.raises(Refused, match="还没有签署"):
        send(scene.draft, scene.wang)


def test_saving_the_same_again_voids_nothing(scene, asked):
    sign(asked, digest_now(scene.draft), scene.chen)
    save_draft(scene.draft, {"answers": {"name": "锦江读书会"}}, "questions")
    assert signers(scene.draft)[0].state == "signed"


def test_what_was_read_is_what_is_signed(scene, asked):
    read = digest_now(scene.draft)
    save_draft(scene.draft, {"answers": {"name": "偷换的内容"}}, "questions")
    with pytest.raises(Refused, match="刚刚被修改"):
        sign(asked, read, scene.chen)


def test_without_account_the_name_and_the_whole_number_are_needed(scene, asked):
    digest = digest_now(scene.draft)
    for name, number in (("陈伟", WANG), ("陈卫", CHEN), ("", "")):
        with pytest.raises(Refused, match="只有被邀请的本人"):
            sign(asked, digest, None, name, number)
    assert sign(asked, digest, None, "陈伟", CHEN.lower()).account is None


def test_nobody_signs_for_another(scene, asked):
    stranger = Account.objects.create_user(username="li_si")
    for who in (stranger, scene.wang, scene.cast.li_chuang):
        with pytest.raises(Refused, match="只有被邀请的本人"):
            sign(asked, digest_now(scene.draft), who)
    assert not Signature.objects.exists()


def test_who_declines_says_why_and_stops_the_sending_until_no_longer_asked(scene, asked):
    digest = digest_now(scene.draft)
    with pytest.raises(Refused, match="不签署的原因"):
        decline_to_sign(asked, digest, "不", scene.chen)
    with pytest.raises(Refused, match=r"U\+E863"):
        decline_to_sign(asked, digest, "第三\ue863条我不同意。", scene.chen)
    decline_to_sign(asked, digest, "章程第三条我不同意。", scene.chen)
    with pytest.raises(Refused, match="陈伟拒绝签署"):
        send(scene.draft, scene.wang)
    no_longer_ask(scene.draft, asked.pk)
    assert send(scene.draft, scene.wang).number


def test_nobody_is_asked_twice_and_a_wrong_number_stands_beside_its_field(scene, asked):
    with pytest.raises(Refused, match="不必重复") as twice:
        ask_to_sign(scene.draft, "陈伟", CHEN)
    assert twice.value.field == "number"
    with pytest.raises(Refused, match="校验位"):
        ask_to_sign(scene.draft, "李四", "110105194912310021")
