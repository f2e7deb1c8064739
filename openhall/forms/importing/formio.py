"""Form.io: a form as a tree of components, with the components public offices added to it."""

from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.importing.expressions import NotRead
from openhall.forms.importing.formio_beside import SEVERAL, Beside, nothing_hidden
from openhall.forms.importing.formio_blocks import BLOCKS
from openhall.forms.importing.formio_questions import Component
from openhall.forms.importing.script import Names, Script
from openhall.forms.importing.structure import condition_of
from openhall.forms.importing.taken import (
    Condition,
    Group,
    Making,
    NotReadable,
    Taken,
    joined,
    parts,
    plain,
)
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
FORMAT: Final = Said("Form.io", "Form.io")
KINDS: Final[dict[str, FieldKind]] = {
    "textfield": K.TEXT,
    "firstName": K.TEXT,
    "surname": K.TEXT,
    "password": K.TEXT,
    "email": K.TEXT,
    "url": K.TEXT,
    "phoneNumber": K.TEXT,
    "fnrfield": K.TEXT,
    "orgNr": K.TEXT,
    "bankAccount": K.TEXT,
    "iban": K.TEXT,
    "hidden": K.TEXT,
    "textarea": K.LONG_TEXT,
    "number": K.NUMBER,
    "currency": K.NUMBER,
    "checkbox": K.STATEMENT,
    "navCheckbox": K.STATEMENT,
    "signature": K.STATEMENT,
    "radio": K.CHOICE,
    "radiopanel": K.CHOICE,
    "select": K.CHOICE,
    "navSelect": K.CHOICE,
    "landvelger": K.CHOICE,
    "valutavelger": K.CHOICE,
    "selectboxes": K.CHOICES,
    "survey": K.MATRIX,
    "datetime": K.DATETIME,
    "day": K.DATE,
    "date": K.DATE,
    "navDatepicker": K.DATE,
    "monthPicker": K.MONTH,
    "year": K.YEAR,
    "time": K.TIME,
    "file": K.FILE,
    "address": K.PLACE,
    "bcaddress": K.PLACE,
    "datagrid": K.TABLE,
    "editgrid": K.TABLE,
    "htmlelement": K.NOTE,
    "content": K.NOTE,
    "alertstripe": K.NOTE,
    "alert": K.NOTE,
    **dict.fromkeys(("activities", "maalgruppe", "dataFetcher", "drivinglist"), K.LONG_TEXT),
    "orgbook": K.ORGANISATION,
    "tags": K.TEXT,
}
GROUPS: Final = (
    *("panel", "fieldset", "well", "columns", "table", "tabs", "container", "navSkjemagruppe"),
    *("row", "layout"),
)
KEEPING: Final = ("container", "datagrid", "editgrid")  # their name is part of an answer's path
IGNORED: Final = ("button", "recaptcha")
NOT_TAKEN: Final = {
    "tree": ("树形数据", "a tree of data"),
    "datamap": ("自定名称的数据", "data under names of one's own"),
    "resource": ("另一数据库的记录", "a record of another database"),
    "form": ("嵌入的另一表格", "another form inside"),
    "tagpad": ("图上标注", "marks on a picture"),
    "map": ("地图", "a map"),
}
ELSEWHERE: Final = {  # what another system gives is asked in words
    "activities": ("从另一系统取来的活动", "activities fetched from another system"),
    "maalgruppe": ("由另一系统算出的类别", "a group reckoned by another system"),
    "dataFetcher": ("从另一系统取来的选项", "options fetched from another system"),
    "drivinglist": ("行车清单", "a driving list"),
    "orgbook": ("企业登记簿查询", "a look-up in a register of companies"),
}

PLAIN: Final = {  # what builders that begin every name with "simple" call a component
    **{name.lower(): name for name in (*KINDS, *GROUPS, *IGNORED, *NOT_TAKEN)},
    **dict.fromkeys(("radios", "radiobuttons"), "radio"),
    **dict.fromkeys(("checkboxes", "checkboxs"), "selectboxes"),
    **dict.fromkeys(("heading", "paragraph", "header"), "content"),
    **dict.fromkeys(("cols2", "cols3", "cols4"), "columns"),
}


def read_formio(name: str, told: Mapping[str, Any]) -> Taken:
    """The form of a Form.io definition. Raises :class:`NotReadable`."""
    told = told.get("schema", told) if "components" not in told else told
    if not isinstance(told.get("components"), list):
        raise NotReadable(
            Said("没有 components，不是 Form.io 表格。", "No components: no Form.io.")
        )
    return _FormIO(name, told).taken()


class _FormIO(Beside):
    def __init__(self, name: str, told: Mapping[str, Any]) -> None:
        super().__init__(Making(), Names())
        self.name, self.told = name, _in_plain_types(told)
        self.keys: dict[int, str] = {}
        self.unused: dict[str, int] = {}  # properties that say nothing here, and how often

    def taken(self) -> Taken:
        self.names.every = names_of(self.told["components"])
        self._learn(self.told["components"], [], "")
        root = Group()
        pages = [one for one in self.told["components"] if _is(one, "panel")]
        wizard = len(pages) > 1 or self.told.get("display") == "wizard"
        self._children(self.told["components"], root, [], "", wizard)
        for dead in sorted(self.names.dead):
            self.making.note(
                dead,
                f"条件提到文件里没有的“{dead}”，按没有回答处理。",
                f"A condition names “{dead}”, which the file does not have; it is never answered.",
            )
        for name, count in sorted(self.unused.items()):
            self.making.note(
                name,
                f"属性“{name}”没有用（{count}处）：只管外观，或者由另一系统使用。",
                f"The property “{name}” is not used ({count}×): it is for looks or another system.",
            )
        title = plain(self.told.get("title") or "") or self.name
        return self.making.finish(FORMAT, root, title, title if title.isascii() else "")

    # ------------------------------------------------------------ names first
    def _learn(self, components: Any, path: list[str], table: str) -> None:
        for one in _inside(components):
            kind, key = str(one.get("type")), str(one.get("key") or one.get("type"))
            here = [*path, key] if kind in KEEPING else path
            if kind in ("datagrid", "editgrid"):
                self.keys[id(one)] = own = self.making.key(key)
                self.names.learn([*path, key], own, K.TABLE, table)
                self._learn(one.get("components") or [], here, own)
            elif kind in GROUPS or _is_tab(one):
                self._learn(_parts(one), here, table)
            elif kind in BLOCKS:
                for name, field in BLOCKS[kind](one):
                    field["key"] = self.making.key(f"{key}_{name}")
                    self.names.learn(
                        [*path, key, name], field["key"], FieldKind(field["kind"]), table
                    )
                    self.keys[hash((id(one), name))] = field["key"]
                first = BLOCKS[kind](one)[0][0]
                self.names.keys.setdefault((*path, key), self.keys[hash((id(one), first))])
            elif kind in KINDS and not nothing_hidden(one):
                self.keys[id(one)] = own = self.making.key(key)
                self.names.learn([*path, key], own, self._kind(one, kind), table)

    def _kind(self, one: Component, kind: str) -> FieldKind:
        told = KINDS[kind]
        if told == K.CHOICE and self.is_elsewhere(one, str(one.get("dataSrc") or "values")):
            return K.TEXT
        if one.get("multiple") and kind in SEVERAL:
            return K.TABLE
        if kind == "day":
            hidden = parts(one.get("fields"))
            unseen = [x for x in ("day", "month") if (hidden.get(x) or {}).get("hide")]
            return {0: K.DATE, 1: K.MONTH, 2: K.YEAR}[len(unseen)]
        if told == K.CHOICE and one.get("multiple") and kind.lower().endswith("select"):
            return K.CHOICES
        if told == K.DATETIME and not one.get("enableTime", True):
            return K.DATE
        if one.get("calculateValue") and told in (K.NUMBER, K.TEXT):
            return K.COMPUTED
        return told

    # ------------------------------------------------------------ the tree
    def _children(
        self, components: Any, group: Group, path: list[str], table: str, pages: bool = False
    ) -> None:
        for one in _inside(components):
            kind = str(one.get("type"))
            key = str(one.get("key") or kind)
            if kind in IGNORED or self._says_nothing(one):
                continue
            if kind == "image":
                self.making.note(self._at(one), "略去：图片。", "Left out: a picture.")
                continue
            if kind in ELSEWHERE:
                zh, en = ELSEWHERE[kind]
                self.making.note(self._at(one), f"{zh}，改为文字填写。", f"{en}: asked in words.")
            if kind in NOT_TAKEN:
                zh, en = NOT_TAKEN[kind]
                self.making.lose(self._at(one), f"没有取：{zh}。", f"Not taken: {en}.")
            elif kind in GROUPS or _is_tab(one):
                self._group(
                    one, kind, group, [*path, key] if kind in KEEPING else path, table, pages
                )
            elif kind == "accordion":
                self._accordion(one, group, path, table)
            elif kind in BLOCKS:
                self._block(one, kind, group, path, table)
            elif kind in KINDS:
                self._question(one, kind, group, path, table)
            else:
                self.making.lose(
                    self._at(one), f"不认识的组件“{kind}”。", f"Unknown component “{kind}”."
                )

    def _group(
        self, one: Component, kind: str, group: Group, path: list[str], table: str, pages: bool
    ) -> None:
        label = plain(one.get("title") or one.get("legend") or one.get("label") or "")
        if kind in ("container", "columns", "table", "row", "tabs", "layout") and (
            one.get("hideLabel") or kind != "container"
        ):
            label = ""
        made = Group(label, label if label.isascii() else "")
        made.is_page = pages and kind == "panel"
        made.when = self._asked(one, path, table)
        made.words = plain(one.get("description") or one.get("tooltip") or "")
        self._strange(one)
        self._children(_parts(one), made, path, table)
        if made.children:
            group.children.append(made)

    def _accordion(self, one: Component, group: Group, path: list[str], table: str) -> None:
        when = self._asked(one, path, table)
        for part in one.get("accordionValues") or []:
            told = {
                "key": self.making.key("note"),
                "kind": "note",
                "look": "fold",
                "label": plain(part.get("title") or part.get("label") or "") or "…",
                "statement": plain(part.get("content") or ""),
            }
            group.children.append(told | ({"show_if": when} if when else {}))

    def _block(self, one: Component, kind: str, group: Group, path: list[str], table: str) -> None:
        """A component of an office's own that asks several things."""
        made = Group(when=self._asked(one, path, table))
        required = bool((one.get("validate") or {}).get("required"))
        keys = {name: self.keys[hash((id(one), name))] for name, _field in BLOCKS[kind](one)}
        for name, field in BLOCKS[kind](one):
            told = _keyed(field, keys)
            told["key"] = keys[name]
            if not required:
                told.pop("required", None)
            made.children.append(told)
        group.children.append(made)

    # ------------------------------------------------------------ conditions
    def _asked(self, one: Component, path: list[str], table: str) -> Condition | None:
        parts = []
        if (simple := self._simple(one, path, table)) is not None:
            parts.append(simple)
        if script := str(one.get("customConditional") or "").strip():
            try:
                said = Script(self.names, path, table).result(script, "show")
            except NotRead as fault:
                self._lose(one, "customConditional", script, fault)
            else:
                parts.append(condition_of(said, self.names.kinds))
        if (
            one.get("hidden")
            and one.get("type") not in ("hidden",)
            and not one.get("calculateValue")
        ):
            parts.append({"holds": "False"})
        parts += self._of_json_logic(one, path)
        return self._by_logic(one, path, table, joined("all", parts))

    def _simple(self, one: Component, path: list[str], table: str) -> Condition | None:
        told = one.get("conditional") or {}
        rows = told.get("conditions") or []
        if not rows and told.get("when"):
            rows = [{"component": told["when"], "operator": "isEqual", "value": told.get("eq")}]
        if not rows:
            return None
        made = []
        for row in rows:
            names = str(row.get("component") or "").split(".")
            read = self.names.find(names, path)
            lost = read is None or (read[1] and self.names.kinds.get(read[0]) == K.TABLE)
            if lost and self.names.is_dead(names):
                made.append({"holds": "False"})
            elif lost or read is None:
                self._lose(one, "conditional", str(row), NotRead(str(row.get("component"))))
            elif (home := self.names.tables.get(read[0], "")) and home != table:
                said = f"some({home}, {read[0]!r}, {str(row.get('value'))!r})"
                made.append({"holds": said})
            else:
                made.append(self._test(read[0], read[1], row))
        show = told.get("show")
        how = "all" if told.get("conjunction", "all") == "all" else "any"
        found = joined(how, made)
        hidden = show in (False, "false", "")
        return {"not": found} if hidden and found is not None else found

    def _test(self, key: str, rest: list[str], row: Mapping[str, Any]) -> Condition:
        value, how = row.get("value"), str(row.get("operator", "isEqual"))
        told = str(value).lower() if isinstance(value, bool) else str(value)
        if rest and self.names.kinds.get(key) == K.CHOICES:
            told = rest[0]
        tests: dict[str, Condition] = {
            "isEqual": {"field": key, "is": [told]},
            "isNotEqual": {"not": {"field": key, "is": [told]}},
            "isEmpty": {"field": key, "answered": ["false"]},
            "isNotEmpty": {"field": key, "answered": ["true"]},
            "includes": {"field": key, "contains": [told]},
            "notIncludes": {"not": {"field": key, "contains": [told]}},
            "greaterThan": {"field": key, "more_than": [told]},
            "greaterThanOrEqual": {"field": key, "at_least": [told]},
            "lessThan": {"field": key, "less_than": [told]},
            "lessThanOrEqual": {"field": key, "at_most": [told]},
            "isDateEqual": {"field": key, "is": [told[:10]]},
        }
        return tests.get(how) or {"field": key, "is": [told]}

    # ------------------------------------------------------------ questions
    def _question(
        self, one: Component, kind: str, group: Group, path: list[str], table: str
    ) -> None:
        field = self._words(one, kind)
        told = FieldKind(field["kind"])
        if (when := self._asked(one, path, table)) is not None:
            field["show_if"] = when
        validate = one.get("validate") or {}
        if validate.get("required") and told not in (K.NOTE, K.COMPUTED):
            field["required"] = True
        if message := plain(validate.get("customMessage") or ""):
            field |= {"message": message, "message_en": message if message.isascii() else ""}
        more = getattr(self, f"_of_{told.value}", None)
        if more is not None:
            more(one, kind, field, [*path, str(one.get("key"))], table)
        self._several(one, field)
        self._custom(one, kind, field, path, table)
        self._demanded_by_logic(one, field, path, table)
        self._default(one, field, told)
        self._strange(one)
        for name in ("message_en", "label_en", "help", "help_en", "statement"):
            if field.get(name) == "":
                del field[name]
        group.children.append(field)

    def _words(self, one: Component, kind: str) -> dict[str, Any]:
        key = self.keys[id(one)]
        label = plain(one.get("label") or one.get("title") or "")
        words = [plain(one.get("description") or ""), plain(one.get("tooltip") or "")]
        more = plain(one.get("additionalDescriptionText") or "")
        if more:
            words.append(f"{plain(one.get('additionalDescriptionLabel') or '')}\n{more}".strip())
        hint = "\n".join(word for word in words if word)
        field: dict[str, Any] = {"key": key, "kind": self.names.kinds[key].value}
        if field["kind"] == "note":
            looks: dict[str, str] = {"info": "info", "warning": "warning", "error": "warning"}
            said = plain(one.get("content") or one.get("html") or "")
            field |= {"label": "", "statement": said or label or "…"}
            if (look := looks.get(str(one.get("alerttype")))) is not None:
                field["look"] = look
            if said.isascii():
                field["statement_en"] = said
            return field
        label = label or key
        field |= {"label": label, "help": hint}
        if label.isascii():
            field["label_en"] = label
        if hint.isascii():
            field["help_en"] = hint
        return field


# ---------------------------------------------------------------- the tree of components
def _in_plain_types(told: Any) -> Any:
    """The definition with every component under its plain name: some offices' builders call a
    text field ``simpletextfieldadvanced``."""
    if isinstance(told, list):
        return [_in_plain_types(one) for one in told]
    if not isinstance(told, Mapping):
        return told
    made = {name: _in_plain_types(one) for name, one in told.items()}
    if isinstance(kind := made.get("type"), str) and kind.startswith("simple"):
        bare = kind.removeprefix("simple").removesuffix("advanced")
        made["type"] = PLAIN.get(bare, kind)
    return made


def names_of(told: Any) -> set[str]:
    """Every name a component of the file has."""
    if isinstance(told, list):
        return set[str]().union(*(names_of(one) for one in told))
    if not isinstance(told, Mapping):
        return set()
    own = {str(told["key"])} if isinstance(told.get("key"), str) and "type" in told else set()
    return own.union(*(names_of(one) for one in told.values() if isinstance(one, list | dict)))


def _is(one: Any, kind: str) -> bool:
    return isinstance(one, Mapping) and one.get("type") == kind


def _is_tab(one: Component) -> bool:
    """A part of tabs: a name, words and what stands on it, of no type."""
    return not one.get("type") and isinstance(one.get("components"), list)


def _inside(components: Any) -> list[Mapping[str, Any]]:
    return [one for one in components or [] if isinstance(one, Mapping)]


def _parts(one: Component) -> list[Any]:
    """What stands inside a group, columns and cells of a layout laid end to end."""
    if "columns" in one:
        return [
            part for column in one.get("columns") or [] for part in column.get("components") or []
        ]
    if one.get("type") == "table":
        return [
            part
            for row in one.get("rows") or []
            if isinstance(row, list)
            for cell in row
            for part in cell.get("components") or []
        ]
    return list(one.get("components") or [])


def _keyed(told: Any, keys: Mapping[str, str]) -> Any:
    """A block's field with the keys its conditions name, under the keys they were given."""
    if isinstance(told, Mapping):
        return {
            name: keys.get(value, value) if name == "field" else _keyed(value, keys)
            for name, value in told.items()
        }
    return [_keyed(one, keys) for one in told] if isinstance(told, list) else told
