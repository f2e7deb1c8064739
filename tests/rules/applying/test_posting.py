"""Which options mean the post, and when an address is still missing: 行政许可法 44."""

import pytest

from openhall.applying.rules.posting import lacks_address, where_asked
from openhall.forms.rules import read_form


def form(*options, **address):
    collect = {
        "key": "collect",
        "kind": "choice",
        "label": "怎样领取",
        "options": [{"value": value, "label": label} for value, label in options],
    }
    where = {"key": "where", "kind": "address", "label": "收件地址"} | address
    return read_form([collect, *([where] if address else [])], "", "")


@pytest.mark.parametrize(
    ("option", "posted"),
    [
        (("post", "邮寄"), True),
        (("by-post", "Post"), True),
        (("b", "邮政快递送达"), True),
        (("c", "寄送到家"), True),
        (("window", "窗口领取"), False),
        (("self", "自取，不邮寄"), False),
        (("poster", "张贴"), False),
        (("electronic", "电子证照"), False),
    ],
)
def test_an_option_means_the_post_by_its_value_or_its_words(option, posted):
    asked = where_asked(form(option, ("other", "其他")))
    assert bool(asked) is posted
    answers = {"collect": option[0]}
    assert lacks_address(form(option, ("other", "其他")), answers, " ") is posted
    assert not lacks_address(form(option, ("other", "其他")), answers, "春熙路1号")


def test_a_form_that_asks_for_the_address_itself_is_left_to_it():
    when = {"field": "collect", "is": ["post"]}
    asked = form(("post", "邮寄"), ("window", "窗口"), show_if=when, required=True)
    assert where_asked(asked) == {}
    assert not lacks_address(asked, {"collect": "post"}, "")


def test_an_address_asked_for_anyway_is_not_where_it_is_sent():
    asked = form(("post", "邮寄"), ("window", "窗口"), required=True)
    assert lacks_address(asked, {"collect": "post", "where": "户籍地址"}, "")
