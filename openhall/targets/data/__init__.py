"""The targets proposed for a new sheet: heads of the policy, with weights and evidence."""

import json
from functools import lru_cache
from importlib.resources import files

from openhall.targets.rules.sheet import Target, targets_in


@lru_cache(maxsize=1)
def proposed() -> tuple[Target, ...]:
    """What a draft begins with where the unit has no sheet yet."""
    told = json.loads(files(__name__).joinpath("targets.json").read_text("utf-8"))
    return tuple(targets_in(told))
