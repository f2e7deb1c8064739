"""``openhall import form``: the whole report, and nothing kept that was lost unless one agrees."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from openhall.catalogue.asking import form_of
from openhall.catalogue.models import ItemVersion

WHOLE = {"title": "登记表", "properties": {"name": {"type": "string", "title": "姓名"}}}
PART = {"properties": {**WHOLE["properties"], "odd": {"properties": {}, "not": {"type": "null"}}}}


@pytest.fixture
def draft(cast):
    return ItemVersion.objects.create(item=cast.item, number=2, name="社会团体成立登记")


def run(tmp_path, told, *more) -> str:
    file = tmp_path / "form.json"
    file.write_text(json.dumps(told), "utf-8")
    out = io.StringIO()
    call_command("import", "form", str(file), *more, stdout=out)
    return out.getvalue()


def test_a_form_taken_whole_is_kept_on_the_draft(draft, tmp_path):
    told = run(tmp_path, WHOLE, "--item", draft.item.code)
    assert "JSON Schema：“登记表”，1个问题，全部取到。" in told
    assert [one.label for one in form_of(ItemVersion.objects.get(pk=draft.pk))] == ["姓名"]


def test_what_is_lost_is_printed_and_nothing_is_kept_without_agreement(draft, tmp_path):
    with pytest.raises(CommandError, match="没有保存"):
        run(tmp_path, PART, "--item", draft.item.code)
    assert form_of(ItemVersion.objects.get(pk=draft.pk)) is None
    told = run(tmp_path, PART, "--item", draft.item.code, "--agree")
    assert "没有取：#/odd　没有取：not。" in told
    assert form_of(ItemVersion.objects.get(pk=draft.pk)) is not None


def test_a_dry_run_and_an_item_without_a_draft_keep_nothing(cast, tmp_path):
    assert "试运行" in run(tmp_path, PART, "--item", cast.item.code, "--dry-run")
    with pytest.raises(CommandError, match="没有可修改的草稿"):
        run(tmp_path, WHOLE, "--item", cast.item.code)


def test_the_form_written_out_is_our_own_json(tmp_path, db):
    run(tmp_path, WHOLE, "--output", str(tmp_path / "ours.json"))
    told = json.loads((tmp_path / "ours.json").read_text("utf-8"))
    assert told["fields"] == [{"key": "name", "kind": "text", "label": "姓名"}]
