"""B7, told from end to end: a clerk asks, the checker refuses, a resident gets *their* list."""

import json
from datetime import timedelta

import time_machine

from openhall.applying.models import Draft
from openhall.catalogue.models import ItemVersion
from openhall.office.acts.versions import read_as
from openhall.organs.terms import Desk
from openhall.questions.models import QuestionGuideVersion
from tests.factories.pages import asked_by
from tests.factories.questions import AT, drafted, furnish, official

OFFICE = "/office/cd-civil/{}/questions/association/"


@time_machine.travel(AT, tick=False)
def test_questions_lead_to_the_item_and_to_my_own_list(client, cast):
    furnish(cast)
    editor = official("editor", cast.organ, Desk.EDITOR)
    clerk = official("clerk", cast.organ, Desk.CATALOGUE_CLERK)
    ItemVersion.objects.update(topics=["b-founding"])

    # The editor drafts; a slip leaves a dead end, which stands beside its question.
    drafted(cast, editor)
    client.force_login(editor)
    desk = OFFICE.format("editor")
    taken = asked_by("change", {"way": "remove few"})
    client.post(desk + "change/", taken | {"seen": read_as(QuestionGuideVersion.objects.get())})
    assert "“few”不存在" in client.get(desk).text
    typed = {"seen": "2", "title": "会员还不够", "note": "满50人再来。"}
    client.post(desk + "result/", typed)
    rule = {"seen": "3", "when-members-most": "49", "to": "r1"}
    client.post(desk + "question/members/rule/1/", rule)
    assert "全部3条路径都走得通" in client.get(desk).text

    # The editor may not publish; the clerk of the unit does.
    assert client.post(
        desk + "publish/", asked_by("publish", {"first_day": "2026-11-20"})
    ).status_code in (403, 422)
    client.force_login(clerk)
    desk = OFFICE.format("catalogue_clerk")
    client.post(
        desk + "publish/", asked_by("publish", {"first_day": "2026-11-20", "note": "第一版"})
    )
    assert len(QuestionGuideVersion.objects.get().expectations) == 3
    client.logout()

    # 王芳 comes by the topic, answers two questions, and opens the application filled in.
    assert "社会团体成立登记" in client.get("/topics/b-founding/").text
    assert "成立社会团体要办什么" in client.get("/services/MZ-XK-0001/").text
    asked = client.get("/guides/association/?asked=members&members=60", follow=True)
    assert "办公场所是谁的" in asked.text
    sheet = client.get(
        "/guides/association/?members=60&asked=premises&premises=lent", follow=True
    ).text
    assert "出借人同意书" in sheet
    assert "借用的不用产权证明" in sheet
    client.post("/guides/association/apply/MZ-XK-0001/?members=60&premises=lent")
    kept = json.loads(Draft.objects.get().content)
    assert kept["answers"] == {"premises": "借用"}
    assert kept["checklist"]["materials"] == ["charter", "consent"]

    # The item's fee falls away: the paths kept as tests say which guide must be looked at.
    cast.item.tariffs.update(effective_until=AT.date() - timedelta(days=1))
    client.force_login(clerk)
    page = client.get(desk).text
    assert "公布以后有事项变了" in page
    assert "收费由50.00元变为0.00元。" in page
