"""Who may, in a sentence; and numbers."""

from typing import Final

from openhall.deeds.refusals import only as only_by
from openhall.glossary import Said

NUMBER_OF_INSPECTIONS, NUMBER_OF_EVIDENCE = "JD", "ZZ"
RULE: Final = "成办发〔2003〕75号 二（三）"
PLANNERS: Final = Said("牵头的监察机关", "the Supervision Bureau that leads it")
ANNOUNCERS: Final = Said(
    "市政府办公厅中没有拟订方案的人",
    "somebody of the City Government Office who did not write the plan",
)

KEYERS: Final = Said(
    "监察机关、政务服务中心中与被检查单位无关的人员",
    "the Supervision Bureau or a service centre, and nobody of the unit inspected,",
)


def only(allowed: bool, who: Said, what: Said) -> None:
    """Refused unless ``allowed``, with the clause of the policy."""
    only_by(allowed, who, what, RULE)
