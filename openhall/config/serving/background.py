"""The background worker beside the web workers, begun again when it dies."""

import logging
import multiprocessing
import threading
from collections.abc import Callable

from openhall.config.serving.again import Deaths

logger = logging.getLogger(__name__)


class Beside:
    """One process that runs ``work``; it lives until :meth:`end`, in one body or another."""

    def __init__(self, work: Callable[[], None], name: str) -> None:
        self._work, self._name = work, name
        self._ending = threading.Event()
        self._process = self._begin()
        self._watch = threading.Thread(target=self._watching, name=f"{name}-watch", daemon=True)
        self._watch.start()

    @property
    def pid(self) -> int | None:
        """The number of the process as it is now."""
        return self._process.pid

    def _begin(self) -> multiprocessing.process.BaseProcess:
        process = multiprocessing.get_context("spawn").Process(target=self._work, name=self._name)
        process.start()
        return process

    def _watching(self) -> None:
        deaths = Deaths()
        while not self._ending.is_set():
            self._process.join(0.5)
            if self._process.is_alive() or self._ending.is_set():
                continue
            logger.error("The background worker died and is begun again")
            if not self._ending.wait(deaths.pause()):
                self._process = self._begin()

    def end(self, patience: float) -> None:
        """Tell it to end after its present job; after ``patience`` seconds it is killed."""
        self._ending.set()
        self._watch.join()
        self._process.terminate()
        self._process.join(patience)
        if self._process.is_alive():
            self._process.kill()
