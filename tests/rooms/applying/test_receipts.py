"""The receipt proves what was handed in and says which originals are still to be shown."""

import pytest
from django.utils import timezone

from openhall.applying.actions.drafting import save_draft, start_draft
from openhall.applying.actions.sending import send
from openhall.applying.actions.taking import Handed, take_in
from openhall.applying.actions.uploading import attach
from openhall.applying.rules.posting import NO_ADDRESS
from openhall.cases.actions import Doing
from openhall.cases.application import applied_with
from openhall.cases.terms import Channel
from openhall.catalogue.models import Form, Material
from openhall.deeds.refusals import Refused
from openhall.papers.models import Paper
from openhall.papers.pdf import pdf_of
from tests.rooms.applying.conftest import photograph

pytestmark = pytest.mark.django_db


def words(case) -> str:
    return Paper.objects.get(about=case.number, kind="receipt").content


def test_it_lists_the_form_and_every_paper_that_was_sent(scene):
    draft = scene.filled()
    for colour in ("white", "grey"):
        attach(draft, "charter", photograph(colour))
    attach(draft, "id", photograph("blue"))
    case = send(draft, scene.wang)
    told = words(case)
    assert f"1. 申请表（核对值{applied_with(case).mark}）" in told
    assert "2. 章程草案（2个文件）" in told
    assert "3. 申请人身份证件" in told
    assert "原件：章程草案、申请人身份证件。" in told
    assert pdf_of(Paper.objects.get(about=case.number, kind="receipt")).startswith(b"%PDF")


def test_what_is_only_on_paper_is_still_to_be_brought(scene):
    Material.objects.create(
        version=scene.cast.version, key="seal", name="印模", medium="paper", necessity="required"
    )
    draft = scene.filled()
    for key in ("charter", "id"):
        attach(draft, key, photograph((key == "id" and "grey") or "white"))
    assert "原件：印模、章程草案" in words(send(draft, scene.wang))


def entered(scene, handed, answers=None):
    draft = start_draft(scene.cast.version, None, organ=scene.cast.organ)
    said = {"party": scene.party(), "answers": answers or {"name": "书会"}}
    save_draft(draft, said, "intake")
    now = timezone.now()
    doing = Doing(scene.cast.li_chuang, now, draft.key, "window")
    return take_in(draft, Channel.WINDOW, now, handed, doing)


def test_at_the_counter_it_says_how_many_and_what_was_compared(scene):
    told = words(entered(scene, [Handed("charter", 1, 2), Handed("id", 0, 1, verified=True)]))
    assert "章程草案（原件1份，复印件2份）" in told
    assert "申请人身份证件（复印件1份，已核对原件）" in told
    assert "出示下列材料的原件" not in told


def test_a_copy_that_was_not_compared_is_still_to_be_shown(scene):
    assert "原件：申请人身份证件。" in words(entered(scene, [Handed("id", 0, 1)]))


def test_at_the_counter_too_the_post_asks_where_to(scene):
    collect = {
        "key": "collect",
        "kind": "choice",
        "label": "怎样领证",
        "options": [{"value": "post", "label": "邮寄"}, {"value": "window", "label": "窗口"}],
    }
    form = Form.objects.get(version=scene.cast.version)
    form.fields = [*form.fields, collect]
    form.save()
    scene.cast.version.refresh_from_db()
    with pytest.raises(Refused) as refused:
        entered(scene, [], {"name": "书会", "collect": "post"})
    assert (refused.value.field, refused.value.said) == ("address", NO_ADDRESS)
