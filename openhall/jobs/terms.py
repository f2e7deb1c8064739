"""Words of background work."""

from openhall.glossary import Term


class JobState(Term):
    """Where a job stands. A running one whose lease has lapsed is waiting again."""

    WAITING = "waiting", "等待", "Waiting", ""
    RUNNING = "running", "进行中", "Running", ""
    DONE = "done", "已完成", "Done", ""
    FAILED = "failed", "失败", "Failed", ""
