"""What Legal Affairs says of a document: amended, replaced, annulled, explained by another. B3."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openhall.deeds.doing import Doing
from openhall.deeds.refusals import Refused
from openhall.design.forms import DateInput
from openhall.desk.offers import Offer, said
from openhall.files.actions import received
from openhall.glossary import Said
from openhall.office.acts.versions import PUBLIC_REASON, why
from openhall.organs.fields import TextField
from openhall.policies.actions import filing, linking
from openhall.policies.queries import (
    PolicyFile,
    PolicyLink,
    document_known,
    file_by_pk,
    files_filed,
    link_by_pk,
)
from openhall.policies.terms import FileAct, LinkAct, LinkKind

NOT_ONE = Said(
    "政策库里没有这个文件，或者同名的不止一个。请写文号。",
    "The library has no such document, or more than one of that title. Give its number.",
)
NAMED = _("Its number, such as 成办发〔2003〕75号, or its full title.")


class Record(Offer):
    """A newer document bears on an older one."""

    act, section, tone = LinkAct.RECORD, "record", "primary"
    effect = _("Both pages say it from that day on; the older one is marked where it stands.")
    newer = TextField(label=_("The newer document"), max_length=300, help_text=NAMED)
    kind = forms.ChoiceField(label=_("What it does"))
    older = TextField(label=_("The older document"), max_length=300, help_text=NAMED)
    since = forms.DateField(label=_("Since"), widget=DateInput)

    def ask(self) -> None:
        self.choose("kind", said(LinkKind))

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        found: dict[str, Any] = {}
        for name in ("newer", "older"):
            found[name] = document_known(typed[name])
            if found[name] is None:
                raise Refused(NOT_ONE, name)
        kind = LinkKind(typed["kind"])
        return linking.record(found["newer"], found["older"], kind, typed["since"], doing)


class Strike(Offer):
    """A record was wrong."""

    act, section = LinkAct.STRIKE, "strike"
    effect = _("It counts no more; the record stays.")
    reason = why(_("Why"), PUBLIC_REASON)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Any:
        return [one for one in subject if not one.struck]

    @classmethod
    def part(cls, subject: Any, key: str) -> PolicyLink | None:
        return link_by_pk(int(key)) if key.isdecimal() and len(key) < 18 else None

    def does(self, doing: Doing) -> Any:
        return linking.strike(self.about.pk, self.cleaned_data["reason"], doing)


class AttachFile(Offer):
    """A file of a document, as it was published."""

    act, section, tone = FileAct.ATTACH, "file", "primary"
    effect = _(
        "It stands on the page of the document, to take away and to read; the search finds what it "
        "says."
    )
    done = _("The file is attached.")
    document = TextField(label=_("The document"), max_length=300, help_text=NAMED)
    file = forms.FileField(label=_("File"), help_text=_("PDF, DOCX or OFD."))
    words = TextField(
        label=_("Its text, where it is a scan"),
        max_length=filing.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Empty: the text is read out of the file."),
    )

    def does(self, doing: Doing) -> Any:
        typed = self.cleaned_data
        found = document_known(typed["document"])
        if found is None:
            raise Refused(NOT_ONE, "document")
        with received(typed["file"], "file") as kept:
            return filing.attach(found, kept, typed["words"], doing)


class RemoveFile(Offer):
    """A file is shown no more."""

    act, section = FileAct.REMOVE, "remove"
    effect = _("It is shown no more; the record of it stays.")
    reason = why(_("Why"), PUBLIC_REASON)

    @classmethod
    def abouts(cls, subject: Any, who: Any) -> Any:
        return [one for one in files_filed() if not one.removed]

    @classmethod
    def part(cls, subject: Any, key: str) -> PolicyFile | None:
        return file_by_pk(int(key)) if key.isdecimal() and len(key) < 18 else None

    def does(self, doing: Doing) -> Any:
        return filing.remove(self.about.pk, self.cleaned_data["reason"], doing)
