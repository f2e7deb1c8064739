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
    again = reverse("office:outbox_retry", args=[cast.organ.code, failed.pk])
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
    client.post(reverse("office:outbox_retry", args=[cast.organ.code, failed.pk]))
    assert Message.objects.get().state == "queued"


@pytest.mark.parametrize("who", ["operator", "wang_fang", "li_chuang", "zhou_wai"])
def test_words_and_seal_are_closed_to_other_desks(client, cast, people, who):
    client.force_login(people[who])
    for name, more in (("papers", []), ("words", ["refusal"]), ("seal", [])):
        assert (
            client.get(reverse(f"office:{name}", args=[cast.organ.code, *more])).status_code == 403
        )


def test_a_clerk_drafts_looks_proposes_and_legal_looks_and_approves(client, cast, people):
    client.force_login(people["catalogue_clerk"])
    page = reverse("office:words", args=[cast.organ.code, "receipt"])
    lacking = client.post(page, {"words": "我们收到了。"})
    assert (lacking.status_code, "缺少“【收到日期】”" in lacking.text) == (422, True)
    client.post(page, {"words": DEFAULTS[PaperKind.RECEIPT] + "\n请保存。"})
    draft = PaperTemplate.objects.get()
    version = reverse("office:words_version", args=[cast.organ.code, draft.pk])
    sheet = reverse("office:words_preview", args=[cast.organ.code, draft.pk])
    assert client.post(version, {"do": "propose"}).status_code == 422
    assert client.get(sheet).content.startswith(b"%PDF-")
    assert client.post(version, {"do": "propose"}).status_code == 302
    today = {"do": "approve", "approve-first_day": timezone.localdate().isoformat()}
    assert client.post(version, today).status_code == 422
    client.force_login(people["legal"])
    assert client.get(page).status_code == 403
    assert client.post(version, today).status_code == 422
    client.get(sheet)
    assert client.post(version, today).status_code == 302
    assert PaperTemplate.objects.get().published_by == people["legal"]


def test_the_head_keeps_a_seal_and_ends_it_on_the_page(client, cast, people):
    client.force_login(people["head"])
    page = reverse("office:seal", args=[cast.organ.code])
    today = timezone.localdate().isoformat()
    picture = SimpleUploadedFile("seal.svg", round_seal("市民政局").encode())
    assert client.post(page, {"picture": picture, "first_day": today}).status_code == 302
    assert "谁用印，谁负责" in client.get(page).text  # one office alone, and the page says why
    kept = SealImage.objects.get()
    end = reverse("office:seal_end", args=[cast.organ.code, kept.pk])
    client.post(end, {"end-last_day": today, "end-reason": ""})
    assert SealImage.objects.get().effective_until is None
    client.post(end, {"end-last_day": today, "end-reason": "机构改革，更换印章。"})
    assert SealImage.objects.get().effective_until == timezone.localdate()
    client.force_login(people["legal"])
    assert client.post(end, {"end-last_day": today}).status_code == 403


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
