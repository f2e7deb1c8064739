"""The ``openhall`` command: what an operator types.

``openhall`` alone lists the product's own commands in the operator's words; everything Django
offers is still there by its name (``openhall shell``, ``openhall dbshell``, …).
"""

import os
import sys
from importlib import import_module

from django.core.management import BaseCommand, ManagementUtility, get_commands, load_command_class
from django.db.utils import OperationalError
from rich.console import Console
from rich.table import Table

from openhall.vault.modes import UMASK

GROUPS: dict[str, tuple[str, ...]] = {
    "Run": ("serve", "worker", "jobs", "outbox"),
    "Try": ("demo", "simulate"),
    "Data": (
        "import",
        "export",
        "voice",
        "recalendar",
        "search",
        "sites",
        "press",
        "migrate",
        "backup",
        "restore",
        "keys",
    ),
    "Prove": ("doctor", "audit", "verify", "recount", "witness", "check"),
    "People": ("createsuperuser", "changepassword"),
}
ASKS_FOR_HELP = {"--help", "-h", "help"}


def _of_openhall(owner: object) -> bool:
    name = owner if isinstance(owner, str) else type(owner).__module__
    return name.startswith("openhall.")


def _first_sentence(owner: str | BaseCommand, name: str) -> str:
    """The command's own one-line help."""
    command = load_command_class(owner, name) if isinstance(owner, str) else owner
    text = (command.help or "").strip() or (sys.modules[type(command).__module__].__doc__ or "")
    line = " ".join(text.strip().split("\n\n")[0].split())
    return line.split(". ")[0].rstrip(".")


def listing() -> Table:
    """Every command of ours and the few of Django's an operator needs, in groups."""
    known = get_commands()
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    ours = {name for name, owner in known.items() if _of_openhall(owner)}
    grouped = {name for names in GROUPS.values() for name in names}
    groups = {**GROUPS, "For developers": tuple(sorted(ours - grouped))}
    for title, names in groups.items():
        here = [name for name in names if name in known]
        if here:
            table.add_row(f"[cyan]{title}[/cyan]", "")
        for name in here:
            table.add_row(f"  {name}", _first_sentence(known[name], name))
    return table


def show_help() -> None:
    """Print the listing and how to learn more."""
    import django

    django.setup()
    console = Console()
    version = import_module("openhall").__dict__.get("__version__", "")
    console.print(f"\n[bold]OpenHall 阳光政务[/bold] {version}\n")
    console.print("openhall COMMAND …        openhall COMMAND --help says more of one\n")
    console.print(listing())
    console.print("\nSettings are read from OPENHALL_… variables: see docs/operate.md\n")


def main(arguments: list[str] | None = None) -> None:
    """The entry point installed as ``openhall``."""
    os.umask(UMASK)  # whatever a command writes is the city's alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openhall.config.settings")
    asked = list(sys.argv if arguments is None else ["openhall", *arguments])
    if len(asked) == 1 or (len(asked) == 2 and asked[1] in ASKS_FOR_HELP):
        show_help()
        return
    try:
        ManagementUtility(asked).execute()
    except OperationalError as fault:
        if type(fault).__name__ != "NotThere":  # of openhall.gate, which SQLite alone loads
            raise
        print(fault, file=sys.stderr)  # noqa: T201
        sys.exit(1)
