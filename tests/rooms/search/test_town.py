"""A town's guides found as people type: the whole library, one entry for city and districts."""

import pytest
from django.urls import reverse

from openhall.portal.places import ALL
from openhall.search.queries import search, suggest
from tests.factories.search import town

pytestmark = pytest.mark.any_database

FIRST = 3


@pytest.fixture
def codes(db):
    return town()


# Queries of each kind, each with the guides that answer it: in the first three, or the first.
ANSWERED = [
    ("有限责任公司设立登记", {"company-setup"}, 1),
    ("营业只照", {"company-setup", "individual-setup"}, 1),
    ("营业执召", {"company-setup", "individual-setup"}, 1),
    ("yingye zhizhao", {"company-setup", "individual-setup"}, 1),
    ("yingyezhizhao", {"company-setup", "individual-setup"}, 1),
    ("yinye zizao", {"company-setup", "individual-setup"}, 2),
    ("營業執照", {"company-setup", "individual-setup"}, 1),
    ("房产证", {"real-estate-transfer", "real-estate-first-registration"}, 1),
    ("房產證", {"real-estate-transfer", "real-estate-first-registration"}, 1),
    ("fangchanzheng", {"real-estate-transfer", "real-estate-first-registration"}, 1),
    ("business license", {"company-setup", "individual-setup"}, 1),
    ("Business Licence", {"company-setup", "individual-setup"}, 1),
    ("company registration", {"company-setup", "company-change"}, 2),
    ("passport", {"passport-ordinary"}, 1),
    ("pasport", {"passport-ordinary"}, 1),
    ("marriage certificate", {"marriage-registration"}, 1),
    ("labor dispatch permit", {"labour-dispatch-license"}, 1),
    ("school enrollment", {"primary-school-enrolment"}, 1),
    ("护召", {"passport-ordinary"}, 1),
    ("结昏登记", {"marriage-registration"}, 1),
    ("登记结婚", {"marriage-registration"}, 1),
    ("jiehun", {"marriage-registration"}, 1),
    ("jhdj", {"marriage-registration"}, 1),
    ("低保", {"minimum-living-allowance"}, 1),
    ("dibao", {"minimum-living-allowance"}, 1),
    ("过户", {"real-estate-transfer"}, 1),
    ("工伤", {"work-injury-determination"}, 1),
    ("网约车jiashiyuan", {"ride-hailing-driver"}, 1),
    ("宅基地", {"rural-homestead-approval"}, 1),
    ("烟草证", {"tobacco-retail-license"}, 1),
    ("卖烟要办什么证", {"tobacco-retail-license"}, 2),
    ("请问公租房怎么申请", {"public-rental-housing"}, 2),
    ("我想开一家小面馆需要办什么手续", {"small-food-filing", "food-operation-license"}, 3),
    ("ｐａｓｓｐｏｒｔ", {"passport-ordinary"}, 1),
    ("护照🙂", {"passport-ordinary"}, 1),
    ("小孩上户口要什么", {"hukou-birth"}, 1),
    ("生娃儿办啥子证", {"fertility-registration", "birth-medical-certificate"}, 2),
    ("营业执照注销", {"company-deregister", "company-simple-deregister"}, 2),
    ("注销营业执照", {"company-deregister", "company-simple-deregister"}, 2),
    ("去香港要办什么", {"hk-macao-permit"}, 1),
    ("农村建房", {"rural-homestead-approval"}, 1),
    ("退休", {"employee-retirement"}, 1),
    ("taxi", {"ride-hailing-driver", "ride-hailing-vehicle"}, 2),
    ("food permit", {"food-operation-license"}, 1),
]

# What one does on the site itself, under the words people have for it.
PLACES = [
    ("投诉", "complain"),
    ("我要投诉", "complain"),
    ("查进度", "track"),
    ("jindu chaxun", "track"),
    ("预约", "appointments"),
    ("取号", "appointments"),
    ("缴费", "fee_form"),
    ("市长信箱", "enquire"),
    ("双公示", "decisions"),
    ("红黄牌", "oversight"),
    ("track my case", "track"),
    ("make a complaint", "complain"),
    ("book an appointment", "appointments"),
]


def test_what_people_type_finds_its_guide(codes):
    wrong = []
    for typed, wanted, within in ANSWERED:
        answers = {f"guide:{codes[key]}" for key in wanted}
        results = search(typed)
        found = [one.record.root for one in results.services[:within]]
        if not answers & set(found) or not results.fits:
            titles = [one.record.title for one in results.services[:FIRST]]
            wrong.append((typed, titles, results.fits))
    assert wrong == []


def test_what_one_does_on_the_site_is_found_too(codes):
    wrong = []
    for typed, page in PLACES:
        results = search(typed)
        first = results.services[0].record.root if results.services else ""
        if first != f"place:{page}" or not results.fits:
            wrong.append((typed, first, results.fits))
    assert wrong == []


def test_a_page_of_the_site_never_fills_up_a_list(codes):
    for typed in ("passport renewal", "离婚", "取水", "行政许可法", "天气预报"):
        assert [one.record.id for one in search(typed).services if one.kind == "place"] == []


def test_every_place_has_its_page():
    for place in ALL:
        assert reverse(f"portal:{place.page}")


def test_a_matter_of_the_city_and_its_districts_stands_once(codes):
    roots = [one.record.root for one in search("有限责任公司设立登记").services]
    assert roots.count(f"guide:{codes['company-setup']}") == 1
    assert len(roots) == len(set(roots))
    first = search("有限责任公司设立登记").services[0].record
    assert first.more == 2
    assert first.units[0] == "市行政审批局"


def test_a_business_licence_does_not_lead_with_food(codes):
    for typed in ("business license", "business licence", "办证"):
        first = search(typed).services[0].record
        assert "食品" not in first.title


def test_what_is_not_here_is_said_and_something_is_still_shown(codes):
    for typed in ("量子纠缠态光谱仪", "火星移民签证抽签", "hello kitty wallpaper", "xqzwvk"):
        assert not search(typed).fits, typed


def test_names_are_offered_while_one_types(codes):
    titles = [one.title for one in suggest("结婚")]
    assert titles[0] == "结婚登记（内地居民婚姻登记）"
    assert suggest("jieh")[0].record.root == f"guide:{codes['marriage-registration']}"
    assert "Marriage registration" in [one.title for one in suggest("marri", english=True)]
    assert suggest("") == suggest("。") == suggest("婚") == []


def test_what_was_meant_is_offered(codes):
    assert search("结昏登记").instead == "结婚登记"
    assert search("jiehundengji").instead == "结婚登记"
    assert search("结婚登记").instead == ""
    assert search("marriage").instead == ""


HOSTILE = [
    "营" * 10_000,
    "a" * 10_000,
    "abc " * 3_000,
    "\x00\x00",
    "营\x00业",
    "\ud800\udfff",
    "(a+)+$" * 20,
    ".*.*.*.*",
    "[[[[[",
    '"',
    '""""""',
    "- - - -x",
    "。，、；：？！",
    "' OR 1=1 --",
    "id:* AND kind:guide",
    "🙂🙂🙂",
    "%00%ff",
    "\u202e营业\u202c",
    "xn--" + "q" * 100,
    "第" * 119 + "条",
    "zhi" * 40,
    "1" * 119,
    "行政许可法" + "九" * 100,
]


def test_a_hostile_query_has_an_answer(codes):
    for typed in HOSTILE:
        results = search(typed)
        assert results.ready
        assert results.total >= 0
        suggest(typed)
