"""Why a programme is refused: one list for the door that answers and the page that explains."""

from dataclasses import dataclass
from typing import Final

from openhall.glossary import Said


@dataclass(frozen=True, slots=True)
class Ground:
    """One kind of refusal: its status, its name, the clause it rests on, what to do next."""

    status: int
    title: Said
    clause: str
    then: Said


HOW: Final = Said("请看开发说明 /open/api/。", "Read the page for developers at /en/open/api/.")
GROUNDS: Final[dict[str, Ground]] = {
    "unreadable": Ground(
        400,
        Said("请求有误", "The request cannot be read"),
        "",
        Said(
            "请对照接口描述 /api/v1/openapi.json 更正后再发。",
            "Compare it with /api/v1/openapi.json, mend it and send it again.",
        ),
    ),
    "key": Ground(
        401,
        Said("密钥无效", "The key is not good"),
        "个人信息保护法 51",
        Said(
            "请核对密钥；停用或者到期的，请重新申请。",
            "Check the key; if it has ended or run out, ask for another.",
        ),
    ),
    "scope": Ground(
        403,
        Said("没有这项权限", "The key was not given this"),
        "个人信息保护法 6",
        Said(
            "请在“我的密钥”中发放有这项权限的密钥；单位的密钥由运维人员发放。",
            "Issue a key with this scope under “My keys”; a unit's key is issued by the operator.",
        ),
    ),
    "absent": Ground(
        404,
        Said("没有找到", "There is no such thing"),
        "",
        Said("请从相应的列表中取得编码。", "Take the code from the list it stands in."),
    ),
    "method": Ground(405, Said("不支持这种请求", "This method is not answered"), "", HOW),
    "moved": Ground(
        409,
        Said("情况已经变化", "It has moved meanwhile"),
        "",
        Said("请重新读取后再办理。", "Read it again, then act."),
    ),
    "refused": Ground(422, Said("没有办理", "It was not done"), "成办发〔2003〕75号 二（二）", HOW),
    "too_many": Ground(
        429,
        Said("请求过于频繁", "Too many requests"),
        "网络安全法 21",
        Said(
            "请等待 Retry-After 所示的秒数后再试。",
            "Wait for as many seconds as Retry-After says.",
        ),
    ),
    "broken": Ground(
        500,
        Said("系统出错", "Something broke here"),
        "",
        Said(
            "请稍后再试；仍然出错的，请告诉运维人员。", "Try later; if it stays, tell the operator."
        ),
    ),
}
