"""The standard columns of a site: what each shows, and how often it must change. B2, norms 6.1."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from openhall.glossary import Said
from openhall.sites.terms import ColumnKind

LIVE: Final = "live"  # what another room keeps
DATED: Final = "dated"  # a list of articles, the newest first
STANDING: Final = "standing"  # articles that say how something is


@dataclass(frozen=True, slots=True)
class Column:
    """``days``: the longest it may stay without a change; None: when the thing itself changes."""

    kind: ColumnKind
    holds: str
    days: int | None
    told: Said  # what the column is for, as its page and its ``meta`` say it

    @property
    def written(self) -> bool:
        """Whether editors write it."""
        return self.holds != LIVE


K = ColumnKind
TEMPLATE: Final = (
    Column(
        K.NEWS, DATED, 14,
        Said(
            "本单位的工作动态。",
            "What the unit is doing.",
        ),
    ),
    Column(
        K.NOTICES, DATED, 183,
        Said(
            "本单位发布的通知和公告。",
            "What the unit announces.",
        ),
    ),
    Column(
        K.ORGAN, STANDING, None,
        Said(
            "本单位的职责、内设机构、办公地址和联系方式。",
            "Duties, divisions, address, contacts.",
        ),
    ),
    Column(
        K.LEADERS, STANDING, None,
        Said(
            "本单位负责人的姓名、职务和工作分工。",
            "Who leads the unit, and what each is in charge of.",
        ),
    ),
    Column(
        K.GUIDES, LIVE, None,
        Said(
            "本单位办理的事项：条件、材料、时限、费用、依据。",
            "What the unit does: conditions, papers, time, fees.",
        ),
    ),
    Column(
        K.APPLY, LIVE, None,
        Said(
            "可以在网上申报的事项。",
            "What can be applied for online.",
        ),
    ),
    Column(
        K.FORMS, LIVE, None,
        Said(
            "空白表格和填写样例，免费下载。",
            "Blank and filled-in forms, free of charge.",
        ),
    ),
    Column(
        K.POLICIES, LIVE, 183,
        Said(
            "本单位发布、办事所依据的文件，标明效力状态。",
            "Papers issued or rested on, with their state.",
        ),
    ),
    Column(
        K.DISCLOSURE, STANDING, None,
        Said(
            "政府信息公开指南、目录和年度报告。",
            "Guide, catalogue and annual reports of disclosure.",
        ),
    ),
    Column(
        K.INTERACTION, LIVE, None,
        Said(
            "向本单位咨询，查看公开的问答和意见征集。",
            "Ask the unit; answers; calls for opinions.",
        ),
    ),
    Column(
        K.FIGURES, LIVE, None,
        Said(
            "每月收件、办结和按时办结的数字，可以点开核对。",
            "Received, closed, in time: each figure opens.",
        ),
    ),
)  # fmt: skip
COLUMNS: Final[Mapping[str, Column]] = MappingProxyType({one.kind.value: one for one in TEMPLATE})
WRITTEN: Final = tuple(one.kind for one in TEMPLATE if one.written)


def order_of(codes: list[str]) -> list[Column]:
    """The columns with these codes, in the order of the template."""
    return [one for one in TEMPLATE if one.kind.value in codes]
