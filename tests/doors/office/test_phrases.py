"""What a unit writes again and again stands beside the act; each unit keeps its own."""

import pytest
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


@pytest.mark.parametrize(
    "line", ["长" * 201, "改第\ue863条", "a\x00b", "\n".join(f"第{n}句话" for n in range(31))]
)
def test_a_phrase_is_kept_whole_or_refused_with_what_was_typed(client, cast, line):
    there = reverse("office:phrases", args=[cast.organ.code, "window"])
    client.force_login(cast.li_chuang)
    answer = client.post(there, {"decline": line})
    assert answer.status_code == 422
    assert line.splitlines()[0] in answer.text
    cast.organ.refresh_from_db()
    assert cast.organ.phrases == {}


def test_a_view_is_kept_whole_or_refused(client, cast):
    client.force_login(cast.li_chuang)
    there = reverse("office:views", args=[cast.organ.code, "window"])
    for name in ("名" * 31, "甲\ue000", "a\x00b"):
        client.post(there, {"name": name, "queue": "水"})
        cast.li_chuang.refresh_from_db()
        assert cast.li_chuang.views == []
    client.post(there, {"name": "要补正的", "queue": "水" * 100})
    cast.li_chuang.refresh_from_db()
    assert [one["name"] for one in cast.li_chuang.views] == ["要补正的"]
    assert cast.li_chuang.views[0]["query"].count("%E6%B0%B4") == 100
