"""A receipt verifies offline, and each way of forging it is refused with its reason."""

import dataclasses

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from openhall.ledger.rules import merkle
from openhall.ledger.rules.canonical import NotCanonical, canonical
from openhall.ledger.rules.commitment import commit
from openhall.ledger.rules.note import Checkpoint, NotVerified, sign, verifier_key
from openhall.ledger.rules.receipt import Receipt, verify_receipt

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
VKEY = verifier_key("hall.test", KEY.public_key())


@pytest.fixture
def receipt() -> Receipt:
    entries = [b'{"n":%d}' % number for number in range(5)]
    nodes = {}
    for index, entry in enumerate(entries):
        for level, at, found in merkle.completed(
            index, merkle.leaf_hash(entry), lambda lv, i: nodes[lv, i]
        ):
            nodes[level, at] = found
    root = merkle.head(5, lambda level, index: nodes[level, index])
    proof = merkle.inclusion_proof(3, 5, lambda level, index: nodes[level, index])
    note = sign(Checkpoint("hall.test", 5, root).body(), "hall.test", KEY)
    return Receipt(entries[3], 3, tuple(proof), note)


def test_a_receipt_verifies_after_being_written_and_read(receipt):
    assert verify_receipt(Receipt.from_json(receipt.to_json()), VKEY) == 5


def test_a_changed_entry_is_refused(receipt):
    forged = dataclasses.replace(receipt, entry=b'{"n":9}')
    with pytest.raises(NotVerified, match="not leaf 3 of the 5"):
        verify_receipt(forged, VKEY)


def test_a_changed_checkpoint_is_refused(receipt):
    forged = dataclasses.replace(receipt, checkpoint=receipt.checkpoint.replace("\n5\n", "\n6\n"))
    with pytest.raises(NotVerified, match="does not fit the note"):
        verify_receipt(forged, VKEY)


def test_another_logs_key_is_refused(receipt):
    other = verifier_key("other.test", Ed25519PrivateKey.generate().public_key())
    with pytest.raises(NotVerified, match=r"not signed by other\.test"):
        verify_receipt(receipt, other)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "openhall-receipt/2"}'])
def test_a_file_that_is_no_receipt_is_refused(text):
    with pytest.raises(NotVerified):
        Receipt.from_json(text)


def test_the_same_facts_have_the_same_bytes():
    assert canonical({"乙": 1, "a": [True, None]}) == '{"a":[true,null],"乙":1}'.encode()


def test_a_floating_number_has_no_canonical_form():
    with pytest.raises(NotCanonical, match=r"\$\.days"):
        canonical({"days": 1.5})


def test_a_commitment_depends_on_salt_field_and_value():
    one = commit(b"salt", "name", "张三")
    assert one == commit(b"salt", "name", "张三")
    assert len({one, commit(b"other", "name", "张三"), commit(b"salt", "phone", "张三")}) == 3
