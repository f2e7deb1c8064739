"""Drawing a part: in a page it is noted apart, so that a change of it leaves the page as it is."""

from django.conf import settings
from django.utils.module_loading import import_string

from openhall.press.rules.splicing import CLOSES, OPENS, marked
from openhall.press.watching.recording import Drawn, apart, here


def html_of(name: str, about: str) -> str:
    """The words of a part in the language of now."""
    html = str(import_string(settings.PRESS_PARTS[name])(about))
    return html.replace(OPENS, "").replace(CLOSES, "")


def drawn(name: str, about: str) -> str:
    """The same, with marks while a page is made for everybody."""
    recorder = here()
    if recorder is None:
        return html_of(name, about)
    with apart() as own:
        html = html_of(name, about)
    recorder.parts.append(Drawn(name, about, html, own))
    return marked(len(recorder.parts) - 1, html)
