"""The operator's messages, the words of papers and the seal open to their desks and nobody else."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.outbox.actions import deliver_due, send
from openhall.outbox.models import Message
from openhall.outbox.rules.signature import signature
from openhall.outbox.terms import Channel
from openhall.papers.models import PaperTemplate, SealImage
from openhall.papers.rules.seals import round_seal
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind
from tests.factories.pages import read
from tests.factories.traces import no_trace, once, refused, refused_to

DESKS = (Desk.OPERATOR, Desk.HEAD, Desk.CATALOGUE_CLERK, Desk.LEGAL)


@pytest.fixture
def people(cast):
    found = {}
    for desk in DESKS:
        found[desk.value] = Account.objects.create_user(username=desk.value)
        appoint(found[desk.value], cast.organ, desk, date(2003, 1, 1))
    return found | {name: getattr(cast, name) for name in ("wang_fang", "li_chuang", "zhou_wai")}


@pytest.fixture
def failed(db) -> Message:
    message = send(Channel.SMS, "13812345678", "受理通知", "王芳：已受理。", key="k", about="A-1")
    Message.objects.filter(pk=message.pk).update(state="given_up", next_at=None)
    return message


@pytest.mark.parametrize("who", ["head", "catalogue_clerk", "legal", "wang_fang", "li_chuang"])
def test_the_outbox_opens_to_the_operator_alone(client, cast, people, failed, who):
    client.force_login(people[who])
    pages = [("office:outbox", []), ("office:outbox_message", [failed.pk])]
    for name, more in pages:
        assert client.get(reverse(name, args=[cast.organ.code, *more])).status_code == 403
    again = reverse("office:outbox_message_act", args=[cast.organ.code, failed.pk, "retry"])
    assert client.post(again).status_code == 403
    assert Message.objects.get().state == "given_up"


def test_the_operator_sees_masked_addresses_no_words_and_tries_again(client, cast, people, failed):
    client.force_login(people["operator"])
    listing = client.get(reverse("office:outbox", args=[cast.organ.code])).text
    one = client.get(reverse("office:outbox_message", args=[cast.organ.code, failed.pk])).text
    for page in (listing, one):
        assert "138****5678" in page
        assert "13812345678" not in page
        assert "王芳" not in page
    again = reverse("office:outbox_message_act", args=[cast.organ.code, failed.pk, "retry"])
    assert client.post(again).status_code == 303
    assert Message.objects.get().state == "queued"
    late = client.post(again)
    assert (late.status_code, "没有失败" in late.text) == (422, True)


@pytest.mark.parametrize("who", ["operator", "wang_fang", "li_chuang", "zhou_wai"])
def test_words_and_seal_are_closed_to_other_desks(client, cast, people, who):
    client.force_login(people[who])
    for name, more in (("papers", []), ("words", ["refusal"]), ("seal", [])):
        assert (
            client.get(reverse(f"office:{name}", args=[cast.organ.code, *more])).status_code == 403
        )


def test_a_clerk_drafts_looks_proposes_and_legal_looks_and_approves(client, cast, people):
    address = reverse("office:words", args=[cast.organ.code, "receipt"])
    page = read(client, address, people["catalogue_clerk"])
    with no_trace():
        lacking = page.form("保存草稿").fill({"文字": "我们收到了。"}).send()
    refused(lacking, "文字", "缺少“【收到日期】”")
    typed = {"文字": DEFAULTS[PaperKind.RECEIPT] + "\n请保存。"}
    version = page.form("保存草稿").fill(typed).send()
    draft = PaperTemplate.objects.get()
    sheet = reverse("office:words_preview", args=[cast.organ.code, draft.pk])
    assert "先预览" in version.form("提交法制审查").send().words
    assert client.get(sheet).content.startswith(b"%PDF-")
    once(read(client, version.address).form("提交法制审查"))
    assert not read(client, version.address).offers("批准")  # its writer has nothing to approve
    legal = read(client, version.address, people["legal"])
    assert client.get(address).status_code == 403
    assert "先预览" in legal.form("批准").send().words
    client.get(sheet)
    once(read(client, version.address).form("批准"))
    assert PaperTemplate.objects.get().published_by == people["legal"]
    ended = read(client, version.address).form("终止这一版文字").fill({"终止的理由": ""})
    assert ended.send().status == 422
    once(ended.fill({"终止的理由": "改用全市统一文字。"}))


def test_words_sent_back_are_written_on_and_a_draft_is_given_up(client, cast, people):
    address = reverse("office:words", args=[cast.organ.code, "receipt"])
    page = read(client, address, people["catalogue_clerk"])
    typed = {"文字": DEFAULTS[PaperKind.RECEIPT] + "\n请保存。"}
    version = page.form("保存草稿").fill(typed).send()
    with no_trace():
        late = page.form("保存草稿").fill({"文字": typed["文字"] + "另一行。"}).send(key="late")
    assert (late.status, "另一行。" in str(late.soup)) == (409, True)
    client.get(
        reverse("office:words_preview", args=[cast.organ.code, PaperTemplate.objects.get().pk])
    )
    read(client, version.address).form("提交法制审查").send()
    legal = read(client, version.address, people["legal"])
    assert legal.form("退回").send().status == 422
    once(legal.form("退回").fill({"需要修改的内容": "写明保存期限。"}))
    back = read(client, version.address, people["catalogue_clerk"])
    assert "写明保存期限。" in back.words
    once(back.form("放弃草稿").fill({"理由": "不改了。"}))
    assert PaperTemplate.objects.get().state == "dropped"


def test_the_head_brings_a_seal_another_puts_it_in_use_and_the_head_ends_it(client, cast, people):
    address = reverse("office:seal", args=[cast.organ.code])
    picture = SimpleUploadedFile("seal.svg", round_seal("市民政局").encode())
    brought = read(client, address, people["head"]).form("上传此图形").fill({"印章图形": picture})
    assert brought.send().done
    today = timezone.localdate().isoformat()
    second = read(client, address, cast.sun_pi).form("启用此印章").fill({"生效日期": today})
    assert second.send().done
    page = read(client, address, people["head"])
    refused(page.form("停用印章").send(), "终止的理由", "")
    assert SealImage.objects.get().effective_until is None
    form = page.form("停用印章").fill({"终止的理由": "机构改革，更换印章。"})
    refused_to(form, (people["legal"], people["catalogue_clerk"], people["wang_fang"], None))
    once(form)
    assert SealImage.objects.get().effective_until == timezone.localdate()


def test_a_delivery_report_is_taken_on_the_gateways_signature_only(client, db, settings):
    settings.OUTBOX_KEY = "a-key-shared-with-the-gateway"
    message = send(Channel.SMS, "13812345678", "题", "文", key="k")
    deliver_due()
    body = json.dumps({"id": message.pk, "state": "delivered"}).encode()
    moment = int(timezone.now().timestamp())
    signed = signature(settings.OUTBOX_KEY, moment, body)

    def reported(sign: str):
        return client.post(
            "/api/outbox/reports",
            body,
            content_type="application/json",
            headers={"X-OpenHall-Time": str(moment), "X-OpenHall-Signature": sign},
        )

    assert reported("0" * 64).status_code == 403
    assert reported(signed).json() == {"id": message.pk, "state": "delivered"}
    message.refresh_from_db()
    assert message.state == "delivered"
