"""A deed: its key, its lock, its two times, its entry; shown on ratings, the lightest kind."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, connection, transaction

from openhall.appraisal.kinds import RATING
from openhall.appraisal.models import AppraisalDeed, Rating
from openhall.appraisal.terms import RatingAct
from openhall.cases.models import Case
from openhall.config.management.commands.serve import Command as Serve
from openhall.deeds import audit
from openhall.deeds.checks import misnamed, unguarded
from openhall.deeds.collecting import NotInADeed, acting
from openhall.deeds.doing import Doing
from openhall.deeds.keys import persons_key, system_key, within
from openhall.deeds.kinds import kinds
from openhall.deeds.models import FailedRow
from openhall.deeds.refusals import Moved, Refused
from openhall.deeds.sweeping import sweep
from openhall.deeds.writer import done_before, held, made_before, write
from openhall.glossary import Said
from openhall.ledger.models import Entry
from openhall.ledger.terms import OF_THE_LOG

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2024, 3, 4, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture
def case(cast) -> Case:
    """A case only as what a rating is about."""
    return Case.objects.create(
        number="20240304-00000001",
        query_code="A",
        query_blind="a",
        salt="",
        item=cast.item,
        item_version=cast.version,
        organ=cast.organ,
        channel="online",
        stage="submitted",
        pack="p",
        received_at=AT,
        applicant_kind="person",
        applicant_name="王芳",
        identity_kind="resident_id",
        identity_number="1",
        identity_blind="b",
    )


@pytest.fixture
def rated(case, cast):
    """A rating of 王芳, given at AT."""
    return give(case, Doing(cast.wang_fang, AT, persons_key("a1", "one")))


def give(case, doing, score=5):
    with acting():
        rating = Rating.objects.create(case=case, organ=case.organ, score=score, at=doing.at)
        write(
            RATING, rating, RatingAct.RATE, doing, facts={"score": score}, detail={"comment": "好"}
        )
    return rating


def again(doing, **other):
    return Doing(**({name: getattr(doing, name) for name in doing.__slots__} | other))


@pytest.fixture
def did(rated, cast):
    return Doing(cast.wang_fang, AT, persons_key("a1", "one"))


def test_a_repeated_key_answers_with_the_first_deed(rated, did):
    event = done_before(RATING, did, (RatingAct.RATE,), rated.pk)
    assert (event.about, event.seq, event.act) == (rated.pk, 1, "rate")
    assert made_before(RATING, did, RatingAct.RATE, case_id=rated.case_id) == rated


@pytest.mark.parametrize("other", ["act", "row", "person", "made"])
def test_a_key_answers_only_for_the_same_act_row_and_person(rated, did, cast, other):
    acts, row, by = (RatingAct.RATE,), rated.pk, cast.wang_fang
    if other == "act":
        acts = (RatingAct.FORGET,)
    elif other == "row":
        row += 1
    elif other == "person":
        by = cast.li_chuang
    else:
        with pytest.raises(Refused, match="编号已用于另一项办理"):
            made_before(RATING, did, RatingAct.RATE, case_id=rated.case_id + 1)
        return
    with pytest.raises(Refused, match="编号已用于另一项办理"):
        done_before(RATING, again(did, actor=by), acts, row)


def test_what_people_send_never_equals_what_the_system_makes():
    spent = system_key("silence", 7)
    for sent in (spent, "s:silence-7", "silence-7", "x" * 500, "a\x00b", "\udcff", ""):
        key = persons_key("session-1", sent)
        assert key.startswith("p:")
        assert key != spent
        assert len(key) == 42
    assert persons_key("session-1", "k") != persons_key("session-2", "k")
    assert persons_key("a", "bc") != persons_key("ab", "c")
    assert within(persons_key("a", "k"), "paper").startswith(persons_key("a", "k") + "/")
    long = [system_key("x" * 99, n) for n in range(20)]
    assert len(set(long)) == 20
    assert max(map(len, long)) <= 100


def test_a_deed_in_the_future_is_refused_and_leaves_nothing(case, cast):
    late = Doing(cast.wang_fang, datetime.now(SHANGHAI) + timedelta(minutes=5), "p:x")
    with pytest.raises(Refused, match="不能晚于现在"):
        give(case, late)
    written = Entry.objects.filter(kind="rating")
    assert [rows.count() for rows in (Rating.objects, AppraisalDeed.objects, written)] == [0, 0, 0]


def test_ones_own_entry_time_is_for_the_demonstration_alone(case, cast, settings):
    told = Doing(cast.wang_fang, AT, "p:x", entered=AT + timedelta(hours=1))
    settings.DEMO = False
    with pytest.raises(Refused, match="录入时间由系统记录") as caught:
        give(case, told)
    assert caught.value.said.en.startswith("The entry time is recorded by the system")
    settings.DEMO = True
    give(case, told)
    assert AppraisalDeed.objects.get().entry_time == AT + timedelta(hours=1)


def test_who_saw_an_older_page_is_told(rated, did):
    with acting(), pytest.raises(Moved):
        held(RATING, rated.pk, again(did, seen=0))
    with acting():
        assert held(RATING, rated.pk, again(did, seen=1)) == rated


def test_of_two_at_once_the_second_is_refused(rated, did):
    stale = Rating.objects.select_related("case", "organ").get(pk=rated.pk)
    forget = again(did, key="s:forget")
    with acting():
        write(RATING, rated, RatingAct.FORGET, forget, changes={"score": 5})
    with pytest.raises(Moved), acting():
        write(RATING, stale, RatingAct.FORGET, again(did, key="s:forget-2"))
    assert AppraisalDeed.objects.count() == 2


def test_events_only_grow(rated):
    assert unguarded() == []
    for statement in (
        "UPDATE appraisal_appraisaldeed SET act = 'x'",
        "DELETE FROM appraisal_appraisaldeed",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_lost_trigger_stops_the_start(db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "DROP TRIGGER appraisal_appraisaldeed_only_grows ON appraisal_appraisaldeed"
            )
        else:
            cursor.execute("DROP TRIGGER appraisal_appraisaldeed_no_update")
    assert unguarded() == ["appraisal_appraisaldeed"]


def test_the_server_refuses_to_start_without_a_trigger(db):
    said = Serve()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE appraisal_appraisaldeed DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER appraisal_appraisaldeed_no_delete")
    with pytest.raises(SystemCheckError, match="appraisal_appraisaldeed of deeds has lost"):
        said.handle(host="127.0.0.1", port=1, workers=1, threads=1, no_worker=True)


@pytest.mark.parametrize(
    "name",
    [
        *OF_THE_LOG,
        "kind",
        "log",
        "act",
        "row",
        "rows",
        "facts",
        "",
        "Case",
        "a-name-of-more-signs-than-fit",
    ],
)
def test_a_kind_of_deeds_cannot_take_a_name_of_the_log(name):
    assert [one for one, _why in misnamed([replace(RATING, name=name)])] == [name]


def test_nor_can_a_column_that_its_entries_tell(monkeypatch):
    columns = ("stage", "seq", RATING.name)
    named = [one for one, _why in misnamed([replace(RATING, columns=columns)])]
    assert named == ["rating.seq", "rating.rating"]
    assert list(misnamed(kinds())) == []
    monkeypatch.setattr("openhall.deeds.kinds._kinds", {"day": replace(RATING, name="day")})
    with pytest.raises(SystemCheckError, match=r"deeds\.E002.*'day'"):
        call_command("check")


def test_a_sound_row_is_sound_and_the_entry_commits_to_who_acted(rated, cast):
    assert list(audit.of_kind(RATING)) == []
    assert audit.of_row(RATING, rated) == []
    body = bytes(Entry.objects.get(kind="rating").body).decode()
    assert '"actor":"sha256:' in body
    assert '"row":"sha256:' in body
    assert cast.wang_fang.username not in body


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({"score": 4}, "现在的内容与日志第1步所承诺的不符"),
        ({"comment": "不好"}, "现在的内容与日志第1步所承诺的不符"),
        ({"reasons": ["slow"]}, "现在的内容与日志第1步所承诺的不符"),
        ({"at": AT + timedelta(seconds=1)}, "现在的内容与日志第1步所承诺的不符"),
        ({"seq": 0}, "现在的内容与日志第1步所承诺的不符"),
    ],
)
def test_an_edit_of_the_row_is_found_and_named(rated, edit, told):
    Rating.objects.filter(pk=rated.pk).update(**edit)
    (found,) = audit.of_kind(RATING)
    assert found.place == f"rating/{rated.pk}"
    assert told in found.sentence
    assert found.sentence_en.startswith(f"Rating {rated.pk} is not what step 1")


def test_a_deleted_row_is_found(rated):
    Rating.objects.all()._raw_delete("default")
    assert [one.place for one in audit.of_kind(RATING)] == [f"rating/{rated.pk}"]


def test_a_row_slipped_in_is_found(case):
    Rating.objects.create(case=case, organ=case.organ, score=5, at=AT)
    (found,) = audit.of_kind(RATING)
    assert "绕过系统写入" in found.sentence


def test_another_actor_is_found(rated, cast):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER appraisal_appraisaldeed_no_update")
    AppraisalDeed.objects.update(actor=cast.li_chuang)
    (found,) = audit.of_kind(RATING)
    assert "“actor”" in found.sentence


def test_after_erasing_everything_still_fits(rated, did):
    with acting():
        write(
            RATING,
            held(RATING, rated.pk, did),
            RatingAct.FORGET,
            again(did, key="s:forget"),
            changes={"comment": "", "salt": ""},
        )
    assert AppraisalDeed.objects.order_by("seq")[0].detail_under(Rating.objects.get().salt) == {}
    assert list(audit.of_kind(RATING)) == []
    Rating.objects.update(score=4)
    assert len(list(audit.of_kind(RATING))) == 1


def test_one_bad_row_never_stops_a_sweep(db):
    done = []

    def act(n):
        if n == 2:
            raise ValueError("odd")
        if n == 3:
            raise Refused(Said("不必", "Not needed"))
        done.append(n)

    for _ in range(2):
        assert sweep("numbers", [1, 2, 3, 4], act) == 2
    assert done == [1, 4, 1, 4]
    (kept,) = FailedRow.objects.all()
    assert (kept.sweep, kept.row, kept.why, kept.times) == ("numbers", "2", "ValueError: odd", 2)


def test_a_kept_row_changed_in_no_deed_is_a_fault_of_the_programme(db):
    from openhall.deeds.collecting import marked

    with pytest.raises(NotInADeed, match="FailedRow 7"), acting():
        marked(FailedRow, 7)
