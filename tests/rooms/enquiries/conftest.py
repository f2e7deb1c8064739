"""A centre, who decides elsewhere, and a question asked on Monday 2 November 2026."""

import pytest

from tests.rooms.supervision.conftest import bodies, seated


@pytest.fixture
def centre(db):
    from openhall.organs.actions import found as found_organ

    return found_organ(
        code="cd-hall", kind="centre", name="市政务服务中心", name_en="Centre", short_name="中心"
    )


@pytest.fixture
def qin_guan(centre):
    """The management of the centre."""
    return seated("qin_guan", centre, "centre_manager")


@pytest.fixture
def he_jie(cast):
    """The head of the unit."""
    return seated("he_jie", cast.organ, "head")


@pytest.fixture
def bian_ji(cast):
    """The editor of the unit."""
    return seated("bian_ji", cast.organ, "editor")


@pytest.fixture
def water(cast):
    from openhall.organs.models import Organ

    return Organ.objects.get(code="cd-water")


@pytest.fixture
def lin_shui(water):
    """Handles at the other unit."""
    return seated("lin_shui", water, "handler")


@pytest.fixture
def fu_ban(db):
    """The City Government Office."""
    office = bodies("cd-zfb", "市政府办公厅", "Government Office")
    return seated("fu_ban", office, "government_office")


TITLE = "社会团体成立登记要多长时间？"
TEXT = "我叫王小芳，电话13812345678，想成立一个志愿者协会，要办多久？"
ANSWER = "您好！材料齐全的，自受理之日起8个工作日内作出决定，不收费。"


@pytest.fixture
def asked(cast, doing):
    """``asked(organ=…)``: by 王小芳, who may be told by text message and agrees to publication."""
    from openhall.enquiries import actions
    from openhall.enquiries.terms import ToldBy

    def make(at="2026-11-02 09:00", **more):
        said = {
            "title": TITLE,
            "text": TEXT,
            "organ": cast.organ,
            "name": "王小芳",
            "told_by": ToldBy.SMS,
            "address": "13812345678",
            "may_publish": True,
        } | more
        return actions.ask(actions.Asked(**said), doing(None, at))

    return make


@pytest.fixture
def answered(asked, cast, doing):
    """Asked, answered by 赵承 and sent by 孙批."""
    from openhall.enquiries import actions

    def make(**more):
        enquiry = asked(**more)
        actions.draft(enquiry.pk, ANSWER, doing(cast.zhao_cheng, "2026-11-03 10:00"))
        actions.send_answer(enquiry.pk, doing(cast.sun_pi, "2026-11-03 15:00"))
        enquiry.refresh_from_db()
        return enquiry

    return make
