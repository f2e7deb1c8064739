"""Runs a command against a private PostgreSQL cluster that lives only as long as the command.

    python tests/postgres.py pytest tests/rooms …

The cluster listens on a socket in a throw-away folder, on no port. When started by root it runs
as the unprivileged ``postgres`` user, because PostgreSQL refuses root. It is stopped by its own
process when the command ends, however the command ends.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

CLUSTER = ["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
# Nothing here must survive a power cut, so nothing waits for the disk.
HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "60",
    "max_locks_per_transaction": "256",  # a restore locks every table in one transaction
    "listen_addresses": "",
}


def programs() -> Path:
    """The folder of the newest installed PostgreSQL server programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name),
    )
    if found:
        return found[-1].parent
    if here := shutil.which("initdb"):
        return Path(here).resolve().parent
    sys.exit("PostgreSQL is not installed; on Debian: apt-get install postgresql")


def unprivileged() -> dict[str, Any]:
    """How to start a process as someone PostgreSQL accepts."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            person = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}
    sys.exit("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields its database URL."""
    bin_, owner = programs(), unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="openhall-pg-"))
    log = folder / "log"
    if owner:
        os.chown(folder, owner["user"], owner["group"])
    data = folder / "data"
    common: dict[str, Any] = {"cwd": folder, "check": True, **owner}
    server: subprocess.Popen[bytes] | None = None
    try:
        subprocess.run(
            [bin_ / "initdb", "-D", data, "-U", "openhall", *CLUSTER],
            stdout=subprocess.DEVNULL,
            **common,
        )
        waiting = f"until '{bin_}/pg_isready' -q -h '{folder}'; do sleep 0.1; done"
        options = [f"-c{name}={value}" for name, value in HASTE.items()]
        with log.open("wb") as lines:
            server = subprocess.Popen(
                [bin_ / "postgres", "-D", data, "-k", folder, *options],
                cwd=folder,
                stdout=lines,
                stderr=lines,
                start_new_session=True,  # Ctrl-C must reach the tests, not the database first.
                **owner,
            )
        subprocess.run(
            ["timeout", "60", "sh", "-c", waiting],
            **common,
        )
        subprocess.run([bin_ / "createdb", "-h", folder, "-U", "openhall", "openhall"], **common)
        yield f"postgres://openhall@{quote(str(folder), safe='')}/openhall"
    except subprocess.CalledProcessError:
        if log.exists():
            sys.stderr.write(log.read_text())
        raise
    finally:
        if server is not None:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            try:
                server.wait(timeout=30)
            except subprocess.TimeoutExpired:
                server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, frame: object) -> None:
    sys.exit(128 + number)


def main(command: list[str]) -> int:
    """Run ``command`` with ``OPENHALL_DATABASE_URL`` set; return its exit status."""
    if not command:
        sys.exit("usage: python tests/postgres.py command …")
    signal.signal(signal.SIGTERM, _leave)
    with cluster() as url:
        return subprocess.run(
            command, env=os.environ | {"OPENHALL_DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
