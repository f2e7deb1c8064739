"""The outbox: sent once, carried after commit, tried again, given up, reported, erased."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.outbox.actions import deliver_due, erase_old, mark_read, report, retry, send
from openhall.outbox.models import Attempt, Message
from openhall.outbox.queries import counts, inbox, listed, told_about, unread
from openhall.outbox.rules.retrying import MOST_ATTEMPTS
from openhall.outbox.rules.signature import Report, signature
from openhall.outbox.terms import Channel, MessageState
from openhall.paging.keyset import Place
from openhall.vault.rows import next_number

KEY = "a-key-shared-with-the-gateway-only"


def sms(key="k-1", to="13812345678", **more) -> Message:
    return send(Channel.SMS, to, "受理通知", "您的申请已受理。", key=key, about="A-1", **more)


@pytest.fixture
def gateway(settings):
    """A real HTTP server that answers as told and keeps what it was sent."""

    class Answering(BaseHTTPRequestHandler):
        status, got = 200, []

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            Answering.got.append((self.headers, body))
            self.send_response(Answering.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    settings.OUTBOX_CARRIERS = settings.OUTBOX_CARRIERS | {"sms": "gateway"}
    settings.OUTBOX_GATEWAYS = {"sms": f"http://127.0.0.1:{server.server_port}/sms"}
    settings.OUTBOX_KEY = KEY
    yield Answering
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_message_is_queued_once_under_its_key_and_read_back(db, django_assert_num_queries):
    next_number(Message)
    with django_assert_num_queries(2):  # its number, by which its words are sealed; the message
        first = sms()
    assert sms() == first
    read = Message.objects.get()
    assert (read.to, read.words, read.state) == ("13812345678", "您的申请已受理。", "queued")
    assert read.recipient == "138****5678"


def test_it_stands_or_falls_with_the_callers_transaction(db):
    class Crash(Exception):
        pass

    def act():
        with transaction.atomic():
            sms()
            raise Crash

    with pytest.raises(Crash):
        act()
    assert not Message.objects.exists()


def test_words_and_address_are_encrypted_in_the_database(db):
    from django.db import connection

    sms()
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", words FROM outbox_message')
        assert all(value.startswith("v3:") for value in cursor.fetchone())


@pytest.mark.parametrize(
    ("channel", "to", "subject", "word"),
    [
        (Channel.SMS, "12345", "题", "手机"),
        (Channel.EMAIL, "nobody", "题", "电子邮件"),
        (Channel.ACCOUNT, "", "题", "账户"),
        (Channel.SMS, "13812345678", " ", "标题"),
    ],
)
def test_what_cannot_be_sent_is_refused(db, channel, to, subject, word):
    with pytest.raises(Refused, match=word):
        send(channel, to, subject, "正文", key="k")
    assert not Message.objects.exists()


def test_the_file_carrier_writes_a_line_and_the_mail_carrier_an_e_mail(db, settings):
    sms()
    send(Channel.EMAIL, "wang@example.org", "受理通知", "已受理。", key="k-2")
    assert deliver_due() == 2
    line = json.loads((settings.OUTBOX_FOLDER / "sms.jsonl").read_text().splitlines()[-1])
    assert (line["to"], line["words"]) == ("13812345678", "您的申请已受理。")
    assert mail.outbox[0].to == ["wang@example.org"]
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    assert list(Attempt.objects.values_list("carrier", "succeeded")) == [
        ("file", True),
        ("mail", True),
    ]
    assert deliver_due() == 0


def test_the_console_carrier_shows_no_address(db, settings, capsys):
    settings.OUTBOX_CARRIERS = settings.OUTBOX_CARRIERS | {"sms": "console"}
    sms()
    assert deliver_due() == 1
    shown = capsys.readouterr().out
    assert "138****5678" in shown
    assert "13812345678" not in shown


def test_the_gateway_is_posted_to_with_a_signature_over_time_and_body(db, gateway):
    message = sms()
    assert deliver_due() == 1
    headers, body = gateway.got.pop()
    assert json.loads(body)["id"] == message.pk
    moment = int(headers["X-OpenHall-Time"])
    assert headers["X-OpenHall-Signature"] == signature(KEY, moment, body)


def test_a_gateway_that_is_down_is_tried_again_later_and_at_last_given_up(db, gateway):
    gateway.status = 503
    message = sms()
    begin = timezone.now()
    for turn in range(1, MOST_ATTEMPTS + 1):
        with time_machine.travel(begin + timedelta(days=turn), tick=False):
            assert deliver_due() == 0
            assert deliver_due() == 0  # not again before its time
        message.refresh_from_db()
        assert message.tries.count() == turn
        last = turn == MOST_ATTEMPTS
        assert message.state == ("given_up" if last else "failed")
    assert "HTTP 503" in message.tries.last().answer
    gateway.status = 200
    assert retry(message, "运维")
    assert deliver_due() == 1
    message.refresh_from_db()
    assert message.state == "sent"
    assert message.tries.count() == MOST_ATTEMPTS + 2  # the asking is kept too


def test_an_address_the_gateway_refuses_is_not_tried_for_ever(db, gateway):
    gateway.status = 400
    message = sms()
    deliver_due()
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("given_up", 1)


def test_a_gateway_without_key_or_address_fails_and_says_so(db, settings):
    settings.OUTBOX_CARRIERS = settings.OUTBOX_CARRIERS | {"sms": "gateway"}
    message = sms()
    deliver_due()
    assert "没有设置" in message.tries.get().answer


def test_a_report_ends_a_sent_message_once(db):
    first, second = sms(), sms("k-2")
    assert report(Report(first.pk, "delivered")).state == "queued"  # not before it was sent
    deliver_due()
    assert report(Report(first.pk, "delivered")).state == "delivered"
    assert report(Report(first.pk, "failed", "空号")).state == "delivered"
    assert report(Report(second.pk, "failed", "空号")).state == "given_up"
    assert second.tries.last().answer == "空号"
    assert report(Report(999_999, "delivered")) is None


def test_a_message_in_the_account_has_arrived_and_is_read_by_its_account_only(db):
    message = send(Channel.ACCOUNT, "", "已受理", "正文", key="k", account_id=7)
    assert message.state == "delivered"
    assert unread(7) == 1
    assert mark_read(8, [message.pk]) == 0
    assert mark_read(7, [message.pk]) == 1
    assert (unread(7), list(inbox(8))) == (0, [])
    assert list(inbox(7)) == [message]
    assert deliver_due() == 0


def test_lists_are_paged_by_key(db, django_assert_num_queries):
    for n in range(27):
        sms(f"k-{n}")
    with django_assert_num_queries(1):
        page = listed(MessageState.QUEUED)
    assert (len(page), page.after, page.before) == (25, page[-1].pk, "")
    rest = listed(MessageState.QUEUED, at=Place(page.after))
    assert (len(rest), rest.after, rest.before) == (2, "", rest[0].pk)
    assert counts()["queued"] == 27
    assert len(told_about("A-1")) == 27


def test_after_the_time_of_keeping_words_and_address_are_erased_and_the_row_stays(db, settings):
    message = sms()
    waiting = sms("k-2")
    deliver_due()
    with time_machine.travel(timezone.now() + timedelta(days=settings.OUTBOX_KEEP_DAYS + 1)):
        Message.objects.filter(pk=waiting.pk).update(state="queued", next_at=timezone.now())
        assert erase_old() == 1
        assert erase_old() == 0
        message.refresh_from_db()
        assert (message.to, message.words, message.recipient) == ("", "", "—")
        assert message.sent_at is not None
        assert not retry(message, "运维")
    waiting.refresh_from_db()
    assert waiting.to


def test_the_database_knows_what_a_message_is(db):
    message = sms()
    for wrong in ({"state": "lost"}, {"channel": "pigeon"}, {"next_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**wrong)


def test_the_command_lists_masked_carries_retries_and_takes_reports(db, tmp_path):
    message, told = sms(), StringIO()
    call_command("outbox", "--deliver", stdout=told)
    file = tmp_path / "reports.jsonl"
    file.write_text(json.dumps({"id": message.pk, "state": "failed", "note": "空号"}) + "\n")
    call_command("outbox", "--reports", str(file), stdout=told)
    assert "138****5678" in told.getvalue()
    assert "13812345678" not in told.getvalue()
    call_command("outbox", "--retry", str(message.pk), stdout=told)
    message.refresh_from_db()
    assert message.state == "queued"
    with pytest.raises(CommandError):
        call_command("outbox", "--retry", "99999", stdout=told)
