"""The queue as a table: narrowed, sorted, kept as a view, taken away; then the next case opens."""

import csv

import pytest
from django.urls import reverse
from django.utils import timezone

from openhall.cases.models import Case
from openhall.cases.terms import Channel
from tests.factories.cases import WANG_FANGFANG as WANG
from tests.factories.cases import Walk
from tests.factories.pages import read


@pytest.fixture
def three(cast, doing) -> list[Case]:
    """Two that are over their limit, one of them on paper, and one that came today."""
    walk = Walk(cast, doing, WANG, day="2024-03-04")
    now = timezone.localtime()
    return [
        walk.submitted(),
        walk.submitted(moment="2024-03-05 09:00", channel=Channel.WINDOW),
        walk.submitted(moment=f"{now:%Y-%m-%d %H:%M}"),
    ]


@pytest.fixture
def queue(client, cast):
    def opened(query: str = ""):
        there = reverse("office:queue", args=[cast.organ.code, "window"])
        return read(client, f"{there}?{query}", cast.li_chuang)

    return opened


def numbers(page) -> list[str]:
    return [one.get_text(strip=True) for one in page.soup.select("#queue td .code")]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", [0, 1, 2]),
        ("due=overdue", [0, 1]),
        ("due=soon", []),
        ("way=paper", [1]),
        ("way=online", [0, 2]),
        ("way=online&due=overdue", [0]),
        ("item=MZ-XK-0001", [0, 1, 2]),
        ("item=none", []),
        ("sort=-received", [2, 1, 0]),
        ("sort=-due", [2, 1, 0]),
        ("sort=drop table", [0, 1, 2]),
        ("mine=1", []),
        ("stage=submitted&due=x", [0, 1, 2]),
    ],
)
def test_a_queue_is_narrowed_and_sorted(queue, three, query, wanted):
    assert numbers(queue(query)) == [three[n].number for n in wanted]


def test_overdue_is_said_in_a_word_and_counted(queue, three):
    page = queue()
    first = page.soup.select_one("#queue tbody tr")
    assert "超期" in first.get_text()
    assert first.select_one(".status-overdue svg") is not None
    assert "已逾期 2" in page.words


def test_a_view_is_kept_under_its_name_for_its_own_desk_and_dropped(client, cast, queue, three):
    page = queue("due=overdue&sort=-received")
    kept = page.form("保存").fill({"视图名称": "超期的"}).send()
    assert "超期的" in kept.words
    cast.li_chuang.refresh_from_db()
    assert cast.li_chuang.views == [
        {
            "at": "cd-civil/window",
            "name": "超期的",
            "query": "queue=answer&due=overdue&sort=-received",
        }
    ]
    link = next(one for one in kept.soup.select(".chips a") if one.get_text() == "超期的")
    assert numbers(queue(str(link["href"]).removeprefix("?"))) == [
        three[1].number,
        three[0].number,
    ]
    views = reverse("office:views", args=[cast.organ.code, "window"])
    client.post(views, {"drop": "超期的"})
    cast.li_chuang.refresh_from_db()
    assert cast.li_chuang.views == []


def test_the_table_is_taken_away_masked_and_computes_nothing(client, cast, queue, three):
    cast.version.name = "=HYPERLINK(1)"
    cast.version.save()
    client.force_login(cast.li_chuang)
    there = reverse("office:taken", args=[cast.organ.code, "window"])
    answer = client.get(there + "?due=overdue")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert [row[0] for row in rows[1:]] == [three[0].number, three[1].number]
    assert WANG.name not in text
    assert WANG.phone not in text
    assert all(row[1].startswith("'=") for row in rows[1:])
    client.force_login(cast.zhou_wai)
    assert client.get(there).status_code == 403


def test_after_an_act_the_next_of_the_queue_opens_and_the_last_one_stays(queue, three):
    first = queue().soup.select_one("#queue a[data-row]")
    page = read(queue().client, str(first["href"]))
    done = page.act("受理").send()
    assert done.done
    here, query = done.answer.redirect_chain[-1][0].split("?")
    assert here.endswith(f"/{three[1].number}/")
    assert "queue=answer" in query
    assert f"已办：{three[0].number}" in done.words
    done = done.act("受理").send().act("受理").send()
    assert Case.objects.filter(stage="accepted").count() == 3
    assert done.answer.redirect_chain[-1][0].split("?")[0].endswith(f"/{three[2].number}/")


def test_a_case_opened_by_its_number_stays_after_the_act(client, cast, three):
    here = reverse("office:matter", args=[cast.organ.code, "window", three[0].number])
    done = read(client, here, cast.li_chuang).act("受理").send()
    assert done.answer.redirect_chain[-1][0] == here
