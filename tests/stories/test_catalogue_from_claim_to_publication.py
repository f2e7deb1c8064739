"""A7 and A10 as one story: claimed, faulty, filled, reviewed, published, changed, cancelled."""

from datetime import date, datetime

import pytest

from openhall.cases import actions as cases
from openhall.cases.terms import Channel
from openhall.catalogue import actions
from openhall.catalogue.actions import Line
from openhall.catalogue.actions.item_versions import ITEM_VERSION
from openhall.catalogue.checking import check
from openhall.catalogue.history import history_of
from openhall.catalogue.queries import version_in_force, version_to_show
from openhall.catalogue.terms import GuideElement
from openhall.deeds.refusals import Refused
from openhall.organs.actions import appoint
from openhall.organs.actions import found as found_organ
from openhall.organs.models import Account
from openhall.organs.terms import Desk
from openhall.versions import actions as versions
from tests.factories.cases import WANG
from tests.factories.catalogue import by
from tests.rooms.catalogue.conftest import ROWS, WORDS

MARCH, APRIL, MAY = date(2024, 3, 4), date(2024, 4, 1), date(2024, 5, 6)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+08:00")


@pytest.fixture
def people(cast) -> dict[str, Account]:
    office = found_organ(
        code="cd-fzb", kind="department", name="市法制办", name_en="Legal", short_name="法制"
    )
    seats = {
        "clerk": (Desk.CATALOGUE_CLERK, cast.organ),
        "head": (Desk.HEAD, cast.organ),
        "legal": (Desk.LEGAL, office),
    }
    found = {}
    for name, (desk, organ) in seats.items():
        found[name] = Account.objects.create_user(username=name)
        appoint(found[name], organ, desk, date(2003, 1, 1))
    return found


def test_from_the_claim_to_the_last_day(cast, people, doing):
    clerk, head, legal = people["clerk"], people["head"], people["legal"]

    def published(version, day):
        versions.send(ITEM_VERSION, version.pk, by(clerk, at(day)))
        versions.pass_on(ITEM_VERSION, version.pk, by(head, at(day, 10)))
        versions.publish(ITEM_VERSION, version.pk, day, by(legal, at(day, 11)))

    # The Legal Affairs Office lists it; the unit claims it and has written nothing yet.
    line = Line("慈善信托备案", "10", "《慈善法》第四十五条")
    entry = actions.add_entry(line, "依法列入", MARCH, by(legal, at(MARCH)))
    draft = actions.claim(entry.pk, cast.organ, by(clerk, at(MARCH)))
    code = draft.item.code
    missing = {fault.element for fault in check(draft, MARCH).faults}
    assert missing >= set(GuideElement) - {GuideElement.CONTENT, GuideElement.BASIS}
    with pytest.raises(Refused) as refused:
        published(draft, MARCH)
    assert {fault.element for fault in refused.value.faults} == missing
    versions.send_back(ITEM_VERSION, draft.pk, "要素不全。", by(legal, at(MARCH, 12)))

    # A stock phrase is not an answer; filled in, it goes out with three signatures.
    hollow = ROWS | {"faqs": [{"question": "要多久？", "answer": "详见附件"}]}
    actions.save_version(draft.pk, WORDS, hollow, by(clerk, at(MARCH, 13)))
    draft.refresh_from_db()
    assert [(one.field, one.row) for one in check(draft, MARCH).faults] == [("faqs", 0)]
    actions.save_version(draft.pk, WORDS, ROWS, by(clerk, at(MARCH, 14)))
    published(draft, MARCH)
    assert version_in_force(code, MARCH).pk == draft.pk

    # A case accepted on version 1 keeps it when version 2 promises less time.
    window = doing(cast.li_chuang, "2024-03-05 09:00", desk="window")
    case = cases.submit(code, WANG, {}, Channel.WINDOW, window)
    cases.accept(case.pk, doing(cast.li_chuang, "2024-03-05 10:00", desk="window"))
    second = actions.new_version(draft.item_id, by(clerk, at(APRIL)))
    actions.save_version(second.pk, {"promised_days": 10}, None, by(clerk, at(APRIL)))
    published(second, APRIL)
    case.refresh_from_db()
    assert (case.item_version.number, version_in_force(code, APRIL).number) == (1, 2)
    newest, first = history_of(draft.item)
    assert first.changes is None
    assert [change.where("zh") for change in newest.changes] == ["承诺办结时限"]

    # Cancelled: nothing new is taken in, what was accepted goes on, the guide says so.
    actions.cancel_item(draft.item_id, "依法取消", MAY, by(legal, at(MAY)))
    late = doing(cast.li_chuang, "2024-05-07 09:00", desk="window")
    with pytest.raises(Refused, match="不能受理"):
        cases.submit(code, WANG, {}, Channel.WINDOW, late)
    cases.hand_over(
        case.pk, cast.zhao_cheng, ["章程"], doing(cast.li_chuang, "2024-05-07 10:00", desk="window")
    )
    case.refresh_from_db()
    assert (case.stage, case.item_version.number) == ("handling", 1)
    assert version_in_force(code, MAY) is None
    assert "取消" in version_to_show(code, MAY).stands.said_in("zh")
