"""What is written down of a request: one line, and a traceback only for a fault of ours."""

import logging

OURS = 500


class OnlyOurFaults(logging.Filter):
    """A refusal (4xx) keeps its line and loses its traceback: whoever tries doors would otherwise
    write fourteen lines for each."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", OURS) < OURS:
            record.exc_info, record.exc_text = None, None
        return True
