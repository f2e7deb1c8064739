"""Files of a document: taken away as they came, read back, found by the search, taken down."""

from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from openhall.deeds.collecting import under_way
from openhall.deeds.refusals import Refused
from openhall.files.actions import received
from openhall.jobs.models import Job
from openhall.organs.actions import found as found_organ
from openhall.organs.terms import Desk
from openhall.policies.actions import filing
from openhall.policies.kinds import FILE
from openhall.policies.models import PolicyDocument, PolicyFile
from openhall.policies.opening import opened
from openhall.policies.rules.pages import NotADocument, Opened
from openhall.policies.tasks import read_file
from openhall.search.sources.policies import POLICIES
from tests.factories.hand_edits import unseen
from tests.factories.odd_files import pdf
from tests.factories.papers_of_policy import LINES, OFD, docx, ofd
from tests.factories.sites import DAY, doing, seated

pytestmark = pytest.mark.django_db
RAW = ofd()


@pytest.fixture
def legal(settings):
    settings.STAFF_MFA_REQUIRED = False
    office = found_organ(
        code="cd-fzb", kind="department", name="市法制办", name_en="Legal", short_name="法制"
    )
    return seated("zheng", office, Desk.LEGAL)


@pytest.fixture
def paper():
    return PolicyDocument.objects.create(
        source_id="1", title="关于供水的意见", number="成办发〔2003〕75号", text="正文"
    )


def filed(paper, who, name="通知.ofd", content=None, words=""):
    with received(SimpleUploadedFile(name, content or RAW), "file") as kept:
        return filing.attach(paper, kept, words, doing(who))


@pytest.mark.parametrize("content", [ofd(), ofd(where="/Doc_0/Pages/Page_0/Content.xml"), docx()])
def test_the_text_is_read_back_in_its_order(content):
    assert opened(content).text.split("\n") == list(LINES)


@pytest.mark.parametrize(
    "content",
    [
        ofd(where="../../../etc/passwd"),
        ofd(page="<x"),
        ofd(page='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
        ofd(page=f'<ofd:Page xmlns:ofd="{OFD}"/>'),
        ofd()[:-60],
    ],
)
def test_what_cannot_be_read_is_said(content):
    with pytest.raises(NotADocument):
        opened(content)


def test_it_is_shown_read_and_found(legal, paper):
    file = filed(paper, legal)
    assert Job.objects.get(task=filing.READ).arguments["args"] == [file.pk]
    page = f"/policies/{paper.pk}/"
    assert "文字版正在生成" in Client().get(page).content.decode()
    assert read_file.func(file.pk) == 3
    assert read_file.func(file.pk) == 0  # a job that comes twice
    shown = Client().get(page).content.decode()
    assert all(line[4:] in shown for line in LINES)
    found = [one for one in POLICIES.records(["1"], DAY) if "临时取水点" in one.body]
    assert [one.root for one in found] == ["policy:1"]
    assert f'id="{found[0].at[-1]}"' in shown
    away = Client().get(f"{page}files/{file.pk}/")
    assert b"".join(away) == RAW
    assert "attachment" in away["Content-Disposition"]
    assert unseen(FILE) == []


def test_a_scan_says_that_it_has_no_text_until_somebody_writes_it(legal, paper):
    scan = filed(paper, legal, "扫描件.pdf", pdf())
    assert read_file.func(scan.pk) == 0
    scan.refresh_from_db()
    assert "扫描件" in scan.unread
    filing.remove(scan.pk, "改用带文字版的一份", doing(legal))
    written = filed(paper, legal, "扫描件.pdf", pdf(), "第一条　写出来的文字。")
    assert [one.label for one in written.sections.all()] == ["第一条"]
    assert "写出来的文字" in Client().get(f"/policies/{paper.pk}/").content.decode()


def test_only_legal_affairs_files_and_takes_away(legal, paper):
    with pytest.raises(Refused, match="法制办"):
        filed(paper, None)
    file = filed(paper, legal)
    with pytest.raises(Refused, match="已经在附件中"):
        filed(paper, legal)
    with pytest.raises(Refused, match="理由"):
        filing.remove(file.pk, "错", doing(legal))
    read_file.func(file.pk)
    filing.remove(file.pk, "附件放错文件", doing(legal))
    assert Client().get(f"/policies/{paper.pk}/files/{file.pk}/").status_code == 404
    assert "附件" not in Client().get(f"/policies/{paper.pk}/").content.decode()
    assert read_file.func(file.pk) == 0
    assert PolicyFile.objects.get().sections.count() == 0


def test_an_import_that_changes_the_document_leaves_its_files(legal, paper):
    from openhall.policies.actions import import_policies, of_record

    file = filed(paper, legal, words="第一条　附件的文字。")
    record = {"id": "1", "title": paper.title, "text": "第一条　新的正文。第二条　又一条。"}
    assert import_policies([of_record(record)], lambda _n: None) == (0, 1, 0)
    assert file.sections.count() == 1
    assert paper.sections.filter(file=None).count() == 2


def test_the_desk_attaches_and_takes_away(legal, paper):
    client = Client()
    client.force_login(legal)
    at = "/office/cd-fzb/legal/documents/"
    assert client.get(at).status_code == 200
    sent = {
        "attach-document": paper.number,
        "attach-file": SimpleUploadedFile("通知.docx", docx()),
        "key": "k-1",
    }
    answer = client.post(f"{at}attach/", sent)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    file = PolicyFile.objects.get()
    assert "通知.docx" in client.get(at).content.decode()
    wrong = client.post(f"{at}attach/", sent | {"attach-document": "没有〔2000〕1号", "key": "k-2",
                        "attach-file": SimpleUploadedFile("a.docx", docx())})  # fmt: skip
    assert wrong.status_code == 422
    done = client.post(
        f"{at}remove-{file.pk}/", {f"remove-{file.pk}-reason": "放错了文件", "key": "k-3"}
    )
    assert done.status_code == 303
    file.refresh_from_db()
    assert file.removed


def test_a_file_is_read_before_the_act_and_nobody_waits_for_it(legal, paper, monkeypatch):
    made = filed(paper, legal)
    within = []
    monkeypatch.setattr(filing, "opened", lambda raw: (within.append(under_way()), opened(raw))[1])
    assert read_file.func(made.pk) > 0
    assert within == [None]
    assert read_file.func(made.pk) == 0  # once


@pytest.mark.parametrize(
    ("words", "said"),
    [("字" * 200_001, "200001个字"), ("一\ue000", "U+E000"), ("a\x00b", "U+0000")],
)
def test_typed_text_is_kept_whole_or_refused(legal, paper, words, said):
    with pytest.raises(Refused) as refused:
        filed(paper, legal, "扫描.pdf", pdf(), words)
    assert said in refused.value.said.zh
    assert refused.value.field == "words"


def test_what_a_reader_gives_that_no_database_keeps_is_shown_as_lost(monkeypatch):
    odd = Opened("甲\ud842\udfb7乙\ud800丙\x00丁", {})
    monkeypatch.setattr("openhall.policies.opening.of_text", lambda _raw: odd)
    assert opened(b"x").text == "甲𠮷乙\ufffd丙\ufffd丁"


def test_an_ofd_with_damaged_packing_is_refused_in_words():
    at = RAW.index(b"Content.xml") + 20
    for place in range(at, at + 60):
        broken = bytearray(RAW)
        broken[place] ^= 0xFF
        with suppress(NotADocument):
            opened(bytes(broken))
