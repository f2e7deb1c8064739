"""A city brings its organs and their people in from a table, and changes them by another."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from openhall.deeds import audit
from openhall.organs.kinds import ORGAN, POSTING
from openhall.organs.models import Account, Organ, Post
from openhall.organs.queries import officers_at
from openhall.organs.terms import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sound")]
ORGANS = (
    "code,kind,name,parent,phone,position\n"
    "cd,市人民政府,成都市人民政府,,,1\n"
    "cd-mzj,department,成都市民政局,cd,028-61881000,2\n"
)
POSTS = (
    "username,name,organ,desk,since,until\n"
    "wang,王芳,cd-mzj,窗口受理,2024-01-01,\n"
    "wang,王芳,cd-mzj,handler,2024-01-01,2024-06-30\n"
)


@pytest.fixture
def taken(tmp_path):
    """``taken("organs", text)``: what the command said, and the lines it named."""

    def run(kind, text, *words):
        file, said, faults = tmp_path / f"{kind}.csv", StringIO(), StringIO()
        file.write_text(text, "utf-8")
        try:
            call_command("import", kind, str(file), *words, stdout=said, stderr=faults)
        except CommandError as refused:
            return str(refused), faults.getvalue()
        return said.getvalue().strip(), faults.getvalue()

    return run


def test_organs_are_founded_once_and_changed_by_another_file(taken):
    assert taken("organs", ORGANS, "--dry-run") == (
        "（试运行，未改动）新增2行，变更0行，未变0行。",
        "",
    )
    assert not Organ.objects.exists()
    assert taken("organs", ORGANS)[0] == "新增2行，变更0行，未变0行。"
    assert taken("organs", ORGANS)[0] == "新增0行，变更0行，未变2行。"
    civil = Organ.objects.get(code="cd-mzj")
    assert (civil.parent.code, civil.position, civil.name_en) == ("cd", 2, "成都市民政局")
    later = "code,kind,name,closed_on\ncd-mzj,department,成都市民政局,2025-06-30\n"
    assert taken("organs", later)[0] == "新增0行，变更1行，未变0行。"
    civil.refresh_from_db()
    assert (civil.closed_on, civil.phone, civil.seq) == (date(2025, 6, 30), "028-61881000", 2)
    assert list(audit.of_kind(ORGAN)) == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("x,ministry,某部,", "kind不能是“ministry”"),
        ("x,bureau,,", "name没有填写"),
        ("x,bureau,某局,nowhere", "没有编码为“nowhere”的机构"),
        ("x" * 41 + ",bureau,某局,", "40"),
    ],
)
def test_one_bad_line_takes_nothing_in_and_is_named(taken, line, named):
    text = f"code,kind,name,parent\ngood,bureau,好局,\n{line}\n"
    said, faults = taken("organs", text)
    assert said == "1行有错，没有导入任何内容。请改正后重试。"
    assert faults.startswith("第3行：")
    assert named in faults
    assert not Organ.objects.exists()


def test_an_unknown_column_is_named_with_those_there_are(taken):
    _said, faults = taken("organs", "code,kind,name,colour\nx,bureau,某局,红\n")
    assert "没有名为“colour”的列；可用：code, kind, name" in faults


def test_people_are_seated_once_and_their_posts_end(taken):
    taken("organs", ORGANS)
    assert taken("posts", POSTS)[0] == "新增2行，变更0行，未变0行。"
    assert taken("posts", POSTS)[0] == "新增0行，变更0行，未变2行。"
    wang = Account.objects.get()
    assert (wang.real_name, wang.is_official, wang.has_usable_password()) == ("王芳", True, False)
    civil = Organ.objects.get(code="cd-mzj")
    assert list(officers_at(civil, Desk.HANDLER, date(2024, 6, 30))) == [wang]
    assert list(officers_at(civil, Desk.HANDLER, date(2024, 7, 1))) == []
    ended = POSTS.replace("窗口受理,2024-01-01,", "window,2024-01-01,2024-12-31")
    assert taken("posts", ended)[0] == "新增0行，变更1行，未变1行。"
    assert Post.objects.get(desk="window").until == date(2024, 12, 31)
    assert list(audit.of_kind(POSTING)) == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("wang,王芳,cd-mzj,mayor,2024-01-01,", "desk不能是“mayor”"),
        ("wang,王芳,cd-mzj,window,1.3.2024,", "since应写成2024-03-01"),
        ("wang,王芳,cd-mzj,window,2024-03-01,2024-02-01", "until早于since"),
        ("wang,王芳,nowhere,window,2024-03-01,", "没有编码为“nowhere”的机构"),
        (",王芳,cd-mzj,window,2024-03-01,", "username没有填写"),
    ],
)
def test_a_post_that_cannot_be_is_refused_and_no_account_is_made(taken, line, named):
    taken("organs", ORGANS)
    said, faults = taken("posts", f"username,name,organ,desk,since,until\n{line}\n")
    assert said.startswith("1行有错")
    assert named in faults
    assert not Account.objects.exists()
    assert not Post.objects.exists()
