"""What an XLSForm offers to choose from, and what it records that a page can only ask in words."""

import re
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead
from openhall.forms.importing.structure import condition_of
from openhall.forms.importing.taken import Making
from openhall.forms.importing.xlsform_sheets import Row
from openhall.forms.importing.xlsform_words import FROM_FILE, IN_WORDS
from openhall.forms.importing.xpath import Speaking
from openhall.forms.terms import FieldKind

K = FieldKind
MOST_LOOKED_UP: Final = 40  # rows of a list that a formula can choose between
LOOKED_UP: Final = re.compile(
    r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)/root[/]item\[\s*name\s*=\s*"
    r"(\$\{[^}]+\}|current\(\)/\.\./[\w-]+)\s*\]/([\w:-]+)"
)
NAMED: Final = re.compile(r"jr:choice-name\(\s*(\$\{[^}]+\})\s*,\s*(?:'[^']*'|\"[^\"]*\")\s*\)")


class Choosing:
    """The part of a workbook's reader that fills the options of a question."""

    making: Making
    lists: dict[str, list[Row]]
    kinds: dict[str, FieldKind]
    list_of: dict[str, str]

    def at(self, row: Row) -> str:
        raise NotImplementedError

    def words(self, row: Row, name: str) -> tuple[str, str]:
        raise NotImplementedError

    def speaking(self, row: Row, stack: Any, bare: Any = None) -> Speaking:
        raise NotImplementedError

    def _lose(self, row: Row, column: str, told: str, fault: NotRead) -> None:
        raise NotImplementedError

    def is_elsewhere(self, told: str) -> bool:
        """Whether the options stand in a file that is not here."""
        words = told.split()
        return len(words) < 2 or words[1] not in self.lists

    def looked_up(self, row: Row, told: str) -> str:
        """Each look-up of a list that is here as the choices between its rows that it comes to."""
        told = re.sub(LOOKED_UP, lambda one: self._chosen(row, one, one[1], one[2], one[3]), told)
        return re.sub(NAMED, lambda one: self._chosen(row, one, "", one[1], "label"), told)

    def _chosen(self, row: Row, found: "re.Match[str]", name: str, wanted: str, column: str) -> str:
        name = name or self.list_of.get(wanted.strip("${} "), "")
        rows = self.lists.get(name, [])
        if not rows or len(rows) > MOST_LOOKED_UP:
            return found[0]
        cells = [str(self._cell_of(one, row, column)) for one in rows]
        numbers = all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", one) for one in cells)
        made = "''" if not numbers else "0"
        for one, cell in zip(reversed(rows), reversed(cells), strict=True):
            value, cell = str(one.get("name", "")).replace("'", "’"), cell.replace("'", "’")
            made = f"if({wanted} = '{value}', {cell if numbers else repr(cell)}, {made})"
        return made

    def _cell_of(self, one: Row, row: Row, column: str) -> str:
        if column == "label":
            return self.words(one | {"#": row["#"]}, "label")[0]
        return str(one.get(column, ""))

    def _in_words(self, row: Row, word: str, told: str, field: Row) -> None:
        """What no page records, and options that stand in another file, are asked in words."""
        if word in IN_WORDS:
            zh, en, (help_zh, help_en) = IN_WORDS[word]
            self.making.note(self.at(row), f"{zh}改为文字填写。", f"{en} is asked in words.")
            field["help"] = "\n".join(one for one in (field.get("help", ""), help_zh) if one)
            field["help_en"] = "\n".join(one for one in (field.get("help_en", ""), help_en) if one)
        elif word in FROM_FILE and self.is_elsewhere(told):
            self.making.note(
                self.at(row),
                f"选项在另外的文件里（{told}），改为文字填写。导入后可以补上选项。",
                f"The options stand in another file ({told}); it is asked in words. Options can "
                "be added afterwards.",
            )

    def _options(self, row: Row, told: str, field: Row, stack: Any) -> Row | None:
        words = told.split()
        joined_words = told.lower()
        other = "or_other" in words or joined_words.endswith("or specify other")
        name = next((one for one in words[1:] if one in self.lists), words[1] if words[1:] else "")
        chosen = self.lists.get(name, [])
        if not chosen:
            self.making.lose(
                self.at(row), f"选项表“{name}”没有内容。", f"The list “{name}” has no choices."
            )
        filtered = str(row.get("choice_filter", "")).strip()
        made = [self._option(one, row, filtered, stack) for one in chosen]
        # a row that stands twice offers nothing more the second time
        field["options"] = [one for place, one in enumerate(made) if one not in made[:place]]
        if len(field["options"]) == 1:
            field["options"].append(
                {"value": "none_of_these", "label": "都不是", "label_en": "None"}
            )
            self.making.note(
                self.at(row), "单个选项补了“都不是”。", "A list of one option got “none” as well."
            )
        if (
            "likert" not in str(row.get("appearance", ""))
            and re.search(r"minimal|autocomplete|search", str(row.get("appearance", "")))
            and field["kind"] == K.CHOICE.value
        ):
            field["look"] = "list"
        if not other:
            return None
        field["options"].append({"value": "other", "label": "其他", "label_en": "Other"})
        return {
            "key": self.making.key(f"{field['key']}_other"),
            "kind": K.TEXT.value,
            "label": "请写明",
            "label_en": "Say which",
            "show_if": {"field": field["key"], "is": ["other"]},
        }

    _of_choice = _of_choices = _of_ranking = _options

    def _option(self, one: Row, row: Row, filtered: str, stack: Any) -> Row:
        value = str(one.get("name") or one.get("value") or "")
        label, label_en = self.words(one | {"#": row["#"]}, "label")
        made: Row = {"value": value, "label": label or value, "label_en": label_en}
        if filtered:

            def bare(column: str) -> str:
                if column in ("name", "value"):
                    return repr(value)
                return repr(str(one.get(column, "")))

            try:
                said = self.speaking(row, stack, bare).truth(filtered)
            except NotRead as fault:
                self._lose(row, "choice_filter", filtered, fault)
            else:
                made["show_if"] = condition_of(said, self.kinds)
        return made
