"""Which sign stands beside a matter: by a word of its name, else by a topic, else a stamp.

A sign helps the eye along a row of cards; it never stands without the name beside it.
"""

from typing import Final

from openhall.catalogue.queries import ItemVersion

BY_NAME: Final = (  # the first that is found; the narrower word before the wider
    ("护照", "e-passport"),
    ("港澳", "luggage"),
    ("身份证", "id"),
    ("居住证", "id"),
    ("户口", "home-move"),
    ("结婚", "hearts"),
    ("离婚", "signature"),
    ("出生", "baby-carriage"),
    ("生育", "baby-carriage"),
    ("食品", "tools-kitchen-2"),
    ("餐饮", "tools-kitchen-2"),
    ("公积金", "coin"),
    ("不动产", "home"),
    ("住房", "home"),
    ("高龄", "old"),
    ("退休", "old"),
    ("养老", "old"),
    ("低保", "heart-handshake"),
    ("最低生活", "heart-handshake"),
    ("救助", "heart-handshake"),
    ("残疾", "wheelchair"),
    ("工伤", "umbrella"),
    ("失业", "umbrella"),
    ("驾驶", "car"),
    ("车", "car"),
    ("道路", "bus"),
    ("消防", "flame"),
    ("烟花", "flame"),
    ("排水", "droplet"),
    ("取水", "droplet"),
    ("广告", "speakerphone"),
    ("公司", "building-bank"),
    ("个体工商户", "building-store"),
    ("卫生许可", "droplet"),
    ("劳务派遣", "briefcase"),
    ("学校", "school"),
    ("入学", "school"),
    ("殡", "candle"),
    ("死亡", "candle"),
    ("施工", "crane"),
    ("规划", "crane"),
    ("律师", "scale"),
    ("法律援助", "scale"),
    ("医", "stethoscope"),
    ("护士", "stethoscope"),
    ("出版", "book"),
    ("印刷", "printer"),
    ("税", "receipt-tax"),
    ("绿", "leaf"),
    ("种子", "tractor"),
    ("动物", "paw"),
    ("社会团体", "users"),
)
BY_TOPIC: Final = {
    "p-birth": "baby-carriage",
    "p-education": "school",
    "p-work": "briefcase",
    "p-marriage": "hearts",
    "p-housing": "home",
    "p-insurance": "umbrella",
    "p-assistance": "heart-handshake",
    "p-papers": "id",
    "p-traffic": "car",
    "p-abroad": "e-passport",
    "p-health": "stethoscope",
    "p-age": "old",
    "p-death": "candle",
    "b-founding": "building-store",
    "b-opening": "certificate",
    "b-people": "users",
    "b-tax": "receipt-tax",
    "b-farming": "tractor",
    "b-land": "crane",
    "b-environment": "leaf",
    "b-safety": "flame",
    "b-transport": "bus",
    "b-culture": "book",
    "b-quality": "medal",
    "b-health": "stethoscope",
    "b-utilities": "plug",
}


def sign_of(version: ItemVersion) -> str:
    """The name of a sign of ``design/signs.svg``."""
    for word, sign in BY_NAME:
        if word in version.name:
            return sign
    return next((BY_TOPIC[topic] for topic in version.topics if topic in BY_TOPIC), "rubber-stamp")
