"""What is written down of a request: one line, and a traceback only for a fault of ours."""

import logging
from pathlib import Path
from typing import Any

OURS = 500


class OnlyOurFaults(logging.Filter):
    """A refusal (4xx) keeps its line and loses its traceback: whoever tries doors would otherwise
    write fourteen lines for each."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", OURS) < OURS:
            record.exc_info, record.exc_text = None, None
        return True


def logging_to(home: Path, to_file: bool, level: str) -> dict[str, Any]:
    """The settings of logging: lines to the console, and to files that never exceed 100 MB.

    The file is shared by all processes: a flood of refusals fills no disk.
    """
    file = {
        "class": "concurrent_log_handler.ConcurrentRotatingFileHandler",
        "filename": str(home / "logs/openhall.log"),
        "maxBytes": 10_000_000,
        "backupCount": 9,
        "chmod": 0o600,
        "delay": True,
        "encoding": "utf-8",
        "formatter": "line",
        "filters": ["ours"],
    }
    console = {"class": "logging.StreamHandler", "formatter": "line", "filters": ["ours"]}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "filters": {"ours": {"()": "openhall.config.serving.logs.OnlyOurFaults"}},
        "handlers": {"console": console, "file": file},
        "root": {"handlers": ["console", *(["file"] if to_file else [])], "level": level},
    }
