"""``openhall import``: organs, posts, catalogue, policies, form (each from a FILE), library."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from openhall.catalogue.actions.exchange import import_list
from openhall.catalogue.actions.importing import UnknownOrgan, import_items
from openhall.catalogue.exchange.library import records, units_here
from openhall.catalogue.exchange.reading import holds_whole_list, read_items
from openhall.catalogue.exchange.tables import Unreadable, read_table
from openhall.catalogue.management import form_import
from openhall.catalogue.queries import hollow_phrases
from openhall.catalogue.rules.columns import WrongColumns, check_rows, column_map
from openhall.deeds.doing import Doing
from openhall.deeds.keys import system_key
from openhall.deeds.refusals import Refused
from openhall.organs.actions.importing import import_organs, import_posts
from openhall.policies.actions import import_policies
from openhall.policies.reading import documents_of
from openhall.policies.rules.pages import NotADocument

TAKES = {"organs": import_organs, "posts": import_posts}
SHOWN = 50  # faults printed; the rest are counted


def _doing(file: str) -> Doing:
    """The operator at the command line takes ``file`` in now."""
    now = timezone.now()
    return Doing(None, now, system_key("import", file, now.isoformat()))


class Command(BaseCommand):
    help = "Bring a list of items, or policy documents, in from a file; all or nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="kind", required=True)
        items = kinds.add_parser(
            "catalogue",
            help="items as drafts: a list of names (CSV, XLSX), or a whole list (also JSON, JSONL)",
        )
        items.add_argument("file", type=Path)
        items.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="FIELD=COLUMN",
            help="which column holds a field (name, code, kind, organ, credit_code, group, area)",
        )
        items.add_argument("--create-organs", action="store_true", help="create unknown organs")
        items.add_argument(
            "--agree", action="store_true", help="take it although tables lose rows or much changes"
        )
        items.add_argument("--skip-bad", action="store_true", help="take the good rows only")
        papers = kinds.add_parser(
            "policies", help="documents: a published page (HTML, text), PDF, DOCX, .jsonl(.gz)"
        )
        papers.add_argument("file", type=Path)
        library = kinds.add_parser(
            "library", help="the guides of real matters that come with OpenHall, as drafts to adopt"
        )
        library.add_argument(
            "--only", action="append", default=[], metavar="KEY", help="these matters alone"
        )
        library.add_argument(
            "--unit",
            action="append",
            default=[],
            metavar="UNIT=ORGAN",
            help="the code of the organ that a unit of the library is here (gaj=cd-gaj)",
        )
        form = kinds.add_parser(
            "form",
            help="one form: XLSForm, JSON Schema, Form.io or the form builder of GOV.UK",
        )
        form_import.add_arguments(form)
        organs = kinds.add_parser("organs", help="organs, founded or changed: a table (CSV, XLSX)")
        posts = kinds.add_parser("posts", help="who sits at which desk from when: a table")
        for kind in (organs, posts):
            kind.add_argument("file", type=Path)
        for kind in (items, papers, library, form, organs, posts):
            kind.add_argument("--dry-run", action="store_true", help="tell, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["kind"] == "catalogue":
                self._catalogue(options)
            elif options["kind"] == "library":
                self._library(options)
            elif options["kind"] == "form":
                form_import.import_form(self, options, _doing(options["file"].name))
            elif options["kind"] in TAKES:
                self._table(options)
            else:
                self._policies(options)
        except OSError as error:
            raise CommandError(f"无法读取{error.filename}:{error.strerror}。") from error
        except (Unreadable, WrongColumns, NotADocument, UnknownOrgan, Refused) as error:
            raise CommandError(str(error)) from error

    def _table(self, options: dict[str, Any]) -> None:
        file: Path = options["file"]
        _heading, lines = read_table(file)
        try:
            done = TAKES[options["kind"]](lines, _doing(file.name), dry_run=options["dry_run"])
        except Refused as refused:
            for fault in refused.faults[:SHOWN]:
                self.stderr.write(str(fault))
            raise
        would = "（试运行，未改动）" if options["dry_run"] else ""
        self.stdout.write(
            f"{would}新增{done.new}行，变更{done.changed}行，未变{done.unchanged}行。"
        )

    def _catalogue(self, options: dict[str, Any]) -> None:
        if holds_whole_list(options["file"]):
            self._whole_list(options)
        else:
            self._names(options)

    def _whole_list(self, options: dict[str, Any]) -> None:
        file: Path = options["file"]
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            done = import_list(
                lambda: read_items(file),
                file.name,
                _doing(file.name),
                dry_run=options["dry_run"],
                agreed=options["agree"],
                told=lambda read: bar.update(task, completed=read),
            )
        for fault in done.faults[:SHOWN]:
            self.stderr.write(str(fault))
        if len(done.faults) > SHOWN:
            self.stderr.write(f"……另有{len(done.faults) - SHOWN}处。")
        if done.faults:
            bad = len({fault.line for fault in done.faults})
            raise CommandError(f"{bad}个事项有错，没有导入任何内容。请改正后重试。")
        for one in done.losses[:SHOWN]:
            self.stderr.write(f"{one.code} {one.name}：{one.table} {one.before} → {one.after}")
        if done.waits and not options["dry_run"]:
            raise CommandError(
                f"没有导入任何内容：将变更{done.changed}项（未变{done.unchanged}项），"
                f"{len(done.losses)}处内容减少。核对无误后，加 --agree 重试。"
            )
        would = "（试运行，未改动）" if options["dry_run"] else ""
        self.stdout.write(
            f"{would}新增{done.new}项，变更{done.changed}项，未变{done.unchanged}项。"
            "新增和变更均为草稿，经审核后才能公布。"
        )

    def _library(self, options: dict[str, Any]) -> None:
        made, away, standing = records(options["only"], units_here(options["unit"]))
        done = import_list(
            lambda: enumerate(made, start=1),
            "library",
            _doing("library"),
            dry_run=options["dry_run"],
        )
        for fault in done.faults[:SHOWN]:
            self.stderr.write(str(fault))
        if done.faults:
            raise CommandError(f"有{len(done.faults)}处错误，没有导入任何内容。")
        if away:
            self.stderr.write(
                f"没有对应单位、未导入的{len(away)}项：{'、'.join(away)}。可用 --unit 指明单位。"
            )
        would = "（试运行，未改动）" if options["dry_run"] else ""
        self.stdout.write(
            f"{would}新增{done.new}项，已有{standing}项未动。新增的是草稿："
            "请各单位补充电话、地址、时间和承诺时限，经审核后公布。"
        )

    def _names(self, options: dict[str, Any]) -> None:
        given = {}
        for pair in options["map"]:
            field, sign, column = pair.partition("=")
            if not sign:
                raise CommandError(f"--map 应写成 字段=列名，现为“{pair}”。")
            given[field] = column
        with Console(stderr=True).status(f"读取并核对 {options['file'].name} ……"):
            heading, table = read_table(options["file"])
            columns = column_map(heading, given)
            rows, faults = check_rows(table, columns, hollow_phrases())
        for fault in faults[:SHOWN]:
            self.stderr.write(str(fault))
        if len(faults) > SHOWN:
            self.stderr.write(f"……另有{len(faults) - SHOWN}处。")
        bad = len({fault.line for fault in faults})
        if faults and not options["skip_bad"]:
            raise CommandError(
                f"{bad}行有错，没有导入任何内容。"
                f"请改正后重试，或用 --skip-bad 只导入其余{len(rows)}行。"
            )
        done = import_items(
            rows,
            options["file"].name,
            _doing(options["file"].name),
            create_organs=options["create_organs"],
            dry_run=options["dry_run"],
        )
        would = "（试运行，未改动）" if options["dry_run"] else ""
        self.stdout.write(
            f"{would}新增{done.new}项，变更{done.changed}项，未变{done.unchanged}项，"
            f"跳过{bad}行，新建单位{done.organs}个。新增事项均为草稿，经审核后才能公布。"
        )

    def _policies(self, options: dict[str, Any]) -> None:
        file: Path = options["file"]
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(file.name, total=None)
            new, changed, unchanged = import_policies(
                documents_of(file, self.stdout.write),
                lambda done: bar.update(task, completed=done),
                dry_run=options["dry_run"],
            )
        would = "（试运行，未改动）" if options["dry_run"] else ""
        self.stdout.write(f"{would}新增{new}件，变更{changed}件，未变{unchanged}件。")
