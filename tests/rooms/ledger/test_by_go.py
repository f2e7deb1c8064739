"""Go's own code for its checksum database verifies what we publish; it knows nothing of us.

Debian: apt-get install golang-go golang-golang-x-mod-dev. ``GOPATH`` may name another place.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import transaction

from openhall.ledger.actions import append, seal
from openhall.ledger.publishing import folder, publish_log
from openhall.ledger.queries import receipt_for
from openhall.ledger.signing import public_verifier_key

HERE = Path(__file__).parent / "sumdb"
GOPATH = Path(os.environ.get("GOPATH") or "/usr/share/gocode")
GO = shutil.which("go")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(GO is None, reason="Go is not on this machine"),
    pytest.mark.skipif(
        not (GOPATH / "src/golang.org/x/mod/sumdb/tlog").is_dir(),
        reason="golang.org/x/mod is not on this machine (golang-golang-x-mod-dev)",
    ),
]


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """The verifier, built once without any network."""
    room = tmp_path_factory.mktemp("go")
    made = room / "verify"
    subprocess.run(
        [str(GO), "build", "-o", str(made), str(HERE / "main.go")],
        env=os.environ
        | {
            "GOPATH": str(GOPATH),
            "GO111MODULE": "off",
            "GOCACHE": str(room / "cache"),
            "GOFLAGS": "",
            "CGO_ENABLED": "0",
        },
        check=True,
        timeout=600,
    )
    return made


def test_go_verifies_notes_tiles_inclusion_consistency_and_a_receipt(program, settings, tmp_path):
    settings.PUBLISHED_ROOT = tmp_path / "published"
    settings.LEDGER_ORIGIN = "hall.example/ledger"
    with transaction.atomic():
        ids = [append("test", {"n": number, "说": "话"}) for number in range(300)]
    old = tmp_path / "old"
    old.write_text(seal().note)
    with transaction.atomic():
        ids += [append("test", {"n": number}) for number in range(300, 700)]
    seal()
    publish_log()
    proof = tmp_path / "receipt.tlog-proof"
    proof.write_text(receipt_for(ids[123]).to_tlog_proof())

    def ran():
        return subprocess.run(
            [str(program), str(folder()), str(old), str(proof)],
            input=public_verifier_key(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert ran().stdout == "VERIFIED 700 300 123\n"
    right = {path: path.read_bytes() for path in (old, proof, folder() / "checkpoint")}
    for path, raw in right.items():
        path.write_bytes(raw.replace(b"\n300\n", b"\n299\n").replace(b"\n700\n", b"\n699\n"))
        assert ran().stdout.startswith("NOT VERIFIED note")
        path.write_bytes(raw)
    bundle = folder() / "tile/entries/000"
    bundle.write_bytes(bundle.read_bytes().replace(b'"n":1,', b'"n":2,'))
    assert ran().stdout.startswith("NOT VERIFIED inclusion")
