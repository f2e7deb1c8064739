"""pending → clean; infected → removed and refused: against a daemon that speaks INSTREAM."""

import io
import socket
import struct
import threading

import pytest
from django.core.files.storage import storages

from openhall.applying.actions.sending import send
from openhall.applying.actions.uploading import attach
from openhall.deeds.refusals import Refused
from openhall.files.models import Upload
from openhall.files.scanning import CannotScan, Clamd
from openhall.files.tasks import scan_pending, scan_upload
from openhall.jobs.models import Job
from tests.rooms.applying.conftest import photograph

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Daemon:
    """As much of clamd as a scan needs: one INSTREAM a connection, EICAR found, all else clean."""

    def __init__(self, answer=None, path=None):
        self.answer = answer
        if path is None:
            self.listener = socket.create_server(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        else:
            self.listener = socket.create_server(path, family=socket.AF_UNIX)
            self.address = f"unix://{path}"
        self.served = threading.Thread(target=self.serve, daemon=True)
        self.served.start()

    def serve(self):
        while True:
            try:
                asked, _from = self.listener.accept()
            except OSError:
                return
            with asked, asked.makefile("rwb") as wire:
                assert wire.readline() == b"nINSTREAM\n"
                content = b""
                while size := struct.unpack("!L", wire.read(4))[0]:
                    content += wire.read(size)
                found = b"Eicar-Signature FOUND" if EICAR in content else b"OK"
                self.took = content
                wire.write(b"stream: " + found + b"\n" if self.answer is None else self.answer)

    def close(self):
        if self.listener.fileno() >= 0:
            self.listener.shutdown(socket.SHUT_RDWR)  # or the waiting accept would take one more
            self.listener.close()


@pytest.fixture
def daemon(settings):
    running = Daemon()
    settings.CLAMAV_ADDRESS = running.address
    yield running
    running.close()


def infected(name="章程.png"):
    file = photograph(name=name)
    file.file.seek(0, 2)
    file.file.write(EICAR)  # after the picture's end, where viewers do not look
    file.size = file.file.tell()
    return file


def test_without_a_scanner_a_file_is_said_to_be_unscanned_never_clean(scene):
    assert attach(scene.draft, "charter", photograph()).scan == "unscanned"
    assert not Job.objects.exists()


def test_a_clean_file_waits_is_scanned_and_is_clean(scene, daemon):
    upload = attach(scene.draft, "charter", photograph())
    assert upload.scan == "pending"
    assert Job.objects.get().arguments["args"] == [upload.pk]
    assert scan_upload.func(upload.pk) == "clean"
    assert scan_upload.func(upload.pk) == "clean"  # asked twice after a crash: once is enough


def test_an_infected_file_is_removed_and_sending_is_refused_beside_its_material(
    scene, daemon, django_capture_on_commit_callbacks
):
    scene.filled()
    attach(scene.draft, "id", photograph("red"))
    upload = attach(scene.draft, "charter", infected())
    with django_capture_on_commit_callbacks(execute=True):
        assert scan_upload.func(upload.pk) == "infected"
    assert Upload.objects.get(pk=upload.pk).finding == "Eicar-Signature"
    assert not storages["private"].exists(upload.file.name)
    with pytest.raises(Refused, match="查出病毒") as refused:
        send(scene.draft, scene.wang)
    assert refused.value.field == "charter"


def test_while_the_daemon_is_away_a_file_stays_pending_and_comes_again(scene, daemon):
    upload = attach(scene.draft, "charter", photograph())
    Upload.objects.update(at="2026-01-01T00:00:00Z")
    daemon.close()
    with pytest.raises(CannotScan):
        scan_upload.func(upload.pk)
    assert scan_pending.func() == 0
    assert Upload.objects.get().scan == "pending"


def test_what_waited_is_scanned_once_the_daemon_is_back(scene, daemon):
    attach(scene.draft, "charter", photograph())
    Upload.objects.update(at="2026-01-01T00:00:00Z")
    assert scan_pending.func() == 1
    assert Upload.objects.get().scan == "clean"


def test_an_address_that_nobody_answers_is_a_sentence_and_not_a_clean_file():
    with pytest.raises(CannotScan):
        Clamd("/nowhere/clamd.ctl").finding(photograph().file)


@pytest.mark.parametrize(
    "answer",
    [b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\n", b"stream: NOT OK\n", b"\xff\n"],
)
def test_an_answer_that_is_none_is_never_a_clean_file(answer):
    daemon = Daemon(answer)
    with pytest.raises(CannotScan, match="clamd answered"):
        Clamd(daemon.address).finding(io.BytesIO(b"%PDF-1.7"))
    daemon.close()


def test_a_large_file_goes_over_a_local_socket_whole(tmp_path):
    daemon = Daemon(path=str(tmp_path / "clamd.ctl"))
    content = bytes(range(256)) * 1000
    assert Clamd(daemon.address).finding(io.BytesIO(content)) == ""
    assert daemon.took == content
    assert Clamd(daemon.address).finding(io.BytesIO(content + EICAR)) == "Eicar-Signature"
    daemon.close()


def test_an_address_without_a_port_is_a_sentence_too():
    with pytest.raises(CannotScan):
        Clamd("clamd.example.gov.cn").finding(io.BytesIO(b""))
