"""Days, witnesses, alarms and the second verifier."""

import json
import threading
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from openhall.deeds.refusals import Refused
from openhall.ledger.actions import append, cosign, name_the_day, raise_alarm, seal
from openhall.ledger.models import Alarm, Checkpoint, Cosignature, Entry
from openhall.ledger.publishing import folder, publish_log
from openhall.ledger.queries import acts_between, latest_checkpoint, note_of, receipt_for
from openhall.ledger.rules.finding import Finding
from openhall.ledger.signing import public_verifier_key
from openhall.ledger.standalone import openhall_verify
from openhall.ledger.tasks import seal_log
from openhall.ledger.terms import AlarmState
from openhall.ledger.witness import Keeper, Server
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.statistics.actions import resolve_alarm, verify_the_whole_log
from tests.factories.pages import read

FAULT = Finding("leaf/7", "第7条缺失。", "Entry 7 is missing.")


@pytest.fixture
def log(db, settings, tmp_path):
    settings.PUBLISHED_ROOT = tmp_path / "published"

    def grow(count):
        with transaction.atomic():
            ids = [append("test", {"n": number}) for number in range(count)]
        return ids[0]

    return grow


@pytest.fixture
def paper(settings, tmp_path):
    """A newspaper that witnesses."""
    keeper = Keeper(tmp_path / "paper", "paper.example", [public_verifier_key()])
    server = Server("127.0.0.1", 0, keeper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.LEDGER_WITNESSES = [f"{keeper.vkey} http://127.0.0.1:{server.server_port}"]
    yield keeper
    server.shutdown()
    server.server_close()


@pytest.fixture
def bureau(cast):
    account = Account.objects.create_user(username="song_jian", real_name="宋监")
    appoint(account, cast.organ, Desk.SUPERVISION, date(2003, 1, 1))
    return account


def verified(*words):
    return openhall_verify.main([*map(str, words), "--key", public_verifier_key()])


def test_the_first_checkpoint_of_a_day_is_the_day_s_for_ever(log):
    today = timezone.localdate()
    log(3)
    first = seal()
    log(2)
    seal()
    assert name_the_day(today).checkpoint == first
    assert name_the_day(today + timedelta(days=1)).checkpoint.size == 5
    assert name_the_day(today - timedelta(days=1)) is None
    assert acts_between(3, 5) == [("test", "", 2)]


def test_the_witness_cosigns_every_checkpoint_and_its_line_is_published(log, paper):
    for _sealing in range(3):
        log(5)
        seal_log.func()
    assert Cosignature.objects.count() == 3
    published = (folder() / "checkpoint").read_text()
    assert published == note_of(latest_checkpoint())
    assert published.count("— ") == 2
    assert verified("cosigned", folder() / "checkpoint", "--witness", paper.vkey) == 0


def test_a_witness_that_is_away_stops_nothing_and_is_asked_again(log, paper, settings):
    there, settings.LEDGER_WITNESSES = (
        settings.LEDGER_WITNESSES,
        [f"{paper.vkey} http://127.0.0.1:9"],
    )
    log(5)
    seal_log.func()
    assert (latest_checkpoint().size, Cosignature.objects.count()) == (5, 0)
    settings.LEDGER_WITNESSES = there
    seal_log.func()
    assert (folder() / "checkpoint").read_text().count("— ") == 2
    assert not Alarm.objects.exists()


def test_a_witness_that_remembers_more_than_we_kept_is_asked_from_there(log, paper):
    log(5)
    assert cosign(seal()) == 1
    paper.folder.joinpath("unused").touch()
    log(5)
    last = seal()
    paper.add_checkpoint  # its memory stays at 5 while ours says 0
    assert cosign(last) == 1
    assert paper.seen("openhall.test").size == 11  # five, the witness made known, five


def test_an_alarm_halts_publication_until_the_bureau_resolves_it(log, bureau, cast, client):
    posted = Entry.objects.count()  # the cast's appointments
    log(3)
    seal()
    publish_log()
    raise_alarm(FAULT, "test")
    assert raise_alarm(FAULT, "test") is None
    log(2)
    assert (seal(), publish_log()) == (None, 0)
    page = client.get("/ledger/").text
    assert "已停止公布" in page
    assert "第7条缺失。" in page
    alarm, now = Alarm.objects.get(), timezone.now()
    for account in (cast.li_chuang, cast.sun_pi, cast.wang_fang):
        with pytest.raises(Refused, match="监察岗位"):
            resolve_alarm(alarm.pk, AlarmState.REPAIRED, "已由备份恢复并核对", account, now)
    with pytest.raises(Refused, match="不少于10个字"):
        resolve_alarm(alarm.pk, AlarmState.REPAIRED, "好了", bureau, now)
    resolve_alarm(alarm.pk, AlarmState.KNOWN, "存储介质损坏，已无法恢复，特此公示", bureau, now)
    assert seal().size == posted + 7  # three, two, the alarm and its resolution
    assert "存储介质损坏" in client.get("/ledger/").text
    assert raise_alarm(FAULT, "test") is None  # known for good


def test_only_the_bureau_verifies_the_whole_log(log, bureau, cast):
    log(3)
    size = seal().size
    with pytest.raises(Refused):
        verify_the_whole_log(cast.zhao_cheng, timezone.now())
    done = verify_the_whole_log(bureau, timezone.now())
    assert (done.state, done.size, done.findings, done.asked_by) == ("sound", size, [], "song_jian")


def test_the_bureau_s_page_starts_a_verification_and_resolves_an_alarm(log, bureau, cast, client):
    log(3)
    seal()
    address = f"/office/{cast.organ.code}/supervision/log/"
    client.force_login(cast.li_chuang)
    assert client.get(address).status_code == 403
    client.force_login(bureau)
    assert client.post(address + "verify/").status_code == 303
    assert "完好" in client.get(address).text
    alarm = raise_alarm(FAULT, "test")
    assert "leaf/7" in client.get(address).text
    form = read(client, f"{address}alarms/{alarm.pk}/").form("查明的原因和处理情况")
    form.fill({"处理结果": "已修复", "查明的原因和处理情况": "短"})
    assert form.send().status == 422
    form.fill({"查明的原因和处理情况": "已由备份恢复，并与检查点核对无误"})
    assert form.send().done
    assert Alarm.objects.get().resolved_by == "宋监"


def test_the_days_have_their_pages_their_sheet_their_feed_and_their_proofs(log, client):
    today = timezone.localdate()
    log(3)
    seal()
    name_the_day(today)
    log(4)
    seal()
    tomorrow = name_the_day(today + timedelta(days=1)).day
    assert client.get("/ledger/days/").status_code == 200
    sheet = client.get(f"/ledger/days/{tomorrow}/").text
    assert "<svg" in sheet
    assert "5条" in sheet  # the four, and the naming of the day before
    note = client.get(f"/ledger/days/{tomorrow}/checkpoint").text
    assert note in client.get("/en/ledger/feed.atom").text.replace("&lt;", "<")
    proof = client.get(f"/ledger/days/{tomorrow}/continues/{today}.json").json()
    assert proof["new"] == note
    assert len(proof["proof"]) == 4
    for nothing in ("2001-01-01/", "nonsense/", f"{today}/continues/{tomorrow}.json"):
        assert client.get(f"/ledger/days/{nothing}").status_code == 404


def test_the_second_verifier_agrees_and_disagrees_with_the_first(log, tmp_path, capsys):
    first = log(300)
    old = note_of(seal())
    log(7)
    seal()
    publish_log()
    receipt, kept, qr = tmp_path / "r.json", tmp_path / "kept", tmp_path / "qr"
    receipt.write_text(receipt_for(first).to_json())
    kept.write_text(old)
    qr.write_text(old.split("\n\n")[0] + "\n")
    assert verified("receipt", receipt) == 0
    assert verified("log", folder(), "--kept", kept) == 0
    assert verified("log", folder(), "--kept", qr) == 0
    assert verified("continues", kept, folder() / "checkpoint", "--tiles", folder()) == 0
    call_command("verify", files=folder(), against=qr, also=folder() / "checkpoint")
    receipt.write_text(receipt_for(first).to_json().replace('\\"n\\":0', '\\"n\\":7'))
    assert verified("receipt", receipt) == 1
    bundle = folder() / "tile/entries/001.p/51"
    bundle.write_bytes(bundle.read_bytes().replace(b'"n":3', b'"n":4'))
    assert verified("log", folder()) == 1
    assert "NOT VERIFIED" in capsys.readouterr().out


def test_an_independent_implementation_reads_our_checkpoint(log):
    """sigstore's parser of signed notes knows nothing of us. Install: pip install sigstore."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    theirs = pytest.importorskip(
        "sigstore._internal.rekor.checkpoint", reason="sigstore is not installed (dev only)"
    )
    log(9)
    note = seal().note
    signed = theirs.SignedNote.from_text(note)
    checkpoint = theirs.LogCheckpoint.from_text(signed.note)
    assert (checkpoint.origin, checkpoint.log_size) == ("openhall.test", 9)
    assert checkpoint.log_hash == bytes(Checkpoint.objects.get().root).hex()
    import base64

    key = base64.b64decode(public_verifier_key().split("+", 2)[2])[1:]
    Ed25519PublicKey.from_public_bytes(key).verify(
        base64.b64decode(signed.signatures[0].signature), signed.note.encode()
    )


def test_the_kit_holds_page_script_program_key_and_checkpoint(log, client):
    import io
    import zipfile

    log(1)
    seal()
    publish_log()
    kit = zipfile.ZipFile(io.BytesIO(client.get("/verify/openhall-verify.zip").content))
    assert sorted(kit.namelist()) == [
        "checkpoint",
        "key",
        "openhall_verify.py",
        "verify.html",
        "verify.js",
    ]
    assert kit.read("key").decode().strip() == public_verifier_key()
    assert json.loads(json.dumps(kit.read("checkpoint").decode())).startswith("openhall.test\n1\n")
