"""An address is told once: whatever its dress, it is one address and can be written to."""

import pytest

from openhall.organs.rules.addresses import address_of
from openhall.outbox.rules.addresses import fault_of_address
from openhall.outbox.terms import Channel


@pytest.mark.parametrize(
    "typed",
    [
        "138 0013 8000",
        "138-0013-8000",
        "138\u20130013\u20138000",
        "+86 138.0013.8000",
        "0086-13800138000",
        "１３８００１３８０００",
        "(+86)13800138000",
        "tel:13800138000",
        "138\u200b00138000",
    ],
)
def test_a_mobile_number_in_any_dress_gets_a_message(typed):
    assert address_of(Channel.SMS, typed) == "13800138000"
    assert fault_of_address(Channel.SMS, address_of(Channel.SMS, typed)) is None


@pytest.mark.parametrize("typed", ["028-86660000", "+852 9123 4567", "95588", "没有手机", ""])
def test_what_gets_no_message_is_still_told_so(typed):
    assert fault_of_address(Channel.SMS, address_of(Channel.SMS, typed)) is not None


@pytest.mark.parametrize(
    "typed",
    [
        "wang@example.org",
        "ｗａｎｇ＠ｅｘａｍｐｌｅ．ｏｒｇ",
        " <wang@example.org> ",
        "mailto:wang@example.org",
        "wang@example.org。",
    ],
)
def test_a_mail_address_is_read_as_it_was_meant(typed):
    assert address_of(Channel.EMAIL, typed) == "wang@example.org"
