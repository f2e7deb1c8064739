"""granian, without its one way of giving up.

granian ends the whole server when the same worker dies twice within some five seconds ("Worker
crash loop detected, exiting"), and the background worker with it. Two deaths are no loop: a kernel
short of memory, or a parser, kills twice in a row and the third request is served.
"""

import logging
import time
from typing import Any

from granian.server import Server

from openhall.config.serving.again import Deaths

logger = logging.getLogger(__name__)


class Unending(Server):  # type: ignore[misc, valid-type]
    """Begins a dead worker again however often it dies; ends only when it is told to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, respawn_failed_workers=True)
        self._deaths = Deaths()

    def _respawn_workers(
        self, workers: list[int], spawn_target: Any, target_loader: Any, delay: float = 0
    ) -> None:
        if not delay:  # it died; with a delay it is being replaced in good order
            logger.error("A web worker died and is begun again")
            until = time.monotonic() + self._deaths.pause(len(workers))
            while time.monotonic() < until and not self.interrupt_signal:
                time.sleep(0.05)
        super()._respawn_workers(workers, spawn_target, target_loader, delay=delay)
        self.respawned_wrks.clear()  # by this granian counts "within some seconds"


def serve_unending(**settings: Any) -> None:
    """Serve until told to stop, whatever becomes of workers or of granian's own loop."""
    deaths = Deaths()
    while True:
        server = Unending(**settings)
        server.serve()
        if server.interrupt_signal:
            return
        logger.error("The web server ended by itself and is begun again")
        time.sleep(deaths.pause())
