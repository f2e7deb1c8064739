"""No page that knows its reader is kept by a browser; looking at a paper leaves a row."""

import io
import logging

import pytest
from django.core.files.base import File
from django.test import Client
from django.urls import get_resolver

from openhall.cases.models import Reveal
from openhall.config.serving.logs import OnlyOurFaults
from openhall.files.actions import folder_of, received, take
from openhall.files.models import Upload
from openhall.files.terms import Given, TrustLevel
from tests.doors.test_addresses import filled, likely, routes  # noqa: F401
from tests.factories.odd_files import picture

EVERYBODYS = ("media/", "ledger/", "statistics/cases/", "proof/", "documents/", "verify/", "forms/")


def walked(client, likely):  # noqa: F811
    for route, _module in routes(get_resolver()):
        if "(" not in route:
            address = filled(route, likely, {})
            answer = client.get(address)
            yield route, answer
            if answer.streaming:
                list(answer.streaming_content)


@pytest.mark.parametrize("who", ["wang_fang", "li_chuang", "visitor"])
def test_every_page_of_who_is_known_here_is_stored_nowhere(cast, likely, who):  # noqa: F811
    client = Client()
    if who == "visitor":
        session = client.session
        session["held_cases"] = [1]
        session.save()
    else:
        client.force_login(getattr(cast, who))
    kept = {
        route: answer.headers.get("Cache-Control", "nothing said")
        for route, answer in walked(client, likely)
        if "no-store" not in answer.headers.get("Cache-Control", "")
        and not route.startswith(EVERYBODYS)
    }
    assert kept == {}


def test_what_is_everybodys_may_be_kept(db, client):
    assert "Cache-Control" not in client.get("/services/").headers
    assert "Cache-Control" not in client.get("/policies/").headers


@pytest.mark.parametrize("path", ["/cases/x/", "/complaints/new/", "/accounts/login/"])
def test_an_answer_to_what_was_sent_is_stored_nowhere(db, client, path):
    assert "no-store" in client.post(path).headers["Cache-Control"]


@pytest.fixture
def paper(cast, walk):
    case = walk.accepted()
    with received(File(io.BytesIO(picture()), name="身份证.jpg")) as got:
        found = take(
            folder_of(case), "id-card", got, Upload.objects.all(), TrustLevel.C, Given.SENT
        )
    return case, found


def test_opening_a_paper_is_a_look_that_stays(cast, client, paper):
    case, found = paper
    client.force_login(cast.li_chuang)
    address = f"/office/uploads/{found.pk}/"
    for _turn in range(3):
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content) == picture()
    look = Reveal.objects.get()
    assert (look.case, look.account, look.field) == (case, cast.li_chuang, "paper")
    assert "查看材料" in look.reason


@pytest.mark.parametrize("who", ["zhou_wai", "wang_fang", None])
def test_who_may_not_open_it_leaves_no_look(cast, client, paper, who):
    if who:
        client.force_login(getattr(cast, who))
    answer = client.get(f"/office/uploads/{paper[1].pk}/")
    assert answer.status_code in (302, 403)
    assert Reveal.objects.count() == 0


def told(caplog, client, address):
    with caplog.at_level(logging.WARNING, "django.request"):
        answer = client.get(address)
    record = caplog.records[-1]
    assert OnlyOurFaults().filter(record)
    return answer.status_code, record


def test_a_refusal_writes_one_line(cast, client, caplog):
    client.force_login(cast.wang_fang)
    status, record = told(caplog, client, "/office/cd-civil/window/")
    assert status == 403
    assert record.exc_info is None
    assert "\n" not in logging.Formatter().format(record)


def test_a_fault_of_ours_keeps_its_traceback():
    try:
        raise RuntimeError("ours")
    except RuntimeError as fault:
        seen = (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("django.request", 40, "", 0, "broken", None, seen)
    record.status_code = 500
    OnlyOurFaults().filter(record)
    assert "ours" in logging.Formatter().format(record)
