"""An office's own words, its seal, papers taken back: who may, who may not, what stays."""

import hashlib
import io
import json
import re
import threading
import zlib
from copy import copy
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from PIL import Image

from openhall.cases import actions
from openhall.cases.models import Case
from openhall.cases.terms import Channel
from openhall.deeds.audit import of_kind
from openhall.deeds.doing import Doing
from openhall.deeds.keys import persons_key
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.organs.actions import appoint
from openhall.organs.models import Account, Organ
from openhall.organs.terms import Desk
from openhall.papers.actions import sealing
from openhall.papers.actions import words as wordsmith
from openhall.papers.actions.handing_out import hand_out
from openhall.papers.kinds import PAPER, WORDS
from openhall.papers.kinds import SEAL as SEAL_VERSIONS
from openhall.papers.models import Paper, PaperPrint, PaperTemplate, SealImage
from openhall.papers.pdf import pdf_of
from openhall.papers.queries import is_print_of
from openhall.papers.rules.seals import round_seal
from openhall.papers.rules.templates import DEFAULTS
from openhall.papers.terms import PaperKind
from openhall.versions.actions import end
from openhall.versions.audit import of_kind as contents
from tests.factories.cases import WANG
from tests.factories.hand_edits import unseen

OWN = DEFAULTS[PaperKind.RECEIPT] + "\n办理进度可随时查询。"
SEAL = round_seal("市民政局").encode()


def png(width=400, height=400) -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 0, 0, 120)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def office(cast):
    """Head, clerk and Legal Affairs, by desk, of the civil affairs bureau."""
    people = {}
    for desk in (Desk.HEAD, Desk.CATALOGUE_CLERK, Desk.LEGAL, Desk.GOVERNMENT_OFFICE):
        people[desk] = Account.objects.create_user(username=desk.value)
        appoint(people[desk], cast.organ, desk, date(2003, 1, 1))
    people["outside"] = Account.objects.create_user(username="outside-head")
    appoint(people["outside"], Organ.objects.get(code="cd-water"), Desk.HEAD, date(2003, 1, 1))
    return people


def submit(doing, moment="2024-03-04 09:00") -> Case:
    return actions.submit("MZ-XK-0001", WANG, {}, Channel.WINDOW, doing(None, moment))


def now():
    return timezone.now()


def approved(office, organ, words=OWN, kind=PaperKind.RECEIPT, day=None) -> PaperTemplate:
    drafter = office[Desk.CATALOGUE_CLERK if organ else Desk.GOVERNMENT_OFFICE]
    draft = wordsmith.draft_words(organ, kind, words, by(drafter))
    wordsmith.saw(draft.pk, drafter, now())
    wordsmith.propose_words(draft.pk, by(drafter))
    wordsmith.saw(draft.pk, office[Desk.LEGAL], now())
    wordsmith.approve_words(draft.pk, day or timezone.localdate(), by(office[Desk.LEGAL]))
    return PaperTemplate.objects.get(pk=draft.pk)


def words_of(paper: Paper) -> list[str]:
    return json.loads(paper.content)["words"]


# ---------------------------------------------------------------- words
@pytest.mark.parametrize(
    "who", ["wang_fang", "li_chuang", "zhao_cheng", "sun_pi", "zhou_wai", "legal", "outside"]
)
def test_only_head_or_clerk_of_the_unit_drafts_its_words(cast, office, who):
    people = office | {"legal": office[Desk.LEGAL]}
    account = people.get(who) or getattr(cast, who)
    with pytest.raises(Refused, match="起草"):
        wordsmith.draft_words(cast.organ, PaperKind.RECEIPT, OWN, by(account))
    with pytest.raises(Refused, match="起草"):
        wordsmith.draft_words(None, PaperKind.RECEIPT, OWN, by(account))
    assert not PaperTemplate.objects.exists()


def test_words_without_what_the_statute_wants_are_refused_beside_the_field(cast, office):
    with pytest.raises(Refused, match="缺少“【事项名称】”") as refused:
        wordsmith.draft_words(
            cast.organ,
            PaperKind.RECEIPT,
            OWN.replace("【事项名称】", "某事项"),
            by(office[Desk.HEAD]),
        )
    assert refused.value.field == "words"


def test_nothing_is_proposed_or_approved_unseen_and_no_drafter_approves(cast, office):
    clerk, legal = office[Desk.CATALOGUE_CLERK], office[Desk.LEGAL]
    draft = wordsmith.draft_words(cast.organ, PaperKind.RECEIPT, OWN, by(clerk))
    with pytest.raises(Refused, match="先预览"):
        wordsmith.propose_words(draft.pk, by(clerk))
    wordsmith.saw(draft.pk, clerk, now())
    with pytest.raises(Refused, match="已提交"):
        wordsmith.approve_words(draft.pk, timezone.localdate(), by(legal))
    wordsmith.propose_words(draft.pk, by(clerk))
    with pytest.raises(Refused, match="先预览"):
        wordsmith.approve_words(draft.pk, timezone.localdate(), by(legal))
    appoint(clerk, cast.organ, Desk.LEGAL, date(2003, 1, 1))
    wordsmith.saw(draft.pk, legal, now())
    for other in (clerk, office[Desk.HEAD], cast.sun_pi, cast.wang_fang):
        with pytest.raises(Refused, match="法制"):
            wordsmith.approve_words(draft.pk, timezone.localdate(), by(other))
    with pytest.raises(Refused, match="不能早于公布之日"):
        wordsmith.approve_words(draft.pk, date(2020, 1, 1), by(legal))
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperTemplate.objects.filter(pk=draft.pk).update(published_by=clerk)


def test_a_look_at_the_sheet_in_review_is_no_change_by_hand(cast, office):
    clerk, legal = office[Desk.CATALOGUE_CLERK], office[Desk.LEGAL]
    draft = wordsmith.draft_words(cast.organ, PaperKind.RECEIPT, OWN, by(clerk))
    wordsmith.saw(draft.pk, clerk, now())
    wordsmith.propose_words(draft.pk, by(clerk))
    for account in (legal, clerk):
        wordsmith.saw(draft.pk, account, now())
        assert list(of_kind(WORDS.kind)) == []
    PaperTemplate.objects.filter(pk=draft.pk).update(words=OWN + "。")
    assert list(of_kind(WORDS.kind))


def test_legal_affairs_returns_words_with_what_to_mend(cast, office):
    clerk, legal = office[Desk.CATALOGUE_CLERK], office[Desk.LEGAL]
    draft = wordsmith.draft_words(cast.organ, PaperKind.RECEIPT, OWN, by(clerk))
    wordsmith.saw(draft.pk, clerk, now())
    wordsmith.propose_words(draft.pk, by(clerk))
    with pytest.raises(Refused, match="正在法制审查"):
        wordsmith.draft_words(cast.organ, PaperKind.RECEIPT, OWN, by(clerk))
    with pytest.raises(Refused, match="理由"):
        wordsmith.return_words(draft.pk, " ", by(legal))
    wordsmith.return_words(draft.pk, "请写明查询方式。", by(legal))
    returned = PaperTemplate.objects.get()
    assert (returned.state, returned.remark) == ("draft", "请写明查询方式。")
    again = wordsmith.draft_words(cast.organ, PaperKind.RECEIPT, OWN + "电话12345。", by(clerk))
    assert (again.pk, again.drafter_saw_at) == (draft.pk, None)  # look at it again


def test_approved_words_stand_from_their_day_and_papers_given_keep_theirs(cast, doing, office):
    approved(office, cast.organ)
    old = submit(doing).papers.get()
    assert "办理进度可随时查询。" not in words_of(old)  # that day the words were not in force
    today = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    new = submit(doing, today).papers.get()
    assert words_of(new)[-1] == "办理进度可随时查询。"
    with pytest.raises(Refused, match="新的一版应当在此之后"):
        approved(office, cast.organ, OWN + "请保存本回执。")
    legal, second = office[Desk.LEGAL], PaperTemplate.objects.get(number=2)
    tomorrow = timezone.localdate() + timedelta(days=1)
    wordsmith.approve_words(second.pk, tomorrow, by(legal))
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        given = submit(doing, f"{timezone.localtime():%Y-%m-%d %H:%M}").papers.get()
        assert words_of(given)[-1] == "办理进度可随时查询。请保存本回执。"
        end(WORDS, second.pk, tomorrow, "改用全市文字。", by(legal))
    with time_machine.travel(now() + timedelta(days=2), tick=False):
        after = submit(doing, f"{timezone.localtime():%Y-%m-%d %H:%M}").papers.get()
        assert "办理进度可随时查询。" not in words_of(after)
    assert words_of(Paper.objects.get(pk=new.pk))[-1] == "办理进度可随时查询。"


def test_every_edit_by_hand_of_words_and_seals_is_found(cast, office):
    approved(office, cast.organ)
    sealing.keep_seal(
        cast.organ, SEAL, timezone.localdate(), by(office[Desk.HEAD]), by(cast.sun_pi)
    )
    for versions in (WORDS, SEAL_VERSIONS):
        assert list(of_kind(versions.kind)) == list(contents(versions)) == []
        assert unseen(versions.kind) == []
    PaperTemplate.objects.update(words=OWN + "（改）")
    assert [one.place for one in contents(WORDS)] == ["paper_words/cd-civil/receipt/1/content"]


def test_the_citys_words_stand_where_a_unit_has_none_of_its_own(cast, doing, office):
    approved(office, None, OWN + "（全市）")
    today = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    assert "全市" in words_of(submit(doing, today).papers.get())[-1]
    approved(office, cast.organ)
    assert "全市" not in words_of(submit(doing, today).papers.get())[-1]


# ---------------------------------------------------------------- seals
@pytest.mark.parametrize("who", ["wang_fang", "li_chuang", "sun_pi", "clerk", "outside"])
def test_only_the_head_of_the_unit_keeps_its_seal(cast, office, who):
    people = office | {"clerk": office[Desk.CATALOGUE_CLERK]}
    who_tries = by(people.get(who) or getattr(cast, who))
    with pytest.raises(Refused, match="负责人"):
        sealing.bring_seal(cast.organ, SEAL, who_tries)
    assert not SealImage.objects.exists()


@pytest.mark.parametrize(
    ("picture", "word"),
    [
        (b"GIF89a", "SVG"),
        (b"\xff\xd8\xff\xe0", "PNG或SVG"),
        (png()[:200], "损坏"),
        (png(900, 300), "正方形"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><script/></svg>", "script"),
        (b" " * 500_000, "过大"),
    ],
)
def test_what_is_not_a_picture_of_a_seal_is_refused(cast, office, picture, word):
    with pytest.raises(Refused, match=word):
        sealing.keep_seal(
            cast.organ, picture, timezone.localdate(), by(office[Desk.HEAD]), by(cast.sun_pi)
        )


def test_papers_carry_the_seal_of_their_day_and_are_drawn_with_it(cast, doing, office):
    bare = submit(doing).papers.get()
    with time_machine.travel("2024-03-01T09:00:00+08:00", tick=False):
        first = sealing.keep_seal(
            cast.organ, SEAL, date(2024, 3, 1), by(office[Desk.HEAD]), by(cast.sun_pi)
        )
    sealed = submit(doing).papers.get()
    assert json.loads(sealed.content)["seal"] == first.pk
    assert json.loads(bare.content)["seal"] is None
    words = json.loads(sealed.content) | {"seal": None}
    unsealed = copy(sealed)
    unsealed.content = json.dumps(words)
    assert len(pdf_of(sealed)) > len(pdf_of(unsealed))  # the same paper, but for the drawing
    kept = sealing.keep_seal(
        cast.organ, png(), timezone.localdate(), by(office[Desk.HEAD]), by(cast.sun_pi)
    )
    assert kept.media_type == "image/png"
    new = submit(doing, f"{timezone.localtime():%Y-%m-%d %H:%M}").papers.get()
    assert json.loads(new.content)["seal"] == kept.pk
    assert pdf_of(new).startswith(b"%PDF-")


# ---------------------------------------------------------------- PDF/A and proofs
def test_a_paper_declares_pdf_a_2b_and_embeds_every_font(cast, doing):
    made = pdf_of(submit(doing).papers.get())
    streams = [made]
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            streams.append(zlib.decompress(raw))
        except zlib.error:
            continue
    whole = b"\n".join(streams)
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", whole)
    assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", whole)
    fonts = len(re.findall(rb"/Type\s*/FontDescriptor", whole))
    embedded = len(re.findall(rb"/FontFile[23]?\b", whole))
    assert fonts > 0
    assert embedded == fonts
    assert b"/JavaScript" not in whole
    assert b"/Encrypt" not in made


def test_the_same_paper_is_the_same_file_and_its_digest_is_kept(cast, doing):
    paper = submit(doing).papers.get()
    made = hand_out(paper)
    assert hand_out(paper) == made
    digest = hashlib.sha256(made).hexdigest()
    assert PaperPrint.objects.get().digest == digest
    assert is_print_of(paper, digest)
    assert not is_print_of(paper, hashlib.sha256(made + b" ").hexdigest())


def test_a_commitment_to_the_paper_stands_in_the_log_without_its_words(cast, doing):
    paper = submit(doing).papers.get()
    given = PAPER.events_of([paper.pk]).get()
    body = json.loads(bytes(Entry.objects.get(pk=given.entry).body))
    assert (body["kind"], body["paper"], body["act"]) == ("paper", paper.number, "give")
    assert body["row"].startswith("sha256:")
    assert "王芳" not in json.dumps(body, ensure_ascii=False)


def test_a_rewritten_paper_is_not_called_genuine(cast, doing, client):
    paper = submit(doing).papers.get()
    address = f"/check/{paper.check_code}/"
    assert "本文书真实有效" in client.get(address).text
    content = json.loads(paper.content) | {"to": "李四"}
    Paper.objects.filter(pk=paper.pk).update(content=json.dumps(content, ensure_ascii=False))
    page = client.get(address).text
    assert "本文书真实有效" not in page
    assert "被改动" in page
    assert [one.place for one in of_kind(PAPER)] == [f"paper/{paper.number}"]


# ---------------------------------------------------------------- taken back
def test_only_the_head_of_its_unit_takes_a_paper_back_once_with_a_reason(cast, doing, office):
    paper = submit(doing).papers.get()
    for other in (office["outside"], office[Desk.LEGAL], cast.li_chuang, cast.wang_fang):
        with pytest.raises(Refused, match="负责人"):
            sealing.take_back(paper.pk, "文号印错，另行出具。", by(other))
    head = office[Desk.HEAD]
    with pytest.raises(Refused, match="原因"):
        sealing.take_back(paper.pk, "错", by(head))
    with pytest.raises(Refused, match="同一办件"):
        sealing.take_back(
            paper.pk, "文号印错，另行出具。", by(head), instead=submit(doing).papers.get()
        )
    once = by(head)
    assert sealing.take_back(paper.pk, "文号印错，另行出具。", once).act == "take_back"
    assert sealing.take_back(paper.pk, "文号印错，另行出具。", once).seq == 2  # a repeated click
    paper.refresh_from_db()
    assert paper.withdrawn_at == once.at
    with pytest.raises(Refused, match="已经收回"):
        sealing.take_back(paper.pk, "文号印错，另行出具。", by(head))
    assert list(of_kind(PAPER)) == []


def by(account):
    return Doing(account, now(), persons_key(f"a{account.pk}", uuid4().hex), "head")


# ---------------------------------------------------------------- numbers
# SQLite has one writer, who gives the numbers in turn; and its triggers forbid emptying the log.
@pytest.mark.skipif(connection.vendor != "postgresql", reason="many hands at once: PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_papers_given_at_once_by_many_hands_are_numbered_without_gaps(cast, doing):
    class Crash(Exception):
        pass

    faults = []

    def act(n: int) -> None:
        try:
            with transaction.atomic():
                submit(doing, f"2024-03-04 09:{n:02d}")
                if n % 3 == 0:
                    raise Crash
        except Crash:
            pass
        except Exception as error:  # told below; a thread's own error is silent
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    serials = sorted(Paper.objects.values_list("serial", flat=True))
    assert serials == list(range(1, 9))
