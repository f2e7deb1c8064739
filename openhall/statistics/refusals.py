"""What this room refuses, in whole sentences."""


class AuditRefused(ValueError):
    """The act is not done; ``field`` is the question the sentence belongs beside."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
