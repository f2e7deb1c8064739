"""The first two steps: who applies and for whom, and the questions of every part, once."""

import json

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhall.applying.actions.drafting import save_draft
from openhall.applying.actions.for_all import attach_for_all, detach_for_all
from openhall.applying.actions.reusing import use_answers, use_party
from openhall.applying.applicants import ApplicantForm
from openhall.applying.application import Application, fresh
from openhall.applying.holdings import earlier_parties, offers
from openhall.applying.queries import standing_consents
from openhall.applying.rules.posting import NO_ADDRESS, lacks_address, where_asked
from openhall.applying.terms import ReuseOf
from openhall.cases.queries import own_case
from openhall.cases.terms import ActingFor, ApplicantKind, NoticeTo
from openhall.deeds.refusals import Refused
from openhall.forms.answering import Questions, questions_form, row_files
from openhall.organs.fields import TextField
from openhall.organs.midway import typed_before
from openhall.organs.queries import Account, agencies_of
from openhall.paging.whole import whole, whole_or
from openhall.portal.views.walking import go_on, page_of, seen_of, step_at


# ------------------------------------------------------------ the applicant
def applicant_step(request: HttpRequest, application: Application) -> HttpResponse:
    """For whom, and who: only the fields that this case of acting needs."""
    draft, account, posted = application.draft, application.account, request.POST
    ways = application.ways
    acting, said = application.written.acting, application.written.party
    if not said:
        acting, said = _known(account, application)
    wanted = posted.get("acting") or posted.get("become") or ""
    if wanted in ActingFor.codes():
        if "become" in posted and wanted != acting.value:
            before = application.written.said.get("parties", {}) | {acting.value: said}
            chosen = before.get(wanted) or _as(ActingFor(wanted), application, said)
            save_draft(draft, {"party": chosen, "parties": before}, "applicant")
            return step_at(draft, "applicant")
        acting = ActingFor(wanted)
    if account is not None and whole(posted.get("reuse")) is not None:
        return _reuse_party(request, application, account)
    again = typed_before(request)
    form = ApplicantForm(acting, posted or again or None, initial=said)
    refused: Refused | None = None
    if request.method == "POST":
        typed = {name: posted.get(name, "") for name in form.fields}
        typed |= {"acting": acting.value, "kind": form.applicant_kind().value}
        try:
            save_draft(draft, {"party": typed}, "applicant", seen=seen_of(request))
        except Refused as moved:
            refused = moved
            application = fresh(application)
            form = ApplicantForm(acting, initial=application.written.party)
        else:
            application = fresh(application)
            refused = application.not_served
            if (form.is_valid() and refused is None) or "later" in posted:
                return go_on(draft, "applicant", request)
    return page_of(
        request,
        application,
        "applicant",
        form=form,
        acting=acting,
        others=[one for one in ways if one != acting],
        served=acting in ways,
        instead=[] if acting in ways else application.instead(acting),
        earlier=earlier_parties(account, application.day) if account and not said else [],
        refused=refused,
        again=again is not None,
    )


def _reuse_party(request: HttpRequest, application: Application, account: Account) -> HttpResponse:
    source = own_case(whole_or(0, request.POST["reuse"]), account)
    if source is not None:
        try:
            use_party(application.draft, source, account)
        except Refused as refusal:
            messages.warning(request, str(refusal))
    return step_at(application.draft, "applicant")


def _known(account: Account | None, application: Application) -> tuple[ActingFor, dict[str, str]]:
    """As whom one begins: the company one acts for, or what the matter is for; then oneself."""
    ways, acting = application.ways, ActingFor.SELF
    for_one = account is not None and agencies_of(account, application.day).exists()
    if (for_one or acting not in ways) and ActingFor.COMPANY in ways:
        acting = ActingFor.COMPANY
    return acting, _as(acting, application, {})


def _as(acting: ActingFor, application: Application, said: dict[str, str]) -> dict[str, str]:
    """The party as it stands when ``acting`` is chosen: what the account knows is filled in."""
    account = application.account
    kind = ApplicantKind.COMPANY if acting == ActingFor.COMPANY else ApplicantKind.PERSON
    party = {"acting": acting.value, "kind": kind.value, "notices_to": NoticeTo.AGENT.value}
    if account is None:
        return {**party, "phone": said.get("phone", "")}
    me = {
        "name": account.real_name,
        "identity": account.id_kind,
        "number": account.id_number,
        "phone": account.phone,
    }
    if acting == ActingFor.SELF:
        return {**party, **me, "notices_to": NoticeTo.APPLICANT.value}
    agent = {f"agent_{key}": value for key, value in me.items()}
    agency = agencies_of(account, application.day).first()
    if acting == ActingFor.PERSON or agency is None:
        return {**party, **agent}
    company = {
        "name": agency.company.name,
        "number": agency.company.credit_code,
        "address": agency.company.address,
        "phone": account.phone,
    }
    return {**party, **company, **agent}


# ------------------------------------------------------------ the questions
class PostedTo(forms.Form):
    """Where something is sent, asked beside the question that chose the post."""

    use_required_attribute = False
    post_address = TextField(label="", max_length=200, required=False)

    def __init__(self, asked: dict[str, list[str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["post_address"]
        field.label = _("Postal address")
        field.help_text = _("Street, number and room, so that the postman finds it.")
        attrs: dict[str, object] = {"rows": 2, "autocomplete": "street-address"}
        if len(asked) == 1:  # shown only after the post was chosen
            ((key, ways),) = asked.items()
            attrs |= {"data-asked": json.dumps(["is", key, ways])}
        field.widget = forms.Textarea(attrs=attrs)
        field.asked_for = True  # type: ignore[attr-defined]


def questions_step(request: HttpRequest, application: Application) -> HttpResponse:
    """Every question once; a row added or removed shows the page again unjudged."""
    draft, account = application.draft, application.account
    posted: QueryDict = request.POST
    single = application.whole is None
    if account is not None and single and whole(posted.get("reuse")) is not None:
        return _reuse_answers(request, application, account)
    again = typed_before(request)
    asked = application.form.form
    faults: dict[str, str] = {}
    refused: Refused | None = None
    if request.method == "POST":
        faults, posted = _take_files(request, application)
        application = fresh(application)
    said, kept = application.written.answers, application.files_kept
    form = questions_form(asked, posted or again or None, initial=said, kept=kept)
    ways = where_asked(asked)
    address = str(application.written.party.get("address", ""))
    where = PostedTo(ways, posted or None, initial={"post_address": address}) if ways else None
    if request.method == "POST":
        try:
            _save(request, application, form, where)
        except Refused as moved:
            refused, application = moved, fresh(application)
            form = questions_form(asked, initial=application.written.answers, kept=kept)
        else:
            if form.reshaped and "later" not in posted:
                form = questions_form(asked, initial=form.typed, kept=kept)
            else:
                for key, sentence in faults.items():
                    form.add_error(key, sentence)
                valid = form.is_valid()
                if where is not None and not _says_where(where, form, application):
                    valid = False
                    refused = Refused(NO_ADDRESS)
                if "later" in posted or valid:
                    return go_on(draft, "questions", request)
            application = fresh(application)
    used = [one for one in standing_consents(draft) if one.what == ReuseOf.ANSWERS.value]
    return page_of(
        request,
        application,
        "questions",
        form=form,
        where=where,
        offers=offers(draft, account) if account is not None and single and not used else [],
        refused=refused,
        again=again is not None,
    )


def _save(
    request: HttpRequest, application: Application, form: Questions, where: PostedTo | None
) -> None:
    """Keep what was typed, right or wrong, with the address where one was given here."""
    said: dict[str, object] = {"answers": form.typed}
    if where is not None and "post_address" in request.POST:
        address = where.data["post_address"]
        said["party"] = application.written.party | {"address": address}
    save_draft(application.draft, said, "questions", seen=seen_of(request))


def _says_where(where: PostedTo, form: Questions, application: Application) -> bool:
    """Whether an address stands where the post was chosen; the fault stands beside the field."""
    given = where.data.get("post_address", application.written.party.get("address", ""))
    if lacks_address(application.form.form, form.typed, str(given)):
        where.add_error("post_address", NO_ADDRESS.said_in(get_language()))
    return where.is_valid()


def _take_files(request: HttpRequest, application: Application) -> tuple[dict[str, str], QueryDict]:
    """Keep the files of questions that ask for one; a sentence for each that was refused.

    What was typed comes back with the numbers of the files that were sent in rows of a table.
    """
    faults: dict[str, str] = {}
    posted = request.POST.copy()
    if (back := whole(request.POST.get("take-back"))) is not None:
        detach_for_all(application, back)
    for key, needs in application.file_questions():
        for file in request.FILES.getlist(key):
            try:
                attach_for_all(application, needs, file)
            except Refused as refusal:
                faults[key] = str(refusal)
    for table, control, file in row_files(application.form.form, request.FILES):
        try:
            upload = attach_for_all(application, application.asking(table), file)
            posted.appendlist(f"{control}-kept", str(upload.pk))
        except Refused as refusal:
            faults[table] = str(refusal)
    return faults, posted


def _reuse_answers(
    request: HttpRequest, application: Application, account: Account
) -> HttpResponse:
    draft, wanted = application.draft, whole_or(0, request.POST["reuse"])
    for offer in offers(draft, account):
        if offer.case.pk == wanted:
            try:
                use_answers(draft, offer.case, offer.keys, account)
            except Refused as refusal:
                messages.warning(request, str(refusal))
    return step_at(draft, "questions")
