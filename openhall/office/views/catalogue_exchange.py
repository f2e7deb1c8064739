"""The unit's implementation list as a file: out with every field, in all or nothing. A10."""

import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from openhall.catalogue.actions.exchange import Taken, import_list
from openhall.catalogue.exchange.reading import holds_whole_list, read_items
from openhall.catalogue.exchange.tables import Unreadable
from openhall.catalogue.exchange.writing import as_csv, as_json, as_json_lines, as_xlsx, records
from openhall.catalogue.queries import newest_versions
from openhall.catalogue.terms import ItemStep
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer
from openhall.glossary import Said
from openhall.office.seat import DeskPage, Seat, official
from openhall.office.views.catalogue import catalogue_seat, frame, reach
from openhall.organs.terms import Desk
from openhall.paging.books import XLSX

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
    "json": "application/json; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}
WRITERS: Final = {"csv": as_csv, "json": as_json, "jsonl": as_json_lines}
SHOWN: Final = 200  # faults on the page; the rest are counted
NOT_A_LIST: Final = Said(
    "这不是完整的实施清单。请从这里下载清单，填好后再导入。",
    "This is not a whole implementation list. Download one here and fill it in.",
)
NOT_AGREED: Final = Said(
    "尚未导入：请先核对下面减少的内容，再勾选确认。",
    "Nothing was taken in yet: compare below what gets shorter, then agree.",
)


class TakeIn(Offer):
    """A list to take in; ``try_only`` tells what would happen and changes nothing."""

    act, code, title, bare, tone = ItemStep.IMPORTED, "import", _("Take a list in"), True, "primary"
    button = _("Send")
    file = forms.FileField(label=_("The list (CSV, XLSX, JSON or JSONL)"))
    try_only = forms.BooleanField(
        label=_("Only try: tell what would change, and change nothing"),
        required=False,
        initial=True,
    )
    agreed = forms.BooleanField(
        label=_("I have compared what gets shorter or changes, and it is right"),
        required=False,
    )
    taken: Taken | None = None

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        ending = Path(file.name or "").suffix.lower().removeprefix(".")
        if ending not in KINDS:
            raise forms.ValidationError(_("Send a CSV, XLSX, JSON or JSONL file."))
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is too large for the page; the operator can take it in.")
            )
        return file

    @property
    def shows(self) -> bool:  # type: ignore[override]
        """What a trial tells stands on this answer alone."""
        return bool(self.cleaned_data["try_only"])

    def does(self, doing: Doing) -> dict[str, Any]:
        try:
            self.taken = self._taken(doing)
        except Unreadable as problem:
            raise Refused(problem.said, "file") from problem
        if self.taken.waits and not self.shows:
            raise Refused(NOT_AGREED, "agreed")
        if self.taken.faults:
            rows = len({fault.line for fault in self.taken.faults})
            words = Said(
                f"没有导入任何内容：{rows}行有误，详见下表。",
                f"Nothing was taken in: {rows} rows have mistakes, listed below.",
            )
            raise Refused(words, "file")
        return {"done": self.taken}

    def _taken(self, doing: Doing) -> Taken:
        sent: UploadedFile = self.cleaned_data["file"]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "list" + Path(sent.name or "").suffix.lower())
            with path.open("wb") as file:
                file.writelines(sent.chunks())
            if not holds_whole_list(path):
                raise Refused(NOT_A_LIST, "file")
            return import_list(
                lambda: read_items(path),
                sent.name or "",
                doing,
                dry_run=self.cleaned_data["try_only"],
                agreed=self.cleaned_data["agreed"],
            )

    def said_done(self) -> str:
        if self.taken is None:
            return super().said_done()
        told = gettext("Taken in as drafts: %(new)s new, %(changed)s changed, %(same)s as before.")
        taken = self.taken
        return told % {"new": taken.new, "changed": taken.changed, "same": taken.unchanged}


class Exchange(DeskPage):
    """Download the list; send one in, first as a trial. Every bad row is told."""

    offers = (TakeIn,)
    template, at, by_desk = "office/catalogue/exchange.html", "catalogue_exchange", False

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Seat, None]:
        return _seat(request, where["organ"]), None

    def act_at(self, who: Seat, subject: None, name: str) -> str:
        return f"{self.home(who, subject)}do/{name}/"  # beside the endings of the files

    def content(self, who: Seat, subject: None) -> dict[str, Any]:
        return frame(who, "exchange") | {"endings": tuple(KINDS), "most": SHOWN}


def _seat(request: HttpRequest, organ: str) -> Seat:
    return catalogue_seat(request, organ, Desk.CATALOGUE_CLERK, Desk.LEGAL)


page = official(Exchange())


@official
@require_safe
def download(request: HttpRequest, organ: str, ending: str) -> HttpResponseBase:
    """The newest version of each item this desk sees, every field."""
    seat = _seat(request, organ)
    if ending not in KINDS:
        raise Http404
    rows = newest_versions().order_by("item__code")
    if (own := reach(seat)) is not None:
        rows = rows.filter(item__organ=own)
    found = records(rows)
    answer: HttpResponseBase
    if ending == "xlsx":
        answer = HttpResponse(as_xlsx(found), content_type=KINDS[ending])
    else:
        answer = StreamingHttpResponse(WRITERS[ending](found), content_type=KINDS[ending])
    name = f"catalogue-{organ}-{seat.day:%Y%m%d}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
