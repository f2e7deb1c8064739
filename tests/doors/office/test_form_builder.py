"""The clerk builds a form on a draft without script; everybody else reads it."""

import json
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openhall.catalogue.asking import form_of
from openhall.catalogue.models import Form, ItemVersion
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.forms import allowance_form


@pytest.fixture
def draft(cast):
    return ItemVersion.objects.create(item=cast.item, number=2, name="社会团体成立登记")


@pytest.fixture
def clerk(cast, client):
    account = Account.objects.create_user(username="clerk", is_official=True)
    appoint(account, cast.organ, Desk.CATALOGUE_CLERK, date(2003, 1, 1))
    client.force_login(account)
    return account


def builder(version) -> str:
    return reverse("office:form_builder", args=[version.item.organ.code, version.pk])


def question(version, key) -> str:
    return reverse("office:form_question", args=[version.item.organ.code, version.pk, key])


def keys(version) -> list[str]:
    return [one["key"] for one in Form.objects.get(version=version).fields]


def test_a_form_is_built_question_by_question_and_nobody_types_a_code(client, clerk, draft):
    assert "还没有字段" in client.get(builder(draft)).text
    made = client.post(builder(draft), {"add": "text"})
    assert made.url == question(draft, "text")
    shown = client.get(question(draft, "text")).text
    assert 'name="key"' not in shown
    typed = {"kind": "text", "label": "社团名称", "label_en": "Name"}
    client.post(question(draft, "text"), typed | {"required": "on", "why": "用于核对重名。"})
    client.post(builder(draft), {"add": "choice"})
    client.post(
        question(draft, "choice"),
        {
            "kind": "choice",
            "label": "会员",
            "label_en": "Members",
            "options-rows": "2",
            "options-0-value": "yes",
            "options-0-label": "个人",
            "options-0-label_en": "Persons",
            "options-1-label": "单位",
            "options-1-label_en": "Bodies",
            "other": "on",
        },
    )
    client.post(builder(draft), {"add": "number"})
    client.post(
        question(draft, "number"),
        {
            "kind": "number",
            "label": "人数",
            "label_en": "Persons",
            "decimals": "0",
            "minimum": "50",
            "when-rows": "2",
            "when-0-field": "choice",
            "when-0-test": "is",
            "when-0-values": "个人",
            "when-1-field": "text",
            "when-1-test": "answered",
            "when_join": "any",
            "must": "number % 2 == 0",
            "message": "请填双数。",
        },
    )
    form = form_of(ItemVersion.objects.get(pk=draft.pk))
    assert [one.key for one in form] == ["text", "choice", "choice_other", "number"]
    assert (form.field("text").required, form.field("text").why) == (True, "用于核对重名。")
    assert [one.value for one in form.field("choice").options] == ["yes", "o2", "other"]
    assert form.field("choice_other").show_if.values == ("other",)
    when = form.field("number").show_if
    assert [(one.field, one.values) for one in when.parts] == [
        ("choice", ("yes",)),
        ("text", ("true",)),
    ]
    assert form.field("number").checks[0].must.formula == "number % 2 == 0"
    page = client.get(builder(draft)).text
    assert "仅当“会员”为“个人”，或者“社团名称”已填写时填写。" in page
    assert 'name="preview-number"' in page


def test_blocks_of_questions_are_put_in_at_once(client, clerk, draft):
    client.post(builder(draft), {"add": "block:person"})
    client.post(builder(draft), {"add": "block:person"})
    assert keys(draft)[:2] == ["person", "person_name"]
    assert keys(draft)[5:7] == ["person_2", "person_name_2"]
    assert client.post(builder(draft), {"add": "block:nobody"}).status_code == 404


def upload(told):
    return SimpleUploadedFile("form.json", json.dumps(told).encode(), "application/json")


def test_a_form_of_another_tool_is_looked_at_and_then_taken_over(client, clerk, draft):
    told = {
        "title": "T",
        "properties": {"name": {"type": "string"}, "x": {"not": {"type": "null"}, **ODD}},
    }
    page = client.post(builder(draft), {"look": "1", "definition": upload(told)})
    assert (page.status_code, "1处没有取" in page.text) == (200, True)
    assert "没有取：not。" in page.text
    assert 'name="preview-name"' in page.text
    assert not Form.objects.filter(version=draft).exists()
    taken = re.search(r'name="take" value="([^"]+)"', page.text)[1]
    assert client.post(builder(draft), {"take": taken}).status_code == 302
    assert keys(draft)[0] == "name"
    forged = client.post(builder(draft), {"take": taken[:-3] + "abc"})
    assert (forged.status_code, "预览已失效" in forged.text) == (422, True)


@pytest.mark.parametrize("told", [None, {}, {"components": 1}])
def test_a_file_that_is_no_form_is_refused_beside_its_control(client, clerk, draft, told):
    sent = {"look": "1"} | ({"definition": upload(told)} if told is not None else {})
    page = client.post(builder(draft), sent)
    assert page.status_code == 422
    assert "office" in page.request["PATH_INFO"]
    assert not Form.objects.filter(version=draft).exists()


ODD = {"properties": {"y": {"type": "string"}}}


def test_the_number_of_the_page_is_never_taken_for_the_code_of_the_question(client, clerk, draft):
    """Two changes of one question are two acts; a click repeated is one."""
    client.post(builder(draft), {"add": "text", "sent": "page-0"})
    shown = client.get(question(draft, "text")).text
    assert shown.count('name="key"') == 0
    assert shown.count('name="sent"') == 1

    def saved(label: str, sent: str) -> str:
        typed = {"key": "text", "kind": "text", "label": label, "label_en": "Name"}
        client.post(question(draft, "text"), typed | {"sent": sent})
        return Form.objects.get(version=draft).fields[0]["label"]

    assert saved("社团名称", "page-1") == "社团名称"
    assert saved("社团全称", "page-2") == "社团全称"
    seq = draft.item.events.count()
    assert saved("社团全称", "page-2") == "社团全称"
    assert draft.item.events.count() == seq


def test_questions_are_moved_copied_and_removed(client, clerk, draft):
    for kind in ("text", "date"):
        client.post(builder(draft), {"add": kind})
    client.post(builder(draft), {"up": "date"})
    assert keys(draft) == ["date", "text"]
    client.post(builder(draft), {"down": "date"})
    client.post(builder(draft), {"copy": "text"})
    assert keys(draft) == ["text", "text_2", "date"]
    client.post(builder(draft), {"remove": "text"})
    assert keys(draft) == ["text_2", "date"]


def test_a_fault_stands_beside_its_field_and_nothing_typed_is_lost(client, clerk, draft):
    client.post(builder(draft), {"add": "text"})
    client.post(builder(draft), {"add": "date"})
    typed = {"kind": "date", "label": " ", "help": "以登记证书为准。"}
    page = client.post(question(draft, "date"), typed)
    assert page.status_code == 422
    assert 'id="id_label_error"' in page.text
    assert "以登记证书为准。" in page.text
    client.post(
        question(draft, "date"),
        typed | {"label": "成立日期", "minimum": "2026-01-01", "maximum": "2020-01-01"},
    )
    assert "没有人能填对" in client.get(builder(draft)).text


def test_options_are_added_as_rows_without_script(client, clerk, draft):
    client.post(builder(draft), {"add": "choice"})
    typed = {"key": "choice", "kind": "choice", "label": "新名称", "options-rows": "2"}
    page = client.post(question(draft, "choice"), typed | {"options-add": "1"})
    assert page.status_code == 200
    assert 'name="options-2-value"' in page.text
    assert "新名称" in page.text
    assert Form.objects.get(version=draft).fields[0]["label"] == "单选"


def test_a_table_has_columns_of_their_own_kinds(client, clerk, draft):
    client.post(builder(draft), {"add": "table"})
    typed = {
        "key": "family",
        "kind": "table",
        "label": "家庭成员",
        "columns-rows": "2",
        "columns-0-key": "name",
        "columns-0-kind": "text",
        "columns-0-label": "姓名",
        "columns-0-required": "on",
        "columns-1-kind": "choice",
        "columns-1-label": "性别",
        "columns-1-options": "男=Male; 女=Female",
    }
    assert client.post(question(draft, "table"), typed).status_code == 302
    form = form_of(ItemVersion.objects.get(pk=draft.pk))
    name, sex = form.field("table").columns
    assert (name.key, sex.key) == ("name", "choice")
    assert (name.required, [one.label for one in sex.options]) == (True, ["男", "女"])


def test_it_starts_from_another_items_form_and_is_tried(client, clerk, cast, draft):
    allowance_form(cast.version)
    client.post(builder(draft), {"start-from": cast.item.code})
    assert len(keys(draft)) == 18
    tried = client.post(builder(draft), {"try": "1", "preview-born": "昨天"})
    assert tried.status_code == 422
    assert 'id="id_preview-born_error"' in tried.text
    unknown = client.post(builder(draft), {"start-from": "no-such"})
    assert (unknown.status_code, "没有编码为“no-such”" in unknown.text) == (422, True)


def test_two_hands_do_not_overwrite_each_other(client, clerk, draft):
    client.post(builder(draft), {"add": "text"})
    late = client.post(builder(draft), {"add": "date", "seen": "0" * 16})
    assert (late.status_code, "刚刚办理" in late.text) == (409, True)
    assert keys(draft) == ["text"]


@pytest.mark.parametrize("who", ["li_chuang", "zhao_cheng", "sun_pi", "zhou_wai"])
def test_other_officials_read_the_form_and_change_nothing(client, cast, draft, who):
    account = getattr(cast, who)
    Account.objects.filter(pk=account.pk).update(is_official=True)
    allowance_form(draft)
    client.force_login(Account.objects.get(pk=account.pk))
    page = client.get(builder(draft))
    assert (page.status_code, 'name="remove"' in page.text) == (200, False)
    assert client.post(builder(draft), {"remove": "subject"}).status_code == 403
    assert client.get(question(draft, "subject")).status_code == 403
    assert len(keys(draft)) == 18


def test_residents_and_strangers_stay_outside(client, cast, draft):
    assert client.get(builder(draft)).status_code == 302
    client.force_login(cast.wang_fang)
    assert client.get(builder(draft)).status_code == 403


def test_a_version_in_force_is_read_only_for_the_clerk_too(client, clerk, cast):
    allowance_form(cast.version)
    assert 'name="remove"' not in client.get(builder(cast.version)).text
    assert client.post(builder(cast.version), {"remove": "subject"}).status_code == 403
