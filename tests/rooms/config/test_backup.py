"""``openhall backup`` and ``openhall restore``: there and back, on either database."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from openhall.config import holdings
from openhall.organs.models import Organ

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def tools_are_here():
    if connection.vendor == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("pg_dump is not installed")


@pytest.fixture
def paper():
    """An applicant's paper in the private store."""
    path = Path(holdings.folders()["private"]) / "papers/身份证.pdf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF the paper")
    yield path
    shutil.rmtree(path.parent, ignore_errors=True)


@pytest.fixture
def civil(db):
    return Organ.objects.create(code="cd-civil", kind="department", name="市民政局")


def test_a_city_comes_back_as_it_was(civil, paper, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    call_command("backup", str(archive))
    Organ.objects.all().delete()
    Organ.objects.create(code="cd-later", kind="department", name="后来的局")
    paper.write_bytes(b"overwritten")
    call_command("restore", str(archive), "--yes")
    assert list(Organ.objects.values_list("code", "name")) == [("cd-civil", "市民政局")]
    assert paper.read_bytes() == b"%PDF the paper"


def test_what_was_there_before_a_restore_is_kept_aside(civil, paper, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    call_command("backup", str(archive))
    paper.write_bytes(b"newer")
    call_command("restore", str(archive), "--yes")
    aside = max(Path(settings.HOME).glob("before-restore-*"))
    assert (aside / "private/papers/身份证.pdf").read_bytes() == b"newer"
    assert [path.name for path in aside.glob("database.*")]


def test_a_restore_never_replaces_data_unasked(civil, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    call_command("backup", str(archive))
    Organ.objects.filter(code="cd-civil").update(name="改名后的局")
    with pytest.raises(CommandError, match="add --yes"):
        call_command("restore", str(archive))
    assert Organ.objects.get(code="cd-civil").name == "改名后的局"


def test_a_damaged_backup_changes_nothing(civil, paper, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    call_command("backup", str(archive))
    archive.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(archive), "--yes")
    assert Organ.objects.get(code="cd-civil").name == "市民政局"
    assert paper.exists()


def test_a_backup_never_overwrites_another(civil, tmp_path):
    archive = tmp_path / "hall.tar.gz"
    archive.write_bytes(b"last week's")
    with pytest.raises(CommandError, match="never overwrites"):
        call_command("backup", str(archive))
    assert archive.read_bytes() == b"last week's"
