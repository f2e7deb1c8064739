"""How a document stands: what newer ones do to it is a deed, and the index says the same."""

from datetime import date

import pytest
from django.test import Client

from openhall.deeds.refusals import Refused
from openhall.organs.actions import found as found_organ
from openhall.organs.terms import Desk
from openhall.policies.actions import linking
from openhall.policies.kinds import LINK
from openhall.policies.models import PolicyDocument, PolicySection
from openhall.policies.queries import Wanted, documents, states_of
from openhall.policies.rules.standing import standing
from openhall.policies.terms import LinkKind, PolicyState
from tests.factories.hand_edits import unseen
from tests.factories.sites import DAY, doing, seated

pytestmark = pytest.mark.django_db
S = PolicyState


@pytest.fixture
def legal():
    office = found_organ(
        code="cd-fzb", kind="department", name="市法制办", name_en="Legal", short_name="法制"
    )
    return seated("zheng", office, Desk.LEGAL)


def paper(number, **more):
    said = {"source_id": number, "title": f"条例{number}", "number": number, "text": "正文"}
    return PolicyDocument.objects.create(**said | {"effective_on": date(2003, 1, 1)} | more)


@pytest.mark.parametrize(
    ("status", "begins", "lapses", "links", "state"),
    [
        ("有效", None, None, [], S.IN_FORCE),
        ("", date(2003, 1, 1), None, [], S.IN_FORCE),
        ("", None, None, [], S.UNKNOWN),
        ("已修改", None, None, [], S.AMENDED),
        ("有效", None, None, [(LinkKind.AMENDS, DAY)], S.AMENDED),
        ("有效", None, None, [(LinkKind.EXPLAINS, DAY)], S.IN_FORCE),
        ("有效", None, None, [(LinkKind.REPLACES, date(2027, 1, 1))], S.IN_FORCE),
        ("有效", None, None, [(LinkKind.REPLACES, DAY)], S.ANNULLED),
        ("已废止", None, None, [], S.ANNULLED),
        ("失效", None, None, [], S.LAPSED),
        ("部分失效", None, None, [], S.AMENDED),
        ("", date(2003, 1, 1), date(2020, 1, 1), [], S.LAPSED),
        ("", date(2027, 1, 1), None, [], S.COMING),
        ("尚未施行", None, None, [], S.COMING),
    ],
)
def test_it_stands_as_the_law_says_and_the_index_agrees(status, begins, lapses, links, state):
    assert standing(status, begins, lapses, links, DAY) == state
    older = paper("旧1号", status=status, effective_on=begins, lapses_on=lapses)
    for n, (kind, since) in enumerate(links):
        from openhall.deeds.collecting import acting

        with acting():
            linking.recorded(paper(f"新{n}号"), older, kind, since, doing(None))
    assert states_of([older], DAY)[older.pk] == state
    for one in PolicyState:
        found = [row.pk for row in documents(wanted=Wanted(state=one), day=DAY)]
        assert (older.pk in found) == (one == state), one


def test_only_legal_affairs_records_it_and_every_edit_by_hand_is_found(legal):
    newer, older = paper("新1号"), paper("旧1号")
    with pytest.raises(Refused, match="法制办"):
        linking.record(newer, older, LinkKind.ANNULS, DAY, doing(None))
    link = linking.record(newer, older, LinkKind.ANNULS, DAY, doing(legal))
    assert unseen(LINK) == []
    with pytest.raises(Refused):
        linking.record(newer, older, LinkKind.ANNULS, DAY, doing(legal))
    with pytest.raises(Refused, match="不同"):
        linking.record(newer, newer, LinkKind.ANNULS, DAY, doing(legal))
    linking.strike(link.pk, "文号登记错误", doing(legal))
    assert states_of([older], DAY)[older.pk] == S.IN_FORCE


def test_both_pages_say_it_and_an_article_has_its_address(legal):
    newer, older = paper("新1号"), paper("旧1号")
    for n, label in enumerate(("第十二条", "第十二条", "一、")):
        PolicySection.objects.create(document=older, position=n, label=label, text="内容")
    linking.record(newer, older, LinkKind.REPLACES, date(2026, 1, 1), doing(legal))
    page = Client().get(f"/policies/{older.pk}/").content.decode()
    assert "已废止" in page
    assert "条例新1号" in page
    assert page.count('id="第十二条"') == 1
    assert "条例旧1号" in Client().get(f"/policies/{newer.pk}/").content.decode()
    listed = Client().get("/policies/?state=annulled").content.decode()
    assert "条例旧1号" in listed
    assert "条例新1号" not in listed


def test_an_interpretation_is_linked_both_ways(legal):
    reading, law = paper("解1号"), paper("旧1号")
    linking.record(reading, law, LinkKind.EXPLAINS, date(2026, 1, 1), doing(legal))
    for language, explains, explained in (
        ("", "解读", "解读"),
        ("/en", "Explains", "Explained in"),
    ):
        there = Client().get(f"{language}/policies/{reading.pk}/").content.decode()
        assert explains in there
        assert f"/policies/{law.pk}/" in there
        back = Client().get(f"{language}/policies/{law.pk}/").content.decode()
        assert explained in back
        assert f"/policies/{reading.pk}/" in back
    assert states_of([law], DAY)[law.pk] == S.IN_FORCE


def test_a_first_sentence_is_told_once_and_a_line_of_its_own_is_a_heading():
    one = paper("旧1号")
    rows = [
        ("第一条", "保障供水", "保障供水。单位应当检修。"),
        ("一、", "总则", "总则\n本条例适用于供水。"),
        ("二、", "附则", "附则"),
        ("三、", "说明", "另有规定。"),
    ]
    for n, (label, title, text) in enumerate(rows):
        PolicySection.objects.create(document=one, position=n, label=label, title=title, text=text)
    page = Client().get(f"/policies/{one.pk}/").content.decode()
    headings = ("一、 总则", "二、 附则", "三、 说明")
    assert [page.count(f"<h2>{said}</h2>") for said in headings] == [1, 1, 1]
    assert page.count("保障供水") == 1
    assert page.count("总则") == 1
