"""The city's open data sets, one list for people and for harvesters. 政府信息公开条例 8, 13."""

from dataclasses import dataclass
from typing import Final

from openhall.glossary import Said
from openhall.statistics.rules.measures import DEFINITIONS, Definition

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME: Final = Said(
    "知识共享 署名 4.0 国际（CC BY 4.0）",
    "Creative Commons Attribution 4.0 International (CC BY 4.0)",
)
AUTHORITY: Final = "http://publications.europa.eu/resource/authority"
JSON: Final = "application/json"


@dataclass(frozen=True, slots=True)
class Distribution:
    """One way to have a data set: ``path`` on this site, as what."""

    path: str
    media: str
    name: Said
    is_file: bool = False  # a file that is fetched whole; else asked page by page

    @property
    def format(self) -> str:
        """How people call the format."""
        return FORMATS.get(self.media, self.media)


FORMATS: Final = {
    JSON: "JSON",
    "application/ld+json": "JSON-LD",
    "text/turtle": "Turtle",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "application/zip": "ZIP",
    "application/vnd.sqlite3": "SQLite",
}


@dataclass(frozen=True, slots=True)
class DataSet:
    """What it holds, how often it is new, under which theme a harvester files it."""

    code: str
    name: Said
    says: Said
    words: tuple[Said, ...]
    frequency: str  # EU Publications Office, authority "frequency"
    theme: str  # the same, "data-theme"
    distributions: tuple[Distribution, ...]


def _api(path: str, zh: str, en: str) -> Distribution:
    return Distribution(f"/api/v1/{path}", JSON, Said(zh, en))


def _figure(one: Definition) -> DataSet:
    """A published figure: every month as it was frozen and signed, with how it is counted."""
    code, at = one.measure.value, f"/figures/{one.measure.value}"
    series = (
        ("csv", "text/csv", Said("各月数字（CSV，附CSVW说明）", "Every month (CSV, with CSVW)")),
        ("json", JSON, Said("各月数字（JSON）", "Every month (JSON)")),
        ("sqlite", "application/vnd.sqlite3", Said("各月数字（SQLite）", "Every month (SQLite)")),
    )
    files = [Distribution(f"{at}/series.{kind}", media, name, True) for kind, media, name in series]
    told = Distribution(f"{at}/definition.json", JSON, Said("统计口径", "How it is counted"), True)
    return DataSet(
        f"figure-{code}",
        Said(f"公布的数字：{one.measure.zh}", f"Published figure: {one.measure.en}"),
        one.words,
        (Said(one.measure.zh, one.measure.en), Said("统计", "statistics")),
        "MONTHLY",
        "GOVE",
        (*files, told),
    )


OF_THE_CITY: Final[tuple[DataSet, ...]] = (
    DataSet(
        "items",
        Said("事项目录和办事指南", "Catalogue of items and their guides"),
        Said(
            "现行的全部事项：由谁办、要多久、收不收费、要哪些材料；可以按日期和版本读取。",
            "Every item in force: who has it, how long it takes, what it costs, which papers; by "
            "day and by version.",
        ),
        (Said("办事指南", "guides"), Said("行政许可", "licences")),
        "DAILY",
        "GOVE",
        (_api("items", "事项和指南（分页）", "Items and guides (page by page)"),),
    ),
    DataSet(
        "units",
        Said("机构和区（市）县", "Units and districts"),
        Said(
            "各机构的名称、职责、地址、办公时间和电话。",
            "Names, duties, addresses, hours and telephones of every unit.",
        ),
        (Said("机构职责", "duties of units"),),
        "DAILY",
        "GOVE",
        (
            _api("units", "机构（分页）", "Units (page by page)"),
            _api("districts", "区（市）县", "Districts"),
        ),
    ),
    DataSet(
        "halls",
        Said("政务大厅和排队情况", "Service halls and who waits"),
        Said(
            "大厅的地址、开放时间、窗口和队列，以及现在各队列的等候人数。",
            "Addresses, hours, windows and lines of the halls, and how many wait in each now.",
        ),
        (Said("政务服务中心", "service centres"), Said("等候", "waiting")),
        "CONT",
        "GOVE",
        (_api("halls", "大厅（分页）", "Halls (page by page)"),),
    ),
    DataSet(
        "figures",
        Said("办件统计", "Figures of cases"),
        Said(
            "各单位每月收到、受理、办结、按时办结和满意评价的件数；每个数都能打开到背后的办件。",
            "Cases received, accepted, closed, on time and rated, by unit and month; every figure "
            "opens to the cases behind it.",
        ),
        (Said("统计", "statistics"), Said("按时办结率", "on-time rate")),
        "DAILY",
        "GOVE",
        (_api("figures/months", "按月统计", "By month"),),
    ),
    DataSet(
        "log",
        Said("公开账", "The public log"),
        Said(
            "每一个有法律效力的步骤都在其中占一条，只增不改，经签名，可以离线验证；不含个人信息。",
            "Every step with legal effect has its entry: it only grows, is signed and can be "
            "verified offline; no personal data.",
        ),
        (Said("可验证", "verifiable"), Said("透明日志", "transparency log")),
        "CONT",
        "GOVE",
        (
            _api("log/entries", "条目（分页）", "Entries (page by page)"),
            Distribution(
                "/ledger/checkpoint", "text/plain", Said("最新检查点", "Latest checkpoint"), True
            ),
            Distribution(
                "/verify/openhall-verify.zip",
                "application/zip",
                Said("离线验证工具", "Kit to verify offline"),
                True,
            ),
        ),
    ),
    DataSet(
        "help",
        Said("谁在哪里帮您办什么（HSDS 3.0）", "Who helps with what, where and when (HSDS 3.0)"),
        Said(
            "按 Open Referral HSDS 3.0 给出的机构、地点、服务、费用、材料和开放时间。",
            "Units, places, services, costs, papers and hours in Open Referral's HSDS 3.0.",
        ),
        (Said("公共服务", "public services"), Said("开放转介", "Open Referral")),
        "DAILY",
        "SOCI",
        (
            _api("hsds/services", "服务（分页）", "Services (page by page)"),
            _api("hsds/organizations", "机构（分页）", "Organizations (page by page)"),
        ),
    ),
)
OF_FIGURES: Final = tuple(_figure(versions[-1]) for versions in DEFINITIONS.values())
DATA_SETS: Final = OF_THE_CITY + OF_FIGURES
