"""What a supplement notice names. 行政许可法 32(4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """One field or material to supplement, with its reason."""

    reason: str
    field: str = ""
    material: str = ""

    @property
    def place(self) -> str:
        """How a form calls the input of this point."""
        return f"material-{self.material}" if self.material else f"field-{self.field}"
