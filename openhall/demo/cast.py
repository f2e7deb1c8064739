"""The named cast: one person for every role, with a sign-in that exists only in the demo."""

from dataclasses import dataclass
from typing import Final

from openhall.organs.terms import Desk

PASSWORD: Final = "yangguang-2003"  # noqa: S105 - public on purpose, and only in a demo database
CIVIL: Final = "cd-mzh"
POLICE: Final = "cd-gaj"
JINJIANG: Final = "cd-510104-spj"


@dataclass(frozen=True, slots=True)
class Player:
    """Who signs in as ``username``; an official sits at ``desk`` of the organ ``organ``."""

    username: str
    name: str
    name_en: str
    role: str
    role_en: str
    organ: str = ""
    desk: Desk | None = None


CAST: Final = (
    Player("wangfang", "王芳", "Wang Fang", "居民，已有几件办件", "resident with a few cases"),
    Player("chenwei", "陈伟", "Chen Wei", "企业经办人", "agent of a company"),
    Player("liming", "李明", "Li Ming", "民政局窗口", "window", CIVIL, Desk.WINDOW),
    Player("zhoujing", "周静", "Zhou Jing", "民政局窗口（第二人）", "window", CIVIL, Desk.WINDOW),
    Player("zhaolei", "赵磊", "Zhao Lei", "民政局承办人", "handler", CIVIL, Desk.HANDLER),
    Player("sunping", "孙平", "Sun Ping", "民政局批准人", "decider", CIVIL, Desk.DECIDER),
    Player("hejie", "何杰", "He Jie", "民政局负责人", "head of the bureau", CIVIL, Desk.HEAD),
    Player("tianshi", "田市", "Tian Shi", "市政府负责人", "head of the city", "cd", Desk.HEAD),
    Player("maming", "马明", "Ma Ming", "公安局窗口", "window", POLICE, Desk.WINDOW),
    Player("luhao", "陆昊", "Lu Hao", "公安局承办人", "handler", POLICE, Desk.HANDLER),
    Player("yanhui", "严慧", "Yan Hui", "公安局批准人", "decider", POLICE, Desk.DECIDER),
    Player("qianli", "钱丽", "Qian Li", "市中心统一收费窗口", "cashier", "cd-hall", Desk.CASHIER),
    Player(
        "wujun", "吴军", "Wu Jun", "市中心管理", "centre manager", "cd-hall", Desk.CENTRE_MANAGER
    ),
    Player("linxia", "林霞", "Lin Xia", "民政局信息编辑", "editor", CIVIL, Desk.EDITOR),
    Player(
        "gaotao",
        "高涛",
        "Gao Tao",
        "民政局事项维护",
        "catalogue clerk",
        CIVIL,
        Desk.CATALOGUE_CLERK,
    ),
    Player(
        "dengqu",
        "邓渠",
        "Deng Qu",
        "锦江区行政审批局事项维护",
        "district catalogue clerk",
        JINJIANG,
        Desk.CATALOGUE_CLERK,
    ),
    Player(
        "kongqu",
        "孔曲",
        "Kong Qu",
        "锦江区行政审批局负责人",
        "head of the district bureau",
        JINJIANG,
        Desk.HEAD,
    ),
    Player("zhengfa", "郑法", "Zheng Fa", "法制办审查", "legal review", "cd-fzb", Desk.LEGAL),
    Player(
        "xuxin", "许信", "Xu Xin", "信息化办", "informatization", "cd-xxb", Desk.INFORMATIZATION
    ),
    Player("songjian", "宋监", "Song Jian", "监察局", "supervision", "cd-jcj", Desk.SUPERVISION),
    Player("tangdai", "唐代", "Tang Dai", "特邀监察员", "inspector", "cd-jcj", Desk.INSPECTOR),
    Player(
        "fengban",
        "冯办",
        "Feng Ban",
        "市政府办公厅",
        "City Government Office",
        "cd-bgt",
        Desk.GOVERNMENT_OFFICE,
    ),
    Player("operator", "运维", "Operator", "系统运维", "operator", "cd-xxb", Desk.OPERATOR),
)
