"""An implementation list goes out and comes back with every field; one bad row changes nothing."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from openhall.catalogue.actions.exchange import import_list
from openhall.catalogue.exchange.reading import holds_whole_list, read_items
from openhall.catalogue.exchange.tables import Unreadable
from openhall.catalogue.exchange.writing import (
    as_csv,
    as_json,
    as_json_lines,
    as_xlsx,
    record_of,
    records,
)
from openhall.catalogue.models import (
    CatalogueEntry,
    Faq,
    FlowStep,
    Form,
    Item,
    ItemVersion,
    LawRef,
    Material,
    Prerequisite,
    Tariff,
)
from openhall.catalogue.rules.implementation_list import HEAD, TABLES, WORDS
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.versions.models import DatedVersion
from tests.factories.catalogue import by, charged
from tests.factories.organs import standing

pytestmark = pytest.mark.django_db
KEPT_BY_ACTS = {"id", "item", "number", "state", "effective_from", "effective_until"}
OF_A_FEE = {"item"} | {field.name for field in DatedVersion._meta.fields} - {
    "effective_from",
    "effective_until",
}
NOT_WORDS = KEPT_BY_ACTS | {one.name for one in DatedVersion._meta.fields} - {"change_note"}


@pytest.fixture
def whole(cast):
    """An item that says everything, with rows of every kind."""
    version = cast.version
    version.name_en, version.summary = (
        "Registration of associations",
        "给五十人以上的团体，“当场”答复。",
    )
    version.service_objects, version.topics = ["1", "4"], ["设立变更"]
    version.has_fee, version.visits, version.in_centre = True, 1, True
    version.conditions = "有五十个以上的个人会员；\n有规范的名称。"
    version.season_from, version.season_until = "03-01", "04-30"
    version.save()
    Material.objects.create(version=version, key="charter", name="章程草案", copies=2, trust="D")
    Material.objects.create(
        version=version, key="id", position=1, name="身份证明", source="government"
    )
    FlowStep.objects.create(version=version, name="受理", officer="窗口", days=0)
    FlowStep.objects.create(version=version, position=1, name="审核")
    LawRef.objects.create(version=version, law="社会团体登记管理条例", article="第十二条")
    Faq.objects.create(version=version, question="要多久？", answer="八个工作日。")
    Prerequisite.objects.create(version=version, words="名称核准")
    Form.objects.create(
        version=version,
        title="申请表",
        fields=[{"key": "subject", "kind": "text", "label": "事由", "required": True}],
    )
    charged(
        item=cast.item,
        code="T1",
        name="证书工本费",
        amount=1000,
        unit="本",
        basis="发改价格〔2006〕1号",
        price_approval="发改价格〔2006〕1号",
        effective_from=date(2006, 1, 1),
    )
    return cast


def taken(path, actor=None, **more):
    doing = by(actor, timezone.now())
    return import_list(lambda: read_items(path), path.name, doing, **more)


def sent(path, ending):
    found = records(ItemVersion.objects.order_by("pk"))
    if ending == "xlsx":
        path.write_bytes(as_xlsx(found))
    else:
        writer = {"csv": as_csv, "json": as_json, "jsonl": as_json_lines}[ending]
        path.write_text("".join(writer(found)), encoding="utf-8")


def moved_away():
    """What stands here has other codes, so that the file is new to it."""
    Item.objects.update(code="OLD-1")
    CatalogueEntry.objects.update(code="OLD")


def comparable(version):
    """Everything but what only acts may make: state, number and days in force."""
    told = {column.name for column in HEAD if column.told}
    found = record_of(ItemVersion.objects.get(pk=version.pk))
    return {name: value for name, value in found.items() if name not in told}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json", "jsonl"])
def test_every_field_goes_out_and_comes_back(whole, tmp_path, ending):
    before = comparable(whole.version)
    path = tmp_path / f"list.{ending}"
    sent(path, ending)
    moved_away()
    assert holds_whole_list(path)
    done = taken(path)
    assert (done.new, done.changed, done.unchanged, done.faults) == (1, 0, 0, [])
    again = ItemVersion.objects.get(item__code="MZ-XK-0001")
    assert comparable(again) == before
    assert again.state == "draft"  # nothing is published by importing it


def test_the_columns_are_those_of_the_tables():
    """A field that is added to a table must be given a place in the list."""
    fields = {field.name for field in ItemVersion._meta.concrete_fields}
    assert {column.name for column in WORDS} == fields - NOT_WORDS
    for name, table in {
        "materials": Material,
        "steps": FlowStep,
        "laws": LawRef,
        "faqs": Faq,
        "prerequisites": Prerequisite,
        "form": Form,
        "tariffs": Tariff,
    }.items():
        beside = {"id", "version", "position"} | (OF_A_FEE if table is Tariff else set())
        fields = {field.name for field in table._meta.concrete_fields}
        assert {column.name for column in TABLES[name][1]} == fields - beside
        for column in TABLES[name][1]:
            field = table._meta.get_field(column.name)
            if column.longest and field.max_length:
                assert column.longest == field.max_length, (name, column.name)
    for column in WORDS:
        field = ItemVersion._meta.get_field(column.name)
        if column.longest:
            assert column.longest == field.max_length, column.name


def test_a_second_time_the_same_file_changes_nothing(whole, tmp_path):
    path = tmp_path / "list.jsonl"
    sent(path, "jsonl")
    done = taken(path)
    assert (done.new, done.changed, done.unchanged) == (0, 0, 1)
    assert ItemVersion.objects.count() == 1


def test_a_changed_row_becomes_a_draft_beside_what_is_in_force(whole, tmp_path):
    path = tmp_path / "list.json"
    sent(path, "json")
    said = json.loads(path.read_text())
    said[0]["promised_days"] = 5
    path.write_text(json.dumps(said))
    assert taken(path).changed == 1
    old, new = ItemVersion.objects.order_by("number")
    assert (old.state, old.promised_days) == ("published", 8)
    assert (new.state, new.number, new.promised_days) == ("draft", 2, 5)
    assert taken(path).unchanged == 1
    assert ItemVersion.objects.count() == 2


def test_one_bad_row_and_nothing_at_all_is_taken(whole, tmp_path):
    path = tmp_path / "list.csv"
    sent(path, "csv")
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    heading, good = rows
    place = {name: n for n, name in enumerate(heading)}
    bad, worse = list(good), list(good)
    good[place["实施编码"]], good[place["基本编码"]] = "NEW-1", "E-NEW"
    bad[place["实施编码"]], bad[place["承诺办结时限"]] = "NEW-2", "八天"
    worse[place["实施编码"]], worse[place["实施主体"]] = "NEW-3", "不存在的局"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([heading, good, bad, worse, worse])
    done = taken(path)
    assert [str(fault) for fault in done.faults] == [
        "第3行（事项“NEW-2”）“承诺办结时限”“八天”不是0或正整数。",
        "第4行（事项“NEW-3”）“实施主体”本系统没有“不存在的局”。请先建立。",
        "第5行（事项“NEW-3”）“实施编码”与第4行重复。",
        "第5行（事项“NEW-3”）“实施主体”本系统没有“不存在的局”。请先建立。",
    ]
    assert Item.objects.count() == 1


def test_base_elements_are_inherited_and_not_changed_by_a_unit(whole, tmp_path):
    path = tmp_path / "list.json"
    sent(path, "json")
    said = json.loads(path.read_text())
    said[0]["entry_name"] = "另一个名称"
    path.write_text(json.dumps(said))
    (fault,) = taken(path).faults
    assert "与基本目录的“社会团体成立登记”不一致，单位不能改动。" in str(fault)


def test_an_approved_fee_is_not_rewritten_by_a_list(whole, tmp_path):
    path = tmp_path / "list.json"
    sent(path, "json")
    said = json.loads(path.read_text())
    said[0]["tariffs"][0]["amount"] = 2000
    path.write_text(json.dumps(said))
    (fault,) = taken(path).faults
    assert "与已核定的标准不一致" in str(fault)
    assert Tariff.objects.get().amount == 1000


def test_items_of_one_file_may_need_each_other(whole, tmp_path):
    path = tmp_path / "list.json"
    sent(path, "json")
    (said,) = json.loads(path.read_text())
    first, second = dict(said), dict(said)
    first |= {"code": "A-1", "prerequisites": [{"item": "A-2"}]}
    second |= {"code": "A-2", "inherits": "MZ-XK-0001"}
    path.write_text(json.dumps([first, second]))
    assert taken(path).new == 2
    needed = Prerequisite.objects.get(version__item__code="A-1")
    assert needed.item.code == "A-2"
    assert Item.objects.get(code="A-2").inherits.code == "MZ-XK-0001"
    first["prerequisites"] = [{"item": "NOWHERE"}]
    path.write_text(json.dumps([first]))
    (fault,) = taken(path).faults
    assert "没有编码为“NOWHERE”的事项。" in str(fault)


def test_a_clerk_brings_in_his_own_unit_only_and_the_legal_office_any(whole, tmp_path):
    path = tmp_path / "list.json"
    sent(path, "json")
    (said,) = json.loads(path.read_text())
    path.write_text(json.dumps([said | {"code": "A-1"}]))
    nobody = Account.objects.create_user("nobody")
    clerk, stranger = Account.objects.create_user("clerk"), Account.objects.create_user("stranger")
    appoint(clerk, whole.organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    appoint(stranger, whole.zhou_wai.posts.get().organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    for refused in (nobody, whole.wang_fang, whole.li_chuang):
        with pytest.raises(Refused, match="只有本单位的事项维护人员或者法制办可以导入"):
            taken(path, refused)
    (fault,) = taken(path, stranger).faults
    assert "不是本单位，不能导入" in str(fault)
    assert taken(path, clerk, dry_run=True).new == 1
    assert not Item.objects.filter(code="A-1").exists()
    path.write_text(json.dumps([said | {"code": "A-1", "entry_code": "E-NEW"}]))
    (fault,) = taken(path, clerk).faults
    assert "新增目录事项由法制办办理" in str(fault)
    legal = Account.objects.create_user("legal")
    appoint(legal, whole.organ, Desk.LEGAL, date(2003, 1, 1))
    assert taken(path, legal).new == 1


def test_the_command_takes_a_whole_list_and_sends_one_out(whole, tmp_path, capsys):
    path = tmp_path / "list.csv"
    call_command("export", "catalogue", str(path))
    moved_away()
    call_command("import", "catalogue", str(path))
    assert "新增1项" in capsys.readouterr().out
    path.write_text(path.read_text(encoding="utf-8-sig").replace("社会团体成立登记", ""))
    with pytest.raises(CommandError, match="没有导入任何内容"):
        call_command("import", "catalogue", str(path))


def test_an_export_writes_over_nothing_and_names_what_is_not_there(whole, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("last week's")
    for words, said in (
        ([str(path)], "已存在"),
        ([str(tmp_path / "no/list.csv")], "没有文件夹"),
        ([str(tmp_path / "list.pdf")], "不认识的文件类型"),
        ([str(tmp_path / "new.csv"), "--organ", "no-such"], "没有代码为“no-such”的单位"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("export", "catalogue", *words)
    assert [one.name for one in tmp_path.iterdir()] == ["list.csv"]
    assert path.read_text() == "last week's"
    call_command("export", "catalogue", str(path), "--replace")
    assert "社会团体成立登记" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.json", b"{", "不是可读的JSON"),
        ("x.json", b"{}", "应是事项的列表"),
        ("x.jsonl", b"[]", "不是一个事项"),
        ("x.xlsx", b"no", "不是可读的XLSX"),
        ("x.csv", b"\xff\xff\xff", "不是UTF-8或GB 18030"),
        ("x.csv", b'a,b\n"1,2', "第2行的引号"),
        ("x.json", b"[" * 200_000, "层次过深"),
        ("x.jsonl", b'{"a": NaN}', "不是可读的JSON"),
        ("x.jsonl", '{"名": '.encode("gb18030"), "第1行不是可读的JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(tmp_path, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=sentence):
        list(read_items(path))


def test_a_list_that_would_empty_a_table_asks_first(whole, tmp_path):
    path = tmp_path / "list.json"
    sent(path, "json")
    said = json.loads(path.read_text())
    said[0]["materials"] = []
    path.write_text(json.dumps(said))
    for more in ({}, {"dry_run": True}):
        done = taken(path, **more)
        assert done.waits
        (loss,) = done.losses
        assert (loss.table, loss.before, loss.after) == ("申请材料", 2, 0)
        assert Material.objects.count() == 2
    with pytest.raises(CommandError, match="--agree"):
        call_command("import", "catalogue", str(path))
    assert not taken(path, agreed=True).waits
    assert ItemVersion.objects.order_by("-number").first().materials.count() == 0


def test_text_that_begins_like_a_formula_goes_out_as_text_and_comes_back(whole, tmp_path):
    from openpyxl import load_workbook

    words = '=HYPERLINK("http://evil.example","点我")'
    ItemVersion.objects.update(summary=words, conditions="@SUM(1)+个以上会员；\n-不少于五十人。")
    for ending in ("csv", "xlsx", "json", "jsonl"):
        path = tmp_path / f"list.{ending}"
        sent(path, ending)
        assert taken(path).unchanged == 1
    cells = [c for row in load_workbook(tmp_path / "list.xlsx").worksheets[0] for c in row]
    assert words in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    rows = csv.reader(io.StringIO((tmp_path / "list.csv").read_text(encoding="utf-8-sig")))
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r") and cell]


@pytest.mark.parametrize("name", ["详见附件", "待定", "/", "1", "Ｎ/Ａ", "xx", "见备注"])
def test_a_hollow_name_is_refused_wherever_it_stands(whole, tmp_path, name):
    path = tmp_path / "list.json"
    sent(path, "json")
    said = json.loads(path.read_text())
    said[0]["name"] = name
    said[0]["materials"][0]["name"] = name
    path.write_text(json.dumps(said))
    assert [fault.heading for fault in taken(path).faults] == ["事项名称", "材料名称"]


def test_a_list_says_what_the_unit_says_and_comes_back_without(whole, tmp_path):
    """Who takes it elsewhere has the telephone; here it stays by reference and changes once."""
    standing(whole.organ.code, phone="028-1111", hours="工作日 9:00–17:00", address="一街1号")
    ItemVersion.objects.update(enquiry_phone="", hours="", address="二街2号")
    path = tmp_path / "list.json"
    sent(path, "json")
    (told,) = json.loads(path.read_text())
    assert (told["enquiry_phone"], told["hours"]) == ("028-1111", "工作日 9:00–17:00")
    assert taken(path).unchanged == 1
    moved_away()
    assert taken(path).new == 1
    again = ItemVersion.objects.get(item__code="MZ-XK-0001")
    assert (again.enquiry_phone, again.hours, again.address) == ("", "", "二街2号")
    assert again.reached("enquiry_phone") == "028-1111"
