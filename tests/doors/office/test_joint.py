"""The joint matter desk: written with forms alone, faults beside fields, nothing is lost."""

import pytest
import time_machine

from openhall.joint.actions.matters import next_matter_draft
from openhall.joint.models import JointMatter, JointMatterVersion
from openhall.organs.terms import Desk
from tests.factories.joint import AT, CODE, DAY, WORDS, doing, drafted, furnished, published
from tests.factories.pages import asked_by, read
from tests.factories.questions import official
from tests.factories.traces import once, refused_to

DESK = "/office/cd-market/catalogue_clerk/joint/"
CITY_DESK = "/office/cd-office/government_office/joint/"
LIST_QUERIES = 5  # session, account, post; matters with their lead, their versions


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db, client):
    made = furnished()
    client.force_login(made.clerk)
    return made


def head(**more) -> dict[str, str]:
    told = WORDS | {"kind": "life_event", "mode": "parallel", "topic": "bl-opening"}
    told |= {"lead": "cd-market", "code": CODE} | more
    return {name: str(value) for name, value in told.items()}


def rows(*told: tuple[str, int, str, str]) -> dict[str, str]:
    """What a browser sends of the parts: item, limit, need, question."""
    sent = {"rows": str(len(told))}
    for n, (item, days, need, question) in enumerate(told):
        sent |= {
            f"parts-{n}-item": item,
            f"parts-{n}-limit_days": str(days),
            f"parts-{n}-need": need,
            f"parts-{n}-question": question,
            f"parts-{n}-question_en": question and "Will you?",
        }
    return sent


THREE = rows(
    ("SP-1", 10, "always", ""), ("WS-1", 12, "always", ""), ("GG-1", 5, "if_chosen", "要吗？")
)


def test_a_clerk_makes_a_matter_without_code_and_the_government_office_publishes_it(client, there):
    found = client.post(DESK + "new/", head() | rows() | {"way": "find", "find": "食品"}).text
    assert "add SP-1" in found
    assert WORDS["title"] in found
    added = client.post(DESK + "new/", head() | rows() | {"way": "add SP-1", "find": "食品"})
    assert added.status_code == 200
    assert 'value="SP-1"' in added.text
    assert not JointMatter.objects.exists()
    made = client.post(DESK + "new/", head() | THREE | {"save": "1"})
    assert made.url == DESK + CODE + "/"
    version = JointMatterVersion.objects.get()
    assert [one.item.code for one in version.parts.all()] == ["SP-1", "WS-1", "GG-1"]
    page = client.get(made.url).text
    assert "没有问题" in page
    assert "publish/" not in page
    preview = client.get(DESK + CODE + "/preview/").text
    assert preview.count("<strong>经营者身份证件</strong>") == 1
    assert "几项审批共同填写，只填一次" in preview
    client.force_login(there.office)
    told = {"first_day": DAY.isoformat(), "note": "首次公布"}
    answer = client.post(CITY_DESK + CODE + "/publish/", asked_by("publish", told))
    assert answer.url == CITY_DESK + CODE + "/"
    page = client.get(answer.url).text
    assert "首次公布" in page
    version.refresh_from_db()
    assert version.state == "published"


def test_rows_are_moved_and_removed_on_the_page_and_saved_as_they_stand(client, there):
    version = drafted(there)
    edit = DESK + CODE + "/edit/"
    sent = head() | THREE | {"seen": "0"}
    page = client.post(edit, sent | {"way": "up 2"}).text
    assert page.index('value="GG-1"') < page.index('value="WS-1"')
    assert [one.item.code for one in version.parts.all()] == ["SP-1", "WS-1", "GG-1"]
    page = client.post(edit, sent | {"way": "remove 0"}).text
    assert 'value="SP-1"' not in page
    assert "尚未保存" in page
    assert client.post(edit, sent | {"way": "up x"}).status_code == 200
    two = rows(("WS-1", 12, "always", ""), ("SP-1", 3, "always", ""))
    assert client.post(edit, head() | two | {"seen": "0", "save": "1"}).status_code == 302
    assert [(one.item.code, one.limit_days) for one in version.parts.all()] == [
        ("WS-1", 12),
        ("SP-1", 3),
    ]


def test_nothing_typed_is_lost_when_something_is_wrong(client, there):
    wrong = rows(("SP-1", 99, "always", ""), ("WS-1", 12, "if_chosen", "要体检吗？"))
    sent = head(summary="几个字" * 120, limit_days=50, title="开个店") | wrong | {"save": "1"}
    answer = client.post(DESK + "new/", sent)
    assert answer.status_code == 422
    for typed in ("开个店", "几个字" * 120, 'value="50"', 'value="99"', "要体检吗？"):
        assert typed in answer.text, typed
    assert "您填写的内容都还在" in answer.text
    assert not JointMatter.objects.exists()


def test_what_the_act_refuses_stands_beside_its_field(client, there):
    drafted(there)
    twice = rows(("SP-1", 5, "always", ""), ("SP-1", 5, "always", ""))
    answer = client.post(DESK + "new/", head() | THREE | {"save": "1"})
    assert answer.status_code == 422
    assert "已有联办事项使用地址" in answer.text
    answer = client.post(DESK + "new/", head(code="b") | twice | {"save": "1"})
    assert "这个事项已在联办事项中" in answer.text
    answer = client.post(DESK + "new/", head(code="b", lead="cd-health") | THREE | {"save": "1"})
    assert answer.status_code == 422
    assert "主办单位的事项维护人员" in answer.text


def test_two_editors_do_not_overwrite_each_other(client, there):
    drafted(there)
    edit = DESK + CODE + "/edit/"
    sent = head() | THREE | {"seen": "0", "save": "1"}
    assert client.post(edit, sent).status_code == 302
    answer = client.post(edit, sent | {"title": "另一个名称"})
    assert answer.status_code == 409
    assert "另一位编辑" in answer.text
    assert "另一个名称" in answer.text
    assert 'name="seen" value="1"' in answer.text


def test_the_gate_speaks_beside_each_field_and_refuses_publication(client, there):
    drafted(there, words={"title_en": "", "limit_days": 8})
    edit = client.get(DESK + CODE + "/edit/").text
    assert "还缺少英文名称" in edit
    assert "“公共场所卫生许可”的时限应为1至8个工作日" in edit
    client.force_login(there.office)
    answer = read(client, CITY_DESK + CODE + "/").form("公布").send()
    assert answer.status == 422
    summary = answer.soup.select_one(".error-summary")
    assert len(summary.select("li")) == 3  # everything that is wrong, at once
    assert JointMatterVersion.objects.get().state == "draft"


def test_a_published_matter_goes_on_in_a_new_version_is_dropped_and_ended(client, there):
    version = published(there)
    assert client.get(DESK + CODE + "/edit/").url == DESK + CODE + "/"
    begun = once(read(client, DESK + CODE + "/").form("从这一版起草新的一版"))
    assert begun.address.endswith(CODE + "/edit/")
    page = client.get(DESK + CODE + "/edit/").text
    assert 'name="lead"' not in page
    sent = head(title="开餐馆") | THREE | {"seen": "0", "save": "1"}
    assert client.post(DESK + CODE + "/edit/", sent).status_code == 302
    draft = read(client, DESK + CODE + "/")
    assert draft.form("放弃草稿").fill({"理由": " "}).send().status == 422
    assert once(draft.form("放弃草稿").fill({"理由": "不改了"})).address.endswith(DESK)
    assert not read(client, DESK + CODE + "/").offers("终止联办")
    client.force_login(there.office)
    page = read(client, CITY_DESK + CODE + "/")
    told = {"失效日期": "2026-01-01", "终止的理由": "机构合并"}
    wrong = page.form("终止联办").fill(told).send()
    assert (wrong.status, "机构合并" in str(wrong.soup)) == (422, True)
    assert page.form("终止联办").fill({"失效日期": "x"}).send().status == 422
    form = page.form("终止联办").fill(told | {"失效日期": DAY.isoformat()})
    refused_to(form, (there.clerk, there.other_clerk))
    once(form)
    version.refresh_from_db()
    assert version.effective_until == DAY


@pytest.mark.parametrize("who", ["window", "other", "head", "citizen", "nobody"])
def test_other_desks_and_other_units_do_not_get_in(client, there, cast, who):
    drafted(there)
    accounts = {
        "window": (cast.li_chuang, "/office/cd-civil/window/joint/"),
        "other": (there.other_clerk, "/office/cd-cityman/catalogue_clerk/joint/"),
        "head": (official("ju_zhang", there.market, Desk.HEAD), "/office/cd-market/head/joint/"),
        "citizen": (cast.wang_fang, DESK),
        "nobody": (None, DESK),
    }
    account, desk = accounts[who]
    client.logout()
    if account is not None:
        client.force_login(account)
    pages = [client.get(desk + CODE + "/" + more) for more in ("", "edit/", "preview/")]
    deeds = [
        client.post(desk + CODE + "/" + more, {"first_day": DAY.isoformat()})
        for more in ("edit/", "publish/", "send/", "send_back/", "drop/", "begin/", "end/")
    ]
    expected = 302 if who == "nobody" else 403
    assert {one.status_code for one in pages + deeds} == {expected}
    listed = client.get(desk)
    if who == "other":
        assert listed.status_code == 200
        assert WORDS["title"] not in listed.text
    else:
        assert listed.status_code == expected
    assert JointMatterVersion.objects.get().state == "draft"


def test_the_list_is_paged_by_key_and_costs_the_same(client, there, django_assert_num_queries):
    first = published(there)
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(DESK).text
    assert WORDS["title"] in page
    for n in range(30):
        drafted(there, code=f"matter-{n}")
    next_matter_draft(first.matter_id, doing(there.clerk))
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(DESK).text
    assert page.count(WORDS["title"]) == 30
    older = client.get(DESK + f"?after={JointMatter.objects.order_by('pk')[1].pk}").text
    assert older.count(WORDS["title"]) == 1


def test_the_desks_and_the_catalogue_lead_there_in_both_languages(client, there):
    assert DESK in client.get("/office/", follow=True).text
    assert DESK in client.get("/office/cd-market/catalogue/").text
    published(there)
    for page in (DESK, DESK + "new/", DESK + CODE + "/", DESK + CODE + "/preview/"):
        english = client.get("/en" + page)
        assert english.status_code == 200
    assert "Opening a restaurant" in client.get("/en" + DESK + CODE + "/").text
