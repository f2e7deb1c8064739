"""Why an act on the catalogue was refused: a sentence, the field it stands beside, the faults."""

from collections.abc import Sequence

from openhall.catalogue.rules.gate import Fault


class CatalogueRefused(ValueError):
    """``field`` names the input the sentence stands beside; ``faults`` are the gate's, if any."""

    def __init__(self, sentence: str, field: str = "", faults: Sequence[Fault] = ()) -> None:
        super().__init__(sentence)
        self.field = field
        self.faults = list(faults)


class NotPublished(CatalogueRefused):
    """A step towards publication was refused."""
