"""Being told what is new, by feed or by message; confirmed and ended with a code. Live pages."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.desk.offers import Offer, said
from openhall.desk.pages import Subject as Thing
from openhall.glossary import Said
from openhall.organs.fields import TextField
from openhall.outbox.terms import Channel
from openhall.portal.acts import Visitor
from openhall.sites import actions
from openhall.sites.queries import sites, subscription_by_code
from openhall.sites.rules.columns import WRITTEN, order_of
from openhall.sites.rules.topics import topic_of
from openhall.throttle.fields import ProofField, asks, prove
from openhall.throttle.middleware import may_try_code, wrong_code
from openhall.throttle.texting import may_tell

UNKNOWN = Said(
    "没有这个代码。请核对消息中的12位代码。",
    "There is no such code. Compare it with the message; it has twelve signs.",
)


def named(topic: str) -> str:
    """What a topic is called; empty for none."""
    try:
        return actions.topic_named(topic).said_in(get_language())
    except Refused:
        return ""


def feed_of(said: str) -> str:
    """The feed that tells the same without asking who reads it; of everything, for no topic."""
    topic = topic_of(said)
    if topic is None:
        return reverse("portal:sites_feed")
    if topic.kind == "search":
        return reverse("portal:search_feed") + "?" + urlencode({"q": topic.about})
    if topic.column:
        return reverse("portal:column_feed", args=[topic.about, topic.column])
    return reverse(f"portal:{topic.kind}_feed", args=[topic.about])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to be told of."""

    request: HttpRequest
    topic: str = ""

    @property
    def pk(self) -> str:
        return self.topic


class Subscribe(Offer):
    """A site or one of its columns, and where it is told."""

    code, section, bare, tone = "subscribe", "subscribe", True, "primary"
    title = button = gettext_lazy("Send me the code")
    done = gettext_lazy("A message with a code is on its way. Enter it below to confirm.")
    topic = forms.ChoiceField(label=gettext_lazy("What do you want to be told of?"))
    channel = forms.ChoiceField(label=gettext_lazy("How?"), widget=forms.RadioSelect)
    address = TextField(  # type: ignore[assignment]
        label=gettext_lazy("E-mail or mobile number"),
        max_length=120,
        help_text=gettext_lazy("It is kept locked and erased as soon as you end this."),
    )
    proof = ProofField()

    def ask(self) -> None:
        self.choose("topic", self.topics())
        self.choose("channel", said(Channel, (Channel.EMAIL, Channel.SMS)))
        self.initial["topic"] = self.subject.topic
        self.initial["channel"] = Channel.EMAIL.value
        if not asks(self.subject.request):
            del self.fields["proof"]

    def topics(self) -> list[tuple[str, Any]]:
        """The one thing somebody came from, else every site with its columns."""
        asked = str(self.data.get(self.add_prefix("topic"), "")) or self.subject.topic
        topic = topic_of(asked)
        if topic is not None and topic.kind != "site":
            return [(asked, actions.topic_named(asked).said_in(get_language()))]
        english = (get_language() or "").startswith("en")
        listed: list[tuple[str, Any]] = []
        for site in sites():
            name = site.name_en if english and site.name_en else site.name
            columns = [one for one in order_of(site.columns) if one.kind in WRITTEN]
            rows = [(f"site:{site.slug}", _("Everything new on this site"))]
            rows += [
                (f"site:{site.slug}/{one.kind.value}", one.kind.said_in(get_language()))
                for one in columns
            ]
            listed.append((name, rows))
        return listed

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and "proof" in self.fields:
            prove(self, self.subject.request)

    def does(self, doing: Doing) -> None:
        typed = self.cleaned_data
        channel = Channel(typed["channel"])
        if settings.THROTTLES:
            may_tell(self.subject.request, channel, typed["address"])
        actions.subscribe(
            typed["topic"],
            channel,
            typed["address"],
            get_language() or "zh",
            replace(doing, actor=None, seen=None),
        )


class _ByCode(Offer):
    section = "code"
    code_typed = TextField(
        label=gettext_lazy("Code of the message"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def row(self) -> Any:
        may_try_code(self.subject.request)
        found = subscription_by_code(self.cleaned_data["code_typed"])
        if found is None:
            wrong_code(self.subject.request)
            raise Refused(UNKNOWN, "code_typed")
        return found


class Confirm(_ByCode):
    code, title, tone = "confirm", gettext_lazy("Confirm"), "primary"
    done = gettext_lazy("Confirmed. You are told when something is new.")

    def does(self, doing: Doing) -> None:
        actions.confirm(self.row().pk, replace(doing, actor=None, seen=None))


class End(_ByCode):
    code, title = "end", gettext_lazy("End it")
    done = gettext_lazy("Ended. Your address is erased.")

    def does(self, doing: Doing) -> None:
        actions.unsubscribe(self.row().pk, replace(doing, actor=None, seen=None))


class Subscriptions(Thing):
    """Asking, confirming, ending."""

    offers = (Subscribe, Confirm, End)
    template = "portal/sites/subscriptions.html"

    def opened(self, request: HttpRequest, **where: Any) -> tuple[Visitor, Wanted]:
        topic = request.GET.get("topic", "").strip()
        if topic and not named(topic):
            topic = ""
        return Visitor(None, timezone.localdate()), Wanted(request, topic)

    def home(self, who: Visitor, subject: Wanted) -> str:
        return reverse("portal:subscriptions")

    def seq(self, subject: Wanted) -> None:
        return None

    def context(
        self, request: HttpRequest, who: Visitor, subject: Wanted, **more: Any
    ) -> dict[str, Any]:
        return {"feed": feed_of(subject.topic), "named": named(subject.topic)}


page = Subscriptions()
