"""Invented people and companies whose numbers pass every check, and belong to nobody."""

from datetime import date, timedelta
from random import Random
from typing import Final

from openhall.organs.rules.identity import CREDIT_SIGNS, credit_check_sign, resident_check_digit

SURNAMES: Final = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN: Final = [
    "伟",
    "芳",
    "娜",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "兰",
    "霞",
    "平",
    "刚",
    "桂英",
    "玉兰",
    "秀珍",
    "建国",
    "建华",
    "志强",
    "晓东",
    "海燕",
    "雪梅",
    "文博",
    "思远",
    "雨桐",
    "浩然",
    "欣怡",
    "子轩",
    "梓涵",
    "嘉怡",
    "俊杰",
    "宇航",
    "诗涵",
    "佳琪",
    "天宇",
    "若曦",
    "国庆",
    "春梅",
]
TRADES: Final = [
    "餐饮",
    "科技",
    "建材",
    "商贸",
    "物流",
    "文化传媒",
    "教育咨询",
    "医疗器械",
    "物业服务",
    "园林",
    "机械",
    "食品",
]
STYLES: Final = [
    "锦城",
    "蜀汉",
    "天府",
    "浣花",
    "青羊",
    "望江",
    "武担",
    "岷江",
    "沱江",
    "西岭",
    "龙泉",
    "芙蓉",
    "玉林",
    "宽窄",
    "东湖",
    "金沙",
]
OUTSIDE: Final = "510199"  # an area code that is not given out


def name(rng: Random) -> str:
    """A person's name."""
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def resident_id(rng: Random) -> str:
    """A resident identity number with its check digit, of an area that does not exist."""
    born = date(1950, 1, 1) + timedelta(days=rng.randrange(20_000))
    first = f"{OUTSIDE}{born:%Y%m%d}{rng.randrange(1000):03d}"
    return first + resident_check_digit(first)


def phone(rng: Random) -> str:
    """A mobile number of a range that is not given out."""
    return f"1000{rng.randrange(10**7):07d}"


def company(rng: Random) -> tuple[str, str]:
    """A company's name and its credit code."""
    said = f"成都{rng.choice(STYLES)}{rng.choice(TRADES)}有限公司"
    first = f"91{OUTSIDE}" + "".join(rng.choice(CREDIT_SIGNS) for _ in range(9))
    return said, first + credit_check_sign(first)
