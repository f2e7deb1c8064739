"""The guide as the public reads it, its law in the library, its printed sheet. A7, B3."""

from datetime import date

import pytest
import time_machine

from openhall.cases.actions import Party, submit
from openhall.cases.terms import ApplicantKind, Channel
from openhall.catalogue.models import Faq, LawRef, Material
from openhall.deeds.refusals import Refused
from openhall.organs.terms import IdentityKind
from openhall.policies.models import PolicyDocument, PolicySection

pytestmark = pytest.mark.django_db
WANG = Party(
    ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X", "13900000000"
)


@pytest.fixture
def guide(cast):
    cast.version.conditions = "依法设立的社会组织。"
    cast.version.complaint_phone, cast.version.enquiry_phone = "12388", "028-12345"
    cast.version.save()
    Material.objects.create(
        version=cast.version, key="charter", name="章程草案", legal_basis="第12条"
    )
    Faq.objects.create(version=cast.version, question="要多久？", answer="八个工作日。")
    LawRef.objects.create(version=cast.version, law="社会团体登记管理条例", article="第十二条")
    return cast


def address(guide, more=""):
    return f"/services/{guide.item.code}/{more}"


def test_the_guide_says_who_what_when_how_much_and_on_which_law(guide, client):
    page = client.get(address(guide)).content.decode()
    for words in ("依法设立的社会组织。", "章程草案", "028-12345", "12388", "社会团体登记管理条例"):
        assert words in page
    assert "政策库暂未收录该文件" in page


def test_a_law_of_the_library_is_linked_at_its_article(guide, client):
    document = PolicyDocument.objects.create(
        source_id="x",
        title="社会团体登记管理条例",
        title_key="社会团体登记管理条例",
        text="…",
        digest="",
    )
    PolicySection.objects.create(document=document, position=7, label="第十二条", text="…")
    assert (
        f"/policies/{document.pk}/#%E7%AC%AC%E5%8D%81%E4%BA%8C%E6%9D%A1"
        in client.get(address(guide)).content.decode()
    )
    assert "社会团体成立登记" in client.get(f"/policies/{document.pk}/").content.decode()


def test_a_paused_item_keeps_its_page_with_its_reason_and_day_and_cannot_be_applied_for(
    guide, client
):
    guide.item.state, guide.item.state_reason = "2", "系统升级"
    guide.item.state_until = date(2027, 1, 4)
    guide.item.save()
    with time_machine.travel("2026-11-25 10:00+08:00", tick=False):
        page = client.get(address(guide)).content.decode()
        assert "暂停办理" in page
        assert "系统升级" in page
        assert "2027年1月4日" in page
        assert "/apply/" not in page
        assert client.post(address(guide, "apply/")).status_code == 404


def test_a_paused_item_is_still_found_by_its_name_with_its_state(guide, client):
    guide.item.state, guide.item.state_since = "2", date(2024, 1, 1)
    guide.item.state_until = date(2099, 1, 1)
    guide.item.save()
    page = client.get("/search/?q=社会团体").content.decode()
    assert f"/services/{guide.item.code}/" in page
    assert "暂停办理" in page
    assert guide.item.code not in client.get("/services/").content.decode()


def test_out_of_season_nothing_is_taken_and_the_page_says_from_when_again(guide, client, doing):
    guide.version.season_from, guide.version.season_until = "03-01", "04-30"
    guide.version.season = "每年三月至四月受理。"
    guide.version.save()
    with time_machine.travel("2026-11-25 10:00+08:00", tick=False):
        page = client.get(address(guide)).content.decode()
        assert "不在办理期内" in page
        assert "2027年3月1日" in page
        assert "/apply/" not in page
        with pytest.raises(Refused, match="2027年3月1日起可以申请"):
            submit(guide.item.code, WANG, {}, Channel.ONLINE, doing(None, "2026-11-25 09:00"))
    with time_machine.travel("2027-03-01 10:00+08:00", tick=False):
        submit(guide.item.code, WANG, {}, Channel.ONLINE, doing(None, "2027-03-01 09:00"))


def test_an_abolished_item_says_so_instead_of_vanishing(guide, client):
    guide.item.entry.state, guide.item.entry.state_since = "3", date(2026, 11, 1)
    guide.item.entry.save()
    answer = client.get(address(guide))
    assert answer.status_code == 200
    assert "本事项自2026年11月1日起取消" in answer.content.decode()


def test_a_code_that_was_never_published_is_not_there(guide, client):
    assert client.get("/services/NO-SUCH/").status_code == 404
    assert client.get("/services/NO-SUCH/guide.pdf").status_code == 404


def test_the_sheet_is_a_pdf_in_either_language_without_sign_in(guide, client):
    for prefix in ("", "/en"):
        answer = client.get(prefix + address(guide, "guide.pdf"))
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("laws", [1, 3])
def test_the_page_asks_the_same_number_of_questions_however_many_laws(
    guide, client, laws, django_assert_num_queries
):
    for n in range(laws - 1):
        LawRef.objects.create(version=guide.version, law=f"条例{n}", article="第一条")
    with django_assert_num_queries(14):  # the other units that do it and the hall among them
        client.get(address(guide))


def test_the_library_pages_by_key(client):
    PolicyDocument.objects.bulk_create(
        PolicyDocument(
            source_id=str(n),
            title=f"第{n}号意见",
            published_on=date(2003, 5, 26) if n % 2 else None,
            text="",
            digest="",
        )
        for n in range(65)
    )
    seen, at = [], "/policies/"
    while at:
        page = client.get(at)
        seen += [document.pk for document, *_told in page.context["documents"]]
        after = page.context["documents"].after
        at = f"/policies/?after={after}" if after else ""
    assert len(seen) == 65
    assert len(set(seen)) == 65
    assert "查看全部文件" in client.get("/policies/?category=没有").content.decode()


def test_words_typed_in_the_library_are_looked_for_where_all_words_are(client):
    led = client.get("/policies/?q=第7号")
    assert led["Location"] == "/search/?q=%E7%AC%AC7%E5%8F%B7&kind=policy"


@pytest.mark.parametrize(
    ("depth", "offered"), [("none", False), ("1", False), ("2", True), ("3", True), ("4", True)]
)
def test_what_is_not_applied_for_online_says_so_instead_of_offering_it(
    guide, client, depth, offered
):
    guide.version.online_depth = depth
    guide.version.save()
    page = client.get(address(guide)).text
    assert ("/apply/" in page) is offered
    assert ("本事项不在网上申报" in page) is not offered
