"""``openhall import policies``: a page or a library, all or nothing, a second time nothing."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from openhall.policies.models import PolicyDocument, PolicySection
from tests.rules.policies import published
from tests.rules.policies.published import TITLE
from tests.shared_data import shared


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


def test_the_policy_is_read_out_of_its_page_chrome_and_all(db):
    file = str(shared("policies/chengdu_2003_75.txt"))
    assert "发布文号 成办发〔2003〕75号" in run("policies", file)[0]
    assert "未变1件" in run("policies", file)[0]
    document = PolicyDocument.objects.get()
    assert document.title.startswith("成都市人民政府办公厅关于做好2003年")
    assert (document.status, document.issuer) == ("有效", "成都市人民政府办公厅")
    assert str(document.published_on) == str(document.effective_on) == "2003-05-26"
    assert "copyright" not in document.text
    labels = list(PolicySection.objects.values_list("label", "title"))
    assert ("一、", "工作目标") in labels  # it stands at the end of a line
    assert ("二、", "工作措施") in labels
    assert ("(二)", "积极推进电子政务") in labels


def test_a_page_without_a_head_is_refused(listed):
    assert "没有找到" in run("policies", listed("一篇文章", "page.txt"))[0]


def test_one_paper_from_a_library_and_from_a_site_is_one_and_guides_go_on_citing_it(listed):
    record = {"id": "x1", "title": TITLE, "number": "示府办发[2026]15号", "text": "第一条 旧文。"}
    run("policies", listed(json.dumps(record, ensure_ascii=False), "library.jsonl", "utf-8"))
    first = PolicyDocument.objects.get()
    page = listed(published.TABLE_HEAD, "page.html")
    assert "变更1件" in run("policies", page)[0]
    now = PolicyDocument.objects.get()
    assert (now.pk, now.number) == (first.pk, "示府办发〔2026〕15号")
    assert PolicySection.objects.filter(document=now, label="二、").exists()
    assert "未变1件" in run("policies", page)[0]


def test_markup_is_refused_and_nothing_is_taken(listed):
    for page in published.NO_PAPER.values():
        assert "没有找到" in run("policies", listed(page, "page.html"))[0]
    assert not PolicyDocument.objects.exists()


def test_a_bad_record_of_a_library_is_named_by_its_line_and_nothing_is_taken(listed):
    good = '{"id": "1", "title": "甲", "date": "2020-01-01", "text": "第一条 正文。"}\n'
    said, _ = run("policies", listed(good + '{"id": "2"}\n', "library.jsonl", "utf-8"))
    assert "第2行" in said
    assert not PolicyDocument.objects.exists()
