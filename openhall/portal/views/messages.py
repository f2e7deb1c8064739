"""The account's inbox, and how its holder wishes to be told. A5, A8."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from openhall.cases.queries import own_case_numbered
from openhall.deeds.refusals import Refused
from openhall.desk.pages import existing, stands_on
from openhall.organs.fields import TextField
from openhall.organs.queries import Account
from openhall.outbox.actions import mark_read, prefer
from openhall.outbox.queries import inbox, message_to, preference_of
from openhall.paging.keyset import place
from openhall.portal.views.holding import account_of
from openhall.portal.views.told import title


class PreferenceForm(forms.Form):
    """Addresses besides the inbox; an empty one turns its channel off."""

    sms = TextField(
        label=gettext_lazy("Mobile number for text messages"), required=False, max_length=20
    )
    email = TextField(label=gettext_lazy("E-mail address"), required=False, max_length=120)
    wechat = TextField(
        label=gettext_lazy("WeChat"),
        help_text=gettext_lazy("The identifier the city's official account shows you (OpenID)."),
        required=False,
        max_length=64,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the messages"),
        choices=[("zh", "简体中文"), ("en", "English")],
    )


def _initial(account: Account) -> dict[str, str]:
    chosen = preference_of(account.pk)
    if chosen is None:
        language = "en" if (get_language() or "").startswith("en") else "zh"
        return {"sms": account.phone, "language": language}
    return {
        "sms": chosen.phone,
        "email": chosen.email,
        "wechat": chosen.wechat,
        "language": chosen.language,
    }


def _page(
    request: HttpRequest, account: Account, form: PreferenceForm | None = None
) -> HttpResponse:
    context = {
        "rows": inbox(account.pk, place(request.GET)).map(lambda one: (one, title(one))),
        "form": form or PreferenceForm(initial=_initial(account)),
    }
    wrong = form is not None and bool(form.errors)
    return render(request, "portal/messages.html", context, status=422 if wrong else 200)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The messages of the signed-in account, newest first, unread ones marked."""
    account = account_of(request)
    return redirect("account_login") if account is None else _page(request, account)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message; opening it is remembered."""
    account = account_of(request)
    if account is None:
        return redirect("account_login")
    found = existing(message_to(account.pk, pk))
    mark_read(account.pk, [found.pk])
    case = own_case_numbered(found.about, account)
    context = {"message": found, "title": title(found), "case": case}
    return render(request, "portal/message.html", context)


@stands_on(listing)
def choose(request: HttpRequest) -> HttpResponse:
    """Say how to be told from now on."""
    account = account_of(request)
    if account is None:
        return redirect("account_login")
    form = PreferenceForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            prefer(
                account.pk,
                email=typed["email"].strip(),
                phone=typed["sms"].strip(),
                wechat=typed["wechat"].strip(),
                language=typed["language"],
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("From now on you are told as you chose."))
            return redirect("portal:messages")
    return _page(request, account, form)
