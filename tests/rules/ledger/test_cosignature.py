"""What a witness signs and what it refuses, after C2SP tlog-cosignature and tlog-witness."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.ledger.rules import merkle
from openhall.ledger.rules.cosignature import (
    NotCosigned,
    cosign,
    cosigned_line,
    parse_witness_key,
    witness_key,
)
from openhall.ledger.rules.note import Checkpoint, note_body, open_note, sign, verifier_key
from openhall.ledger.rules.witnessing import Asking, NotARequest, Seen, judge

LOG = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
LOG_KEY = verifier_key("log.example", LOG.public_key())
WITNESS_KEY = witness_key("paper.example", WITNESS.public_key())
LEAVES = [merkle.leaf_hash(bytes([n])) for n in range(8)]


def stored(level, at):
    if level == 0:
        return LEAVES[at]
    return merkle.node_hash(stored(level - 1, 2 * at), stored(level - 1, 2 * at + 1))


def note_of(size, leaves=stored):
    return sign(
        Checkpoint("log.example", size, merkle.head(size, leaves)).body(), "log.example", LOG
    )


def asking(old, new):
    proof = merkle.consistency_proof(old, new, stored) if 0 < old < new else []
    return Asking(old, tuple(proof), note_of(new))


def test_a_cosignature_is_found_among_other_lines_and_fits_its_note_alone():
    note = note_of(5)
    line = cosign(note_body(note), "paper.example", WITNESS, 1_700_000_000)
    assert cosigned_line("— stranger AAAA\n" + line, note, WITNESS_KEY) == line
    assert open_note(note + line, LOG_KEY) == note_body(note)
    with pytest.raises(NotCosigned, match="does not fit"):
        cosigned_line(line, note_of(6), WITNESS_KEY)
    with pytest.raises(NotCosigned, match="no cosignature"):
        cosigned_line("", note, WITNESS_KEY)


def test_the_key_of_a_log_is_not_the_key_of_a_witness():
    assert parse_witness_key(WITNESS_KEY)[0] == "paper.example"
    with pytest.raises(ValueError, match="witness"):
        parse_witness_key(LOG_KEY)


def test_a_request_is_read_as_it_was_written():
    asked = asking(3, 7)
    assert Asking.read(asked.text()) == asked
    for wrong in ("old 03\n\nx", "old x\n\nx", "size 3\n\nx", "old 3\nshort\n\nx", "old 3"):
        with pytest.raises(NotARequest):
            Asking.read(wrong)


def seen(size):
    return Seen(size, merkle.head(size, stored)) if size else Seen()


@pytest.mark.parametrize(
    ("old", "new", "before", "status"),
    [
        (0, 5, 0, 200),
        (5, 7, 5, 200),
        (5, 5, 5, 200),
        (3, 7, 5, 409),
        (0, 7, 5, 409),
        (7, 5, 7, 400),
    ],
)
def test_the_witness_cosigns_only_what_continues_what_it_saw(old, new, before, status):
    assert judge(asking(old, new), seen(before), LOG_KEY).status == status


def test_a_fork_is_refused_in_each_of_its_shapes():
    other = Seen(5, bytes(32))
    assert judge(asking(5, 7), other, LOG_KEY).status == 422
    assert judge(asking(5, 5), other, LOG_KEY).status == 409
    stranger = verifier_key("log.example", WITNESS.public_key())
    assert judge(asking(0, 5), Seen(), stranger).status == 403
    assert judge(Asking(0, (bytes(32),), note_of(5)), Seen(), LOG_KEY).status == 422
