"""Words of the page: a remark stands in the brackets of the language it is read in."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import override


@pytest.mark.parametrize(
    ("remark", "language", "read"),
    [
        ("登记机关核发", "zh-hans", "政府部门核发（登记机关核发）"),
        ("by the registry", "en", "政府部门核发 (by the registry)"),
        (3, "zh-hans", "政府部门核发（3）"),
        (0, "en", "政府部门核发 (0)"),
        ("", "zh-hans", "政府部门核发"),
        (None, "en", "政府部门核发"),
        ("<b>", "zh-hans", "政府部门核发（&lt;b&gt;）"),
    ],
)
def test_a_remark_has_the_brackets_of_its_language(remark, language, read):
    with override(language):
        shown = Template("政府部门核发{{ remark|aside }}").render(Context({"remark": remark}))
    assert shown == read


def test_a_moment_within_a_remark_stays_marked_up_as_a_time():
    with override("en"):
        moment = SafeString('<time datetime="2024-03-05">5 March 2024</time>')
        shown = Template("{{ remark|aside }}").render(Context({"remark": moment}))
    assert shown == f" ({moment})"
