"""What an operator types and reads."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from openhall.config.command import listing, main
from openhall.config.management.commands.serve import refuse_if_unmigrated
from openhall.config.staticfiles import gather_if_changed


@pytest.mark.parametrize("asked", [[], ["--help"], ["help"]])
def test_openhall_alone_lists_our_commands_each_with_a_line(asked, capsys):
    main(asked)
    said = capsys.readouterr().out
    for name in ("serve", "backup", "restore", "migrate", "verify"):
        assert f"  {name} " in said
    assert "runserver" not in said


def test_every_command_of_ours_has_its_line():
    table = listing()
    names, lines = (list(column.cells) for column in table.columns)
    silent = [
        name for name, line in zip(names, lines, strict=True) if name.startswith("  ") and not line
    ]
    assert silent == []


def test_djangos_own_commands_are_still_there(capsys):
    main(["version"])
    assert capsys.readouterr().out.strip().startswith("5.2")


@pytest.mark.django_db(transaction=True)
def test_the_site_does_not_start_on_a_database_of_another_version():
    refuse_if_unmigrated()
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("organs", "0001_initial")
    try:
        with pytest.raises(CommandError, match="openhall migrate"):
            refuse_if_unmigrated()
    finally:
        recorder.record_applied("organs", "0001_initial")
    refuse_if_unmigrated()


def test_static_files_are_gathered_once(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert gather_if_changed()
    assert (tmp_path / "design").is_dir()
    assert not gather_if_changed()


def test_the_glossary_check_passes_when_it_is_current():
    call_command("glossary", "--check")
