"""What a desk may do to an article: write, check for secrets, publish, mend, withdraw. B4."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer, in_words, said
from openhall.files.actions import received
from openhall.office.acts import versions as common
from openhall.office.acts.versions import offers_of, why
from openhall.organs.fields import TextField
from openhall.organs.terms import Desk
from openhall.sites import actions
from openhall.sites.kinds import EDITION
from openhall.sites.queries import Article, Edition, editors
from openhall.sites.rules.columns import WRITTEN
from openhall.sites.terms import ArticleAct, ColumnKind, Secrecy, WhyWithdrawn
from openhall.versions.terms import VersionAct, VersionState

FIELDS: Final = {"title": "headline", "title_en": "headline_en"}  # an offer's title is its own
NAMES: Final = (
    "title", "title_en", "summary", "summary_en", "text", "text_en", "source", "keywords",
)  # fmt: skip
MARKS: Final = _(
    "## heading, - point, 1. number, | cell | cell | under “Table: what it shows”, ! note, "
    "@guide code, @form code, @fee code, @policy 12, @figures 2026-10, @chart received, @contact, "
    "@picture file | what it shows"
)


@dataclass(frozen=True, slots=True)
class Written:
    """An article with the edition that this desk works on."""

    article: Article
    version: Edition

    @property
    def number(self) -> str:
        return self.article.number


class WordsOffer(Offer):
    """What an edition says. None is required by the form: a draft may be half written."""

    headline = TextField(label=_("Title"), max_length=120, required=False)
    headline_en = TextField(label=_("Title in English"), max_length=200, required=False)
    summary = TextField(label=_("Summary"), max_length=300, required=False)
    summary_en = TextField(label=_("Summary in English"), max_length=400, required=False)
    text = TextField(
        label=_("Text"),
        max_length=40_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=MARKS,
    )
    text_en = TextField(
        label=_("Text in English"),
        max_length=60_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Empty: English readers are told that it is in Chinese only."),
    )
    source = TextField(label=_("Source"), max_length=120, required=False)
    keywords = TextField(label=_("Keywords"), max_length=120, required=False)

    def words(self) -> dict[str, str]:
        """What was typed, as the act takes it."""
        return {name: self.cleaned_data[FIELDS.get(name, name)] for name in NAMES}

    def refuse(self, refusal: Refused) -> None:
        for fault in refusal.faults or (refusal,):
            field = FIELDS.get(fault.field, fault.field)
            self.add_error(field if field in self.fields else None, in_words(fault))


class OpenArticle(WordsOffer):
    """A new article in one of the columns that editors write."""

    act, section, tone = ArticleAct.OPEN, "begin", "primary"
    desks = (Desk.EDITOR,)
    title, button, done = _("Write an article"), _("Save as a draft"), _("The draft is saved.")
    column = forms.ChoiceField(label=_("Column of the site"))
    field_order = ("column",)

    def ask(self) -> None:
        here = [one for one in WRITTEN if one.value in self.subject.columns]
        self.choose("column", said(ColumnKind, here))
        self.initial["source"] = self.subject.organ.name

    def does(self, doing: Doing) -> Edition:
        column = ColumnKind(self.cleaned_data["column"])
        return actions.open_article(self.subject, column, self.words(), doing)

    def goes_to(self, left: Edition) -> str:
        return reverse(
            "office:article", args=[self.who.organ.code, self.who.desk.value, left.article.number]
        )


class WriteWords(WordsOffer):
    """Go on with the draft."""

    code, title, section, bare = "save", _("Write"), "write", True
    tone, button, done = "primary", _("Save"), _("The draft is saved.")

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        may = EDITION.route.write.may(who.account, subject.version, who.day)
        return subject.version.state == VersionState.DRAFT and may

    def ask(self) -> None:
        for name in NAMES:
            self.fields[FIELDS.get(name, name)].initial = getattr(self.subject.version, name)

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.subject.version.revision)

    def does(self, doing: Doing) -> Any:
        return actions.save_words(self.subject.version.pk, self.words(), doing)


class _OnDraft(Offer):
    """A change beside the words of the draft."""

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        return WriteWords.offered(subject, who)

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.subject.version.revision)


class Attach(_OnDraft):
    code, title = "attach", _("Lay a picture or a file beside it")
    effect = _("A picture shows where the text says @picture with its name and what it shows.")
    done = _("The file lies beside the draft.")
    file = forms.FileField(label=_("File"))

    def does(self, doing: Doing) -> Any:
        with received(self.cleaned_data["file"], "file", public=True) as kept:
            return actions.attach(self.subject.version.pk, [kept], doing)


class RemoveFile(_OnDraft):
    code, title, seldom = "remove_file", _("Take a file away"), True
    done = _("The file is no part of the draft any more.")
    name = forms.ChoiceField(label=_("File"))

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        return bool(subject.version.files) and super().offered(subject, who)

    def ask(self) -> None:
        self.choose("name", [(one["name"], one["name"]) for one in self.subject.version.files])

    def does(self, doing: Doing) -> Any:
        return actions.remove_file(self.subject.version.pk, self.cleaned_data["name"], doing)


class Check(common.Pass):
    """The check for secrets, with what it found."""

    title = _("Passed the check for secrets")
    effect = _("What was found stands in the public log; who checked does not publish.")
    found = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)

    def ask(self) -> None:
        self.choose("found", said(Secrecy))

    def acts(self, doing: Doing) -> Any:
        return actions.check_secrecy(self.version.pk, Secrecy(self.cleaned_data["found"]), doing)


class PublishArticle(common.Publish):
    """From a day on everybody reads it."""

    effect = _(
        "Everybody reads it from that day on. The time of publication is the time of this act; "
        "it is never earlier. Nothing published is changed: what is mended is a new edition."
    )

    def acts(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        return actions.publish_edition(
            self.version.pk, typed["first_day"], doing, typed.get("note") or ""
        )


class PublishUrgently(common.OnVersion):
    """Before the check, for what cannot wait."""

    kind = EDITION
    act, code, seldom, tone = VersionAct.PUBLISH, "urgent", True, "grave"
    title = _("Publish at once, before its check")
    clause = ArticleAct.URGENT.basis
    states = (VersionState.DRAFT, VersionState.REVIEW)
    effect = _(
        "Only for what cannot wait. The reason is public; the check for secrets is owed within two "
        "working days."
    )
    urgent = why(_("Why it cannot wait"), common.PUBLIC_REASON)

    @classmethod
    def step(cls, version: Any) -> Any:
        return cls.kind.route.publish

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        checked = subject.version.step == cls.kind.route.publish.name
        return not checked and super().offered(subject, who)

    def acts(self, doing: Doing) -> Any:
        reason = self.cleaned_data["urgent"]
        return actions.publish_edition(self.version.pk, self.day, doing, "", reason)


class Expire(common.End):
    """It is not listed after its last day."""

    title = _("Let it expire")
    effect = _("After its last day it is not listed any more; its page stays and says so.")


class NextEdition(common.Begin):
    """Mend what is published by a new edition."""

    title = _("Begin a new edition")

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        return not subject.article.is_withdrawn and super().offered(subject, who)

    def goes_to(self, left: Any) -> str:
        return ""


class OnArticle(Offer):
    """An act on the article itself."""

    act: ClassVar[ArticleAct]

    @property
    def article(self) -> Article:
        found: Article = self.subject.article
        return found

    def doing(self, key: str, now: datetime, seen: int | None) -> Doing:
        return replace(super().doing(key, now, None), seen=self.article.seq)


class LookedThrough(OnArticle):
    act, desks = ArticleAct.LOOKED, (Desk.EDITOR,)
    effect = _("It still says what is. The next look is due in half a year.")

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        return subject.article.look_by is not None and not subject.article.is_withdrawn

    def does(self, doing: Doing) -> Any:
        return actions.looked_through(self.article.pk, doing)


class Care(OnArticle):
    act, desks, seldom = ArticleAct.CARE, (Desk.EDITOR, Desk.HEAD), True
    effect = _("Who it is, is reminded when the day comes.")
    owner = forms.ChoiceField(label=_("Who looks after it"))
    look_by = forms.DateField(label=_("Look it through by"), widget=DateInput)

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        return not subject.article.is_withdrawn

    def ask(self) -> None:
        self.choose_rows("owner", editors(self.article.site, self.day))
        self.initial["look_by"] = self.article.look_by

    def does(self, doing: Doing) -> Any:
        return actions.care(
            self.article.pk, self.chosen("owner"), self.cleaned_data["look_by"], doing
        )


class CheckAfterwards(OnArticle):
    act, desks, tone = ArticleAct.CHECKED, (Desk.DECIDER,), "primary"
    effect = _("What was found stands in the public log.")
    found = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        return subject.article.check_due is not None

    def ask(self) -> None:
        self.choose("found", said(Secrecy))

    def does(self, doing: Doing) -> Any:
        found = Secrecy(self.cleaned_data["found"])
        return actions.checked_afterwards(self.article.pk, found, doing)


class Withdraw(OnArticle):
    act, desks, tone, seldom = ArticleAct.WITHDRAW, (Desk.HEAD,), "grave", True
    effect = _(
        "It is not listed any more. Its page stays and says why; what may not be read is hidden, "
        "and nothing is deleted."
    )
    because_kind = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    because = why(_("In words"), common.PUBLIC_REASON)

    @classmethod
    def offered(cls, subject: Written, who: Any) -> bool:
        public = subject.version.is_public or subject.version.number > 1
        return public and not subject.article.is_withdrawn

    def ask(self) -> None:
        self.choose("because_kind", said(WhyWithdrawn))

    def does(self, doing: Doing) -> Any:
        kind = WhyWithdrawn(self.cleaned_data["because_kind"])
        return actions.withdraw(self.article.pk, kind, self.cleaned_data["because"], doing)


ARTICLE_OFFERS: tuple[type[Offer], ...] = (
    WriteWords,
    Attach,
    RemoveFile,
    *offers_of(EDITION, Check, PublishArticle, Expire, NextEdition),
    PublishUrgently,
    LookedThrough,
    CheckAfterwards,
    Care,
    Withdraw,
)


def asked_day(sent: str) -> date:
    """The day somebody asks about; today where it is none."""
    try:
        return date.fromisoformat(sent)
    except ValueError:
        return timezone.localdate()


def in_english() -> bool:
    return (get_language() or "").startswith("en")
