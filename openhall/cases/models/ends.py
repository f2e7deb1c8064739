"""The end of a number, as people read it out, in one form that an index and a question share."""

from typing import Any

from django.db import models
from django.db.models import Func


class EndOfNumber(Func):
    """The last four signs. ``Right`` sends the four as a value: SQLite matches that to no index."""

    template = "SUBSTR(%(expressions)s, -4)"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection, template="RIGHT(%(expressions)s, 4)")
