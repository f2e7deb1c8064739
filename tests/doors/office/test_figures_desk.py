"""Boards of published figures: a head's unit, the mayor's city, and the bureau that corrects."""

from datetime import datetime

import pytest
import time_machine
from django.urls import reverse

from openhall.statistics.models import Publication
from tests.factories.organs import standing
from tests.factories.pages import read
from tests.rooms.statistics.conftest import *  # noqa: F403

NOW = datetime.fromisoformat("2024-04-06T06:00:00+08:00")
WHY = "核对纸质登记簿时发现漏录一件。"


@pytest.fixture
def people(cast, seat, frozen):
    with time_machine.travel(NOW, tick=False):
        yield {
            "head": seat("he_shou", cast.organ, "head"),
            "supervision": seat("jian_cha", cast.organ, "supervision"),
            "government_office": seat("feng_ban", cast.organ, "government_office"),
        }


@pytest.mark.parametrize("desk", ["head", "supervision", "government_office"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_each_has_its_board_and_only_the_bureau_corrects(client, people, cast, desk, language):
    address = language + reverse("office:figures", args=[cast.organ.code, desk])
    page = read(client, address, people[desk])
    assert page.status == 200
    assert bool(page.soup.select("form [name=correct-reason]")) is (desk == "supervision")
    assert bool(page.soup.select("#units")) is (desk != "head")
    assert f"{language}/figures/on_time/2024-03/" in str(page.soup)


def test_the_mayor_sees_the_city_and_no_other_head_does(client, people, cast, seat):
    mayor = seat("tian_shi", standing("cd", kind="city"), "head")
    page = read(client, reverse("office:figures", args=["cd", "head"]), mayor)
    assert page.soup.select("#units")
    assert cast.organ.name in page.soup.select_one("[aria-labelledby=units]").get_text()
    assert "各单位" in page.words or "全市" in page.words
    own = read(client, reverse("office:figures", args=[cast.organ.code, "head"]), people["head"])
    assert not own.soup.select("#units")


def test_other_desks_have_none(client, people, cast, seat):
    window = seat("li_er", cast.organ, "window")
    address = reverse("office:figures", args=[cast.organ.code, "window"])
    assert read(client, address, window).status == 403


def test_the_bureau_counts_anew_and_what_changed_is_published(client, people, cast, walk):
    address = reverse("office:figures", args=[cast.organ.code, "supervision"])
    said = {"correct-figure": "received", "correct-month": "2024-03", "correct-reason": WHY}
    client.force_login(people["supervision"])
    act = reverse("office:figures_act", args=[cast.organ.code, "supervision", "correct"])
    same = client.post(act, said | {"key": "k1"})
    assert (same.status_code, "与公布的一致" in same.text) == (422, True)
    walk.submitted(moment="2024-03-05 10:00")
    assert client.post(act, said | {"key": "k2"}).status_code == 303
    found = Publication.objects.get(measure="received", edition=2)
    assert WHY in found.statement
    assert "收到申请" in read(client, address, people["supervision"]).words
    client.force_login(people["government_office"])
    other = reverse("office:figures_act", args=[cast.organ.code, "government_office", "correct"])
    refused = client.post(other, said | {"key": "k3"})
    assert (refused.status_code, "监察岗位" in refused.text) == (422, True)
