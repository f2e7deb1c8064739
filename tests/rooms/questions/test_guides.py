"""B7: guides are drafted, published, superseded; each path is kept as a test; who may do what."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from openhall.catalogue.models import ItemVersion, Material, Tariff
from openhall.catalogue.queries import items_of_topic
from openhall.deeds import audit
from openhall.deeds.refusals import Refused
from openhall.ledger.models import Entry
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Organ
from openhall.organs.terms import Desk
from openhall.questions.actions import (
    begin_guide,
    forget_checklist,
    keep_checklist,
    next_draft,
    publish_guide,
    save_content,
    save_words,
)
from openhall.questions.kinds import GUIDE
from openhall.questions.models import (
    QuestionGuide,
    QuestionGuideEvent,
    QuestionGuideVersion,
    SavedChecklist,
)
from openhall.questions.queries import checklist, guide_in_force, needing_attention, topics_in_use
from openhall.questions.rules.content import parse
from openhall.versions import actions as verbs
from openhall.versions import audit as versions
from tests.factories.catalogue import by
from tests.factories.hand_edits import unseen
from tests.factories.questions import AT, DAY, WORDS, content, drafted, furnish, official, published

drop_draft, end_guide = partial(verbs.drop, GUIDE), partial(verbs.end, GUIDE)


@pytest.fixture
def people(cast):
    furnish(cast)
    office = found_organ(
        code="cd-bgt", kind="department", name="市政府办公厅", name_en="Office", short_name="办公厅"
    )
    water = Organ.objects.get(code="cd-water")
    return {
        "editor": official("editor", cast.organ, Desk.EDITOR),
        "clerk": official("clerk", cast.organ, Desk.CATALOGUE_CLERK),
        "water_clerk": official("water_clerk", water, Desk.CATALOGUE_CLERK),
        "office": official("office", office, Desk.GOVERNMENT_OFFICE),
        "informatization": official("informatization", office, Desk.INFORMATIZATION),
        "legal": official("legal", office, Desk.LEGAL),
        "head": official("head", cast.organ, Desk.HEAD),
        "window": cast.li_chuang,
        "resident": cast.wang_fang,
        "nobody": None,
    }


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as found:
        act(*args, **kwargs)
    return str(found.value)


def test_a_guide_goes_from_draft_into_force_and_stands_in_the_ledger(cast, people):
    version = published(cast, people["clerk"])
    assert (version.state, version.effective_from, version.number) == ("published", DAY, 1)
    assert guide_in_force("association", DAY) == version
    assert guide_in_force("association", DAY - timedelta(days=1)) is None
    events = QuestionGuideEvent.objects.order_by("pk")
    assert [one.act for one in events] == ["begin", "publish"]
    assert Entry.objects.filter(kind="question-guide").count() == 2
    facts = events[1].facts
    assert (facts["paths"], facts["digest"]) == (3, version.digest)


def test_each_path_is_kept_with_what_it_comes_to(cast, people):
    kept = published(cast, people["clerk"]).expectations
    assert [(one["answers"], one["result"]) for one in kept] == [
        ({"members": 1}, "few"),
        ({"members": 50, "premises": "own"}, "found"),
        ({"members": 50, "premises": "lent"}, "found"),
    ]
    assert [one["items"] for one in kept[1:]] == [
        [{"item": "MZ-XK-0001", "materials": ["charter", "deed"], "fee": 5000}],
        [{"item": "MZ-XK-0001", "materials": ["charter", "consent"], "fee": 5000}],
    ]


def test_a_guide_with_faults_is_not_published_and_says_each(cast, people):
    version = drafted(cast, people["editor"])
    broken = replace(
        content(), questions=(replace(content().questions[0], otherwise=""), content().questions[1])
    )
    save_content(version.pk, broken, by(people["editor"], AT, seen=1))
    with pytest.raises(Refused, match="3处需要") as found:
        publish_guide(version.pk, DAY, by(people["clerk"], AT))
    assert {(one.kind.value, one.node) for one in found.value.faults} == {
        ("no_otherwise", "members"),
        ("unreachable", "premises"),
        ("unreachable", "found"),
    }
    version.refresh_from_db()
    assert (version.state, version.expectations) == ("draft", [])


def test_a_published_guide_never_changes_a_new_version_supersedes_it(cast, people):
    first = published(cast, people["clerk"])
    assert "不能进行这一步" in refused(save_content, first.pk, content(), by(people["clerk"], AT))
    assert "不能进行这一步" in refused(save_words, first.pk, WORDS, by(people["clerk"], AT))
    second = next_draft(first.guide_id, by(people["editor"], AT))
    assert (second.number, second.content, second.state) == (2, first.content, "draft")
    assert next_draft(first.guide_id, by(people["clerk"], AT)) == second
    later = DAY + timedelta(days=10)
    publish_guide(second.pk, later, by(people["clerk"], AT), note="补充借用场所")
    first.refresh_from_db()
    assert (first.state, first.effective_until) == ("superseded", later - timedelta(days=1))
    assert guide_in_force("association", later - timedelta(days=1)).number == 1
    assert guide_in_force("association", later).number == 2
    third = next_draft(first.guide_id, by(people["editor"], AT))
    assert "已定于" in refused(publish_guide, third.pk, later, by(people["clerk"], AT))
    assert guide_in_force("association", later).number == 2


def test_a_guide_is_ended_by_an_act_and_nothing_takes_its_place(cast, people):
    version = published(cast, people["clerk"])
    last = DAY + timedelta(days=5)
    for who in ("editor", "water_clerk", "legal", "head", "resident", "nobody"):
        assert "公布" in refused(end_guide, version.pk, last, "事项合并", by(people[who], AT))
    assert "理由" in refused(end_guide, version.pk, last, " ", by(people["clerk"], AT))
    end_guide(version.pk, last, "事项合并", by(people["clerk"], AT))
    assert guide_in_force("association", last) == version
    assert guide_in_force("association", last + timedelta(days=1)) is None


def test_who_wrote_a_guide_does_not_publish_it(cast, people):
    version = drafted(cast, people["clerk"])
    assert "参与起草" in refused(publish_guide, version.pk, DAY, by(people["clerk"], AT))


def test_a_repeated_click_publishes_once(cast, people):
    version = drafted(cast, people["editor"])
    once = by(people["clerk"], AT, key="p:once")
    assert publish_guide(version.pk, DAY, once) == publish_guide(version.pk, DAY, once)
    assert version.events.filter(act="publish").count() == 1


def test_no_edit_by_hand_of_a_published_guide_goes_unseen(cast, people):
    version = published(cast, people["clerk"])
    assert [*audit.of_kind(GUIDE.kind), *versions.of_kind(GUIDE)] == []
    assert unseen(GUIDE.kind) == []
    QuestionGuide.objects.filter(pk=version.guide_id).update(slug="another")
    assert [one.place for one in versions.of_kind(GUIDE)] == ["question-guide/another/1/content"]


def test_what_is_refused_says_what_to_do(cast, people):
    clerk = people["clerk"]
    version = drafted(cast, people["editor"])
    yesterday = DAY - timedelta(days=1)
    assert "不能早于" in refused(publish_guide, version.pk, yesterday, by(clerk, AT))
    assert "另一位编辑" in refused(save_content, version.pk, content(), by(clerk, AT, seen=0))
    assert "另一位编辑" in refused(save_words, version.pk, WORDS, by(clerk, AT, seen=0))
    assert "理由" in refused(drop_draft, version.pk, " ", by(clerk, AT))
    assert "标题" in refused(save_words, version.pk, {"title": " "}, by(clerk, AT))

    def begin(slug, words=WORDS, **what):
        return refused(begin_guide, cast.organ, slug, words, by(clerk, AT), **what)

    assert "请换一个" in begin("association", item="MZ-XK-0001")
    assert "请选择一个事项" in begin("other")
    assert "本单位现行" in begin("other", item="gone")
    assert "没有这个主题" in begin("other", topic="gone")
    assert "标题" in begin("other", {"title": ""}, item="MZ-XK-0001")
    drop_draft(version.pk, "不再需要", by(clerk, AT))
    version.refresh_from_db()
    assert version.state == "dropped"
    assert "不能进行这一步" in refused(publish_guide, version.pk, DAY, by(clerk, AT))


@pytest.mark.parametrize(
    ("act", "item_desks", "event_desks"),
    [
        ("begin", {"editor", "clerk"}, {"office", "informatization"}),
        ("save", {"editor", "clerk"}, {"office", "informatization"}),
        ("words", {"editor", "clerk"}, {"office", "informatization"}),
        ("next", {"editor", "clerk"}, {"office", "informatization"}),
        ("drop", {"editor", "clerk"}, {"office", "informatization"}),
        ("publish", {"clerk"}, {"office"}),
    ],
)
def test_everybody_else_is_refused(cast, people, act, item_desks, event_desks):
    office = Organ.objects.get(code="cd-bgt")

    def guide(slug, who, **what):
        organ = cast.organ if "item" in what else office
        return begin_guide(organ, slug, WORDS, by(who, AT), **what)

    def attempt(number, kind, who) -> bool:
        what = {"item": "MZ-XK-0001"} if kind == "item" else {"topic": "bl-opening"}
        slug = f"{kind}-{number}"
        try:
            if act == "begin":
                guide(slug, who, **what)
                return True
            owner = people["editor"] if kind == "item" else people["informatization"]
            version = guide(slug, owner, **what)
            save_content(version.pk, content(), by(owner, AT, seen=0))
            if act == "save":
                save_content(version.pk, content(), by(who, AT, seen=1))
            elif act == "words":
                save_words(version.pk, WORDS, by(who, AT))
            elif act == "next":
                next_draft(version.guide_id, by(who, AT))
            elif act == "drop":
                drop_draft(version.pk, "不再需要", by(who, AT))
            else:
                publish_guide(version.pk, DAY, by(who, AT))
        except Refused:
            return False
        return True

    for kind, desks in (("item", item_desks), ("event", event_desks)):
        allowed = {name for n, (name, who) in enumerate(people.items()) if attempt(n, kind, who)}
        assert allowed == desks


def test_a_changed_item_shows_which_guides_need_attention(cast, people):
    published(cast, people["clerk"])
    later = DAY + timedelta(days=30)
    assert needing_attention(later) == []
    old = cast.version
    fresh = ItemVersion.objects.get(pk=old.pk)
    fresh.pk, fresh.number, fresh.effective_from = None, 2, later
    old.state, old.effective_until = "superseded", later - timedelta(days=1)
    old.save()
    fresh.save()
    for material in Material.objects.filter(version=old).exclude(key="charter"):
        material.pk, material.version = None, fresh
        material.save()
    Material.objects.create(version=fresh, key="list", name="会员名册")
    Tariff.objects.update(amount=8000)
    ((version, drifts),) = needing_attention(later)
    assert version.guide.slug == "association"
    assert [(one.number, one.sentence) for one in drifts] == [
        (number, sentence)
        for number in (2, 3)
        for sentence in (
            "现在还要“会员名册”。",
            "不再要“charter”。",
            "收费由50.00元变为80.00元。",
        )
    ]


def test_attention_costs_the_same_for_one_guide_and_for_many(
    cast, people, django_assert_num_queries
):
    published(cast, people["clerk"])
    with django_assert_num_queries(4):  # guides; items, their materials, tariffs
        needing_attention(DAY)
    for n in range(3):
        published(cast, people["clerk"], f"more-{n}")
    with django_assert_num_queries(4):
        needing_attention(DAY)


def test_a_checklist_holds_what_applies_and_why(cast, people):
    version = published(cast, people["clerk"])
    assert checklist(version, {"members": 60}, DAY) is None
    found = checklist(version, {"members": 60, "premises": "lent"}, DAY)
    (matter,) = found.matters
    assert [(one.material.key, one.reason) for one in matter.papers] == [
        ("charter", ""),
        ("consent", "借用的要出借人同意"),
    ]
    assert [one.material.key for one in matter.spared] == ["deed"]
    assert (matter.fee, found.fee, found.gone) == (5000, 5000, [])
    cast.item.state = "2"
    cast.item.save()
    gone = checklist(version, {"members": 60, "premises": "lent"}, DAY)
    assert (gone.matters, gone.gone) == ([], ["MZ-XK-0001"])


def test_a_checklist_is_kept_once_by_its_owner(cast, people):
    version = published(cast, people["clerk"])
    resident, other = people["resident"], people["window"]
    kept = keep_checklist(resident, version, "v=1&members=60&premises=lent", AT)
    assert keep_checklist(resident, version, "v=1&members=60&premises=lent", AT) == kept
    keep_checklist(resident, version, "v=1&members=2", AT)
    forget_checklist(other, kept.pk)
    assert SavedChecklist.objects.filter(account=resident).count() == 2
    forget_checklist(resident, kept.pk)
    assert SavedChecklist.objects.get().answers == "v=1&members=2"


def test_the_law_of_guides_stands_in_the_database_too(cast, people):
    version = published(cast, people["clerk"])

    def impossible(act):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()

    impossible(lambda: QuestionGuide.objects.create(slug="x", organ=cast.organ))
    impossible(
        lambda: QuestionGuide.objects.create(
            slug="x", organ=cast.organ, topic="bl-opening", item=cast.item
        )
    )
    rows = QuestionGuideVersion.objects
    impossible(lambda: rows.create(guide=version.guide, number=2, title="x", state="published"))
    impossible(lambda: rows.filter(pk=version.pk).update(effective_until=DAY - timedelta(days=1)))
    next_draft(version.guide_id, by(people["clerk"], AT))
    impossible(lambda: rows.create(guide=version.guide, number=3, title="x"))


def test_items_stand_under_their_topics(cast, people):
    version = published(cast, people["clerk"])
    cast.version.topics = ["b-founding", "bl-opening"]
    cast.version.save()
    assert topics_in_use(DAY) == {"b-founding": 1, "bl-opening": 1}
    assert list(items_of_topic("bl-opening", DAY)) == [cast.version]
    assert list(items_of_topic("opening", DAY)) == []
    assert list(items_of_topic("bl-opening", date(2000, 1, 1))) == []
    assert parse(version.content) == content()
