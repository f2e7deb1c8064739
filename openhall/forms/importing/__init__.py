"""Forms of other tools read into ours, with every line that could not be taken. B5.

XLSForm and XForms (ODK, KoBo), JSON Schema with its UI schema, Form.io, and the form builder of
GOV.UK: what public offices already have. The result is a form like any other; what is lost is
told, never guessed. Each format has one reader; all of them end in ``taken.Making.finish``.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.importing.formio import read_formio
from openhall.forms.importing.runner import read_runner
from openhall.forms.importing.schema import read_schema
from openhall.forms.importing.taken import Lost, NotReadable, Taken
from openhall.forms.importing.xform import read_xform
from openhall.forms.importing.xlsform import read_xlsform
from openhall.forms.rules import as_json, read_form
from openhall.glossary import Said

__all__ = ["LARGEST", "Lost", "NotReadable", "Taken", "read_any", "read_sent"]
LARGEST: Final = 8 * 1024 * 1024  # bytes of a definition
MOST_SECONDS: Final = 10  # of the processor; the largest real form takes one
DEEP: Final = Said("层次太深，无法读取。", "Nested too deep to be read.")


def read_sent(name: str, data: bytes) -> Taken:
    """:func:`read_any` of what somebody sent, in the process that may be killed: a definition of a
    few lines can refer to itself a million times. Raises :class:`NotReadable`, never within an act.
    """
    from openhall.files.judges import Unanswered, read_apart  # the judging process knows none

    if len(data) > LARGEST:
        return read_any(name, data)  # which refuses it
    words = name.replace("\0", "").encode("utf-8", "replace") + b"\0"
    try:
        told = read_apart(read_here, words + data, MOST_SECONDS)
    except Unanswered as fault:
        raise NotReadable(
            Said(
                "文件在规定的时间和内存内没有读完：引用或选项过多。请拆分后再导入。",
                "The file was not read within the time and memory given: it refers or lists too "
                "much. Split it and try again.",
            )
        ) from fault
    if "fault" in told:
        raise NotReadable(Said(*told["fault"]))
    lost, notes = (tuple(Lost(at, Said(*said)) for at, *said in told[one]) for one in BESIDE)
    form = read_form(told["fields"], told["title"], told["title_en"])
    return Taken(Said(*told["format"]), form, lost, notes)


BESIDE: Final = ("lost", "notes")


def read_here(sent: bytes) -> dict[str, Any]:
    """What :func:`read_any` says of a name, a NUL and the file, in plain words."""
    name, _nul, data = sent.partition(b"\0")
    try:
        taken = read_any(name.decode(), data)
    except NotReadable as fault:
        return {"fault": [fault.said.zh, fault.said.en]}
    beside = {
        one: [[lost.at, lost.said.zh, lost.said.en] for lost in getattr(taken, one)]
        for one in BESIDE
    }
    return {
        "format": [taken.format.zh, taken.format.en],
        "title": taken.form.title,
        "title_en": taken.form.title_en,
        "fields": [as_json(one) for one in taken.form],
        **beside,
    }


def read_any(name: str, data: bytes) -> Taken:
    """The form in a file of any of the formats. Raises :class:`NotReadable`.

    ``name`` is the file's; it is the form's title where the file has none.
    """
    try:
        return _read(name, data)
    except RecursionError as fault:
        raise NotReadable(DEEP) from fault


def _read(name: str, data: bytes) -> Taken:
    if len(data) > LARGEST:
        raise NotReadable(
            Said("文件超过8兆字节，不是表格定义。", "More than 8 MiB: this is no form definition.")
        )
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or name
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return read_xform(stem, data)
    if data[:2] == b"PK" or data.lstrip()[:1] not in (b"{", b"["):
        return read_xlsform(stem, data)
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        raise NotReadable(
            Said("JSON 写法有误，无法读取。", "The JSON is malformed and cannot be read.")
        ) from fault
    if not isinstance(told, Mapping):
        raise NotReadable(Said("JSON 应为对象。", "The JSON should be an object."))
    try:
        return _of_json(stem, told)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as fault:
        if isinstance(fault, NotReadable):
            raise
        # a part has another shape than its format gives it: whose, a stranger's file does not say
        raise NotReadable(
            Said(
                f"文件内容不合它的格式，无法读取（{fault}）。",
                f"The file is not as its format says and cannot be read ({fault}).",
            )
        ) from fault


def _of_json(stem: str, told: Mapping[str, Any]) -> Taken:
    if isinstance(told.get("pages"), list):
        return read_runner(stem, told)
    inner = told.get("schema") if isinstance(told.get("schema"), Mapping) else {}
    if isinstance(told.get("components"), list) or (
        isinstance(inner, Mapping) and isinstance(inner.get("components"), list)
    ):
        return read_formio(stem, told)
    schema = next(
        (told[one] for one in ("schema", "jsonSchema", "JSONSchema") if _is_schema(told.get(one))),
        told,
    )
    ui = next((told[one] for one in ("uiSchema", "ui", "uischema") if one in told), None)
    return read_schema(stem, schema, ui if isinstance(ui, Mapping) else None)


def _is_schema(told: Any) -> bool:
    return isinstance(told, Mapping) and bool(
        {"properties", "$ref", "allOf", "oneOf", "type"} & set(told)
    )
