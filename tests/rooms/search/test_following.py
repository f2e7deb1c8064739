"""The index follows the acts: at once, on every node, whole after a fall; two engines alike."""

from datetime import date

import pytest
import time_machine
from django.core.management import call_command
from django.test import override_settings

from openhall.catalogue.actions import suspend_item
from openhall.joint.actions.matters import end_matter
from openhall.organs.terms import Desk
from openhall.policies.actions import import_policies, of_record
from openhall.search import queries
from openhall.search.actions import changes
from openhall.search.index.node import Node, node
from openhall.search.models import SearchChange
from openhall.search.queries import Wanted, search
from openhall.search.rules.plan import Only
from openhall.search.sources import sources
from tests.factories.catalogue import by
from tests.factories.joint import AT, CODE, DAY, doing, furnished, published
from tests.factories.questions import official
from tests.factories.search import town

LAW = {
    "id": "l-1",
    "title": "中华人民共和国行政许可法",
    "category": "法律",
    "number": "主席令第7号",
    "date": "2003-08-27",
    "text": "第三十一条 申请人应当如实提交有关材料。\n"
    "第三十二条 行政机关对申请人提出的申请应当分别处理。",
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def there(db):
    return furnished()


def roots(typed, **wanted):
    results = search(typed, Wanted(**wanted))
    return [one.record.root for one in (*results.cited, *results.services, *results.others)]


def test_what_is_published_is_found_at_once_and_what_ends_is_gone(there):
    assert f"joint:{CODE}" not in roots("开办餐饮店")
    version = published(there)
    assert roots("开办餐饮店")[0] == f"joint:{CODE}"
    end_matter(version.matter_id, DAY, "合并办理", doing(there.office))
    with time_machine.travel("2026-11-26 09:00+08:00", tick=False):
        assert f"joint:{CODE}" not in roots("开办餐饮店")


def test_a_change_is_a_row_of_the_same_transaction(there):
    before = SearchChange.objects.count()
    published(there)
    rows = SearchChange.objects.all()[before:]
    assert {(row.kind, row.key) for row in rows} == {("joint", CODE)}
    legal = official("fa_zhi", there.centre, Desk.LEGAL)
    suspend_item(there.board.item_id, "整顿", DAY, date(2026, 12, 31), by(legal, AT))
    kinds = set(SearchChange.objects.values_list("kind", flat=True))
    assert {"guide", "form"} <= kinds


def test_a_suspended_item_is_found_with_its_state(there):
    assert roots("户外招牌")[0] == "guide:GG-1"
    legal = official("fa_zhi", there.centre, Desk.LEGAL)
    suspend_item(there.board.item_id, "整顿", DAY, date(2026, 12, 31), by(legal, AT))
    first = search("户外招牌").services[0]
    assert first.record.closed[0] == "暂停办理"
    assert "form:GG-1" not in roots("户外招牌设置审批申请表")


def test_every_node_takes_the_outbox_into_its_own_index(there, tmp_path):
    """Two nodes, one database: each reads on from where it stands."""
    first, second = Node(tmp_path / "a"), Node(tmp_path / "b")
    try:
        for one in (first, second):
            assert one.ready() is not None
        published(there)
        for one in (first, second):
            store = one.ready()
            assert store.ids_of(f"joint:{CODE}") == [f"joint:{CODE}"]
            assert one.health()["behind"] == 0
    finally:
        first.close()
        second.close()


def test_a_second_process_of_the_node_sees_what_the_first_took_in(there, tmp_path):
    writer, reader = Node(tmp_path / "a"), Node(tmp_path / "a")
    try:
        writer.ready()
        store = reader.ready()
        published(there)
        with writer.alone() as held:
            assert held
            assert writer.take_in(writer.ready()) >= 0
        assert store.ids_of(f"joint:{CODE}")
        store.follow()
        assert store.engine.exact("id", f"joint:{CODE}", 5)
    finally:
        writer.close()
        reader.close()


def test_nothing_is_taken_twice_and_a_late_number_is_not_missed(there):
    """On PostgreSQL a lower number may be committed after a higher one."""
    here = node()
    here.ready()
    late = SearchChange.objects.create(kind="joint", key=CODE)
    SearchChange.objects.create(kind="unit", key="cd-market")
    missing = late.pk
    late.delete()
    here.ready()
    assert here.take_in(here.store) == 0
    published(there)
    here.ready()
    here.store.change((), [f"joint:{CODE}"], {})
    SearchChange.objects.create(pk=missing, kind="joint", key=CODE)
    here.take_in(here.store)
    assert here.store.ids_of(f"joint:{CODE}")


@pytest.mark.parametrize("broken", ["current", "records", "postings", "shape"])
def test_an_index_that_is_lost_or_torn_is_made_anew(there, settings, broken):
    assert roots("户外招牌")
    here = node()
    folder = here.folder / here.name
    if broken == "current":
        (here.folder / "current").unlink()
    elif broken == "records":
        (folder / "records.sqlite3").unlink()
    elif broken == "postings":
        here.store.engine.delete(["guide:GG-1"])
        here.store.engine.commit()
    else:
        here.store.change((), (), {"shape": "0"})
    here.close()
    assert roots("户外招牌")[0] == "guide:GG-1"
    assert here.health()["state"] == "whole"


def test_a_fall_between_postings_and_texts_leaves_no_half_index(there, monkeypatch):
    """As when the process dies there: the texts roll back and all is done once more."""
    here = node()
    store = here.ready()
    version = published(there)

    class Dies(Exception):
        pass

    def dies(*_rest):
        raise Dies

    with monkeypatch.context() as patch:
        patch.setattr(store, "_keep", dies)
        with pytest.raises(Dies):
            here.take_in(store)
    assert store.ids_of(f"joint:{CODE}") == []
    assert roots("开办餐饮店")[0] == f"joint:{CODE}"
    assert here.health()["state"] == "whole"
    assert version.pk


def test_rows_changed_behind_the_index_are_not_shown(there):
    """Visibility is asked once more when a page is made, whatever the index says."""
    assert "guide:GG-1" in roots("户外招牌")
    there.board.item.versions.update(state="draft")
    assert "guide:GG-1" not in roots("户外招牌")


def test_a_new_day_is_compared_with_the_tables(there):
    assert "guide:GG-1" in roots("户外招牌")
    there.board.item.versions.update(effective_until=DAY)
    with time_machine.travel("2026-11-26 09:00+08:00", tick=False):
        roots("户外招牌")
        assert node().store.ids_of("guide:E-GG-1") == []


def test_a_database_that_was_put_back_is_followed_again(there):
    """After a restore the outbox ends before the place where the index stood."""
    published(there)
    assert roots("开办餐饮店")[0] == f"joint:{CODE}"
    here = node()
    here.store.change((), (), {"at": "999999"})
    there.board.item.versions.update(state="draft")
    roots("招牌")
    assert here.store.ids_of("guide:E-GG-1") == []
    assert int(here.store.note("at")) == SearchChange.objects.order_by("-pk").first().pk


def test_an_article_and_a_number_come_before_everything(there):
    import_policies([of_record(LAW)], lambda count: None)
    for typed in ("行政许可法 32", "行政许可法第三十二条", "许可法32条"):
        results = search(typed)
        assert [one.record.article for one in results.cited] == [32], typed
        assert results.fits
    assert [one.record.id for one in search("主席令第7号").cited] == ["policy:l-1"]
    assert [one.record.id for one in search("主席令7号").cited] == ["policy:l-1"]
    assert search("主席令第8号").cited == []
    assert search("行政许可法 99").cited == []


def test_policies_are_found_by_article_once_a_law(there):
    import_policies([of_record(LAW)], lambda count: None)
    results = search("申请人应当如实提交有关材料")
    assert [one.record.article for one in results.others[:1]] == [31]
    assert len({one.record.root for one in results.others}) == len(results.others)


def test_quotes_unwanted_words_kinds_units_and_days_narrow(there):
    import_policies([of_record(LAW)], lambda count: None)
    assert "guide:GG-1" in roots("审批 招牌")
    assert "guide:GG-1" not in roots("招牌 -审批")
    assert set(roots('"招牌设置"')) <= {"guide:GG-1", "form:GG-1"}
    assert {one.split(":")[0] for one in roots("许可", kind="policy")} == {"policy"}
    assert {one.split(":")[0] for one in roots("许可", unit="cd-health")} <= {
        "guide",
        "form",
        "unit",
    }
    assert roots("行政许可法", kind="policy", since=date(2004, 1, 1)) == []
    assert roots("行政许可法", kind="policy", until=date(2004, 1, 1))
    assert roots("许可", within="卫生")
    assert all("卫生" in one.record.title for one in search("许可", Wanted(within="卫生")).services)


@pytest.mark.parametrize("engine", ["tantivy", "fts5"])
def test_both_engines_answer(db, engine):
    codes = town(
        "company-setup", "marriage-registration", "passport-ordinary", "work-injury-determination"
    )
    with override_settings(SEARCH_ENGINE=engine):
        assert node().health()["state"] == "missing"
        for typed, key in (
            ("营业只照", "company-setup"),
            ("yingyezhizhao", "company-setup"),
            ("jhdj", "marriage-registration"),
            ("结昏登记", "marriage-registration"),
            ("passport", "passport-ordinary"),
            ("上班受伤", "work-injury-determination"),
        ):
            assert search(typed).services[0].record.root == f"guide:{codes[key]}", typed
        store = node().ready()
        assert store.engine.name == engine
        told = store.search(queries.plan(queries.read("登记")).passages, Only(kinds=("unit",)))
        assert told == []


def test_where_no_wheel_is_installed_it_still_searches(db, monkeypatch):
    import sys

    codes = town("passport-ordinary")
    monkeypatch.setitem(sys.modules, "tantivy", None)
    monkeypatch.delitem(sys.modules, "openhall.search.engines.tantivy_engine", raising=False)
    assert search("护照").services[0].record.root == f"guide:{codes['passport-ordinary']}"
    assert node().health()["engine"] == "fts5"


def test_no_person_is_in_the_index(walk):
    """A decision about a person is granted, and no record of any source knows the name."""
    name = walk.granted().applicant_name
    told = [
        repr(one)
        for source in sources().values()
        for one in source.records(None, date(2026, 11, 25))
    ]
    assert told
    assert not any(name in one for one in told)


def test_old_changes_are_forgotten_but_the_newest(there):
    published(there)
    newest = SearchChange.objects.order_by("-pk").first().pk
    with time_machine.travel("2026-12-25 09:00+08:00", tick=False):
        changes.forget_old()
    assert list(SearchChange.objects.values_list("pk", flat=True)) == [newest]


def test_the_command_tells_rebuilds_and_asks(there, capsys):
    for what in (["rebuild"], ["health"], ["compare"], ["ask", "招牌"]):
        call_command("search", *what)
    told = capsys.readouterr().out
    assert "records taken in" in told
    assert "guide:GG-1" in told
    assert "0 records differed" in told
