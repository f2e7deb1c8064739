"""XLSForm: a form as three sheets, survey, choices and settings, in xlsx or csv (xlsform.org)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead
from openhall.forms.importing.structure import condition_of
from openhall.forms.importing.taken import (
    Condition,
    Group,
    Making,
    NotReadable,
    Taken,
    digits,
    plain,
)
from openhall.forms.importing.xlsform_choices import Choosing
from openhall.forms.importing.xlsform_kobo import plainly
from openhall.forms.importing.xlsform_sheets import EN, ZH, Row, languages_of, sheets_of, unrolled
from openhall.forms.importing.xlsform_words import (
    DECORATION,
    FROM_FILE,
    KINDS,
    NOT_TAKEN,
    OF_DEVICE,
    TECHNICAL,
    USED,
)
from openhall.forms.importing.xpath import Speaking
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
FORMAT: Final = Said("XLSForm", "XLSForm")
ELSEWHERE: Final = re.compile(r"\b(?:pulldata|instance)\s*\(")
LAST_TIME: Final = "last-saved#"
OF_MACHINES: Final = re.compile(r"\b(?:uuid|random)\s*\(")
ANSWER: Final = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
WORDS: Final = ("label", "hint", "guidance_hint", "constraint_message", "required_message")


def read_xlsform(name: str, data: bytes) -> Taken:
    """The form in an XLSForm workbook or csv. Raises :class:`NotReadable`."""
    sheets = sheets_of(data, name)
    if "survey" not in sheets:
        raise NotReadable(
            Said(
                "文件里没有 survey 工作表，不是 XLSForm。",
                "There is no sheet “survey”; this is no XLSForm.",
            )
        )
    return _XLSForm(name, sheets).taken()


def read_rows(name: str, sheets: Mapping[str, list[Row]], what: Said) -> Taken:
    """The form that rows of another format come to: ``what`` names it."""
    return replace(_XLSForm(name, sheets).taken(), format=what)


class _XLSForm(Choosing):
    """One workbook on its way to a form."""

    def __init__(self, name: str, sheets: Mapping[str, list[Row]]) -> None:
        self.name, self.sheets, self.making = name, sheets, Making()
        self.settings: Row = next(iter(sheets.get("settings", [])), {})
        self.keys: dict[str, str] = {}
        self.kinds: dict[str, FieldKind] = {}
        self.columns: dict[str, str] = {}  # of a repeat's questions: the key of its table
        self.beside: dict[str, list[Row]] = {}  # lists of the sheet of external choices
        self.lists = self._lists()
        rows = plainly(unrolled(sheets["survey"], self.lists), self.lists)
        self.sheets = {**sheets, "survey": rows}
        self.list_of = {
            str(one.get("name", "")): word
            for one in self.sheets["survey"]
            for word in str(one.get("type", "")).split()[1:]
            if word in self.lists and str(one.get("type", "")).lower().startswith("select_one")
        }
        self.asked = {str(one.get("name", "")): one for one in self.sheets["survey"]}
        default = str(self.settings.get("default_language", ""))
        self.languages, rest = languages_of(self.sheets["survey"], default)
        if rest:
            self.making.note(
                "survey",
                f"只取中文和英文，未取的语言：{'、'.join(rest)}。",
                f"Only two languages are taken; left out: {', '.join(rest)}.",
            )

    def _lists(self) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for row in self.sheets.get("choices", []):
            name = row.get("list_name") or row.get("list name") or ""
            found.setdefault(str(name), []).append(row)
        for row in self.sheets.get("external_choices", []):
            name = row.get("list_name") or row.get("list name") or ""
            self.beside.setdefault(str(name), []).append(row)
        return found | {name: rows for name, rows in self.beside.items() if name not in found}

    # ------------------------------------------------------------ words
    def words(self, row: Row, name: str) -> tuple[str, str]:
        """The words of a column in our two languages."""
        bare = row.get(name, "")
        zh = row.get(f"{name}::{self.languages.get(ZH, '')}") or bare
        en = row.get(f"{name}::{self.languages.get(EN, '')}") or ""
        if not en and zh == bare:
            en = bare if re.fullmatch(r"[\x00-\x7f‘’“”–—…]*", bare) else ""
        said, english = plain(zh or en), plain(en)
        if "${" in said or "${" in english:
            self.making.note(
                self.at(row),
                "文字中插入的答案改为所问题目的名称。",
                "An answer within the words became the name of the question it answers.",
            )
            said, english = self._named(said, ZH), self._named(english, EN)
        return said, english

    def _named(self, words: str, language: str) -> str:
        """Each ``${name}`` as the label of that question: what is meant, though not its answer."""

        def called(found: "re.Match[str]") -> str:
            row = self.asked.get(found[1].strip(), {})
            wanted = ("label", *(f"label::{one}" for one in self.languages.values()))
            known = next((row[one] for one in wanted if row.get(one)), found[1])
            told = row.get(f"label::{self.languages.get(language, '')}") or known
            return f"“{re.sub(ANSWER, '…', plain(told))[:60] or found[1]}”"

        return re.sub(ANSWER, called, words)

    def at(self, row: Row) -> str:
        return f"survey:{row['#']} {row.get('name', '')}".strip()

    # ------------------------------------------------------------ the tree
    def taken(self) -> Taken:
        self._name_everything()
        root = Group()
        stack: list[tuple[Group, Row | None, bool]] = [(root, None, False)]
        for row in self.sheets["survey"]:
            kind = " ".join(str(row.get("type", "")).lower().replace("_", " ").split())
            if not kind or str(row.get("disabled", "")).lower() in ("yes", "true"):
                continue
            if kind in ("begin group", "begin repeat"):
                label, label_en = self.words(row, "label")
                group = Group(label, label_en)
                repeat = kind == "begin repeat"
                if not repeat:
                    group.when = self.condition(row, "relevant", stack)
                    stack[-1][0].children.append(group)
                stack.append((group, row, repeat))
            elif kind in ("end group", "end repeat"):
                if len(stack) > 1:
                    group, begun, repeat = stack.pop()
                    if repeat and begun is not None:
                        self._table(begun, group, stack)
            else:
                self._question(row, str(row["type"]), stack)
            self._strange(row)
        title = plain(self.settings.get("form_title", "")) or self.name
        title_en = title if title.isascii() else ""
        return self.making.finish(FORMAT, root, title, title_en)

    def _name_everything(self) -> None:
        """Keys for every name before any condition is read; a repeat's own know their table."""
        tables: list[str] = []
        for row in self.sheets["survey"]:
            kind = " ".join(str(row.get("type", "")).lower().replace("_", " ").split())
            name = str(row.get("name", ""))
            if kind == "end repeat" and tables:
                tables.pop()
            if not name or kind.startswith(("end ", "begin group")):
                continue
            self.keys[name] = self.making.key(name)
            if tables:
                self.columns[name] = tables[-1]
            if kind == "begin repeat":
                tables.append(self.keys[name])
                self.kinds[self.keys[name]] = K.TABLE
            else:
                self.kinds[self.keys[name]] = self._kind(str(row["type"]), row)

    def _kind(self, told: str, row: Row) -> FieldKind:
        word = told.split()[0].lower()
        if word in FROM_FILE and self.is_elsewhere(told):
            return K.TEXT if "one" in word else K.LONG_TEXT
        if told.lower().startswith("phone number"):
            return K.PHONE
        if word in ("select_one", "select1", "select_one_external") or told.startswith(
            "select one"
        ):
            return K.CHOICE
        if word in ("select_multiple", "select_multiple_external") or told.lower().startswith(
            "select all"
        ):
            return K.CHOICES
        if word == "rank":
            return K.RANKING
        if word == "today":
            return K.COMPUTED
        kind = KINDS.get(word.replace("_", ""), K.TEXT)
        source = str(row.get("calculation") or row.get("calculate") or "")
        if kind == K.COMPUTED and re.search(ELSEWHERE, self.looked_up(row, source)):
            return K.TEXT  # read from another file there, asked here
        look = str(row.get("appearance", "")).lower()
        if kind == K.TEXT and "multiline" in look:
            return K.LONG_TEXT
        if kind == K.DATE and "month-year" in look:
            return K.MONTH
        if kind == K.DATE and look == "year":
            return K.YEAR
        if kind == K.FILE and re.search(r"signature", look):
            return K.STATEMENT
        return kind

    # ------------------------------------------------------------ expressions
    def speaking(self, row: Row, stack: Any, bare: Any = None) -> Speaking:
        inside = [self.keys[one["name"]] for _g, one, repeat in stack if repeat and one]
        name = str(row.get("name", ""))
        return Speaking(
            self.keys,
            self.kinds,
            own=self.keys.get(name, ""),
            columns=self.columns,
            inside=inside,
            bare=bare,
        )

    def condition(self, row: Row, column: str, stack: Any) -> Condition | None:
        """The condition in a column; None, and lost, if it says what a form cannot."""
        told = str(row.get(column) or (row.get("relevance", "") if column == "relevant" else ""))
        if not told.strip() or told.strip().lower() in ("true()", "yes", "true"):
            return None
        told = {"false": "false()", "no": "false()"}.get(told.strip().lower(), told)
        try:
            told = self.looked_up(row, told)
            return condition_of(self.speaking(row, stack).truth(told), self.kinds)
        except NotRead as fault:
            self._lose(row, column, told, fault)
            return None

    def formula(self, row: Row, column: str, told: str, stack: Any) -> str:
        try:
            return self.speaking(row, stack).formula(self.looked_up(row, told))
        except NotRead as fault:
            self._lose(row, column, told, fault)
            return ""

    def _lose(self, row: Row, column: str, told: str, fault: NotRead) -> None:
        self.making.lose(
            f"{self.at(row)} {column}",
            f"这个表达式没有取：{told[:120]}（读不懂“{fault}”）",
            f"This expression was not taken: {told[:120]} (“{fault}” has no equal here)",
        )

    # ------------------------------------------------------------ questions
    def _question(self, row: Row, told: str, stack: Any) -> None:
        word = told.split()[0].lower()
        name = str(row.get("name", ""))
        if word in OF_DEVICE:
            self.making.note(
                self.at(row),
                f"“{word}”由系统自己记录，不必提问。",
                f"“{word}” is recorded by the system itself and is not asked.",
            )
            return
        if word in NOT_TAKEN:
            zh, en = NOT_TAKEN[word]
            self.making.note(self.at(row), f"略去：{zh}（{told}）。", f"Left out: {en} ({told}).")
            return
        if (
            word not in FROM_FILE
            and word.replace("_", "") not in KINDS
            and self._kind(told, row) == K.TEXT
            and word != "text"
        ):
            self.making.lose(
                self.at(row), f"不认识的类型“{told}”，未取。", f"Unknown type “{told}”; not taken."
            )
            return
        kind = self._kind(told, row)
        source = str(row.get("calculation") or row.get("calculate") or "")
        if kind == K.COMPUTED and re.search(OF_MACHINES, source):
            self.making.note(
                self.at(row),
                f"由系统自己编号，略去（{source[:60]}）。",
                f"Numbered by the system itself; left out ({source[:60]}).",
            )
            return
        label, label_en = self.words(row, "label")
        if not (label or name):
            self.making.lose(
                self.at(row),
                f"这一行（{told}）没有名称，也没有问题的文字，未取。",
                f"This line ({told}) has neither a name nor the words of a question; not taken.",
            )
            return
        field: Row = {
            "key": self.keys.get(name) or self.making.key(name or word),
            "kind": kind.value,
        }
        field["label"] = label or name
        if label_en:
            field["label_en"] = label_en
        self._hints(row, field, kind)
        if (when := self.condition(row, "relevant", stack)) is not None:
            field["show_if"] = when
        self._in_words(row, word, told, field)
        more = getattr(self, f"_of_{kind.value}", None)
        extra = more(row, told, field, stack) if more else None
        if kind not in (K.NOTE, K.COMPUTED):
            self._demands(row, field, stack)
            self._default(row, field, kind, stack)
        stack[-1][0].children.append(field)
        if isinstance(extra, dict):
            stack[-1][0].children.append(extra)

    def _hints(self, row: Row, field: Row, kind: FieldKind) -> None:
        hint, hint_en = self.words(row, "hint")
        guide, guide_en = self.words(row, "guidance_hint")
        help_zh, help_en = (
            "\n".join(one for one in pair if one) for pair in ((hint, guide), (hint_en, guide_en))
        )
        where = "statement" if kind == K.NOTE else "help"
        if help_zh:
            field[where] = help_zh
        if help_en:
            field[f"{where}_en"] = help_en

    def _demands(self, row: Row, field: Row, stack: Any) -> None:
        required = str(row.get("required", "")).strip()
        if required.lower() in ("yes", "true", "true()", "1"):
            field["required"] = True
        elif required and required.lower() not in ("no", "false", "false()", "0"):
            when = self.condition(row, "required", stack)
            if when is not None:
                field["required_if"] = when
        missing, missing_en = self.words(row, "required_message")
        if missing:
            field |= {"missing": missing, "missing_en": missing_en}
        message, message_en = self.words(row, "constraint_message")
        if (must := self.condition(row, "constraint", stack)) is not None:
            check: Row = {"must": must}
            if message:
                check |= {"message": message, "message_en": message_en}
            field["checks"] = [check]
        elif message and not row.get("constraint"):
            field |= {"message": message, "message_en": message_en}

    def _default(self, row: Row, field: Row, kind: FieldKind, stack: Any) -> None:
        told = str(row.get("default", "")).strip()
        calculation = str(row.get("calculation") or row.get("calculate") or "").strip()
        if LAST_TIME in told:
            self.making.note(
                self.at(row),
                "不预填上一次交的回答。",
                "What was answered the last time is not filled in beforehand.",
            )
            told = ""
        if re.search(ELSEWHERE, self.looked_up(row, calculation)):
            self.making.note(
                self.at(row),
                f"这个值取自另外的文件（{calculation[:80]}），改为请申请人填写。",
                f"This value is read from another file ({calculation[:80]}); it is asked instead.",
            )
        elif calculation and kind != K.COMPUTED:
            formula = self.formula(row, "calculation", calculation, stack)
            if formula:
                read_only = str(row.get("read_only") or row.get("readonly") or "").lower()
                for name in ("required", "checks", "required_if", "options", "decimals"):
                    field.pop(name, None)
                field |= {"kind": K.COMPUTED.value, "formula": formula}
                if read_only not in ("yes", "true", "true()"):
                    self.making.note(
                        self.at(row),
                        "预先算出的值不能改填，按自动计算处理。",
                        "A value reckoned beforehand cannot be typed over; it is a computed one.",
                    )
            return
        if told:
            if re.search(r"\$\{|\w\(", told):
                formula = self.formula(row, "default", told, stack)
                if formula == "today" and kind in (K.DATE, K.DATETIME):
                    self.making.note(
                        self.at(row), "默认当天改为说明。", "Today as a default became a hint."
                    )
                    field.setdefault("help", "一般填写当天的日期。")
                    field.setdefault("help_en", "Usually the day you fill this in.")
                elif formula:
                    self._lose(row, "default", told, NotRead("default"))
            elif kind == K.CHOICES:
                field["default"] = told.split()
            else:
                field["default"] = told
        read_only = str(row.get("read_only") or row.get("readonly") or "").strip().lower()
        if read_only in ("yes", "true", "true()"):
            if field.get("default") not in (None, ""):
                field["read_only"] = True
            else:
                words = {
                    name: field[name]
                    for name in ("key", "label", "label_en", "show_if")
                    if name in field
                }
                field.clear()
                field |= words | {"kind": K.NOTE.value}
                self.making.note(
                    self.at(row), "只读而没有值，按说明处理。", "Read only with no value: a note."
                )

    def _of_number(self, row: Row, told: str, field: Row, stack: Any) -> None:
        if told.split()[0].lower() in ("integer", "int"):
            field["decimals"] = 0
        found = dict(re.findall(r"(\w+)\s*=\s*(-?[\d.]+)", str(row.get("parameters", ""))))
        if told.lower().startswith("range"):
            field |= {"minimum": found.get("start", "0"), "maximum": found.get("end", "10")}
            step = found.get("step", "1")
            field["decimals"] = len(step.partition(".")[2])

    def _of_file(self, row: Row, told: str, field: Row, stack: Any) -> None:
        field["maximum"] = "1"
        if told.lower().startswith(("image", "photo")):
            field["accept"] = ["jpg", "png", "webp", "heic"]

    def _of_statement(self, row: Row, told: str, field: Row, stack: Any) -> None:
        if told.lower().startswith("image"):
            field["look"] = "signature"
            self.making.note(
                self.at(row),
                "手写签名改为勾选确认，随申请一并签署。",
                "A drawn signature became a ticked statement, signed with the application.",
            )

    def _of_text(self, row: Row, told: str, field: Row, stack: Any) -> None:
        if told.lower().startswith("hidden"):
            field["hidden"] = True
            if not row.get("default") and not row.get("calculation"):
                self.making.lose(
                    self.at(row), "隐藏项没有值，未取。", "A hidden item without value."
                )
        if "email" in str(row.get("appearance", "")).lower():
            field["pattern"] = "email"

    def _of_computed(self, row: Row, told: str, field: Row, stack: Any) -> None:
        formula = "today"
        if told.split()[0].lower() != "today":
            source = str(row.get("calculation") or row.get("calculate") or "")
            formula = self.formula(row, "calculation", source, stack) if source else ""
        field |= {"formula": formula or "''", "hidden": True, "decimals": 6}

    def _table(self, row: Row, group: Group, stack: Any) -> None:
        label, label_en = self.words(row, "label")
        name = str(row.get("name", ""))
        table: Row = {
            "key": self.keys.get(name) or self.making.key("rows"),
            "kind": K.TABLE.value,
            "label": label or name,
            "columns": self.making.cells_of(group),
        }
        if label_en:
            table["label_en"] = label_en
        if (when := self.condition(row, "relevant", stack)) is not None:
            table["show_if"] = when
        if count := str(row.get("repeat_count", "")).strip():
            formula = (
                count if digits(count) else f"={self.formula(row, 'repeat_count', count, stack)}"
            )
            if formula != "=":
                table |= {"minimum": formula, "maximum": formula}
        stack[-1][0].children.append(table)

    def _strange(self, row: Row) -> None:
        """Columns nobody reads here, each told where it says something."""
        for head, told in row.items():
            base = head.split("::")[0].lower()
            if head.startswith(("#", "$", "_")) or base in USED:
                continue
            if base in DECORATION or base in TECHNICAL:
                zh, en = (
                    "题旁的图片、声音或者录像",
                    "a picture, sound or film beside the question",
                )
                if base in TECHNICAL:
                    zh, en = f"给程序用的“{head}”一栏", f"the technical column “{head}”"
                self.making.note(
                    f"{self.at(row)} {head}",
                    f"略去：{zh}（{told[:60]}）。",
                    f"Left out: {en} ({told[:60]}).",
                )
                continue
            zh, en = f"“{head}”一栏", f"the column “{head}”"
            self.making.lose(
                f"{self.at(row)} {head}",
                f"没有取：{zh}（{told[:60]}）。",
                f"Not taken: {en} ({told[:60]}).",
            )
