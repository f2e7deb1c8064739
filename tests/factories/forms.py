"""A form of every kind, and answers that it takes."""

import copy

from openhall.catalogue.models import Form
from tests.rules.forms import ALLOWANCE, ANSWERS


def allowance_form(version) -> Form:
    """The application form of the old-age allowance, on ``version``."""
    return Form.objects.create(
        version=version,
        title="高龄津贴申请表",
        title_en="Application: old-age allowance",
        fields=copy.deepcopy(ALLOWANCE),
    )


def answers(**more):
    return copy.deepcopy(ANSWERS) | more
