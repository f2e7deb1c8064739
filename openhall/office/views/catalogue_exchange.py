"""The unit's implementation list as a file: out with every field, in all or nothing. A10."""

import tempfile
from pathlib import Path
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from openhall.catalogue.actions.exchange import Taken, import_list
from openhall.catalogue.exchange.reading import holds_whole_list, read_items
from openhall.catalogue.exchange.tables import Unreadable
from openhall.catalogue.exchange.writing import as_csv, as_json, as_json_lines, as_xlsx, records
from openhall.catalogue.queries import newest_versions
from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.office.seat import Seat, official
from openhall.office.views.catalogue import catalogue_seat, doing_of, frame, reach
from openhall.organs.terms import Desk

KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
}
WRITERS: Final = {"csv": as_csv, "json": as_json, "jsonl": as_json_lines}
SHOWN: Final = 200  # faults on the page; the rest are counted


class ListForm(forms.Form):
    """A list to take in; ``try_only`` tells what would happen and changes nothing."""

    file = forms.FileField(label=gettext_lazy("The list (CSV, XLSX, JSON or JSONL)"))
    try_only = forms.BooleanField(
        label=gettext_lazy("Only try: tell what would change, and change nothing"),
        required=False,
        initial=True,
    )

    agreed = forms.BooleanField(
        label=gettext_lazy("I have compared what gets shorter or changes, and it is right"),
        required=False,
    )

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


def _seat(request: HttpRequest, organ: str) -> Seat:
    return catalogue_seat(request, organ, Desk.CATALOGUE_CLERK, Desk.LEGAL)


def _taken(form: ListForm, doing: Doing) -> Taken:
    """What the sent file did; raises :class:`Unreadable` or :class:`Refused`."""
    sent: UploadedFile = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list" + Path(sent.name or "").suffix.lower())
        with path.open("wb") as file:
            file.writelines(sent.chunks())
        if not holds_whole_list(path):
            raise Unreadable(
                _("This is not a whole implementation list. Download one here and fill it in.")
            )
        return import_list(
            lambda: read_items(path),
            sent.name or "",
            doing,
            dry_run=form.cleaned_data["try_only"],
            agreed=form.cleaned_data["agreed"],
        )


@official
def page(request: HttpRequest, organ: str) -> HttpResponse:
    """Download the list; send one in, first as a trial. Every bad row is told."""
    seat = _seat(request, organ)
    form = ListForm(request.POST or None, request.FILES or None)
    done: Taken | None = None
    if request.method == "POST" and form.is_valid():
        try:
            done = _taken(form, doing_of(request, seat, "import"))
        except (Unreadable, Refused) as refusal:
            form.add_error("file", str(refusal))
        else:
            if done.waits and not form.cleaned_data["try_only"]:
                asked = _("Nothing was taken in yet: compare below what gets shorter, then agree.")
                form.add_error("agreed", asked)
            elif not done.faults and not form.cleaned_data["try_only"]:
                told = _(
                    "Taken in as drafts: %(new)s new, %(changed)s changed, %(same)s as before."
                )
                numbers = {"new": done.new, "changed": done.changed, "same": done.unchanged}
                messages.success(request, told % numbers)
                return redirect("office:catalogue_exchange", organ)
            if done.faults:
                wrong = _("Nothing was taken in: %(rows)s rows have mistakes, listed below.")
                rows = len({fault.line for fault in done.faults})
                form.add_error("file", wrong % {"rows": rows})
    context: dict[str, Any] = frame(seat, "exchange") | {
        "form": form,
        "endings": tuple(KINDS),
        "done": done,
        "faults": done.faults[:SHOWN] if done else [],
        "losses": done.losses[:SHOWN] if done else [],
        "more": max(0, len(done.faults) - SHOWN) if done else 0,
    }
    status = 422 if form.errors else 200
    return render(request, "office/catalogue/exchange.html", context, status=status)


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
