"""Surveys, draws and targets as people press them: at the desks and in public."""

import json
import re
from dataclasses import asdict
from decimal import Decimal
from io import BytesIO

import time_machine
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from openhall.inspections.models import MarkSheet
from openhall.inspections.queries import teams_of
from openhall.inspections.rules.carrying import Edit
from openhall.portal.views.surveys import lines_of
from openhall.surveys import actions
from openhall.surveys.models import SurveyAnswer, SurveyCode
from openhall.surveys.terms import CodeSource
from openhall.targets import actions as targets
from openhall.targets.models import TargetReport
from tests.factories.pages import read
from tests.rooms.inspections.conftest import *  # noqa: F403
from tests.rooms.inspections.test_inspection import MARKS
from tests.rooms.surveys.conftest import *  # noqa: F403
from tests.rooms.targets.conftest import *  # noqa: F403
from tests.rooms.targets.test_targets import _said


def at(name, *args):
    return reverse(name, args=args)


def test_a_survey_is_answered_in_public_and_told_when_it_is_over(
    client, in_field, song_jian, feng_ban, doing
):
    from tests.factories.surveys import ANSWERS, fill_in

    number = in_field.number
    questions = at("portal:survey_questions", number)
    code = SurveyCode.objects.filter(source="drawn").order_by("-pk").first().code
    with time_machine.travel("2026-11-12 09:00+08:00", tick=False):
        page = client.get(questions).text
        assert "是否满意" in page
        sent = {f"answer-{name}": said for name, said in ANSWERS.items()}
        wrong = client.post(questions, sent | {"answer-survey_code": "2222", "key": "k1"})
        assert (wrong.status_code, "没有这个测评码" in wrong.text) == (422, True)
        typed = sent | {"answer-survey_code": code, "answer-overall": "1", "key": "k2"}
        assert client.post(questions, typed).status_code == 303
        again = client.post(questions, typed | {"key": "k3"})
        assert (again.status_code, "已经用过" in again.text) == (422, True)
        assert client.get(at("portal:survey", number)).status_code == 200
    assert SurveyAnswer.objects.get().level == "1"
    fill_in(in_field, doing, bad=3)
    actions.close_survey(in_field.pk, doing(song_jian, "2026-11-21 10:00"))
    words = "各单位回收情况良好，超期和排队反映较多，已列入整改台账逐项整改并公开。"
    actions.report_survey(in_field.pk, words, [], doing(feng_ban, "2026-11-22 10:00"))
    told = client.get(at("portal:survey", number)).text
    assert words in told
    assert "不排名次" in told
    files = {
        kind: client.get(at("portal:survey_table", number, kind)).content
        for kind in ("csv", "xlsx", "pdf")
    }
    assert client.get(at("portal:survey_table", number, "doc")).status_code == 404
    in_field.refresh_from_db()
    book = load_workbook(BytesIO(files["xlsx"]))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[1:5] for row in rows[1:]] == [
        tuple(one[name] for name in ("frame", "issued", "answered", "valid"))
        for one in in_field.figures["units"]
    ]
    for row, one in zip(rows[1:], in_field.figures["units"], strict=True):
        assert (row[6], row[7]) == tuple(one["satisfied"][end] / 100 for end in ("low", "high"))
    intervals, levels = book.worksheets[:2]
    assert len(intervals._charts) == 1
    assert len(levels._charts) == (levels.max_row > 2)  # few answers: their levels are hidden
    report = PdfReader(BytesIO(files["pdf"]))
    said = "".join(page.extract_text() for page in report.pages)
    assert number in said
    assert "满意度测评报告" in said
    words = said.replace(" ", "")  # the typesetter parts letters and figures
    assert all(line["organ"].name in words for line in lines_of(in_field))
    assert number in client.get(at("portal:surveys")).text


def test_the_draw_is_followed_step_by_step(client, in_field):
    draw = in_field.draw
    told = client.get(at("portal:lot", draw.number)).text
    assert draw.frame_hash in told
    assert "在本浏览器中重新抽取" in told
    assert client.get(at("portal:lot_frame", draw.number)).text.count("\n") == draw.frame_rows
    assert client.get(at("portal:lot_seeds", draw.number)).text.splitlines()[-1] == (
        "3 9 14 20 27 31 8"
    )
    assert client.get(at("portal:lot_script")).status_code == 200
    assert draw.number in client.get(at("portal:lots")).text


def test_every_desk_page_of_a_survey_opens_for_its_desk_alone(
    client, in_field, song_jian, keyers, doing, cast
):
    number, bureau = in_field.number, ("cd-jcj", "supervision")
    unit = in_field.units.first()
    lead = doing(song_jian, "2026-11-07 09:00")
    actions.issue_codes(in_field.pk, unit.organ.code, CodeSource.JUDGE, 2, lead)
    pages = [
        at("office:surveys", *bureau),
        at("office:survey", *bureau, number),
        at("office:public_draw", *bureau, in_field.draw.number),
        at("office:survey_codes", *bureau, number, unit.organ.code, "judge"),
        at("office:survey_papers", *bureau),
    ]
    for account, status in ((song_jian, 200), (cast.zhou_wai, 403)):
        account.is_official = True
        account.save()
        client.force_login(account)
        assert [client.get(page).status_code for page in pages] == [status] * len(pages)


def test_a_printed_paper_says_who_answers_which_question(client, in_field, song_jian, doing):
    unit, bureau = in_field.units.first(), ("cd-jcj", "supervision")
    for count, kind in enumerate((CodeSource.HALL, CodeSource.JUDGE)):
        lead = doing(song_jian, f"2026-11-07 09:0{count}")
        actions.issue_codes(in_field.pk, unit.organ.code, kind, 1, lead)
    paper, sheet = (
        read(
            client,
            at("office:survey_codes", *bureau, in_field.number, unit.organ.code, kind),
            song_jian,
        )
        for kind in ("hall", "judge")
    )
    lines = [one.get_text(" ", strip=True) for one in paper.soup.select(".paper-sheet li")]
    asked = [one for one in lines if "仅当" in one]
    assert len(asked) == 6
    assert "“公开和办理是否及时？”为“不满意或者非常不满意”时填写" in asked[1]
    assert "□ 不满意" in lines[1].replace("\xa0", " ")
    assert all("(0–100)" in one.get_text() for one in sheet.soup.select(".paper-sheet li")[:5])


def test_a_paper_opens_by_its_code_and_never_by_a_number_in_the_address(
    client, in_field, keyers, doing
):
    """Else one official could answer for everybody who was drawn."""
    from tests.factories.surveys import ANSWERS

    one, other = SurveyCode.objects.filter(unit=in_field.units.first(), source="drawn")[:2]
    desk = ("cd-jcj", "inspector")
    page = at("office:survey_paper", *desk, one.pk)
    for keyer in keyers:
        keyer.is_official = True
        keyer.save()
    with time_machine.travel("2026-11-08 09:00+08:00", tick=False):
        client.force_login(keyers[0])
        assert client.get(page).status_code == 403
        assert client.post(f"{page}phone/", {"key": "k", "phone-overall": "5"}).status_code == 403
        found = client.post(
            at("office:survey_papers_act", *desk, "find"), {"key": "f", "find-paper_code": one.code}
        )
        assert (found.status_code, found["Location"]) == (303, page)
        assert client.get(page).status_code == 200
        assert client.get(at("office:survey_paper", *desk, other.pk)).status_code == 403
        actions.key_paper(one.code, ANSWERS, doing(keyers[0], "2026-11-08 09:00"))
        client.force_login(keyers[1])  # who keys it in again comes from the list
        assert client.get(page).status_code == 200
    assert SurveyAnswer.objects.count() == 0


def test_an_inspector_signs_on_his_phone_and_the_desk_sees_no_mark(
    client, visiting, song_jian, feng_ban, doing
):
    number = visiting.number
    line = teams_of(visiting)[0]
    code, unit = line["team"][0].code, line["unit"].organ.code
    sheet = at("portal:inspection_sheet", number)
    marks = dict.fromkeys(("lead", "meet", "judge", "target", "rules", "true"), "83")
    sent = {f"sign-mark_{name}": mark for name, mark in marks.items()}
    with time_machine.travel("2026-11-12 09:00+08:00", tick=False):
        typed = sent | {"sign-inspector_code": code, "sign-organ": unit, "key": "k1"}
        wrong = client.post(sheet, typed | {"sign-mark_true": ""})
        assert (wrong.status_code, "请打分" in wrong.text) == (422, True)
        assert client.post(sheet, typed).status_code == 303
        assert client.get(at("portal:inspections")).status_code == 200
        assert client.get(at("portal:inspection", number)).status_code == 200
        song_jian.is_official = True
        song_jian.save()
        client.force_login(song_jian)
        desk = client.get(at("office:inspection", "cd-jcj", "supervision", number)).text
        assert client.get(at("office:inspections", "cd-jcj", "supervision")).status_code == 200
    assert "1/3" in desk
    # What is drawn (codes, keys of forms) may hold any digits: only what is read counts.
    read = re.sub(r"<[^>]*>", " ", re.sub(r"<(code|script|style)\b.*?</\1>", " ", desk, flags=re.S))
    assert not re.search(r"(?<!\d)83(?!\d)", read)


def test_targets_are_read_at_the_desk_and_in_public(client, issued, cast, he_jie, feng_ban):
    report = TargetReport.objects.get(period="year")
    code = cast.organ.code
    for page in (
        at("portal:targets"),
        at("portal:target_sheet", code, 2026),
        *(at("portal:target", code, 2026, one["code"]) for one in issued.targets),
    ):
        assert client.get(page).status_code == 200, page
    for account, seat in ((he_jie, (code, "head")), (feng_ban, ("cd-zfb", "government_office"))):
        account.is_official = True
        account.save()
        client.force_login(account)
        for page in (
            at("office:targets", *seat),
            at("office:target_report", *seat, report.number),
            at("office:version", *seat, "target-sheet", issued.pk),
        ):
            assert client.get(page).status_code == 200, page


def test_what_is_settled_folds_below_what_waits(client, issued, he_jie, feng_ban, doing):
    report = TargetReport.objects.get(period="q1")
    targets.submit_report(report.pk, _said(issued), doing(he_jie, "2026-04-02 09:00"))
    marks = {"led": Decimal(9), "rules": Decimal(10), "true": Decimal(12)}
    targets.accept_report(report.pk, marks, "", doing(feng_ban, "2026-04-03 09:00"))
    with time_machine.travel("2026-11-20 10:00+08:00", tick=False):
        page = read(client, at("office:targets", "cd-zfb", "government_office"), feng_ban)
    folded = page.soup.select_one("#reports ~ details")
    assert report.number in str(folded)
    whole = str(page.soup.select_one("[aria-labelledby=reports]")).replace(str(folded), "")
    assert report.number not in whole
    assert TargetReport.objects.get(period="q2").number in whole


# ------------------------------------------------------------------------- sheets taken along
def test_a_device_sends_what_it_has_until_it_is_told_that_it_is_here(client, visiting):
    sheet = MarkSheet.objects.filter(unit__inspection=visiting).first()
    page, sent = (
        at(f"portal:inspection_{name}", visiting.number) for name in ("sheets", "carried")
    )
    code = sheet.inspector.code
    made = [
        Edit(sheet.number, name, mark, (), "ab", count, "")
        for count, (name, mark) in enumerate((MARKS | {"screen": None}).items())
    ]
    told = [asdict(one) | {"id": one.id} for one in made]

    def send(**more):
        body = json.dumps({"code": code, "edits": told} | more)
        return client.post(sent, body, content_type="application/json")

    with time_machine.travel("2026-11-09 10:00+08:00", tick=False):
        assert f'data-unit="{sheet.unit.organ.code}"' in client.get(page).text
        assert b"caches" in b"".join(client.get(at("portal:inspection_offline")))
        answer = send().json()
        assert {one["id"] for one in answer["edits"]} == {one.id for one in made}
        assert len(send().json()["edits"]) == len(made)  # again: none twice
        wrong = send(code="2222")
        assert (wrong.status_code, "edits" in wrong.json()) == (422, False)
        for broken in ("{", "[]", '{"code":"x"}', json.dumps({"code": code, "edits": [{}]})):
            answer = client.post(sent, broken, content_type="application/json")
            assert (answer.status_code, "格式不对" in answer.json()["words"]) == (422, True)
        signed = send(sign=sheet.unit.organ.code).json()
    assert ("封存" in signed["words"], signed["sheets"][0]["state"]) == (True, "signed")
    sheet.refresh_from_db()
    assert json.loads(sheet.marks) == MARKS | {"screen": None}


def test_a_paper_sheet_is_printed_found_and_keyed_in(client, visiting, song_jian):
    desk = ("cd-jcj", "supervision")
    song_jian.is_official = True
    song_jian.save()
    sheet = MarkSheet.objects.filter(unit__inspection=visiting).first()
    with time_machine.travel("2026-11-09 10:00+08:00", tick=False):
        client.force_login(song_jian)
        papers = client.get(at("office:inspection_papers", *desk, visiting.number)).text
        assert (papers.count("<svg") >= 15, sheet.number in papers) == (True, True)
        found = client.post(at("office:sheets", *desk), {"find-sheet_number": sheet.number})
        assert found.headers["Location"] == at("office:sheet", *desk, sheet.number)
        marks = {f"key-mark_{name}": mark for name, mark in MARKS.items()}
        key = at("office:sheet_act", *desk, sheet.number, "key")
        assert client.post(key, marks | {"key": "k1"}).status_code == 303
        page = client.get(at("office:sheet", *desk, sheet.number)).text
        assert "轮到别人" in page
    sheet.refresh_from_db()
    assert sheet.state == "open"
