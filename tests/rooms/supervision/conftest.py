"""Who supervises and who answers, and a case that was late."""

from datetime import date

import pytest

SINCE = date(2003, 1, 1)


def party():
    """王芳, who applies."""
    from openhall.cases.actions import Party
    from openhall.cases.terms import ApplicantKind
    from openhall.organs.terms import IdentityKind

    return Party(ApplicantKind.PERSON, "王芳", IdentityKind.RESIDENT_ID, "11010519491231002X")


def bodies(code, name, english):
    from openhall.organs.actions import found as found_organ

    return found_organ(
        code=code, kind="department", name=name, name_en=english, short_name=name[1:3]
    )


def seated(name, organ, desk):
    from openhall.organs.actions import appoint
    from openhall.organs.models import Account
    from openhall.organs.terms import Desk

    account = Account.objects.create_user(username=name)
    appoint(account, organ, Desk(desk), SINCE)
    return account


@pytest.fixture
def bureau(db):
    return bodies("cd-jcj", "市监察局", "Supervision")


@pytest.fixture
def legal_office(db):
    return bodies("cd-fzb", "市法制办", "Legal Affairs")


@pytest.fixture
def song_jian(bureau):
    """The Supervision Bureau."""
    return seated("song_jian", bureau, "supervision")


@pytest.fixture
def zheng_fa(legal_office):
    """The Legal Affairs Office."""
    return seated("zheng_fa", legal_office, "legal")


@pytest.fixture
def tang_dai(bureau):
    """An invited inspector, who only reads."""
    return seated("tang_dai", bureau, "inspector")


@pytest.fixture
def he_jie(cast):
    """The head of the unit."""
    return seated("he_jie", cast.organ, "head")


@pytest.fixture
def accepted(cast, doing):
    """Submitted on Monday, accepted on Tuesday 5 March 2024; promised by 15 March."""
    from openhall.cases import actions
    from openhall.cases.terms import Channel

    def make(n=1):
        case = actions.submit(
            "MZ-XK-0001",
            party(),
            {},
            Channel.ONLINE,
            doing(cast.wang_fang, f"2024-03-04 09:{n:02d}"),
        )
        actions.accept(case.pk, doing(cast.li_chuang, f"2024-03-05 10:{n:02d}", desk="window"))
        case.refresh_from_db()
        return case

    return make


@pytest.fixture
def decided(cast, doing, accepted):
    """A case decided on ``day``."""
    from openhall.cases import actions
    from openhall.cases.terms import Opinion, Outcome

    def make(day="2024-03-20", n=1, note="材料齐全，符合法定条件。"):
        case = accepted(n)
        actions.hand_over(
            case.pk, cast.zhao_cheng, [], doing(cast.li_chuang, "2024-03-05 11:00", desk="window")
        )
        actions.review(
            case.pk,
            Opinion.GRANT,
            note,
            doing(cast.zhao_cheng, f"{day} 09:{n:02d}", desk="handler"),
        )
        actions.decide(
            case.pk,
            Outcome.GRANTED,
            "",
            "",
            doing(cast.sun_pi, f"{day} 15:{n:02d}", desk="decider"),
        )
        case.refresh_from_db()
        return case

    return make
