"""Forms of other tools: each construct as the fields it becomes, and what is lost told by its line.

Small forms of our own in each format; how many public ones are taken whole stands in the changelog.
"""

import io
import json
import time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhall.forms import importing
from openhall.forms.answering import questions_form
from openhall.forms.importing import NotReadable, read_any, read_sent
from openhall.forms.rules import as_json, digest_of, faults_of_form, read_form
from openhall.forms.rules.answers import answers_of
from openhall.forms.rules.definition import Condition
from tests.rules.forms import ALLOWANCE, SURVEY
from tests.rules.forms.test_real_forms import TODAY

pytestmark = pytest.mark.any_database

SURVEY_HEADS = [
    "type",
    "name",
    "label::中文 (zh)",
    "label::English (en)",
    "relevant",
    "constraint",
    "constraint_message",
    "required",
    "calculation",
    "choice_filter",
    "appearance",
    "repeat_count",
]
ROWS = [
    ["begin_group", "who", "申请人", "Applicant"],
    ["text", "full_name", "姓名", "Name", "", "string-length(.) >= 2", "太短", "yes"],
    ["select_one yn", "has_children", "有孩子吗", "Any children?", "", "", "", "true()"],
    ["end_group"],
    ["begin_repeat", "children", "孩子", "Children", "${has_children} = 'yes'"],
    ["text", "child", "姓名", "Name", "", "", "", "yes"],
    ["integer", "age", "年龄", "Age", "", ". >= 0 and . < 18"],
    ["end_repeat"],
    ["calculate", "years", "", "", "", "", "", "", "sum(${age})"],
    ["note", "told", "请核对", "Check", "${years} > 30 or not(selected(${pets}, 'dog'))"],
    ["select_multiple pets or_other", "pets", "宠物", "Pets"],
    ["select_one provinces", "province", "省", "Province"],
    ["select_one cities", "city", "市", "City", "", "", "", "", "", "province=${province}"],
    ["date", "from", "自", "From"],
    ["date", "until", "至", "Until", "", ". > ${from}", "须晚于起始日"],
    ["geopoint", "where", "位置", "Where"],
    ["start", "begun"],
]
CHOICES = [
    ["list_name", "name", "label::中文 (zh)", "label::English (en)", "province"],
    ["yn", "yes", "有", "Yes"],
    ["yn", "no", "没有", "No"],
    ["pets", "dog", "狗", "Dog"],
    ["pets", "cat", "猫", "Cat"],
    ["provinces", "sc", "四川", "Sichuan"],
    ["provinces", "gd", "广东", "Guangdong"],
    ["cities", "cd", "成都", "Chengdu", "sc"],
    ["cities", "gz", "广州", "Guangzhou", "gd"],
]


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in [SURVEY_HEADS, *ROWS]:
        sheet.append(row)
    choices = book.create_sheet("choices")
    for row in CHOICES:
        choices.append(row)
    settings_sheet = book.create_sheet("settings")
    settings_sheet.append(["form_title"])
    settings_sheet.append(["家庭登记"])
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def csv_of() -> bytes:
    """The same three sheets below each other, as csv."""
    lines = ["survey"]
    lines += [",".join(["", *(f'"{one}"' for one in row)]) for row in [SURVEY_HEADS, *ROWS]]
    lines += ["choices"] + [",".join(["", *row]) for row in CHOICES]
    lines += ["settings", ",form_title", ",家庭登记"]
    return "\n".join(lines).encode()


@pytest.mark.parametrize("data", [workbook(), csv_of()], ids=["xlsx", "csv"])
def test_an_xlsform_becomes_questions_and_what_is_lost_is_told_by_its_row(data):
    taken = read_any("form.xlsx", data)
    fields = {one.key: as_json(one) for one in taken.form}
    assert taken.form.title == "家庭登记"
    assert fields["full_name"] == {
        "key": "full_name",
        "kind": "text",
        "label": "姓名",
        "label_en": "Name",
        "required": True,
        "checks": [{"must": {"holds": "length(full_name) >= 2"}, "message": "太短"}],
    }
    assert fields["children"]["show_if"] == {"field": "has_children", "is": ["yes"]}
    age = fields["children"]["columns"][1]
    assert age["checks"][0]["must"] == {
        "all": [{"field": "age", "at_least": ["0"]}, {"field": "age", "less_than": ["18"]}]
    }
    assert fields["years"]["formula"] == "sum(children.age)"
    assert fields["pets_other"]["show_if"] == {"field": "pets", "is": ["other"]}
    assert fields["city"]["options"][0]["show_if"] == {"field": "province", "is": ["sc"]}
    assert fields["until"]["checks"][0]["must"] == {"holds": "until > q_from"}
    assert fields["where"]["help"] == "填写经度和纬度，如104.0657, 30.6595。"
    assert taken.lost == ()
    assert [(one.at, one.said.zh) for one in taken.notes] == [
        ("survey:17 where", "地图上的点改为文字填写。"),
        ("survey:18 begun", "“start”由系统自己记录，不必提问。"),
    ]


def survey(*rows, choices=()):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in rows:
        book.active.append(row)
    sheet = book.create_sheet("choices")
    for row in choices:
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return read_any("form.xlsx", made.getvalue())


def test_what_stands_in_another_file_or_beside_a_question_is_told_and_asked_in_words():
    taken = survey(
        ["type", "name", "label", "calculation", "image", "bind::constraint"],
        ["text", "who", "Your name", "", "face.jpg", "string-length(.) < 9"],
        ["select_one_from_file wards.csv", "ward", "Ward of ${who}"],
        ["calculate", "price", "", "pulldata('fees', 'price', 'id', ${ward})"],
        ["phone number", "call", "Telephone"],
    )
    asked = {one.key: one for one in taken.form}
    assert taken.lost == ()
    assert (asked["ward"].kind.value, asked["ward"].label) == ("text", "Ward of “Your name”")
    assert asked["price"].kind.value == "text"
    assert asked["call"].kind.value == "phone"
    assert len(asked["who"].checks) == 1
    assert {one.at for one in taken.notes} == {
        "survey:2 who image",
        "survey:3 ward",
        "survey:4 price",
    }


def test_a_loop_over_a_list_is_as_many_groups():
    taken = survey(
        ["type", "name", "label"],
        ["begin loop over rooms", "each", "Rooms"],
        ["integer", "count", "How many of %(label)s"],
        ["end loop", "", ""],
        choices=[
            ["list_name", "name", "label"],
            ["rooms", "bed", "Bedroom"],
            ["rooms", "bath", "Bath"],
        ],
    )
    asked = [one for one in taken.form if not one.is_marker]
    assert [one.label for one in asked] == ["How many of Bedroom", "How many of Bath"]
    assert taken.lost == ()


def test_a_workbook_of_an_old_excel_is_named():
    with pytest.raises(NotReadable) as refused:
        read_any("form.xlsx", b"\xd0\xcf\x11\xe0" + b"0" * 99)
    assert "请另存为 xlsx" in refused.value.said.zh


def test_a_workbook_is_read_whole_or_refused():
    heads = ("type", "name", "label")
    with pytest.raises(NotReadable) as refused:
        survey(heads, *[("text", f"q{n}", f"问题{n}") for n in range(5100)])
    assert "超过5000行" in refused.value.said.zh
    with pytest.raises(NotReadable) as refused:  # no program has saved the value
        survey(heads, ("text", "a", "=CONCATENATE(1,2)"))
    assert "公式" in refused.value.said.zh


@pytest.mark.parametrize("ends", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_csv_is_read_in_every_dress(ends, coding):
    told = ends.join(["type;name;label", "text;a;甲", ""]).encode(coding)
    assert [one.key for one in read_any("表.csv", told).form] == ["a"]


def test_an_imported_form_judges_answers_as_the_file_said():
    form = read_any("form.xlsx", workbook()).form
    typed = {
        "full_name": "李雷",
        "has_children": "yes",
        "province": "sc",
        "city": "cd",
        "children": [{"child": "李小", "age": "9"}],
        "q_from": "2026-01-02",
        "until": "2026-01-01",
    }
    made = answers_of(form, typed, TODAY)
    assert {key: one.zh for key, one in made.faults.items()} == {"until": "须晚于起始日"}
    made = answers_of(form, typed | {"city": "gz", "until": "2026-02-01"}, TODAY)
    assert list(made.faults) == ["city"]


SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Permit",
    "type": "object",
    "required": ["name", "kind"],
    "$defs": {
        "address": {
            "type": "object",
            "required": ["city"],
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {
        "name": {"type": "string", "maxLength": 80, "pattern": "^[A-Z][a-z]+$"},
        "mail": {"type": "string", "format": "email"},
        "site": {"type": "string", "format": "uri"},
        "born": {"type": "string", "format": "date"},
        "count": {"type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 2},
        "kind": {"enum": ["person", "firm"], "enumNames": ["A person", "A firm"]},
        "home": {"$ref": "#/$defs/address"},
        "tags": {"type": "array", "uniqueItems": True, "items": {"enum": ["a", "b", "c"]}},
        "staff": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "properties": {"who": {"type": "string"}}},
        },
        "agree": {"const": True, "title": "I agree"},
        "odd": {"type": "object", "additionalProperties": {"type": "string"}},
    },
    "allOf": [
        {
            "if": {"properties": {"kind": {"const": "firm"}}},
            "then": {"properties": {"code": {"type": "string"}}, "required": ["code", "mail"]},
        }
    ],
    "dependentRequired": {"site": ["born"]},
}


def test_a_json_schema_becomes_questions():
    taken = read_any("permit.json", json.dumps(SCHEMA).encode())
    fields = {one.key: as_json(one) for one in taken.form}
    assert fields["name"]["regex"] == "[A-Z][a-z]+"
    assert (fields["name"]["required"], fields["name"]["maximum"]) == (True, "80")
    assert (fields["mail"]["pattern"], fields["site"]["pattern"]) == ("email", "web")
    assert fields["count"]["checks"] == [{"must": {"holds": "count % 2 == 0"}}]
    assert fields["kind"]["options"][1] == {
        "value": "firm",
        "label": "A firm",
        "label_en": "A firm",
    }
    firm = {"field": "kind", "is": ["firm"]}
    assert fields["mail"]["required_if"] == firm
    assert taken.form.field("code").within == Condition("kind", "is", ("firm",))
    assert fields["born"]["required_if"] == {"field": "site", "answered": ["true"]}
    assert fields["city"]["required_if"] == {"field": "street", "answered": ["true"]}
    assert (fields["tags"]["kind"], fields["staff"]["kind"]) == ("choices", "table")
    assert fields["agree"]["kind"] == "statement"
    assert [one.at for one in taken.lost] == ["#/odd"]


FORMIO = {
    "title": "Søknad",
    "display": "wizard",
    "components": [
        {"type": "panel", "key": "one", "title": "Om deg", "components": [
            {"type": "htmlelement", "key": "h", "content": "<p>Les <b>dette</b>.</p>"},
            {"type": "radiopanel", "key": "hvem", "label": "Hvem?",
             "validate": {"required": True},
             "values": [{"label": "Jeg", "value": "jeg"}, {"label": "Andre", "value": "andre"}]},
            {"type": "selectboxes", "key": "ytelser", "label": "Ytelser",
             "values": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}]},
            {"type": "orgNr", "key": "orgnr", "label": "Org.nr",
             "validate": {"custom": "valid = instance.validateOrganizationNumber(input)"}},
        ]},
        {"type": "panel", "key": "two", "title": "Mer", "components": [
            {"type": "datagrid", "key": "barn", "label": "Barn", "components": [
                {"type": "textfield", "key": "navn", "label": "Navn"},
                {"type": "radio", "key": "bor", "label": "Bor hjemme?", "values": [
                    {"label": "Ja", "value": "ja"}, {"label": "Nei", "value": "nei"}]},
                {"type": "textfield", "key": "hvor", "label": "Hvor?",
                 "customConditional": "show = row.bor === 'nei'"},
            ]},
            {"type": "textarea", "key": "mer", "label": "Mer",
             "customConditional":
                "show = (data.hvem === 'andre' && data.ytelser.a === true)"
                " || _.some(data.barn, (rad) => { return rad.bor === 'nei'; });"},
            {"type": "navDatepicker", "key": "fra", "label": "Fra", "latestAllowedDate": 10},
            {"type": "navDatepicker", "key": "til", "label": "Til", "beforeDateInputKey": "fra"},
            {"type": "currency", "key": "sum", "label": "Sum", "currency": "nok",
             "calculateValue": "value = data.barn.length * 100"},
            {"type": "datamap", "key": "kart", "label": "Kart"},
        ]},
    ],
}  # fmt: skip


def test_a_form_io_definition_becomes_pages_and_its_scripts_conditions():
    taken = read_any("soknad.json", json.dumps(FORMIO).encode())
    fields = {one.key: as_json(one) for one in taken.form}
    assert [one.label for one in taken.form if one.kind == "page"] == ["Om deg", "Mer"]
    assert fields["h"]["statement"] == "Les dette."
    assert fields["mer"]["show_if"] == {
        "any": [
            {"all": [{"field": "hvem", "is": ["andre"]}, {"field": "ytelser", "is": ["a"]}]},
            {"holds": "some(barn, 'bor', 'nei')"},
        ]
    }
    assert fields["barn"]["columns"][2]["show_if"] == {"field": "bor", "is": ["nei"]}
    assert fields["fra"]["maximum"] == "=today + 10"
    assert fields["til"]["minimum"] == "=fra + 1"
    assert fields["sum"]["formula"] == "(count(barn) * 100)"
    assert [one.at for one in taken.lost] == ["kart (datamap)"]
    good = answers_of(taken.form, {"hvem": "jeg", "orgnr": "889640782"}, TODAY)
    wrong = answers_of(taken.form, {"hvem": "jeg", "orgnr": "889640783"}, TODAY)
    assert good.is_valid
    assert list(wrong.faults) == ["orgnr"]


RUNNER = {
    "name": "Fund",
    "startPage": "/first",
    "lists": [{"name": "size", "items": [{"text": "Small", "value": "s"},
                                         {"text": "Large", "value": "l"}]}],
    "conditions": [
        {"name": "big", "value": {"conditions": [
            {"field": {"name": "size"}, "operator": "is", "value": {"value": "l"}}]}},
    ],
    "pages": [
        {"path": "/first", "title": "Size", "next": [{"path": "/why", "condition": "big"},
                                                     {"path": "/end"}],
         "components": [{"type": "RadiosField", "name": "size", "title": "Size", "list": "size"}]},
        {"path": "/why", "title": "Why", "next": [{"path": "/end"}], "components": [
            {"type": "FreeTextField", "name": "why", "title": "Why", "options": {"maxWords": "50"}},
            {"type": "Mystery", "name": "m", "title": "M"}]},
        {"path": "/end", "title": "End", "components": [
            {"type": "WebsiteField", "name": "web", "title": "S", "options": {"required": False}},
            {"type": "MonthYearField", "name": "when", "title": "When"},
            {"type": "MultiInputField", "name": "costs", "title": "Costs", "children": [
                {"type": "TextField", "name": "what", "title": "What"},
                {"type": "NumberField", "name": "much", "title": "How much",
                 "options": {"prefix": "£"}}]}]},
    ],
}  # fmt: skip


def test_pages_of_gov_uk_are_asked_by_the_way_that_leads_to_them():
    taken = read_any("fund.json", json.dumps(RUNNER).encode())
    fields = {one.key: as_json(one) for one in taken.form}
    pages = {one.label: one.show_if for one in taken.form if one.kind == "page"}
    assert pages["Size"] is None
    assert (pages["Why"].field, pages["Why"].values) == ("size", ("l",))
    assert pages["End"] is None
    assert fields["why"]["most_words"] == "50"
    assert (fields["web"]["pattern"], fields["when"]["kind"]) == ("web", "month")
    assert [one["key"] for one in fields["costs"]["columns"]] == ["what", "much"]
    assert [one.at for one in taken.lost] == ["/why m (Mystery)"]


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"[]", b"{}", b"PK\x03\x04broken", "姓名,年龄\n".encode(), b"\xff\xfe\x00",
        b'{"components": 3}', b'{"pages": {}}', b'{"type": "object", "properties": {}}',
        b'{"properties": ' * 50_000,
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_with_a_sentence(data):
    with pytest.raises(NotReadable) as refused:
        read_any("x", data)
    assert refused.value.said.zh
    assert refused.value.said.en


def test_a_schema_that_refers_to_itself_ends():
    told = {
        "properties": {"a": {"$ref": "#/$defs/a"}},
        "$defs": {
            "a": {
                "type": "object",
                "properties": {"x": {"type": "string"}, "a": {"$ref": "#/$defs/a"}},
            }
        },
    }
    taken = read_any("x", json.dumps(told).encode())
    assert any("It refers to itself" in one.said.en for one in taken.lost)


@pytest.mark.parametrize("fields", [ALLOWANCE, SURVEY])
def test_a_form_written_out_and_read_again_is_the_same(fields):
    form = read_form(fields, "表", "Form")
    told = json.loads(json.dumps([as_json(one) for one in form]))
    assert digest_of(read_form(told, "表", "Form")) == digest_of(form)


def anything():
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6)
        | st.sampled_from(["string", "object", "array", "radio", "datagrid", "#/x", "show = a"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
            st.sampled_from(["type", "properties", "items", "enum", "$ref", "oneOf", "if", "then",
                             "required", "components", "key", "values", "conditional", "pages",
                             "next", "path", "conditions", "label", "customConditional"]),
            inner, max_size=5),
        max_leaves=12,
    )  # fmt: skip


@given(anything(), st.sampled_from(["properties", "components", "pages"]))
@settings(max_examples=300, deadline=None)
def test_whatever_is_read_is_a_form_or_refused(told, where):
    try:
        taken = read_any("x", json.dumps({where: told}).encode())
    except NotReadable:
        return
    assert taken.is_whole or taken.lost
    if taken.is_whole:
        assert [one for one in faults_of_form(taken.form) if not one.warns] == []


def schema_of(**more):
    told = {"type": "object", "title": "T", **more}
    return read_any("s.json", json.dumps(told).encode())


BOX = {"type": "boolean"}
TEXT = {"type": "string"}


def test_not_this_or_that_is_read_as_if_this_then_that():
    unless = {"not": {"properties": {"other": {"enum": [True]}}, "required": ["other"]}}
    taken = schema_of(
        properties={"other": BOX, "which": TEXT},
        anyOf=[unless, {"required": ["which"], "properties": {"which": {"minLength": 1}}}],
    )
    assert taken.lost == ()
    assert set(answers_of(taken.form, {"other": "true"}, TODAY).faults) == {"which"}
    assert answers_of(taken.form, {"other": "false"}, TODAY).faults == {}


def test_one_of_several_is_demanded_and_not_all_of_them_may_be_given():
    taken = schema_of(
        properties={"here": TEXT, "abroad": TEXT},
        anyOf=[{"required": ["here"]}, {"required": ["abroad"]}],
        maxProperties=1,
    )
    assert taken.lost == ()
    assert answers_of(taken.form, {}, TODAY).faults
    assert answers_of(taken.form, {"here": "1"}, TODAY).faults == {}
    assert answers_of(taken.form, {"here": "1", "abroad": "2"}, TODAY).faults


def test_a_schema_of_one_value_is_one_question():
    taken = read_any("benefit.json", b'{"type": "string", "enum": ["a", "b"]}')
    assert [one.kind.value for one in taken.form] == ["choice"]


def test_what_another_system_gives_a_form_of_formio_is_asked_in_words():
    parts = [
        {"type": "activities", "key": "activity", "label": "Activity"},
        {"type": "image", "key": "logo", "label": "Logo"},
        {"type": "textfield", "key": "why", "label": "Why", "customDefaultValue": 'value="";'},
    ]
    taken = read_any("f.json", json.dumps({"title": "F", "components": parts}).encode())
    assert taken.lost == ()
    assert [(one.key, one.kind.value) for one in taken.form] == [
        ("activity", "long_text"),
        ("why", "text"),
    ]
    assert len(taken.notes) >= 2


SMALL = {
    "xlsform": lambda: survey(
        ["type", "name", "label", "required"],
        ["text", "name", "Name", "yes"],
        ["select_one yn", "agree", "Agree?", "yes"],
        ["geopoint", "where", "Where", ""],
        choices=[["list_name", "name", "label"], ["yn", "y", "Yes"], ["yn", "n", "No"]],
    ),
    "json-schema": lambda: schema_of(
        properties={"name": TEXT, "agree": {"enum": ["y", "n"]}, "n": {"type": "integer"}},
        required=["name", "agree"],
    ),
}


@pytest.mark.parametrize("kind", SMALL)
def test_an_imported_form_is_answered_on_the_page_to_the_end(kind):
    form = SMALL[kind]().form
    by_label = {one.label.lower().rstrip("?"): one.key for one in form}
    empty = questions_form(form, {})
    assert set(empty.errors) >= {by_label["name"], by_label["agree"]}
    filled = questions_form(form, {by_label["name"]: "Li Lei", by_label["agree"]: "y"})
    assert filled.is_valid(), filled.errors
    assert str(filled.as_div()).count("<label") >= 2


HARD = {
    "a definition that refers twice to each of the next": (
        "x.json",
        json.dumps(
            {
                "properties": {"x": {"$ref": "#/definitions/d0"}},
                "definitions": {
                    f"d{n}": {
                        "type": "object",
                        "properties": {one: {"$ref": f"#/definitions/d{n + 1}"} for one in "abc"},
                    }
                    for n in range(30)
                },
            }
        ).encode(),
    ),
    "groups in groups": (
        "x.csv",
        b"type,name,label\n" + b"\n".join(b"begin group,g%d,L" % n for n in range(4000)),
    ),
    "nodes in nodes": (
        "x.xml",
        b"<h xmlns='x'><model><instance><d>" + b"<a>" * 4000 + b"</a>" * 4000
        + b"</d></instance></model><body/></h>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("which", HARD)
def test_a_small_file_that_is_never_read_to_its_end_is_refused(which, monkeypatch):
    monkeypatch.setattr(importing, "MOST_SECONDS", 1)
    began = time.monotonic()
    with pytest.raises(NotReadable):
        read_sent(*HARD[which])
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("data", [workbook(), csv_of()], ids=["xlsx", "csv"])
def test_what_was_read_apart_is_what_is_read_here(data):
    taken = read_sent("登记.xlsx", data)
    assert taken == read_any("登记.xlsx", data)
    assert taken.notes
