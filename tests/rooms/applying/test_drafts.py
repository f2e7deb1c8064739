"""Nothing typed is lost: two pages, two devices, a new guide, a removal that was announced."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from openhall.applying.actions import drafting
from openhall.applying.actions.drafting import save_draft, start_draft, start_filled
from openhall.applying.actions.sending import send
from openhall.applying.actions.uploading import attach
from openhall.applying.application import Application
from openhall.applying.models import Draft, SetAside
from openhall.applying.queries import change_between, removal_of
from openhall.applying.tasks import remove_old_drafts
from openhall.catalogue.models import Form, ItemVersion
from openhall.deeds.refusals import Moved, Refused
from openhall.organs.models import Account
from tests.factories.catalogue import BROUGHT
from tests.rooms.applying.conftest import photograph


def test_an_old_page_overwrites_nothing_and_both_contents_are_kept(scene):
    seen = scene.draft.revision
    save_draft(scene.draft, {"answers": {"name": "在电脑上"}}, "questions", seen=seen)
    with pytest.raises(Moved, match="两处内容都已保留"):
        save_draft(scene.draft, {"answers": {"name": "在手机上"}}, "questions", seen=seen)
    assert "在电脑上" in Draft.objects.get(pk=scene.draft.pk).content
    aside = SetAside.objects.get()
    assert "在手机上" in aside.content
    drafting.settle_aside(scene.draft, aside.pk, take=True)
    assert "在手机上" in Draft.objects.get(pk=scene.draft.pk).content
    drafting.settle_aside(scene.draft, aside.pk, take=True)  # a second click does nothing more
    assert SetAside.objects.get().settled_at is not None


def test_the_same_content_from_an_old_page_is_no_conflict(scene):
    seen = scene.draft.revision
    save_draft(scene.draft, {"answers": {"name": "一样"}}, "questions", seen=seen)
    save_draft(scene.draft, {"answers": {"name": "一样"}}, "questions", seen=seen)
    assert not SetAside.objects.exists()


def test_two_drafts_of_one_item_never_mix(scene):
    other = start_draft(scene.cast.version, scene.wang)
    drafting.rename(other, "第二份")
    save_draft(scene.draft, {"answers": {"name": "一"}}, "questions")
    save_draft(other, {"answers": {"name": "二"}}, "questions")
    assert json.loads(Draft.objects.get(pk=scene.draft.pk).content)["answers"] == {"name": "一"}
    assert Draft.objects.get(pk=other.pk).name == "第二份"


def test_a_new_version_carries_answers_over_by_their_keys(scene):
    scene.filled()
    today = timezone.localdate()
    old = scene.cast.version
    ItemVersion.objects.filter(pk=old.pk).update(effective_until=today - timedelta(days=1))
    new = ItemVersion.objects.create(
        item=old.item,
        number=2,
        state="published",
        published_at=BROUGHT,
        name=old.name,
        effective_from=today,
        statutory_days=20,
        promised_days=8,
    )
    fields = [
        {"key": "name", "kind": "text", "label": "社团名称"},
        {"key": "place", "kind": "text", "label": "住所"},
    ]
    Form.objects.create(version=new, title="申请书", fields=fields)
    assert Application(scene.draft, None, today).in_force == new
    told = [(one.kind, one.label, one.how) for one in change_between(old, new, "zh-hans")]
    assert told == [
        ("changed", "社团名称", ("改为选填",)),
        ("added", "住所", ()),
        ("removed", "章程草案", ()),
        ("removed", "申请人身份证件", ()),
    ]
    with pytest.raises(Refused, match="办事指南已更新"):
        send(scene.draft, scene.wang)
    drafting.carry_over(scene.draft)
    draft = Draft.objects.get(pk=scene.draft.pk)
    assert draft.item_version == new
    assert json.loads(draft.content)["answers"] == {"name": "锦江读书会"}


def test_a_discarded_draft_leaves_its_record_and_no_word_or_file(
    scene, django_capture_on_commit_callbacks
):
    scene.filled()
    upload = attach(scene.draft, "charter", photograph())
    files = [upload.file.name, upload.thumbnail.name]
    assert all(storages["private"].exists(name) for name in files)
    with django_capture_on_commit_callbacks(execute=True):
        drafting.discard(scene.draft)
    draft = Draft.objects.get(pk=scene.draft.pk)
    assert (draft.ended, draft.content) == ("discarded", "{}")
    assert not any(storages["private"].exists(name) for name in files)
    for deed in (
        lambda: save_draft(draft, {"answers": {}}, "questions"),
        lambda: attach(draft, "charter", photograph("red")),
        lambda: send(draft, scene.wang),
    ):
        with pytest.raises(Refused, match="已经删除"):
            deed()


def test_an_unsent_draft_is_removed_after_its_term_and_warned_of_before(scene, settings):
    settings.DRAFT_DAYS = 30
    now = timezone.now()
    Draft.objects.filter(pk=scene.draft.pk).update(saved_at=now - timedelta(days=20))
    scene.draft.refresh_from_db()
    assert "清除" in removal_of(scene.draft)[1]
    assert remove_old_drafts.func() == 0
    Draft.objects.filter(pk=scene.draft.pk).update(saved_at=now - timedelta(days=31))
    assert remove_old_drafts.func() == 1
    assert Draft.objects.get(pk=scene.draft.pk).ended == "expired"


def test_a_draft_without_account_is_taken_into_one_and_never_into_a_second(scene):
    loose = start_draft(scene.cast.version, None)
    drafting.adopt(loose, scene.wang)
    drafting.adopt(loose, scene.wang)
    with pytest.raises(Refused, match="另一个账号"):
        drafting.adopt(loose, Account.objects.create_user(username="li_si"))
    assert Draft.objects.get(pk=loose.pk).account == scene.wang


def test_a_day_in_the_past_is_a_day(scene):
    assert removal_of(scene.draft)[0] > date(2026, 1, 1)


def test_a_program_cut_off_while_it_writes_leaves_no_draft_to_trip_over(scene):
    """Killed between the two, it found an empty draft under its key and was refused for ever."""
    content = {"party": {"name": "王芳"}, "answers": {"name": {"no": "JSON"}.keys()}}
    before = Draft.objects.count()
    with pytest.raises(TypeError):
        start_filled(scene.cast.version, scene.wang, content, "api-1-x")
    assert Draft.objects.count() == before
    content["answers"] = {"name": "锦江读书会"}
    first = start_filled(scene.cast.version, scene.wang, content, "api-1-x")
    assert "锦江读书会" in Draft.objects.get(pk=first.pk).content
