"""Words that are often written wrong on sites of governments, and what is meant. norms 6.1."""

from collections.abc import Iterator
from typing import Final

# Only what is wrong in every context: the look must not cry wolf. 国家通用语言文字法 9.
WRONG: Final = {
    "帐户": "账户", "帐号": "账号", "报帐": "报账", "按装": "安装",
    "座落": "坐落", "渡假": "度假", "凑和": "凑合", "松驰": "松弛", "针贬": "针砭",
    "再接再励": "再接再厉", "迫不急待": "迫不及待", "一愁莫展": "一筹莫展", "竭泽而鱼": "竭泽而渔",
    "象征性的收取": "象征性地收取", "身分证": "身份证",
    "法人代表证明书": "法定代表人证明书", "登陆网站": "登录网站", "登陆系统": "登录系统",
    "截止目前": "截至目前", "截止到目前": "截至目前", "必需在": "必须在",
}  # fmt: skip
HOLLOW: Final = ("待补充", "敬请期待", "建设中", "XXX", "×××", "正在完善", "暂无内容")


def wrong_words(text: str) -> Iterator[tuple[str, str]]:
    """Each wrong word of ``text`` with what is meant; nothing for a phrase that says nothing."""
    for wrong, right in WRONG.items():
        if wrong in text:
            yield wrong, right
    for hollow in HOLLOW:
        if hollow in text:
            yield hollow, ""
