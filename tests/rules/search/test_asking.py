"""Questions in whole sentences: what staff confirmed leads to what answered questions alike."""

from openhall.search.rules.asking import Kept, Memory, voted_roots

MEMORY = Memory(
    [
        Kept("租的房子漏水房东不修怎么办", ("minfa#713",), ("minfa",)),
        Kept("房东不退押金可以起诉吗", ("minfa#577",), ("minfa",)),
        Kept("老板拖欠工资去哪里投诉", ("laodong#85",), ("laodong",)),
    ]
)


def test_the_laws_that_answered_questions_alike_are_asked_first():
    assert voted_roots("房东不修水管怎么办", MEMORY)[0] == "minfa"
    assert voted_roots("单位拖欠工资怎么投诉", MEMORY)[0] == "laodong"
    assert len(voted_roots("房东拖欠工资", MEMORY, most=1)) == 1


def test_a_question_like_none_kept_has_no_votes():
    assert voted_roots("ferry", MEMORY) == ()
    assert voted_roots("房东不退押金", Memory(())) == ()
