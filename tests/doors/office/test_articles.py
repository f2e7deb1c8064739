"""The desks of a site: one writes, another checks, a third publishes, and no other unit's."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from openhall.sites.models import Article, Edition
from tests.factories import sites

pytestmark = pytest.mark.django_db
BASE = "/office/cd-water"


@pytest.fixture
def there(settings):
    settings.STAFF_MFA_REQUIRED = False
    return sites.furnished(now=timezone.now())


def at(account):
    client = Client()
    client.force_login(account)
    return client


def do(client, address, act, **typed):
    """Read the page of an act, then send it as the page asks."""
    page = client.get(f"{address}{act}/").content.decode()
    form = re.search(rf'action="{re.escape(address)}{act}/".*?</form>', page, re.DOTALL)[0]
    sent = dict(re.findall(r'name="(key|seen)" value="([^"]*)"', form))
    return client.post(f"{address}{act}/", sent | {f"{act}-{k}": v for k, v in typed.items()})


def test_an_article_goes_through_three_desks(there):
    editor, checker, head = (at(one) for one in (there.editor, there.checker, there.head))
    site = f"{BASE}/editor/site/"
    words = {"column": "news", "headline": "供水抢修已经完成", "text": "城东供水已经恢复。"}
    answer = do(editor, site, "open", **words)
    assert answer.status_code == 303
    article = Article.objects.get()
    own = f"{site}articles/{article.number}/"
    assert answer["Location"] == own
    assert do(editor, own, "save", **(words | {"headline": "供水抢修完成"})).status_code == 303
    assert do(editor, own, "send").status_code == 303
    checks = f"{BASE}/decider/site/articles/{article.number}/"
    assert do(checker, checks, "pass", found="clear").status_code == 303
    leads = f"{BASE}/head/site/articles/{article.number}/"
    day = timezone.localdate().isoformat()
    assert do(head, leads, "publish", first_day=day).status_code == 303
    assert Edition.objects.get().title == "供水抢修完成"
    assert "供水抢修完成" in Client().get("/sites/cd-water/news/").content.decode()
    assert "第1版" in head.get(leads).content.decode()


def test_faults_of_the_text_stand_on_the_page_before_anybody_publishes(there):
    edition = there.draft(text="请[点击这里](/halls/)。")
    page = at(there.editor).get(f"{BASE}/editor/site/articles/{edition.article.number}/")
    assert "没有说明通向哪里" in page.content.decode()


def test_a_picture_lies_beside_the_draft_and_is_shown_with_its_words(there):
    edition = there.draft(text="@图片 map.png | 停水范围在成仁路以东")
    own = f"{BASE}/editor/site/articles/{edition.article.number}/"
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "PNG")
    file = SimpleUploadedFile("map.png", made.getvalue(), "image/png")
    assert do(at(there.editor), own, "attach", file=file).status_code == 303
    seen = f"/sites/cd-water/news/{edition.article.number}/preview/1/"
    where = re.search(r'<img src="([^"]+)"', at(there.editor).get(seen).content.decode())[1]
    answer = at(there.checker).get(where)
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert Client().get(where).status_code == 404
    there.sent(Edition.objects.get())
    head = f"{BASE}/head/site/articles/{edition.article.number}/"
    day = timezone.localdate().isoformat()
    assert do(at(there.head), head, "publish", first_day=day).status_code == 303
    page = Client().get(f"/sites/cd-water/news/{edition.article.number}/").content.decode()
    assert 'alt="停水范围在成仁路以东"' in page
    where = re.search(r'<img src="([^"]+)"', page)[1]
    answer = Client().get(where)
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")


def test_no_desk_opens_another_units_article(there):
    other = sites.furnished("cd-roads", timezone.now())
    edition = there.draft()
    address = f"/office/cd-roads/editor/site/articles/{edition.article.number}/"
    assert at(other.editor).get(address).status_code == 403
    assert at(other.editor).get(f"{BASE}/editor/site/").status_code == 403
    assert (
        at(other.editor).post(address + "save/", {"save-headline": "改成别的"}).status_code == 403
    )


def test_contacts_name_the_pages_that_change_before_one_confirms(there):
    edition = there.sent(there.draft())
    from openhall.sites import actions

    actions.publish_edition(edition.pk, timezone.localdate(), there.doing(there.head))
    head = at(there.head)
    address = f"{BASE}/head/contacts/"
    assert sites.WORDS["title"] in head.get(address).content.decode()
    answer = do(head, address, "settle", phone="028-60000000", site_code="12")
    assert answer.status_code == 422
    answer = do(head, address, "settle", phone="028-60000000", site_code="5101000012")
    assert answer.status_code == 303
    there.site.organ.refresh_from_db()
    assert there.site.organ.phone == "028-60000000"


def test_informatization_makes_sites_and_designates(there):
    office = at(there.office)
    address = "/office/cd-xxb/informatization/sites/"
    assert office.get(address).status_code == 200
    unit = str(there.site.organ.pk)
    answer = do(office, address, "designate", unit=unit, guidance="请先公布表格并开通网上申报。")
    assert answer.status_code == 303
    assert "请先公布表格" in office.get(address).content.decode()


def test_who_could_edit_is_read_by_those_who_may(there):
    address = f"{BASE}/head/site/access/?on=2026-11-01"
    assert "cd-water-editor" in at(there.head).get(address).content.decode()
    answer = at(there.editor).get(f"{BASE}/editor/site/access/")
    assert answer.status_code == 403
