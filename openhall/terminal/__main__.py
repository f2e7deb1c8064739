"""Run the program on a kiosk.

    python -m openhall.terminal key --home /var/lib/kiosk
    python -m openhall.terminal run --home /var/lib/kiosk --server https://… --hall jinjiang \\
        --kiosk jinjiang-kiosk-1 --port 8020

``key`` prints the line that the manager of the centre registers. The browser is started beside it:
``chromium --kiosk --kiosk-printing --incognito http://127.0.0.1:8020/``.
"""

import argparse
import sys
import threading
import time
from pathlib import Path

from openhall.terminal.centre import Centre, key_in, over_http, public_line
from openhall.terminal.copying import Copy, copied
from openhall.terminal.disk import Disk
from openhall.terminal.machine import Machine
from openhall.terminal.serving import Screen, serve

HOURLY = 3600.0  # seconds after which the pages are copied anew
PAUSE = 3.0  # seconds between two rounds where nothing is waiting to be sent
AGAIN = 60.0  # seconds after which a copy that failed is tried again


def rounds(machine: Machine, copy: Copy, stop: threading.Event) -> None:
    """Beat, send, restock and copy for as long as the machine runs."""
    due = time.monotonic()
    while not stop.is_set():
        machine.moved.clear()
        machine.round()
        if not machine.away and time.monotonic() >= due:
            due = time.monotonic() + (HOURLY if copied(copy, machine.centre) else AGAIN)
            machine.as_of = copy.as_of
        machine.moved.wait(PAUSE)


def main(words: list[str]) -> int:
    """The command; 0 where it ended well."""
    reads = argparse.ArgumentParser(prog="openhall.terminal", description=__doc__)
    what = reads.add_subparsers(dest="what", required=True)
    key = what.add_parser("key")
    run = what.add_parser("run")
    for one in (key, run):
        one.add_argument("--home", type=Path, required=True)
    for name in ("server", "hall", "kiosk"):
        run.add_argument(f"--{name}", required=True)
    run.add_argument("--port", type=int, default=8020)
    asked = reads.parse_args(words)
    own = key_in(asked.home)
    if asked.what == "key":
        sys.stdout.write(public_line(own) + "\n")
        return 0
    server = asked.server.rstrip("/")
    machine = Machine(
        Centre(asked.hall, asked.kiosk, own, over_http(server)), Disk(asked.home / "journal")
    )
    copy = Copy(asked.home / "copy")
    machine.as_of = copy.as_of
    stop = threading.Event()
    worker = threading.Thread(target=rounds, args=(machine, copy, stop), daemon=True)
    worker.start()
    door = serve(Screen(machine, copy, server), asked.port)
    sys.stdout.write(f"http://127.0.0.1:{door.server_address[1]}/\n")
    sys.stdout.flush()
    try:
        door.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        machine.moved.set()
        worker.join(10)
        machine.disk.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
