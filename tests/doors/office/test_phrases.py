"""What a unit writes again and again stands beside the act; each unit keeps its own."""

from django.urls import reverse

from openhall.office.acts import CASE_OFFERS
from openhall.office.phrases import phrases_for, usual
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.cases import Walk
from tests.factories.pages import read


def test_the_usual_phrases_are_of_acts_that_exist_and_pass_their_own_rule():
    acts = {one.code for one in CASE_OFFERS}
    assert set(usual()) <= acts
    assert all(len(one) >= 10 for one in usual()["ask_for_supplement"])


def test_the_units_own_stand_first_beside_the_act_and_only_there(client, cast, doing):
    there = reverse("office:phrases", args=[cast.organ.code, "window"])
    page = read(client, there, cast.li_chuang)
    own = "章程没有全体发起人签名，请补签。"
    form = page.form("保存")
    form.typed["decline"] = f"{own}\r\n\r\n{own}\r\n"
    assert form.send().done
    cast.organ.refresh_from_db()
    assert cast.organ.phrases["decline"] == [own]
    assert phrases_for(cast.organ, "decline")[0] == own
    case = Walk(cast, doing, WANG, day="2024-03-04").submitted()
    act = reverse("office:act", args=[cast.organ.code, "window", case.number, "decline"])
    shown = read(client, act, cast.li_chuang)
    buttons = [one.get_text(strip=True) for one in shown.soup.select("[data-phrase]")]
    assert buttons == phrases_for(cast.organ, "decline")
    home = read(client, act.removesuffix("decline/"), cast.li_chuang)
    assert home.soup.select("[data-phrase]") == []
    assert cast.zhou_wai.posts.get().organ.phrases == {}


def test_phrases_are_kept_by_who_sits_there_alone(client, cast):
    there = reverse("office:phrases", args=[cast.organ.code, "window"])
    for who in (cast.zhou_wai, cast.zhao_cheng, cast.wang_fang):
        client.force_login(who)
        assert client.post(there, {"decline": "改"}).status_code == 403
    cast.organ.refresh_from_db()
    assert cast.organ.phrases == {}
