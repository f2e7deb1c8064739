"""Chengdu's districts, cities and counties by their GB/T 2260 code, as they stand today.

Streets are written in words: they change more often than any table of ours would.
"""

from typing import Final, NamedTuple


class Name(NamedTuple):
    """What a division is called."""

    zh: str
    en: str

    def said_in(self, language: str | None) -> str:
        return self.en if (language or "").startswith("en") else self.zh


CHENGDU: Final[dict[str, Name]] = {
    "510104": Name("锦江区", "Jinjiang District"),
    "510105": Name("青羊区", "Qingyang District"),
    "510106": Name("金牛区", "Jinniu District"),
    "510107": Name("武侯区", "Wuhou District"),
    "510108": Name("成华区", "Chenghua District"),
    "510112": Name("龙泉驿区", "Longquanyi District"),
    "510113": Name("青白江区", "Qingbaijiang District"),
    "510114": Name("新都区", "Xindu District"),
    "510115": Name("温江区", "Wenjiang District"),
    "510116": Name("双流区", "Shuangliu District"),
    "510117": Name("郫都区", "Pidu District"),
    "510118": Name("新津区", "Xinjin District"),
    "510121": Name("金堂县", "Jintang County"),
    "510129": Name("大邑县", "Dayi County"),
    "510131": Name("蒲江县", "Pujiang County"),
    "510181": Name("都江堰市", "Dujiangyan City"),
    "510182": Name("彭州市", "Pengzhou City"),
    "510183": Name("邛崃市", "Qionglai City"),
    "510184": Name("崇州市", "Chongzhou City"),
    "510185": Name("简阳市", "Jianyang City"),
}
ELSEWHERE: Final = "000000"
NAMES: Final = CHENGDU | {ELSEWHERE: Name("成都市以外", "Outside Chengdu")}


def name_of_division(code: str) -> Name | None:
    """What the division is called; None for a code that is none."""
    return NAMES.get(code)


PROVINCES: Final = (  # GB/T 2260, in its order
    *("北京市", "天津市", "河北省", "山西省", "内蒙古自治区", "辽宁省"),
    *("吉林省", "黑龙江省", "上海市", "江苏省", "浙江省", "安徽省"),
    *("福建省", "江西省", "山东省", "河南省", "湖北省", "湖南省"),
    *("广东省", "广西壮族自治区", "海南省", "重庆市", "四川省", "贵州省"),
    *("云南省", "西藏自治区", "陕西省", "甘肃省", "青海省", "宁夏回族自治区"),
    *("新疆维吾尔自治区", "台湾省", "香港特别行政区", "澳门特别行政区"),
)
"""What stands in a structured address as its province, as it is written."""
