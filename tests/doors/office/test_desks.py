"""Officials at their desks: the right queue, masked people, refusals beside the field."""

import pytest
from django.urls import reverse

from openhall.cases import actions
from openhall.cases.models import Case, CaseEvent, Reveal
from openhall.cases.queues import PAGE
from openhall.cases.terms import Act, Channel, Stage
from openhall.catalogue.models import Form
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.cases import Walk


@pytest.fixture
def submitted(cast, doing) -> Case:
    return Walk(cast, doing, WANG, day="2026-11-23").submitted()


def desk(cast, name="window"):
    return reverse("office:queue", args=[cast.organ.code, name])


def matter(cast, case, name="window"):
    return reverse("office:matter", args=[cast.organ.code, name, case.number])


def act(client, cast, case, verb, desk="window", **typed):
    address = reverse("office:act", args=[cast.organ.code, desk, case.number, verb])
    fields = {f"{verb}-{name}": value for name, value in typed.items()}
    return client.post(address, {"key": f"k-{verb}", "seen": case.seq} | fields)


def test_one_post_opens_its_desk_at_once_and_the_queue_shows_masked_people(client, cast, submitted):
    client.force_login(cast.li_chuang)
    assert client.get(reverse("office:desks")).url == desk(cast)
    page = client.get(desk(cast)).text
    assert submitted.number in page
    assert "王**" in page
    assert "王芳芳" not in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("li_chuang", 200), ("zhao_cheng", 403), ("wang_fang", 403), ("zhou_wai", 403)],
)
def test_a_desk_opens_to_who_holds_the_post_today(client, cast, submitted, who, status):
    client.force_login(getattr(cast, who))
    assert client.get(desk(cast)).status_code == status
    assert client.get(matter(cast, submitted)).status_code == status


def test_nobody_signed_in_is_sent_to_sign_in_and_comes_back(client, cast):
    answer = client.get(desk(cast))
    assert answer.url == f"/accounts/login/?next={desk(cast)}"


def test_a_second_factor_is_asked_for_where_the_setting_wants_it(client, cast, settings):
    settings.STAFF_MFA_REQUIRED = True
    client.force_login(cast.li_chuang)
    assert client.get(desk(cast)).url == reverse("mfa_index")


def test_personal_data_is_shown_only_for_a_reason_that_stays(client, cast, submitted):
    client.force_login(cast.li_chuang)
    page = client.get(matter(cast, submitted)).text
    assert "110*************2X" in page
    assert "138****5678" in page
    address = reverse("office:act", args=[cast.organ.code, "window", submitted.number, "reveal"])
    assert "不少于4个字" in client.post(address, {"reveal-reason": "看"}).text
    assert not Reveal.objects.exists()
    shown = client.post(address, {"reveal-reason": "核对身份证件原件"}).text
    assert "王芳芳" in shown
    assert "11010519491231002X" in shown
    assert Reveal.objects.get().account == cast.li_chuang
    assert "核对身份证件原件" in client.get(matter(cast, submitted)).text
    assert "王芳芳" not in client.get(matter(cast, submitted)).text


def test_the_acts_of_the_stage_and_the_desk_are_offered_and_no_others(client, cast, submitted):
    client.force_login(cast.li_chuang)
    page = client.get(matter(cast, submitted)).text
    for verb in ("accept", "ask_for_supplement", "decline"):
        assert f"/{verb}/" in page
    for verb in ("hand_over", "decide", "review", "deliver"):
        assert f"/{verb}/" not in page
    address = reverse("office:act", args=[cast.organ.code, "window", submitted.number, "decide"])
    assert client.post(address).status_code == 404


def test_a_refusal_stands_beside_its_field_and_what_was_typed_is_kept(client, cast, submitted):
    client.force_login(cast.li_chuang)
    page = act(
        client,
        cast,
        submitted,
        "decline",
        outcome="not_competent",
        reason="本市无此职权，请另行申请。",
    )
    assert page.status_code == 422
    assert 'id="id_decline-competent_organ_error"' in page.text
    assert "本市无此职权" in page.text
    assert CaseEvent.objects.count() == 1


def test_of_two_clerks_the_second_is_told_and_nothing_is_done_twice(client, cast, submitted):
    client.force_login(cast.li_chuang)
    stale = Case.objects.get(pk=submitted.pk)
    assert act(client, cast, stale, "accept").status_code == 303
    second = act(
        client, cast, stale, "decline", outcome="ineligible", reason="不符合公布的受理条件。"
    )
    assert second.status_code == 409
    assert "另一位工作人员刚刚办理了本件" in second.text
    assert Case.objects.get(pk=submitted.pk).stage == Stage.ACCEPTED


def test_a_double_click_does_the_deed_once(client, cast, submitted):
    client.force_login(cast.li_chuang)
    case = Case.objects.get(pk=submitted.pk)
    for _click in range(2):
        assert act(client, cast, case, "accept").status_code == 303
    assert CaseEvent.objects.filter(act=Act.ACCEPT.value).count() == 1


def test_an_application_is_taken_in_at_the_window(client, cast):
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[{"key": "name", "kind": "text", "label": "社团名称", "required": True}],
    )
    client.force_login(cast.li_chuang)
    choose = reverse("office:intake", args=[cast.organ.code, "window"])
    assert "社会团体成立登记" in client.get(choose).text
    address = reverse("office:take_in", args=[cast.organ.code, "window", "MZ-XK-0001"])
    typed = {
        "kind": "person",
        "name": "王芳芳",
        "number": "110105194912310021",
        "phone": "13812345678",
        "q-name": "锦江读书会",
        "key": "k",
    }
    wrong = client.post(address, typed)
    assert (wrong.status_code, "校验位不符" in wrong.text) == (422, True)
    letter = client.post(address, typed | {"channel": "post"})
    assert letter.context["source_open"], "what was chosen otherwise than usual stays in sight"
    client.post(address, typed | {"number": "11010519491231002X"})
    case = Case.objects.get()
    assert (case.channel, case.account) == ("window", None)


def test_the_queue_is_paged_by_key_with_the_same_queries_for_one_and_for_many(
    client, cast, doing, django_assert_num_queries, submitted
):
    client.force_login(cast.li_chuang)
    client.get(desk(cast))
    with django_assert_num_queries(QUERIES):
        client.get(desk(cast))
    for n in range(PAGE + 3):
        moment = f"2026-11-23 10:{n:02d}"
        actions.submit("MZ-XK-0001", WANG, {}, Channel.ONLINE, doing(None, moment))
    with django_assert_num_queries(QUERIES):
        first = client.get(desk(cast))
    assert first.text.count('<a href="/office/cd-civil/window/2026') == PAGE
    after = Case.objects.order_by("received_at")[PAGE - 1]
    second = client.get(desk(cast) + f"?queue=answer&queue_after={after.pk}")
    assert second.text.count('<a href="/office/cd-civil/window/2026') == 4


QUERIES = 10  # session, account, post, the queue, its rows, four counts, the calendar


def test_a_question_named_like_a_part_of_the_page_does_not_take_its_place(client, cast, doing):
    """A form's own ``address`` stood where the act is sent to: the act could not be done."""
    names = ("address", "number", "seen", "label", "effect", "button", "law", "tone", "is_open")
    fields = [{"key": name, "kind": "text", "label": f"问题{name}"} for name in names]
    Form.objects.create(version=cast.version, title="申请表", fields=fields)
    case = Walk(cast, doing, WANG, day="2026-11-23").submitted()
    client.force_login(cast.li_chuang)
    here = reverse("office:act", args=[cast.organ.code, "window", case.number, "correct"])
    page = client.get(here).text
    form = page[page.index(f'action="{here}"') :]
    form = form[: form.index("</form>")]
    assert f'name="seen" value="{case.seq}"' in form
    assert "当场更正" in form
    assert all(f'name="correct-{name}"' in form for name in names)
    done = act(client, cast, case, "correct", address="草市街2号", label="新")
    assert done.status_code == 303
    assert CaseEvent.objects.filter(act=Act.CORRECT.value).count() == 1
