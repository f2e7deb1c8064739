"""An intruder exchanges what an applicant sent along: by row, by bytes, by slipping one in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils import timezone

from openhall.applying.actions.sending import send
from openhall.applying.actions.uploading import attach
from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.actions.supplement_draft import attach_supplement, take_back_supplement
from openhall.cases.application.files import faults
from openhall.cases.models import Case
from openhall.deeds.refusals import Refused
from openhall.files.models import Folder, Upload
from openhall.ledger.actions import seal
from openhall.ledger.queries import size_now
from tests.rooms.applying.conftest import photograph

pytestmark = pytest.mark.django_db
OTHER = "0" * 64


@pytest.fixture
def sent(scene) -> Case:
    scene.filled()
    for material, colour in (("charter", "white"), ("id", "grey")):
        attach(scene.draft, material, photograph(colour))
    return send(scene.draft, scene.wang)


def rows(case: Case) -> QuerySet[Upload]:
    """As an intruder edits them: no act, no manager of ours."""
    return QuerySet(Upload).filter(folder=case.folder_id, material="charter")


def slipped_in(case: Case) -> None:
    one = rows(case).get()
    one.pk, one.sha256 = None, OTHER
    QuerySet(Upload).bulk_create([one])


def other_bytes(case: Case) -> None:
    """Sealed anew by who has the vault's keys, under the same name."""
    file = rows(case).get().file
    name, storage = file.name, file.storage
    storage.delete(name)
    assert storage.save(name, ContentFile(b"another charter")) == name


def broken_bytes(case: Case) -> None:
    """Written over by who has only the disk."""
    file = rows(case).get().file
    (found,) = (one for one in Path(settings.HOME).rglob("*") if one.name == Path(file.name).name)
    found.write_bytes(b"another charter")


def other_file(case: Case) -> None:
    one = rows(case).get()
    stored = one.file.storage.save("uploads/xx/other", ContentFile(b"another charter"))
    rows(case).update(file=stored)


EDITS = {
    "digest": lambda case: rows(case).update(sha256=OTHER),
    "material": lambda case: rows(case).update(material="id"),
    "never sent": lambda case: rows(case).update(given="attached"),
    "moved away": lambda case: rows(case).update(folder=Folder.objects.create()),
    "folder of the case": lambda case: Case.objects.filter(pk=case.pk).update(
        folder=Folder.objects.create()
    ),
    "removed": lambda case: rows(case)._raw_delete("default"),
    "slipped in": slipped_in,
    "bytes": other_bytes,
    "disk": broken_bytes,
    "file": other_file,
    "no file": lambda case: rows(case).update(file=""),
}


def test_what_was_sent_is_what_is_there(sent):
    assert list(faults(0, 0)) == []


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_every_exchange_is_found_and_its_place_is_named(sent, edit):
    edit(sent)
    found = list(faults(0, 0))
    assert found
    assert all(one.place.startswith(f"case/{sent.number}/upload/") for one in found)
    assert all(one.sentence and one.sentence_en for one in found)


def test_the_look_before_each_sealing_reads_the_cases_of_its_entries(sent):
    seal()
    rows(sent).update(sha256=OTHER)
    assert list(faults(1, size_now()))


def test_working_states_are_no_exchange(sent):
    rows(sent).update(position=7, scan="clean", scanned_at=timezone.now(), trust="D")
    assert list(faults(0, 0)) == []


@pytest.fixture
def asked(sent, scene) -> Case:
    reason = "章程没有全体发起人签名，请补签。"
    at_window = actions.Doing(scene.cast.li_chuang, timezone.now(), "ask", "window")
    actions.ask_for_supplement(sent.pk, [Point(reason, material="charter")], at_window)
    return Case.objects.get(pk=sent.pk)


def test_a_file_added_in_answer_to_a_notice_waits_until_it_is_sent_and_then_stands(asked, scene):
    added = attach_supplement(asked, "charter", photograph("red"))
    assert list(faults(0, 0)) == []
    take_back_supplement(asked, added.pk)
    attach_supplement(asked, "charter", photograph("blue"))
    assert list(faults(0, 0)) == []
    actions.supplement(asked.pk, {}, actions.Doing(scene.wang, timezone.now(), "again"))
    assert list(faults(0, 0)) == []
    rows(asked).filter(given="added", replaced=False).update(sha256=OTHER)
    assert len(list(faults(0, 0))) >= 2  # one is gone, another was slipped in


def test_a_file_taken_back_answers_no_notice(asked, scene):
    added = attach_supplement(asked, "charter", photograph("red"))
    take_back_supplement(asked, added.pk)
    with pytest.raises(Refused, match="请补交"):
        actions.supplement(asked.pk, {}, actions.Doing(scene.wang, timezone.now(), "empty"))
    assert Case.objects.get(pk=asked.pk).stage == "supplement_asked"
