"""Working queues hold exactly what waits, the most urgent first, however many pages they take."""

from datetime import date
from random import Random

import pytest
from django.utils import timezone

from openhall.cases import actions
from openhall.cases.actions import Point
from openhall.cases.models import Case, ExtensionRequest
from openhall.cases.queues import (
    BEFORE,
    BUCKETS,
    PAGE,
    Wanted,
    around,
    bucket_of,
    counted,
    queue,
    whole_queue,
)
from openhall.cases.terms import Channel, Stage
from openhall.catalogue.models import Form
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.desks import Seated
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.paging.keyset import START, Page, Place
from tests import photo
from tests.factories.cases import WANG
from tests.factories.restaurant import restaurant

pytestmark = pytest.mark.django_db
WHY = "需要核实会员人数，原定期限内不能完成。"


def seated(account, organ, desk) -> Seated:
    today = timezone.localdate()
    return Seated(account, organ, desk, today, today)


def walked(bucket, desk, organ, account) -> list[int]:
    """Every page of a queue, one after the other, by the last case of the page before."""
    found: list[int] = []
    at = START
    while at.after or not found:
        page = queue(bucket, seated(account, organ, desk), at)
        assert len(page) <= PAGE
        assert len(page) == PAGE or not page.after
        found += [case.pk for case in page]
        at = Place(page.after)
        if not page:
            break
    return found


def expected(bucket, cases) -> list[int]:
    """The same by the plain words of the rule: by day, who has none last, then by age."""
    stages = {stage.value for stage in bucket.stages}
    waiting = [case for case in cases if case.stage in stages]
    waiting.sort(key=lambda case: (getattr(case, bucket.by) or date.max, case.pk))
    return [case.pk for case in waiting]


@pytest.fixture
def waiting(cast, doing) -> None:
    """Cases with and without a day to answer by, in both stages that wait for the window."""
    photo.of(lambda: wait(cast, doing), "waiting")


def wait(cast, doing) -> None:
    asked = {"key": "name", "kind": "text", "label": "社团名称", "required": False}
    Form.objects.create(version=cast.version, title="申请书", fields=[asked])
    random = Random(75)
    for n in range(70):
        # Before the licensing law of 2004 no day was set by which a window had to answer.
        month = random.choice(("2004-03", "2024-03"))
        moment = f"{month}-{random.randint(1, 28):02d} 09:{n % 60:02d}"
        case = actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, moment))
        if n % 3 == 0:
            later = moment.replace(" 09", " 10")
            points = [Point("社团名称与章程不一致，请改正。", field="name")]
            actions.ask_for_supplement(case.pk, points, doing(cast.li_chuang, later))
        if n % 6 == 0:
            answered = moment.replace(" 09", " 11")
            actions.supplement(case.pk, {"name": "读书会"}, doing(cast.wang_fang, answered))


@pytest.mark.parametrize("bucket", BUCKETS[Desk.WINDOW], ids=lambda one: one.code)
def test_all_pages_together_are_the_queue_in_its_order(cast, waiting, bucket):
    cases = list(Case.objects.all())
    found = walked(bucket, Desk.WINDOW, cast.organ, cast.li_chuang)
    assert found == expected(bucket, cases)
    assert counted(bucket, seated(cast.li_chuang, cast.organ, Desk.WINDOW)) == len(found)


def test_the_queues_that_are_walked_have_days_and_none_and_several_pages(cast, waiting):
    stages = [Stage.SUBMITTED.value, Stage.SUPPLEMENTED.value]
    cases = Case.objects.filter(stage__in=stages)
    assert cases.filter(answer_due=None).count() > 5
    assert cases.exclude(answer_due=None).count() > PAGE
    assert set(cases.values_list("stage", flat=True)) == set(stages)


def test_another_units_desk_sees_nothing_of_them(cast, waiting):
    bucket = bucket_of(Desk.WINDOW, "answer")
    other = cast.zhou_wai.posts.get().organ
    assert queue(bucket, seated(cast.zhou_wai, other, Desk.WINDOW)) == Page([])
    assert counted(bucket, seated(cast.zhou_wai, other, Desk.WINDOW)) == 0


# ---------------------------------------------------------------- with whom an extension lies
def at_the_heads(organ, head) -> list[str]:
    page = queue(bucket_of(Desk.HEAD, "extensions"), seated(head, organ, Desk.HEAD))
    return [case.number for case in page]


def test_an_extension_lies_with_the_head_until_it_is_answered(cast, doing):
    head = Account.objects.create_user(username="he_fu")
    appoint(head, cast.organ, Desk.HEAD, date(2003, 1, 1))
    case = actions.submit(
        "MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(cast.wang_fang, "2024-03-04 09:00")
    )
    actions.accept(case.pk, doing(cast.li_chuang, "2024-03-04 10:00"))
    actions.hand_over(case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-04 10:05"))
    assert at_the_heads(cast.organ, head) == []
    actions.ask_extension(case.pk, 5, WHY, doing(cast.zhao_cheng, "2024-03-05 09:00"))
    assert at_the_heads(cast.organ, head) == [case.number]
    actions.extend(case.pk, 5, WHY, doing(head, "2024-03-05 15:00"))
    assert at_the_heads(cast.organ, head) == []


@pytest.fixture
def part():
    """A unit's case of a joint application, in the hands of its handler."""
    r = restaurant()
    whole = r.accepted(r.apply())
    case = r.task(whole, "消防").case
    window, handler = r.of("消防", Desk.WINDOW), r.of("消防", Desk.HANDLER)
    actions.hand_over(case.pk, handler, [], r.doing(window, "2024-03-05 10:00"))
    return r, case, handler


def test_of_a_joint_case_it_lies_with_the_government_and_not_with_the_units_own_head(part):
    r, case, handler = part
    actions.ask_extension(case.pk, 5, WHY, r.doing(handler, "2024-03-06 09:00"))
    assert at_the_heads(r.government, r.mayor) == [case.number]
    assert at_the_heads(r.organs["消防"], r.of("消防", Desk.HEAD)) == []


def test_where_no_government_stands_above_the_unit_nothing_is_asked_of_nobody(part):
    r, case, handler = part
    organ = r.organs["消防"]
    organ.parent = None
    organ.save()
    with pytest.raises(Refused, match="没有登记上级机关。请系统管理员先在机构中登记"):
        actions.ask_extension(case.pk, 5, WHY, r.doing(handler, "2024-03-06 09:00"))
    assert not ExtensionRequest.objects.exists()


# ---------------------------------------------------------------- from one case to the next
SORTED = ["", "-due", "received", "-received", "item", "-item"]


@pytest.mark.parametrize("sort", SORTED)
def test_back_from_each_page_is_the_page_before(cast, waiting, sort):
    bucket, wanted = bucket_of(Desk.WINDOW, "answer"), Wanted(sort=sort)
    seat = seated(cast.li_chuang, cast.organ, Desk.WINDOW)
    first = queue(bucket, seat, START, wanted)
    second = queue(bucket, seat, Place(first.after), wanted)
    assert (first.before, second.before) == ("", second[0].pk)
    back = queue(bucket, seat, Place(before=second.before), wanted)
    assert [one.pk for one in back] == [one.pk for one in first]
    assert (back.after, back.before) == (first.after, "")


@pytest.mark.parametrize("sort", SORTED)
def test_beside_each_case_stand_the_one_before_and_the_one_after(cast, waiting, sort):
    bucket, wanted = bucket_of(Desk.WINDOW, "answer"), Wanted(sort=sort)
    seat = seated(cast.li_chuang, cast.organ, Desk.WINDOW)
    whole = [one.pk for one in whole_queue(bucket, seat, wanted)]
    assert len(whole) > PAGE
    for place, case in enumerate(whole_queue(bucket, seat, wanted)):
        shown = around(bucket, seat, Case.objects.get(pk=case.pk), wanted)
        beside = [one.pk for one in shown]
        assert beside == whole[max(0, place - BEFORE) : place + PAGE - BEFORE]
        assert bool(shown.before) == (place > BEFORE)
        assert bool(shown.after) == (place + PAGE - BEFORE < len(whole))


def test_beside_a_case_that_waits_elsewhere_stands_the_head_of_the_queue(cast, waiting):
    bucket = bucket_of(Desk.WINDOW, "answer")
    seat = seated(cast.li_chuang, cast.organ, Desk.WINDOW)
    other = Case.objects.filter(stage=Stage.SUPPLEMENT_ASKED.value).order_by("-pk")[0]
    assert around(bucket, seat, other).rows == queue(bucket, seat).rows
