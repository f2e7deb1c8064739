"""GOV.UK digital form builder: pages of components, lists, conditions by name."""

import re
from collections.abc import Mapping
from typing import Any, Final

from openhall.forms.importing.runner_conditions import Conditions
from openhall.forms.importing.runner_words import (
    FILES,
    KINDS,
    NEVER_ASKED,
    OF_THE_SYSTEM,
    ON_A_MAP,
)
from openhall.forms.importing.structure import covers, parts_of, simplified
from openhall.forms.importing.taken import (
    Condition,
    Group,
    Making,
    NotReadable,
    Taken,
    digits,
    joined,
    plain,
)
from openhall.forms.rules.patterns import NotAPattern, check_pattern
from openhall.forms.terms import FieldKind
from openhall.glossary import Said

K = FieldKind
LONG_WAY: Final = 600  # signs of a condition from which a shorter one is looked for
PLAIN_KINDS: Final = frozenset({K.TEXT, K.LONG_TEXT, K.NUMBER, K.DATE, K.CHOICE, K.CHOICES})
FORMAT: Final = Said("GOV.UK 表格生成器", "GOV.UK form builder")


def read_runner(name: str, told: Mapping[str, Any]) -> Taken:
    """The form of a GOV.UK form definition. Raises :class:`NotReadable`."""
    if not isinstance(told.get("pages"), list):
        raise NotReadable(Said("没有 pages，不是这种表格。", "No pages: not a form of this kind."))
    return _Runner(name, told).taken()


class _Runner(Conditions):
    def __init__(self, name: str, told: Mapping[str, Any]) -> None:
        self.name, self.told, self.making = name, told, Making()
        told_lists = told.get("lists") or []
        self.lists = {one.get(by): one for by in ("name", "id") for one in told_lists}
        self.pages = {str(one.get("path")): one for one in told["pages"]}
        self.sections = {one.get("name"): one for one in told.get("sections") or []}
        self.keys: dict[str, str] = {}  # by section.name and by name
        self.kinds: dict[str, FieldKind] = {}
        self.own: dict[int, str] = {}
        self.by_id: dict[str, str] = {}
        self.conditions: dict[str, Mapping[str, Any]] = {
            str(one.get(by)): one for by in ("name", "id") for one in told.get("conditions") or []
        }

    def taken(self) -> Taken:
        order = self._order()
        for path in order:
            page = self.pages[path]
            for one in page.get("components") or []:
                self._learn(one, str(page.get("section") or ""))
        root = Group()
        reached = self._reached(order)
        shown: set[str] = set()
        for path in order:
            page = self.pages[path]
            never = any(one in str(page.get("controller", "")).lower() for one in NEVER_ASKED)
            if never and not any(id(one) in self.own for one in page.get("components") or []):
                continue
            group = Group(is_page=True, when=reached[path])
            if own := str(page.get("condition") or ""):
                asked = self._condition(own, path)
                group.when = joined("all", [one for one in (group.when, asked) if one])
            group.label = plain(page.get("title") or "") or path.strip("/")
            section = self.sections.get(page.get("section"))
            if section and section.get("title") and section["name"] not in shown:
                shown.add(section["name"])
                group.words = plain(section["title"])
            if group.label.isascii():
                group.label_en = group.label
            if group.words.isascii():
                group.words_en = group.words
            if "repeat" in page:
                self._repeated(page, group)
            else:
                self._components(page, group)
            if group.children:
                root.children.append(group)
        for one in self.told.get("fees") or []:
            self.making.lose("fees", f"费用没有取：{one}", f"A fee was not taken: {one}")
        title = plain(self.told.get("name") or "") or self.name
        return self.making.finish(FORMAT, root, title, title if title.isascii() else "")

    # ------------------------------------------------------------ the way through
    def _order(self) -> list[str]:
        """The pages from the first on, each after all that lead to it."""
        if not any(one.get("next") for one in self.pages.values()):
            return list(self.pages)  # a later builder asks them one after the other
        start = str(self.told.get("startPage") or next(iter(self.pages), ""))
        found: list[str] = []
        open_pages: list[str] = []

        def visit(path: str) -> None:
            if path in found or path in open_pages or path not in self.pages:
                return
            open_pages.append(path)
            for one in reversed(self.pages[path].get("next") or []):
                visit(str(one.get("path")))
            open_pages.remove(path)
            found.append(path)

        visit(start)
        for path in self.pages:
            visit(path)
        return list(reversed(found))

    def _reached(self, order: list[str]) -> dict[str, Condition | None]:
        """After which answers one comes to each page; None: always.

        Of several ways out of a page the first whose condition holds is taken; one that has none
        is taken where no other holds.
        """
        if not any(one.get("next") for one in self.pages.values()):
            return dict.fromkeys(order)
        ways: dict[str, list[Condition | None]] = {path: [] for path in order}
        start = str(self.told.get("startPage") or (order[0] if order else ""))
        if start in ways:
            ways[start].append(None)
        made: dict[str, Condition | None] = {}
        never: set[str] = set()
        for path in order:
            if not ways[path]:
                never.add(path)
                made[path] = None if path == start else {"holds": "False"}
            else:
                made[path] = self._either(ways[path])
            so_far = self._shortly(path, made[path])
            told = list(self.pages[path].get("next") or [])
            told.sort(key=lambda one: not one.get("condition"))
            before: list[Condition] = []
            for one in told:
                target = str(one.get("path"))
                when = self._condition(str(one.get("condition") or ""), path)
                parts = [part for part in (so_far, when) if part is not None]
                parts += [{"not": other} for other in before]
                if target in ways and path not in never:
                    told_way = joined("all", parts)
                    ways[target].append(told_way and simplified(told_way, self.kinds))
                if when is not None:
                    before.append(when)
                else:
                    break
        return made

    def _shortly(self, path: str, reached: Condition | None) -> Condition | None:
        """A long way to a page told by what is answered there: its question that must be answered
        is answered by those who come to the page, and by nobody else."""
        page = self.pages[path]
        if reached is None or len(str(reached)) <= LONG_WAY or "repeat" in page:
            return reached
        if page.get("condition"):
            return reached
        for one in page.get("components") or []:
            options, key = one.get("options") or {}, self.own.get(id(one))
            if key is None or self.kinds[key] not in PLAIN_KINDS or options.get("condition"):
                continue
            if options.get("required", True) not in (False, "false"):
                return {"field": key, "answered": ["true"]}
        return reached

    def _either(self, ways: list[Condition | None]) -> Condition | None:
        """One of the ways; where what two of them say leaves nothing out, always."""
        if any(one is None for one in ways):
            return None
        told = [one for one in ways if one is not None]
        if len(told) == 2 and any(told[a] == {"not": told[1 - a]} for a in (0, 1)):
            return None
        common = [part for part in parts_of(told[0]) if all(part in parts_of(one) for one in told)]
        rests = [[part for part in parts_of(one) if part not in common] for one in told]
        if any(not one for one in rests) or covers(rests):
            return joined("all", common)
        either = joined("any", [rest for one in rests if (rest := joined("all", one))])
        told_so = joined("all", [*common, *([either] if either else [])])
        return told_so and simplified(told_so, self.kinds)

    # ------------------------------------------------------------ components
    def _learn(self, one: Mapping[str, Any], section: str) -> None:
        kind = KINDS.get(str(one.get("type")))
        if kind in (None, K.NOTE):
            return
        name = str(one.get("name") or one.get("type"))
        wish = (
            plain(one.get("title") or "") if len(name) == 6 else name
        )  # made-up names say nothing
        key = self.making.key(wish if wish.isascii() and wish else name)
        self.own[id(one)] = key
        if one.get("id"):
            self.by_id[str(one["id"])] = key
            self.keys.setdefault(key, key)
        self.keys.setdefault(name, key)
        self.keys[f"{section}.{name}"] = key
        self.kinds[key] = kind

    def _components(self, page: Mapping[str, Any], group: Group) -> None:
        for one in page.get("components") or []:
            if (field := self._component(one, str(page.get("path")))) is not None:
                group.children.append(field)

    def _repeated(self, page: Mapping[str, Any], group: Group) -> None:
        """A page that may be answered several times: a table of its questions."""
        told = page.get("repeat") or {}
        options, schema = told.get("options") or {}, told.get("schema") or {}
        rows = Group()
        self._components(page, rows)
        title = plain(options.get("title") or page.get("title") or "") or "…"
        table: dict[str, Any] = {
            "key": self.making.key(str(options.get("name") or title)),
            "kind": K.TABLE.value,
            "label": title,
            "columns": self.making.cells_of(rows),
            "look": "cards",
        }
        if title.isascii():
            table["label_en"] = title
        for name, limit in (("min", "minimum"), ("max", "maximum")):
            if digits(schema.get(name)) not in ("", "0"):
                table[limit] = str(schema[name])
        if table.get("minimum"):
            table["required"] = True
        if table["columns"]:
            group.children.append(table)

    def _component(self, one: Mapping[str, Any], at: str) -> dict[str, Any] | None:
        name = str(one.get("type"))
        kind = KINDS.get(name)
        place = f"{at} {one.get('name', '')} ({name})"
        if name in OF_THE_SYSTEM:
            self.making.note(
                place,
                "由原系统的运行状态决定的提示，略去。",
                "A message that the state of the other system decides; left out.",
            )
            return None
        if kind is None:
            self.making.lose(place, f"不认识的组件“{name}”。", f"Unknown component “{name}”.")
            return None
        options = one.get("options") or {}
        if kind == K.NOTE:
            return self._note(one, name, place)
        key = self.own[id(one)]
        label = plain(one.get("title") or one.get("content") or "") or key
        hint = plain(one.get("hint") or "")
        field: dict[str, Any] = {"key": key, "kind": kind.value, "label": label, "help": hint}
        if label.isascii():
            field["label_en"] = label
        if hint.isascii():
            field["help_en"] = hint
        if options.get("required", True) not in (False, "false"):
            field["required"] = True
        several = options.get("customValidationMessages") or {}
        message = options.get("customValidationMessage") or several.get("string.pattern.base")
        if message := plain(message or next(iter(several.values()), "")):
            field |= {"message": message, "message_en": message if message.isascii() else ""}
        if name in ON_A_MAP:
            self.making.note(
                place, "地图上的位置改为文字填写。", "A place on a map is asked in words."
            )
        more = getattr(self, f"_of_{kind.value}", None)
        if more is not None:
            more(one, name, field, place)
        if told := options.get("condition"):
            when = self._condition(str(told), place)
            field |= {"show_if": when} if when else {}
        return {k: v for k, v in field.items() if v != ""}

    def _note(self, one: Mapping[str, Any], name: str, place: str) -> dict[str, Any]:
        title = plain(one.get("title") or "") if name != "Para" else ""
        words = plain(one.get("content") or "")
        if name in ("List", "FlashCard"):
            told = self.lists.get(one.get("list")) or {}
            words = "\n".join(f"- {plain(x.get('text'))}" for x in told.get("items") or [])
        field: dict[str, Any] = {
            "key": self.making.key("note"),
            "kind": "note",
            "label": title if name in ("Details", "List", "WarningText") else "",
            "statement": words or title or "…",
        }
        if name == "Details":
            field["look"] = "fold"
            field["label"] = title or "…"
        if name in ("InsetText", "WarningText"):
            field["look"] = "info" if name == "InsetText" else "warning"
        if field["statement"].isascii():
            field["statement_en"] = field["statement"]
        if field["label"] and field["label"].isascii():
            field["label_en"] = field["label"]
        if condition := (one.get("options") or {}).get("condition"):
            when = self._condition(str(condition), place)
            field |= {"show_if": when} if when else {}
        return field

    def _of_text(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        schema, options = one.get("schema") or {}, one.get("options") or {}
        if name == "EmailAddressField":
            field["pattern"] = "email"
        elif name == "WebsiteField":
            field["pattern"] = "web"
        elif name == "TelephoneNumberField":
            field["regex"] = r"[0-9+(). ext-]{4,40}"
        self._limits(schema, options, field, place)

    def _of_long_text(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        self._limits(one.get("schema") or {}, one.get("options") or {}, field, place)

    def _limits(
        self, schema: Mapping[str, Any], options: Mapping[str, Any], field: dict[str, Any], at: str
    ) -> None:
        for name, limit in (("min", "minimum"), ("max", "maximum"), ("length", "maximum")):
            if digits(schema.get(name)) not in ("", "0"):
                field[limit] = str(schema[name])
        for name, limit in (("maxWords", "most_words"), ("minWords", "least_words")):
            if digits(options.get(name)) not in ("", "0"):
                field[limit] = str(options[name])
        if isinstance(pattern := schema.get("regex"), str) and pattern:
            said = pattern.removeprefix("^").removesuffix("$")
            try:
                check_pattern(said)
            except NotAPattern as fault:
                self.making.lose(at, f"格式不能用：{fault}", f"Pattern cannot be used: {fault}")
            else:
                field["regex"] = said
        for sign in ("prefix", "suffix"):
            if told := plain(options.get(sign) or ""):
                field["unit"] = told

    def _of_number(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        schema, options = one.get("schema") or {}, one.get("options") or {}
        for limit, told in (("minimum", schema.get("min")), ("maximum", schema.get("max"))):
            if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", str(told if told is not None else "")):
                field[limit] = str(told)
        if digits(schema.get("precision")):
            field["decimals"] = min(int(schema["precision"]), 6)
        elif schema.get("integer"):
            field["decimals"] = 0
        for sign in ("prefix", "suffix"):
            if told := plain(options.get(sign) or ""):
                field["unit"] = told

    def _of_date(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        options = one.get("options") or {}
        for days, limit, sign in (
            ("maxDaysInPast", "minimum", "-"),
            ("maxDaysInFuture", "maximum", "+"),
        ):
            if digits(options.get(days)):
                field[limit] = f"=today {sign} {options[days]}"

    def _of_choice(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        if name == "YesNoField":
            field["options"] = [
                {"value": "true", "label": "是", "label_en": "Yes"},
                {"value": "false", "label": "否", "label_en": "No"},
            ]
            return
        told = (
            self.lists.get(one.get("list")) or (one.get("values") or {}).get("valueOptions") or {}
        )
        items = told.get("items") if isinstance(told, Mapping) else told
        if not items and isinstance(one.get("items"), list):
            items = one["items"]
        field["options"] = []
        for each in items or []:
            label = plain(each.get("text") or each.get("label") or each.get("value"))
            value = each.get("value")
            value = str(value).lower() if isinstance(value, bool) else str(value)
            label_en = label if label.isascii() else ""
            more = each.get("description") or each.get("hint") or ""
            if more := plain(more.get("text") if isinstance(more, Mapping) else more):
                label = f"{label} — {more}"
            if value not in [x["value"] for x in field["options"]]:
                entry: dict[str, Any] = {"value": value[:120], "label": label or value}
                entry["label_en"] = label_en
                if when := each.get("condition"):
                    entry["show_if"] = self._condition(str(when), place)
                field["options"].append(entry)
        if len(field["options"]) == 1 and field["kind"] == "choice":
            field["options"].append({"value": "none_of_these", "label": "—", "label_en": "None"})
        if name in ("SelectField", "AutocompleteField"):
            field["look"] = "list"

    def _of_choices(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        self._of_choice(one, name, field, place)
        if len(field["options"]) == 1:
            only = field.pop("options")[0]
            field |= {"kind": "statement", "statement": only["label"]}
            field["statement_en"] = only["label_en"]
            self.kinds[field["key"]] = K.STATEMENT
            return
        options = one.get("options") or {}
        alone = str(options.get("behaviourItemValue") or "")
        if options.get("behaviour") and alone in [x["value"] for x in field["options"]]:
            must = {
                "holds": f"not (chosen({field['key']}, {alone!r}) and how_many({field['key']}) > 1)"
            }
            field["checks"] = [{"must": must}]

    def _of_place(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        field["look"] = "world"

    def _of_file(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        options = one.get("options") or {}
        zone, schema = options.get("dropzoneConfig") or {}, one.get("schema") or {}
        most = (
            zone.get("maxFiles")
            or digits(schema.get("max"))
            or digits(schema.get("length"))
            or (1 if name == "FileUploadField" and not options.get("multiple") else 0)
        )
        if most:
            field["maximum"] = str(most)
        if least := options.get("minimumRequiredFiles"):
            field["minimum"] = str(least)
        told = str(zone.get("acceptedFiles") or "").split(",")
        kinds = [one.strip().rsplit("/", 1)[-1].lstrip(".").lower() for one in told if one.strip()]
        field["accept"] = list(dict.fromkeys(FILES[one] for one in kinds if one in FILES))
        odd = [one for one in kinds if one not in FILES]
        if odd and field["accept"]:
            self.making.note(
                place,
                f"本市不收的文件种类：{'、'.join(odd)}；请转成 PDF。",
                f"Kinds of file this city does not take: {', '.join(odd)}; they are sent as PDF.",
            )

    def _of_statement(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        field["statement"] = plain(one.get("content") or "")

    def _of_table(self, one: Any, name: str, field: dict[str, Any], place: str) -> None:
        field["columns"] = []
        for child in one.get("children") or []:
            self._learn(child, "..")
            if (column := self._component(child, place)) is not None:
                if column["label"] == column["key"] or not column["label"].strip():
                    column["label"] = str(child.get("title") or child.get("name"))
                field["columns"].append(column)
        field["look"] = "cards"
