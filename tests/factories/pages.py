"""A page as its reader has it: its words, its forms by their visible words, its faults by field.

Tests of the doors press what a person would press, so that they hold whatever the modules behind
are called: ``page.form("减免").fill({"减免依据": "…"}).send()``.
"""

from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files.base import File
from django.test import Client

TYPED = {
    "text",
    "hidden",
    "email",
    "tel",
    "number",
    "date",
    "time",
    "datetime-local",
    "search",
    "file",
}


@dataclass
class Page:
    """What ``client`` was answered at ``address``, redirects followed."""

    client: Client
    address: str
    answer: Any
    soup: BeautifulSoup = field(init=False, repr=False)

    def __post_init__(self) -> None:
        html = "text/html" in self.answer.headers.get("Content-Type", "")
        self.soup = BeautifulSoup(self.answer.text if html else "", "html.parser")

    @property
    def status(self) -> int:
        """Of the first answer: 303 and 302 say that the deed was done."""
        hops = getattr(self.answer, "redirect_chain", [])
        return hops[0][1] if hops else self.answer.status_code

    @property
    def done(self) -> bool:
        return self.status in (302, 303) and self.answer.status_code == 200

    @property
    def words(self) -> str:
        """The text of the page, as it would be read aloud."""
        return words_of(self.soup.find("body") or self.soup)

    def form(self, *said: str) -> "Form":
        """The one form, of all that are sent, whose visible words hold each of ``said``."""
        found = [
            one
            for one in self.soup.select("form[method=post]")
            if all(s in shown(one) for s in said)
        ]
        # A form with several buttons is found by the words of a button before those of its text.
        closest = [
            one for one in found if any(said[0] in words_of(b) for b in buttons(one))
        ] or found
        assert len(closest) == 1, (
            said,
            self.status,
            [shown(one)[:80] for one in closest],
            self.words,
        )
        return Form(self, closest[0])

    def act(self, said: str) -> "Form":
        """The form of an act that stands beside the page: its link is followed, if it is folded."""
        for link in self.soup.select("#acts .actgrid a, #acts details a"):
            if said in words_of(link):
                there = read(self.client, urljoin(self.address, str(link["href"])))
                return Form(there, there.soup.select_one("#acts form[method=post]"))
        return self.form(said)

    def offers(self, *said: str) -> bool:
        """Whether some form has a button with these words."""
        return any(
            all(s in words_of(button) for s in said)
            for one in self.soup.select("form[method=post]")
            for button in buttons(one)
        )

    def beside(self, label: str) -> str:
        """What stands as wrong beside the field that is labelled ``label``."""
        for tag in self.soup.select("label, legend"):
            if label not in words_of(tag):
                continue
            holder = tag.find_parent(class_="field") or tag.find_parent("fieldset") or tag.parent
            while holder is not None and holder.name != "form":
                if wrong := holder.select_one(".error, [id$=_error]"):
                    return words_of(wrong)
                holder = holder.find_parent("fieldset")
        return ""


@dataclass
class Form:
    """A form of ``page``, filled in as it was shown and then typed over."""

    page: Page
    tag: Tag
    typed: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.typed = {}
        for one in self.tag.select("input[name], textarea[name], select[name]"):
            self._as_shown(one)

    def _as_shown(self, one: Tag) -> None:
        name, kind = str(one["name"]), str(one.get("type", "text"))
        if one.has_attr("disabled"):
            return
        if one.name == "textarea":
            self.typed[name] = one.get_text().removeprefix("\n")
        elif one.name == "select":
            options = one.select("option[selected]") or one.select("option")[:1]
            values = [str(option.get("value", "")) for option in options]
            self.typed[name] = values if one.has_attr("multiple") else "".join(values)
        elif kind in ("radio", "checkbox"):
            if one.has_attr("checked"):
                self.typed.setdefault(name, [])
                self.typed[name] = [*self.typed[name], str(one.get("value", "on"))]
        elif kind in TYPED and kind != "file":
            self.typed[name] = str(one.get("value", ""))

    def fill(self, said: dict[str, Any]) -> Self:
        """Type under visible labels; choose by the visible word of the choice."""
        for label, value in said.items():
            self._under(label, value)
        return self

    def _under(self, label: str, value: Any) -> None:
        for tag in self.tag.select("legend"):
            if label in words_of(tag):
                choices = tag.find_parent("fieldset").select("label")
                wanted = [value] if isinstance(value, str) else value
                chosen = [self._control(c) for c in choices if words_of(c) in wanted]
                assert len(chosen) == len(wanted), [words_of(c) for c in choices]
                self.typed[str(chosen[0]["name"])] = [str(one.get("value", "on")) for one in chosen]
                return
        for tag in self.tag.select("label"):
            if label in words_of(tag):
                control = self._control(tag)
                if control.name == "select" and isinstance(value, str):
                    options = {
                        words_of(o): str(o.get("value", "")) for o in control.select("option")
                    }
                    value = options.get(value, value)
                self.typed[str(control["name"])] = value
                return
        raise AssertionError((label, [words_of(one) for one in self.tag.select("label, legend")]))

    def _control(self, label: Tag) -> Tag:
        found = self.tag.find(id=label["for"]) if label.has_attr("for") else None
        found = found or label.select_one("input, select, textarea")
        assert isinstance(found, Tag), label
        return found

    @property
    def address(self) -> str:
        return urljoin(self.page.address, str(self.tag.get("action") or self.page.address))

    def send(self, button: str = "", *, key: str = "") -> Page:
        """Press the button (the first, or the one with these words); as who is signed in now."""
        sent = dict(self.typed)
        pressed = [one for one in buttons(self.tag) if button in words_of(one)]
        if pressed and pressed[0].get("name"):
            sent[str(pressed[0]["name"])] = str(pressed[0].get("value", ""))
        if key:
            sent = {name: key if name == "key" else value for name, value in sent.items()}
        for value in sent.values():
            if isinstance(value, File):
                value.seek(0)
        client = self.page.client
        answer = client.post(self.address, sent, follow=True)
        hops = getattr(answer, "redirect_chain", [])
        return Page(client, hops[-1][0] if hops else self.address, answer)

    def send_as(self, account: AbstractBaseUser | None) -> Page:
        """The same, from the hands of another person (or of nobody)."""
        client = Client()
        if account is not None:
            client.force_login(account)
        answer = client.post(self.address, self.typed)
        return Page(client, self.address, answer)


def buttons(form: Tag) -> list[Tag]:
    return form.select("button:not([type=button]), input[type=submit]")


def words_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())


def shown(form: Tag) -> str:
    """The words of a form, with those of the fold or the row it stands in."""
    row = form.find_parent("tr") or form.find_parent("details") or form
    return words_of(row)


def read(client: Client, address: str, account: AbstractBaseUser | None = None) -> Page:
    """Open ``address``, as ``account`` if one is named."""
    if account is not None:
        client.force_login(account)
    return Page(client, address, client.get(address))


def asked_by(act: str, typed: dict[str, Any]) -> dict[str, Any]:
    """``typed`` under the names that the act of this address gives its fields."""
    return {f"{act}-{name}": value for name, value in typed.items()}
