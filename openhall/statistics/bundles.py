"""One published figure as a ZIP that a stranger checks offline, and its series as open data."""

import csv
import hashlib
import io
import json
import sqlite3
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from openhall.cases.models import Case
from openhall.ledger.queries import latest_checkpoint, note_of
from openhall.ledger.rules.receipt import Receipt
from openhall.ledger.signing import public_verifier_key
from openhall.statistics import standalone
from openhall.statistics.behind import owed_rows
from openhall.statistics.models import Publication
from openhall.statistics.queries.published import (
    MonthOfFigure,
    PublishedFigure,
    definition_for,
    editions,
    lines,
    receipt_of,
    rows_of,
    told,
)
from openhall.statistics.rules.measures import Definition, definition_on
from openhall.statistics.terms import Measure

VERIFIER: Final = "check_figure.py"
STAMP: Final = (1980, 1, 1, 0, 0, 0)
COLUMNS: Final = (
    "month",
    "unit",
    "name_zh",
    "name_en",
    "part",
    "whole",
    "value",
    "edition",
    "definition",
)
README: Final = """{title_zh} {title_en} · {number}

这个压缩包里有什么
  figure.json      公布的数字（签名的正是这个文件）
  definition.json  口径：数什么、怎么数
  rows/            每一件，一行一件，不含个人信息
  receipt.json     公开账里的登记、包含证明和签名的检查点
  key              公开账的公钥；请与报纸上刊登的或 {site}/ledger/ 上的核对
  earlier/         被更正的前几次公布（如有）
  check_figure.py  核对程序，只用Python自带的功能，不联网
怎样自己核对
  1. 安装Python 3.9以上版本（python.org）。
  2. 在本文件夹打开命令行：python3 check_figure.py . --key "公钥"
     加上 --log {site}/ledger（联网）：逐行与公开账核对，并查有无漏计
  3. 显示“VERIFIED 相符”，就是逐行重算过、与签名的数字一致。

What is in this bundle
  figure.json      the figure as published (this very file is what was signed)
  definition.json  how it is counted
  rows/            every case, one line each, without persons
  receipt.json     its entry in the public log, the proof of inclusion, the signed checkpoint
  key              the log's key; compare it with the printed one or {site}/ledger/
  earlier/         what was published before and corrected, if anything
  check_figure.py  the programme that checks it; plain Python, no network
Check it yourself
  1. Install Python 3.9 or later (python.org).
  2. Open a terminal in this folder: python3 check_figure.py . --key "KEY"
     with --log {site}/ledger (online) each row is looked up in the log, and none may be missing
  3. "VERIFIED" means: every row was counted anew and gives the figure that was signed.
"""


def verifier() -> bytes:
    """The one-file verifier."""
    return Path(str(standalone.__file__)).with_name(VERIFIER).read_bytes()


def bundle(row: Publication) -> bytes | None:
    """The ZIP of a publication; None until a signed checkpoint covers it."""
    receipt = receipt_of(row)
    if receipt is None:
        return None
    before = editions(Measure(row.measure), row.month).filter(edition__lt=row.edition)
    return zipped(
        row.number,
        definition_for(row),
        row.statement.encode(),
        receipt,
        public_verifier_key(),
        rows_of(row),
        {edition: said.encode() for edition, said in before.values_list("edition", "statement")},
    )


def zipped(
    number: str,
    definition: Definition,
    statement: bytes,
    receipt: Receipt,
    key: str,
    rows: Mapping[str, bytes],
    earlier: Mapping[int, bytes],
) -> bytes:
    """The files of a bundle in one archive; the same files are the same bytes."""
    said = README.format(
        title_zh=definition.measure.zh,
        title_en=definition.measure.en,
        number=number,
        site=settings.BASE_URL,
    )
    files: dict[str, bytes] = {
        "README.txt": said.encode(),
        "figure.json": statement,
        "definition.json": definition.text(),
        "receipt.json": receipt.to_json().encode(),
        "key": f"{key}\n".encode(),
        VERIFIER: verifier(),
    }
    files |= {f"rows/{name}.jsonl": packed for name, packed in rows.items()}
    files |= {f"earlier/{edition}.json": told for edition, told in earlier.items()}
    return archived(files)


def archived(files: Mapping[str, bytes]) -> bytes:
    """Files in a ZIP, in the order of their names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, STAMP), files[name], zipfile.ZIP_DEFLATED)
    return held.getvalue()


# ------------------------------------------------------------------ the series
def _value(part: int | None, whole: int | None, month: MonthOfFigure) -> str:
    if part is None:
        return ""
    if month.unit == "cases":
        return f"{part}"
    return f"{part * 100 / whole:.2f}" if whole else ""


def records(figure: PublishedFigure) -> list[tuple[Any, ...]]:
    """A line for the city and each unit of each month, in the order of ``COLUMNS``."""
    return [
        (
            f"{one.month.month:%Y-%m}",
            one.unit,
            *one.names,
            one.part,
            one.whole,
            _value(one.part, one.whole, one.month),
            one.month.edition,
            one.month.version,
        )
        for one in lines(figure.id)
    ]


def as_csv(figure: PublishedFigure) -> str:
    """RFC 4180; an empty cell is a hidden count, or a share of nothing."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(records(figure))
    return held.getvalue()


TITLES: Final = {
    "month": ("月份", "Month", "gYearMonth"),
    "unit": ("单位代码（空：全市）", "Code of the unit (empty: the city)", "string"),
    "name_zh": ("单位", "Unit (Chinese)", "string"),
    "name_en": ("单位（英文）", "Unit (English)", "string"),
    "part": ("分子或件数（空：隐去）", "Part or count (empty: hidden)", "integer"),
    "whole": ("分母", "Whole", "integer"),
    "value": ("数值", "Value", "decimal"),
    "edition": ("第几次公布", "Edition", "integer"),
    "definition": ("口径版本", "Version of the definition", "integer"),
}


def csvw(figure: PublishedFigure) -> dict[str, Any]:
    """Metadata of the CSV, after W3C "Metadata Vocabulary for Tabular Data"."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": "series.csv",
        "dc:title": {"zh": figure.title.zh, "en": figure.title.en},
        "dc:description": {"zh": figure.words.zh, "en": figure.words.en},
        "dc:source": f"{settings.BASE_URL}{figure.path}",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {
                    "name": name,
                    "titles": {"zh": TITLES[name][0], "en": TITLES[name][1]},
                    "datatype": TITLES[name][2],
                    "null": "",
                    "required": name in ("month", "edition", "definition"),
                }
                for name in COLUMNS
            ],
            "primaryKey": ["month", "unit"],
        },
    }


def as_json(figure: PublishedFigure) -> dict[str, Any]:
    """The series with its definition."""
    return {
        "figure": figure.id,
        "title": {"zh": figure.title.zh, "en": figure.title.en},
        "definition": figure.definition.plain(),
        "unit": figure.unit.value,
        "columns": list(COLUMNS),
        "rows": [list(one) for one in records(figure)],
        "months": [
            {
                "month": f"{one.month:%Y-%m}",
                "edition": one.edition,
                "state": one.state.value,
                "sha256": one.digest,
                "bundle": f"{settings.BASE_URL}{one.downloads['bundle']}",
            }
            for one in figure.months
        ],
    }


def as_sqlite(figure: PublishedFigure) -> bytes:
    """The series as one SQLite file with two tables: ``series`` and ``about``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.sqlite"
        held = sqlite3.connect(path)
        try:
            held.execute(
                "CREATE TABLE series (month TEXT NOT NULL, unit TEXT NOT NULL, name_zh TEXT, "
                "name_en TEXT, part INTEGER, whole INTEGER, value REAL, edition INTEGER NOT NULL, "
                "definition INTEGER NOT NULL, PRIMARY KEY (month, unit)) WITHOUT ROWID"
            )
            held.execute("CREATE TABLE about (name TEXT PRIMARY KEY, said TEXT NOT NULL)")
            rows = [
                tuple(None if cell == "" and at == 6 else cell for at, cell in enumerate(one))
                for one in records(figure)
            ]
            held.executemany(f"INSERT INTO series VALUES ({','.join('?' * 9)})", rows)  # noqa: S608
            about = {
                "figure": figure.id,
                "title_zh": figure.title.zh,
                "title_en": figure.title.en,
                "words_zh": figure.words.zh,
                "words_en": figure.words.en,
                "unit": figure.unit.value,
                "definition": json.dumps(figure.definition.plain(), ensure_ascii=False),
                "source": f"{settings.BASE_URL}{figure.path}",
            }
            held.executemany("INSERT INTO about VALUES (?, ?)", sorted(about.items()))
            held.commit()
            held.execute("VACUUM")
        finally:
            held.close()
        return path.read_bytes()


def owed_now(what: str, cases: QuerySet[Case], day: date) -> bytes:
    """What is owed on ``day`` as a ZIP: the rows as a frozen month has them, how they are counted,
    and the newest checkpoint, so that each row is looked up in the log and none is left out."""
    table = definition_on(Measure.OVERDUE, day).tables[0]
    rows = owed_rows(cases, day)
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(rows)
    told = {
        "figure": what,
        "day": day.isoformat(),
        "count": len(rows),
        "by_unit": dict(sorted(Counter(str(row[1]) for row in rows).items())),
        "columns": list(table.columns),
        "log": table.log and table.log.plain(),
        "sha256": hashlib.sha256(held.getvalue().encode()).hexdigest(),
        "source": f"{settings.BASE_URL}/statistics/owed/{what}/",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rows.csv", held.getvalue())
        archive.writestr("figure.json", json.dumps(told, ensure_ascii=False, indent=1))
        if (newest := latest_checkpoint()) is not None:
            archive.writestr("checkpoint", note_of(newest))
    return packed.getvalue()


def has_parquet() -> bool:
    """Whether the extra that writes it is installed (``openhall[parquet]``)."""
    return find_spec("pyarrow") is not None


def as_parquet(figure: PublishedFigure) -> bytes:
    """The series as one Parquet file; its metadata says how it is counted."""
    import pyarrow as pa  # an extra: the library is larger than everything else here together
    from pyarrow import parquet

    kinds = {"part": pa.int64(), "whole": pa.int64(), "value": pa.float64()}
    kinds |= {"edition": pa.int32(), "definition": pa.int32()}
    told = {"figure": figure.id, "definition": figure.definition.text()}
    told["source"] = f"{settings.BASE_URL}{figure.path}"
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS], told)
    rows = [
        {
            name: None if cell == "" and name in kinds else cell
            for name, cell in zip(COLUMNS, one, strict=True)
        }
        for one in records(figure)
    ]
    for row in rows:
        row["value"] = None if row["value"] is None else float(row["value"])
    held = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows, schema), held)
    return held.getvalue()


def of_month(row: Publication) -> dict[str, Any]:
    """A publication as JSON: what was signed, word for word, and where its proof is."""
    found = told(row)
    return {
        "statement": json.loads(row.statement),
        "sha256": row.digest,
        "published": row.published_at.isoformat(timespec="seconds"),
        "state": found.state.value,
        "bundle": f"{settings.BASE_URL}{found.downloads['bundle']}",
    }
