"""``openhall import form FILE``: what could be taken, what could not, and the form kept."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language

from openhall.catalogue.actions.forms import save_form
from openhall.catalogue.queries import open_draft
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.forms.importing import Lost, NotReadable, Taken, read_sent
from openhall.forms.rules import as_json


def add_arguments(form: ArgumentParser) -> None:
    form.add_argument("file", type=Path)
    form.add_argument("--item", metavar="CODE", help="the item whose draft gets the form")
    form.add_argument("--output", type=Path, metavar="JSON", help="write the form to this file")
    form.add_argument(
        "--agree", action="store_true", help="keep the form although some of the file is lost"
    )


def import_form(command: BaseCommand, options: dict[str, Any], doing: Doing) -> None:
    """Read the file and tell all of it. Raises :class:`CommandError`; then nothing was changed."""
    file: Path = options["file"]
    try:
        taken = read_sent(file.name, file.read_bytes())
    except NotReadable as fault:
        raise CommandError(fault.said.said_in(get_language())) from fault
    _tell(command, taken)
    if taken.lost and not options["agree"] and not options["dry_run"]:
        raise CommandError(
            f"有{len(taken.lost)}处没有取，没有保存。核对上面各行后，加 --agree 保存其余部分。"
        )
    if options["dry_run"]:
        command.stdout.write("（试运行，未改动）")
        return
    fields = [as_json(one) for one in taken.form]
    if output := options["output"]:
        told = {"title": taken.form.title, "title_en": taken.form.title_en, "fields": fields}
        output.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
        command.stdout.write(f"已写入{output}。")
    if code := options["item"]:
        draft = open_draft(code)
        if draft is None:
            raise CommandError(f"事项“{code}”没有可修改的草稿。请先起草。")
        try:
            save_form(
                draft.pk, taken.form.title, taken.form.title_en, fields, doing, by_operator=True
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        command.stdout.write(f"已存入{code}第{draft.number}版的草稿。")


def _tell(command: BaseCommand, taken: Taken) -> None:
    language = get_language()
    asked = sum(1 for one in taken.form if not one.is_marker)
    whole = "全部取到" if taken.is_whole else f"没有取到的有{len(taken.lost)}处"
    command.stdout.write(
        f"{taken.format.said_in(language)}：“{taken.form.title}”，{asked}个问题，{whole}。"
    )
    for heading, lines in (("改写：", taken.notes), ("没有取：", taken.lost)):
        for one in lines:
            command.stdout.write(f"{heading}{_line(one, language)}")


def _line(one: Lost, language: str | None) -> str:
    return f"{one.at or '表格'}　{one.said.said_in(language)}"
