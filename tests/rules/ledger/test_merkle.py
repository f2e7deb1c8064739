"""The tree against a naive one written from RFC 6962's definition."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from openhall.ledger.rules import merkle

# RFC 6962 reference data: the head of eight well-known leaves.
KNOWN_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
KNOWN_HEAD = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def naive_head(entries: list[bytes]) -> bytes:
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return merkle.leaf_hash(entries[0])
    split = 1 << ((len(entries) - 1).bit_length() - 1)
    return merkle.node_hash(naive_head(entries[:split]), naive_head(entries[split:]))


def stored(entries: list[bytes]) -> dict[tuple[int, int], bytes]:
    nodes: dict[tuple[int, int], bytes] = {}
    for index, entry in enumerate(entries):
        leaf = merkle.leaf_hash(entry)
        for level, at, found in merkle.completed(index, leaf, lambda lv, i: nodes[lv, i]):
            nodes[level, at] = found
    return nodes


def test_the_reference_leaves_have_the_reference_head():
    nodes = stored(KNOWN_LEAVES)
    assert merkle.head(8, lambda level, index: nodes[level, index]).hex() == KNOWN_HEAD


@given(st.integers(1, 70), st.data())
def test_every_leaf_is_proved_and_no_other_is(size, data):
    entries = [b"%d" % number for number in range(size)]
    nodes = stored(entries)

    def subtree(level, index):
        return nodes[level, index]

    root = merkle.head(size, subtree)
    assert root == naive_head(entries)
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.inclusion_proof(index, size, subtree)
    leaf = merkle.leaf_hash(entries[index])
    assert merkle.verify_inclusion(leaf, index, size, proof, root)
    assert not merkle.verify_inclusion(merkle.leaf_hash(b"forged"), index, size, proof, root)
    assert not merkle.verify_inclusion(leaf, size, size, proof, root)
    assert not merkle.verify_inclusion(leaf, index, size, [*proof, root], root)


@given(st.integers(1, 70), st.integers(0, 70))
def test_a_grown_log_is_consistent_and_a_rewritten_one_is_not(old, more):
    entries = [b"%d" % number for number in range(old + more)]
    nodes = stored(entries)

    def subtree(level, index):
        return nodes[level, index]

    before, after = merkle.head(old, subtree), merkle.head(old + more, subtree)
    proof = merkle.consistency_proof(old, old + more, subtree)
    assert merkle.verify_consistency(old, old + more, before, after, proof)
    rewritten = naive_head([b"rewritten", *entries[1:old]])
    assert not merkle.verify_consistency(old, old + more, rewritten, after, proof)
