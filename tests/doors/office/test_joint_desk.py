"""The joint desk: the lead's queue, a unit's notices, the matter with its acts. norms 2.5."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.joint.models import DeemedConsent, JointCase, JointMeeting
from openhall.organs.actions import appoint
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from tests.factories.pages import read
from tests.factories.restaurant import REASON, restaurant
from tests.factories.traces import once, refused

pytestmark = pytest.mark.django_db


def recent(days: int = 1, hour: int = 9) -> str:
    """A moment of the last days, so that no limit has passed while the test runs."""
    on = timezone.localdate() - timedelta(days=days)
    return f"{on:%Y-%m-%d} {hour:02d}:00"


def at(r, name, unit, desk, *more):
    organ = r.government if unit == "府" else r.organs[unit]
    return reverse(f"office:{name}", args=[organ.code, desk, *more])


def does(client, r, whole, unit, desk, name, typed=None, *, status=303):
    """Post one act as the person at this desk of this unit."""
    who = r.mayor if unit == "府" else r.of(unit, Desk(desk))
    client.force_login(who)
    said = {f"{name}-{key}": value for key, value in (typed or {}).items()}
    address = at(r, "joint_act", unit, desk, whole.number, name)
    answer = client.post(address, said | {"key": f"{name}-{unit}"})
    assert answer.status_code == status, answer.text
    return answer


def page_of(client, r, whole, unit, desk):
    client.force_login(r.mayor if unit == "府" else r.of(unit, Desk(desk)))
    return client.get(at(r, "joint", unit, desk, whole.number))


def test_the_whole_of_mode_b_is_done_on_the_desks(client):
    r = restaurant("meeting")
    whole = r.apply(recent(3))
    client.force_login(r.of("市监", Desk.WINDOW))
    led = client.get(at(r, "joint_led", "市监", "window")).text
    assert whole.number in led
    assert "待统一受理" in led
    assert "（1）" in led or "(1)" in led
    does(client, r, whole, "市监", "window", "accept")
    for unit in ("市监", "消防", "水务"):
        task = r.task(whole, unit)
        client.force_login(r.of(unit, Desk.WINDOW))
        assert task.case.number in client.get(at(r, "joint_notices", unit, "window")).text
        does(client, r, whole, unit, "window", f"sign-{task.pk}")
        said = {"opinion": "disagree", "reason": REASON} if unit == "水务" else {"opinion": "agree"}
        does(client, r, whole, unit, "handler", f"opine-{task.pk}", said)
    page = page_of(client, r, whole, "市监", "decider").text
    assert "待召开联审会议" in page
    assert REASON in page
    soon = timezone.localtime() + timedelta(minutes=5)
    called = {"meets_at": f"{soon:%Y-%m-%dT%H:%M}", "place": "锦里1号"}
    does(client, r, whole, "市监", "handler", "call_meeting", called)
    JointMeeting.objects.update(meets_at=timezone.now() - timedelta(hours=1))
    water, fire, lead = (r.task(whole, unit).pk for unit in ("水务", "消防", "市监"))
    held = {
        f"unit-{lead}": str(r.of("市监", Desk.HEAD).pk),
        f"unit-{fire}": str(r.of("消防", Desk.HEAD).pk),
        f"unit-{water}": "",
        f"excuse-{water}": "防汛值守",
        "minutes": "现场查看，选址不在水源保护区内。",
    }
    does(client, r, whole, "市监", "handler", "hold_meeting", held)
    concluded = {"approve": "yes", "said": "各单位意见齐备，同意开办。"}
    does(client, r, whole, "市监", "decider", "conclude", concluded)
    page = page_of(client, r, whole, "市监", "handler").text
    assert "应在此日以前向该单位书面说明理由" in page or "书面说明" in page
    does(
        client,
        r,
        whole,
        "市监",
        "handler",
        f"give_reasons-{water}",
        {"why": "保护区边界已经调整，选址不在其内。"},
    )
    page = page_of(client, r, whole, "水务", "handler").text
    assert "保护区边界已经调整" in page
    assert "防汛值守" in page


def test_a_refusal_stands_beside_its_field_with_what_was_typed(client):
    r = restaurant()
    whole = r.accepted(r.apply(recent(3)), recent(2))
    task = r.signed(whole, "水务", recent(1))
    name = f"opine-{task.pk}"
    answer = does(
        client,
        r,
        whole,
        "水务",
        "handler",
        name,
        {"opinion": "disagree", "reason": "不行"},
        status=422,
    )
    assert "不同意须写明理由" in answer.text
    assert ">不行</textarea>" in answer.text.replace("\n", "")
    answer = does(client, r, whole, "水务", "handler", name, {"opinion": "maybe"}, status=422)
    assert r.task(whole, "水务").opinion == ""


def test_each_desk_is_offered_its_own_acts_alone(client):
    r = restaurant("meeting")
    whole = r.apply(recent(3))

    def offered(unit, desk):
        page = page_of(client, r, whole, unit, desk)
        assert page.status_code == 200
        return {form.act.value for form in page.context["acts"]}

    assert offered("市监", "window") == {"accept", "ask_supplement", "decline"}
    assert offered("市监", "handler") == set()
    r.accepted(whole, recent(2))
    assert offered("市监", "window") == {"sign"}
    assert offered("市监", "decider") == {"sign", "call_meeting"}
    assert offered("水务", "handler") == {"sign"}
    assert offered("府", "head") == {"extend"}
    r.signed(whole, "水务", recent(1))
    assert offered("水务", "window") == set()
    assert offered("水务", "handler") == {"opine"}


def test_a_unit_sees_nothing_before_it_is_noticed_and_a_stranger_never(client):
    r = restaurant()
    whole = r.apply(recent(3))
    assert page_of(client, r, whole, "水务", "handler").status_code == 403
    assert page_of(client, r, whole, "府", "head").status_code == 200
    r.accepted(whole, recent(2))
    assert page_of(client, r, whole, "水务", "handler").status_code == 200
    client.force_login(r.wang)
    assert client.get(at(r, "joint", "水务", "handler", whole.number)).status_code == 403
    client.logout()
    assert client.get(at(r, "joint", "水务", "handler", whole.number)).status_code == 302


def test_an_old_page_is_told_that_somebody_acted_first(client):
    r = restaurant()
    whole = r.apply(recent(3))
    client.force_login(r.of("市监", Desk.WINDOW))
    address = at(r, "joint_act", "市监", "window", whole.number, "accept")
    assert client.post(address, {"key": "a", "seen": "9"}).status_code == 409
    whole.refresh_from_db()
    assert whole.accepted_at is None


def test_a_part_on_its_own_desk_leads_to_the_whole_and_is_not_answered_there(client):
    r = restaurant()
    whole = r.apply(recent(3))
    case = r.task(whole, "市监").case
    client.force_login(r.of("市监", Desk.WINDOW))
    queue = client.get(at(r, "queue", "市监", "window")).text
    assert case.number not in queue  # answered for all units at once, on the joint page
    page = client.get(at(r, "matter", "市监", "window", case.number))
    assert whole.number in page.text
    acts = {form.act.value for form in (*page.context["acts"], *page.context["more_acts"])}
    assert not acts & {"accept", "ask_for_supplement", "decline"}


def test_the_mayor_extends_the_common_limit_on_the_desk(client):
    r = restaurant()
    whole = r.accepted(r.apply(recent(3)), recent(2))
    answer = does(
        client, r, whole, "府", "head", "extend", {"days": "16", "reason": REASON}, status=422
    )
    assert "不得超过15个工作日" in answer.text
    does(client, r, whole, "府", "head", "extend", {"days": "15", "reason": REASON})
    before = whole.due_on
    whole.refresh_from_db()
    assert whole.due_on > before


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_queries_of_the_lists_do_not_grow(client, django_assert_num_queries, how_many):
    r = restaurant()
    for _each in range(how_many):
        r.accepted(r.apply(recent(3)), recent(2))
    client.force_login(r.of("水务", Desk.HANDLER))
    client.get(at(r, "joint_notices", "水务", "handler"))
    with django_assert_num_queries(9):
        client.get(at(r, "joint_notices", "水务", "handler"))
    client.force_login(r.of("市监", Desk.HANDLER))
    client.get(at(r, "joint_led", "市监", "handler"))
    with django_assert_num_queries(10):
        client.get(at(r, "joint_led", "市监", "handler"))


def test_both_lists_are_paged_by_key(client):
    r = restaurant()
    for _each in range(27):
        r.accepted(r.apply(recent(3)), recent(2))
    client.force_login(r.of("水务", Desk.HANDLER))
    for name, unit in (("joint_notices", "水务"), ("joint_led", "市监")):
        client.force_login(r.of(unit, Desk.HANDLER))
        first = client.get(at(r, name, unit, "handler"))
        shown = first.context["waiting" if unit == "水务" else "led"]
        assert len(shown) == 25
        second = client.get(at(r, name, unit, "handler"), {"after": shown.after})
        assert len(second.context["waiting" if unit == "水务" else "led"]) == 2
        back = second.context["waiting" if unit == "水务" else "led"].before
        again = client.get(at(r, name, unit, "handler"), {"before": back})
        assert list(again.context["waiting" if unit == "水务" else "led"]) == list(shown)
    assert JointCase.objects.count() == 27


def test_the_governments_office_switches_consent_by_silence_on_and_off(client):
    r = restaurant()
    office = Account.objects.create_user(username="office", is_official=True)
    appoint(office, r.government, Desk.GOVERNMENT_OFFICE, date(2003, 1, 1))
    address = reverse("office:deemed_consent", args=[r.government.code])
    client.force_login(r.of("市监", Desk.HEAD))
    assert client.get(address).status_code == 403
    client.force_login(office)
    assert "从未施行" in client.get(address).text
    today = timezone.localdate()
    document = "某府办发〔2026〕3号"

    def on(first):
        typed = {"施行日期": first.isoformat(), "文件名称和文号": document}
        return read(client, address).form("设定施行").fill(typed)

    refused(on(today).send(), "施行日期", "追认")
    once(on(today + timedelta(days=1)))
    made = DeemedConsent.objects.get()
    assert made.basis == document

    def off(why):
        return read(client, address).form("今日起失效", document).fill({"终止的理由": why}).send()

    assert off("文件废止").status == 422  # it has not begun
    DeemedConsent.objects.update(effective_from=today)
    refused(off(""), "终止的理由", "")
    assert off("文件废止").done
    assert DeemedConsent.objects.get().effective_until == today
