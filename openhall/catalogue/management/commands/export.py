"""``openhall export catalogue FILE``: the implementation list with every field."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from openhall.catalogue.exchange.writing import as_csv, as_json, as_json_lines, as_xlsx, records
from openhall.catalogue.queries import newest_versions, versions_in_force
from openhall.organs.queries import organ_named

WRITERS: Final = {".csv": as_csv, ".json": as_json, ".jsonl": as_json_lines}


class Command(BaseCommand):
    help = "Send the implementation list out as CSV, XLSX, JSON or JSON Lines, every field"

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        items = kinds.add_parser("catalogue", help="items with guides, materials, forms and fees")
        items.add_argument("file", type=Path)
        items.add_argument("--organ", help="only the items of this organ (its code)")
        items.add_argument("--in-force", action="store_true", help="only what is in force today")

        items.add_argument("--replace", action="store_true", help="write over a file that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        ending = path.suffix.lower()
        if ending != ".xlsx" and ending not in WRITERS:
            raise CommandError(f"不认识的文件类型“{ending}”。请用 .csv、.xlsx、.json 或 .jsonl。")
        if path.exists() and not options["replace"]:
            raise CommandError(f"{path}已存在，没有覆盖。确要覆盖，请加 --replace。")
        if not path.parent.is_dir():
            raise CommandError(f"没有文件夹{path.parent}。")
        if options["organ"] and organ_named(options["organ"]) is None:
            raise CommandError(f"没有代码为“{options['organ']}”的单位。")
        rows = versions_in_force(timezone.localdate()) if options["in_force"] else newest_versions()
        if options["organ"]:
            rows = rows.filter(item__organ__code=options["organ"])
        found = records(rows.order_by("item__code"))
        if ending == ".xlsx":
            path.write_bytes(as_xlsx(found))
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                file.writelines(WRITERS[ending](found))
        self.stdout.write(f"{path}:{rows.count()}项。")
