"""The process that judges: forks a child for each file, bounded in time and memory, and killed.

Parsers of PDF and pictures are large and written in C; what strangers send must not stop, slow or
break the process that answers people, prints papers or holds the database (ASVS 5.2, 12.1). Started
by :mod:`openhall.files.judges` with an empty environment; ends when its parent does. Standard
input is the socket over which the end of a connection for each file comes.
"""

import os
import resource
import signal
import socket
from importlib import import_module
from typing import Final

from openhall.files.judging import judge, watermarked
from openhall.files.wire import MOST_PATIENT, MOST_WALL, receive, send

MOST_SECONDS: Final = 10  # of the processor
MOST_MEMORY: Final = 1536 * 1024 * 1024  # bytes of addresses
MOST_WRITTEN: Final = 128 * 1024 * 1024  # bytes of one temporary file


def _bound() -> None:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, MOST_WALL)
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_PATIENT))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)


def _answer(wire: socket.socket) -> None:
    asked, content = receive(wire)
    if asked["do"] == "read":  # by a room above, which alone knows what it looks for
        seconds = min(int(asked["seconds"]), MOST_PATIENT)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, MOST_PATIENT))
        reader = getattr(import_module(asked["module"]), asked["reader"])
        send(wire, reader(content))
        return
    if asked["do"] == "draw":
        send(wire, {}, watermarked(content, asked["media_type"], asked["mark"]))
        return
    found = judge(asked["name"], content)
    fault = None if found.fault is None else [found.fault.zh, found.fault.en]
    words = {
        "fault": fault,
        "name": found.name,
        "media_type": found.media_type,
        "pages": found.pages,
        "note": found.note.value,
    }
    send(wire, words, found.small)


def main() -> None:
    """Serve until the other end of standard input is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for the parent
    calls = socket.socket(fileno=os.dup(0))
    while True:
        _word, handles, _flags, _from = socket.recv_fds(calls, 1, 1)
        if not handles:
            return
        if os.fork() == 0:
            code = 1
            try:
                calls.close()
                _bound()
                _answer(socket.socket(fileno=handles[0]))
                code = 0
            finally:
                os._exit(code)
        os.close(handles[0])


if __name__ == "__main__":
    main()
