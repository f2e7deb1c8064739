"""What KoBo's builder writes beside plain XLSForm: scores, rankings and matrices as groups."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from openhall.forms.importing.xlsform_sheets import Row

HELD: Final = {  # a group of a kind of its own, and the head of its list
    "score": "kobo--score-choices",
    "rank": "kobo--rank-items",
    "kobomatrix": "kobo--matrix_list",
}


def plainly(survey: Sequence[Row], lists: Mapping[str, Sequence[Row]]) -> list[Row]:
    """The survey with KoBo's own groups as groups of plain questions."""
    made: list[Row] = []
    held: list[Row] = []
    what = ""
    for row in survey:
        told = row.get("select_from_list_name")
        if told and str(row.get("type", "")).lower().startswith(("select", "rank")):
            row = _without(row) | {"type": f"{row['type']} {told}"}
        kind = str(row.get("type", "")).lower().replace("_", " ").strip()
        if kind.startswith("begin ") and kind[6:] in HELD:
            what, held = kind[6:], [row]
        elif what and kind == f"end {what}":
            made += _plain(what, held, lists)
            what, held = "", []
        elif what:
            held.append(row)
        else:
            made.append(row)
    return made + held


def _plain(what: str, held: Sequence[Row], lists: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    begun, *rows = held
    name = str(begun.get(HELD[what]) or begun.get("select_from_list_name") or "")
    yield _without(begun) | {"type": "begin group"}
    if what == "kobomatrix":
        for choice in lists.get(name, ()):
            yield from _row_of_matrix(begun, rows, choice)
    before: list[str] = []
    for row in rows if what != "kobomatrix" else ():
        told = _without(row) | {"type": f"select_one {name}"}
        if what == "rank":  # none stands in two places
            if before:
                told["constraint"] = " and ".join(f". != ${{{one}}}" for one in before)
                said = begun.get("kobo--rank-constraint-message")
                told |= {"constraint_message": said} if said else {}
            before.append(str(row.get("name", "")))
        yield told
    yield {"#": begun["#"], "type": "end group"}


def _row_of_matrix(begun: Row, rows: Sequence[Row], choice: Row) -> Iterator[Row]:
    """A line of a matrix: a group named as the choice, with each column's question."""
    code = str(choice.get("name", ""))
    labels = {head: said for head, said in choice.items() if head.split("::")[0] == "label"}
    yield {"#": begun["#"], "type": "begin group", "name": f"{begun.get('name')}_{code}", **labels}
    for row in rows:
        yield _without(row) | {"name": f"{begun.get('name')}_{code}_{row.get('name')}"}
    yield {"#": begun["#"], "type": "end group"}


def _without(row: Row) -> Row:
    """The row without the columns that only KoBo's own builder reads."""
    left = (*HELD.values(), "kobo--rank-constraint-message", "select_from_list_name")
    return {head: said for head, said in row.items() if head not in left}
