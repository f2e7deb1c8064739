"""``openhall import``: all or nothing, every bad row named, a second time nothing."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from openpyxl import Workbook

from openhall.catalogue.models import CatalogueEntry, Item, ItemVersion
from openhall.organs.models import Organ
from tests.shared_data import shared

HEADING = "department,group,name,item_code,area_code,department_credit_code,task_type\n"
GOOD = "市民政局,未分类,社会团体成立登记,C-1,510100000000,,1\n"


def run(*words):
    out, err = StringIO(), StringIO()
    try:
        call_command("import", *words, stdout=out, stderr=err)
    except CommandError as error:
        return str(error), err.getvalue()
    return out.getvalue(), err.getvalue()


@pytest.fixture
def listed(db, tmp_path):
    def write(text, name="items.csv", encoding="utf-8-sig"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return str(path)

    return write


def test_items_arrive_as_drafts_behind_the_gate(listed):
    said, _ = run("catalogue", listed(HEADING + GOOD), "--create-organs")
    assert "新增1项" in said
    version = ItemVersion.objects.select_related("item__entry", "item__organ").get()
    assert (version.state, version.name) == ("draft", "社会团体成立登记")
    assert (version.item.code, version.item.organ.name) == ("C-1", "市民政局")
    assert version.item.entry.group == ""


def test_one_bad_row_keeps_all_out_and_every_fault_is_named(listed):
    bad = "市民政局,,,C-2,,,1\n市民政局,,甲,C-1,,TE5116020105116050,99\n"
    said, faults = run("catalogue", listed(HEADING + GOOD + bad), "--create-organs")
    assert "2行有错，没有导入任何内容" in said
    for told in ("第3行 name", "第4行 task_type", "第4行 department_credit_code", "第2行重复"):
        assert told in faults
    assert not Item.objects.exists()
    assert not Organ.objects.exists()


def test_the_good_rows_are_taken_when_the_operator_says_so(listed):
    file = listed(HEADING + GOOD + "市民政局,,,C-2,,,1\n")
    said, _ = run("catalogue", file, "--create-organs", "--skip-bad")
    assert ("新增1项" in said, "跳过1行" in said) == (True, True)


def test_a_dry_run_and_a_second_run_change_nothing(listed):
    file = listed(HEADING + GOOD)
    assert "试运行" in run("catalogue", file, "--create-organs", "--dry-run")[0]
    assert not CatalogueEntry.objects.exists()
    run("catalogue", file, "--create-organs")
    before = ItemVersion.objects.values_list("pk", "saved_at").get()
    assert "新增0项，变更0项，未变1项" in run("catalogue", file)[0]
    assert ItemVersion.objects.values_list("pk", "saved_at").get() == before


def test_a_changed_row_renews_the_draft_and_leaves_what_is_in_force(listed, cast):
    run("catalogue", listed(HEADING + GOOD), "--create-organs")
    changed = HEADING + GOOD.replace("社会团体成立登记", "社会团体登记")
    assert "变更1项" in run("catalogue", listed(changed, "again.csv"))[0]
    assert ItemVersion.objects.get(item__code="C-1").name == "社会团体登记"
    assert cast.item.versions.get().name == "社会团体成立登记"


def test_unknown_organs_are_named_and_not_invented(listed):
    assert "没有这些单位：市民政局" in run("catalogue", listed(HEADING + GOOD))[0]


def test_other_headings_are_taken_with_a_map_and_gb18030_and_xlsx_too(listed, tmp_path):
    text = "名字,编号,类,单位\n道路通行许可,C-9,行政许可,市公安局\n"
    words = ["--map", "name=名字", "--map", "code=编号", "--map", "kind=类", "--map", "organ=单位"]
    file = listed(text, "gb.csv", "gb18030")
    assert "新增1项" in run("catalogue", file, *words, "--create-organs")[0]
    book = Workbook()
    for line in text.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "items.xlsx")
    book.close()
    assert "未变1项" in run("catalogue", str(tmp_path / "items.xlsx"), *words)[0]
    assert "没有“无”列" in run("catalogue", file, "--map", "name=无")[0]
    assert "找不到name" in run("catalogue", file)[0]


def test_a_real_district_list_is_taken_as_it_is(db):
    file = str(shared("catalogue/guangan_2024.csv"))
    said, faults = run("catalogue", file, "--create-organs")
    assert "7行有错" in said
    assert faults.count("校验位不符") == 7
    assert "新增1128项" in run("catalogue", file, "--create-organs", "--skip-bad")[0]
    assert "未变1128项" in run("catalogue", file, "--skip-bad")[0]
    assert ItemVersion.objects.exclude(state="draft").count() == 0


def test_a_file_larger_than_memory_should_hold_is_refused_unread(listed, tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate((128 << 20) + 1)  # a hole: it takes no room
    assert "请按单位拆分" in run("catalogue", str(path))[0]


def test_a_list_with_its_title_above_and_utf_16_is_taken(listed):
    heading = "事项名称,事项编码,事项类型,部门\n"
    rows = "社会团体成立登记,Ｃ－１,行政许可,市民政局\n"
    titled = listed("示例市事项清单（2026年版）,,,\n" + heading + rows, encoding="utf-16")
    assert "新增1项" in run("catalogue", titled, "--create-organs")[0]
    assert Item.objects.get().code == "C-1"  # one identity with its half-width dress
    again = listed(heading + rows.replace("Ｃ－１", "C-1"), "again.csv")
    assert "新增0项" in run("catalogue", again)[0]
