"""B7 at the desk: a guide written with forms alone, its faults beside each node, then published."""

import pytest
import time_machine

from openhall.office.acts.versions import read_as
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Organ
from openhall.organs.terms import Desk
from openhall.questions.models import QuestionGuideVersion
from openhall.questions.rules.content import parse
from tests.factories.pages import asked_by, read
from tests.factories.questions import AT, WORDS, drafted, furnish, official, published
from tests.factories.traces import no_trace, once, refused

DESK = "/office/cd-civil/catalogue_clerk/questions/"
GUIDE = DESK + "association/"
LIST_QUERIES = 12  # session, account, post; attention: 4; guides, their versions, facts: 3


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def clerk(client, cast):
    furnish(cast)
    account = official("clerk", cast.organ, Desk.CATALOGUE_CLERK)
    client.force_login(account)
    return account


def second(cast):
    """A colleague: who wrote a guide does not publish it."""
    return official("second", cast.organ, Desk.CATALOGUE_CLERK)


def options(*labels, keys=()) -> dict[str, str]:
    """What a browser sends of the rows of options."""
    rows = {"options-TOTAL_FORMS": str(len(labels)), "options-INITIAL_FORMS": str(len(keys))}
    for n, label in enumerate(labels):
        rows |= {
            f"options-{n}-label": label,
            f"options-{n}-ORDER": str(n + 1),
            f"options-{n}-key": keys[n] if n < len(keys) else "",
        }
    return rows


def seen() -> dict[str, str]:
    return {"seen": str(QuestionGuideVersion.objects.get(state="draft").revision)}


def changed(client, way, seen=None):
    """One press of an arrow, from the page as it stands now or as it stood at ``seen``."""
    stands = read_as(QuestionGuideVersion.objects.get(state="draft"))
    told = asked_by("change", {"way": way}) | {"seen": stands if seen is None else seen}
    return client.post(GUIDE + "change/", told)


def begun(client, desk=DESK, **typed):
    return client.post(desk + "new/begin/", asked_by("begin", WORDS | typed))


def test_a_clerk_writes_a_guide_without_code_and_publishes_it(client, cast, clerk):
    assert begun(client, item="MZ-XK-0001", slug="association").url == GUIDE
    assert "还没有问题" in client.get(GUIDE).text

    def send(address, **typed):
        answer = client.post(GUIDE + address, seen() | typed)
        assert answer.status_code == 302, answer.text
        return answer.url

    assert send("result/", title="会员还不够", note="满50人再来。") == GUIDE + "result/r1/"
    send("result/", title="可以申请")
    send("result/r2/item/", item="MZ-XK-0001")
    send(
        "question/",
        text="有多少会员？",
        kind="number",
        least="1",
        most="9999",
        **options(),
    )
    send(
        "question/", text="场所是谁的？", kind="one", otherwise="r2", **options("自己的", "借用的")
    )
    send("question/q1/rule/", **{"when-q1-most": "49", "to": "r1"})
    faults = client.get(GUIDE).text
    assert "没有写明其他情况下去哪里" in faults
    assert faults.count("没有任何回答会走到这个问题") == 2  # in the summary and beside the node
    send(
        "question/q1/",
        text="有多少会员？",
        kind="number",
        least="1",
        most="9999",
        otherwise="q2",
        **options(),
    )
    send(
        "result/r2/item/1/material/deed/",
        applies="spared",
        reason="借用的不用",
        **{"when-q2": "o2"},
    )
    sound = client.get(GUIDE).text
    assert "全部3条路径都走得通" in sound
    assert "<svg" in sound
    paths = client.get(GUIDE + "paths/").text
    assert "1–49" in paths
    preview = client.get(GUIDE + "paths/3/").text
    assert "产权证明" in preview
    assert "借用的不用" in preview
    assert "借用的不用" not in client.get(GUIDE + "paths/2/").text
    assert client.get(GUIDE + "paths/4/").status_code == 404
    first_day = AT.date().isoformat()
    typed = asked_by("publish", {"first_day": first_day})
    assert not read(client, GUIDE).offers("公布")
    own = client.post(GUIDE + "publish/", typed)
    assert (own.status_code, "参与起草的人员不能审核、公布" in own.text) == (422, True)
    page = read(client, GUIDE, second(cast))
    assert once(page.form("公布").fill({"生效日期": first_day})).address.endswith(GUIDE)
    assert QuestionGuideVersion.objects.get().state == "published"
    assert client.get("/guides/association/").status_code == 200


def test_a_guide_with_faults_is_not_published_and_nothing_typed_is_lost(client, cast, clerk):
    drafted(cast, clerk)
    changed(client, "remove few")
    page = read(client, GUIDE, second(cast))
    typed = {"生效日期": "2026-12-01", "变更内容": "第一版"}
    with no_trace():
        answer = page.form("公布").fill(typed).send()
        early = page.form("公布").fill({"生效日期": "2026-01-01"}).send()
    assert answer.status == 422
    assert answer.soup.select(".error-summary li")
    assert 'value="第一版"' in str(answer.soup)
    refused(early, "生效日期", "不能早于公布之日")
    assert QuestionGuideVersion.objects.get().state == "draft"


def test_nodes_rules_and_items_are_moved_and_removed(client, cast, clerk):
    drafted(cast, clerk)

    def change(way):
        assert changed(client, way).status_code == 303

    def now():
        return parse(QuestionGuideVersion.objects.get().content)

    change("down members")
    assert [one.key for one in now().questions] == ["premises", "members"]
    change("up members")
    change("down few")
    assert [one.key for one in now().results] == ["found", "few"]
    change("remove members rule:1")
    assert now().question("members").rules == ()
    change("remove found item:1")
    assert now().result("found").items == ()
    change("remove premises")
    assert [one.key for one in now().questions] == ["members"]
    assert "“premises”不存在" in client.get(GUIDE).text


def test_two_editors_do_not_overwrite_each_other(client, cast, clerk):
    drafted(cast, clerk)
    stale = changed(client, "remove few", seen=0)
    assert (stale.status_code, "另一位工作人员" in stale.text) == (409, True)
    typed = {"seen": "0", "title": "新的标题", "note": "x"}
    form = client.post(GUIDE + "result/few/", typed)
    assert (form.status_code, 'value="新的标题"' in form.text) == (409, True)
    words = read(client, GUIDE + "words/")
    assert words.form("保存").fill({"标题": "新的标题"}).send().done
    late = words.form("保存").fill({"标题": "旧的标题"}).send(key="late")
    assert (late.status, 'value="旧的标题"' in str(late.soup)) == (409, True)  # D6
    assert QuestionGuideVersion.objects.get().title == "新的标题"


def test_options_keep_their_keys_when_words_and_order_change(client, cast, clerk):
    drafted(cast, clerk)
    typed = options("借来的", "自家的", "", keys=("lent", "own"))
    client.post(
        GUIDE + "question/premises/",
        seen() | {"text": "谁的？", "kind": "one", "otherwise": "found"} | typed,
    )
    now = parse(QuestionGuideVersion.objects.get().content).question("premises")
    assert [(one.key, one.label) for one in now.options] == [
        ("lent", "借来的"),
        ("own", "自家的"),
    ]


def test_the_editor_walks_the_draft_as_a_resident_would(client, cast, clerk):
    drafted(cast, clerk)
    assert "有多少会员" in client.get(GUIDE + "walk/").text
    wrong = client.get(GUIDE + "walk/?asked=members&members=")
    assert wrong.status_code == 422
    on = client.get(GUIDE + "walk/?asked=members&members=60")
    assert on.url == GUIDE + "walk/?members=60"
    assert "可以申请成立" in client.get(GUIDE + "walk/?members=60&premises=own").text
    changed(client, "remove premises")
    assert "走不通" in client.get(GUIDE + "walk/?members=60").text


def test_a_published_guide_is_only_read_until_a_new_version_is_begun(client, cast, clerk):
    published(cast, clerk)
    late = client.post(GUIDE + "change/", asked_by("change", {"way": "remove few"}))
    assert late.status_code == 422
    assert client.get(GUIDE + "question/members/").status_code == 403
    assert once(read(client, GUIDE).form("从这一版起草新的一版")).done
    assert client.get(GUIDE + "question/members/").status_code == 200
    page = read(client, GUIDE)
    assert page.form("放弃草稿").send().status == 422
    once(page.form("放弃草稿").fill({"理由": "不改了"}))
    states = QuestionGuideVersion.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["published", "dropped"]


@pytest.mark.parametrize(
    ("desk", "status"),
    [
        (Desk.EDITOR, 200),
        (Desk.WINDOW, 403),
        (Desk.HEAD, 403),
        (Desk.LEGAL, 403),
        (Desk.INFORMATIZATION, 403),  # a guide of one item is its unit's
    ],
)
def test_the_door_is_open_to_the_desks_that_write_guides(client, cast, clerk, desk, status):
    drafted(cast, clerk)
    client.force_login(official("other", cast.organ, desk))
    assert client.get(f"/office/cd-civil/{desk.value}/questions/association/").status_code == status


def test_another_units_clerk_and_a_resident_do_not_get_in(client, cast, clerk):
    drafted(cast, clerk)
    water = Organ.objects.get(code="cd-water")
    client.force_login(official("water", water, Desk.CATALOGUE_CLERK))
    other = "/office/cd-water/catalogue_clerk/questions/"
    assert client.get(other + "association/").status_code == 403
    assert "成立社会团体" not in client.get(other).text
    client.force_login(cast.wang_fang)
    assert client.get(GUIDE).status_code == 403


def test_the_government_office_writes_life_events(client, cast, clerk):
    office = found_organ(
        code="cd-bgt", kind="department", name="市政府办公厅", name_en="Office", short_name="办公厅"
    )
    client.force_login(official("feng", office, Desk.GOVERNMENT_OFFICE))
    desk = "/office/cd-bgt/government_office/questions/"
    assert "我要开店办企业" in client.get(desk + "new/").text
    assert begun(client, desk, topic="bl-opening", slug="opening").url == desk + "opening/"
    twice = begun(client, desk, topic="bl-opening", slug="opening")
    assert (twice.status_code, "请换一个" in twice.text) == (422, True)


def test_the_list_says_what_is_sound_and_costs_the_same_for_one_and_for_many(
    client, cast, clerk, django_assert_num_queries
):
    published(cast, clerk)
    client.get(DESK)
    with django_assert_num_queries(LIST_QUERIES):
        assert "每条路径都走得通" in client.get(DESK).text
    for n in range(3):
        published(cast, clerk, f"more-{n}")
    with django_assert_num_queries(LIST_QUERIES):
        client.get(DESK)
    drafted(cast, clerk, "unfinished")
    cast.item.state = "2"
    cast.item.save()
    page = client.get(DESK).text
    assert "需要核对" in page
    assert "2处问题" in page  # the item, and the field its answer would fill
