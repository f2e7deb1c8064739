"""The operator's page names every setting that can be set and every command of ours."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/operate.md").read_text()
READ = re.compile(r"env\.(?:text|flag|number|words|secret|name_of_log)\(\s*\"([A-Z0-9_]+)\"")


def test_every_setting_that_is_read_is_described():
    read = set(READ.findall((ROOT / "openhall/config/settings.py").read_text()))
    assert len(read) > 40
    told = {name for name in read if f"`{name}`" in PAGE or f"`OPENHALL_{name}`" in PAGE}
    assert read - told == {"VAULT_KEY"}  # one of VAULT_KEYS, made at the first start


def test_every_command_of_ours_is_described():
    ours = {name for name, owner in get_commands().items() if str(owner).startswith("openhall.")}
    assert "serve" in ours
    assert {name for name in ours if not re.search(rf"\b{name}\b", PAGE)} == set()


def test_every_hour_of_the_schedule_is_told(settings):
    days = {when.removeprefix("daily ") for _work, when in settings.SCHEDULE if "daily" in when}
    assert {hour for hour in days if hour not in PAGE} == set()
