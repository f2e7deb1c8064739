"""Nobody spends the system's keys or another person's: complaints and cards go their way."""

import pytest
from django.test import Client

from openhall.supervision.models import Complaint, SupervisionDeed

TEXT = "窗口让我再来三次，没有说明原因。"


def complain(client, organ, key):
    said = {"complain-about": "window", "complain-organ": organ.pk, "complain-text": TEXT}
    return client.post("/complaints/new/", said | {"key": key})


@pytest.mark.parametrize(
    "spent", ["card-over-promise-1-promise", "review-1", "s:card-1", "x:issue", "长" * 300, "a\x00"]
)
def test_what_a_visitor_sends_never_is_a_key_of_the_system(cast, spent):
    first, second = Client(), Client()
    assert complain(first, cast.organ, spent).status_code == 303
    assert complain(second, cast.organ, spent).status_code == 303
    assert Complaint.objects.count() == 2
    for key in SupervisionDeed.objects.values_list("key", flat=True):
        assert key.startswith("p:")
        assert len(key) <= 80


def test_a_stranger_with_the_same_number_gets_a_complaint_of_his_own(cast):
    mine, stranger = Client(), Client()
    here = complain(mine, cast.organ, "one")["Location"]
    there = complain(stranger, cast.organ, "one")["Location"]
    assert here != there
    assert stranger.get(here).status_code == 403
    assert mine.get(here).status_code == 200


def test_a_repeated_click_files_one_complaint(cast):
    client = Client()
    answers = {complain(client, cast.organ, "one")["Location"] for _ in range(2)}
    assert len(answers) == 1
    assert Complaint.objects.count() == 1
