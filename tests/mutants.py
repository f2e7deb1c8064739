"""Does a test notice when the law is changed? Small changes, one at a time, until a test fails.

    make mutants                       rules and permissions, ten minutes
    make mutants MINUTES=60 ONLY=cases only modules whose path holds this word

Each mutant is one small change of one line: ``<`` for ``<=``, ``or`` for ``and``, one day more, a
line of a table struck out. It is killed when a test fails, and survives when all that pass through
its line still pass. The tests run once with their lines recorded; then for each mutant a forked
process puts the changed code in place of the old and runs only the tests that pass there. What is
done on import (tables, the calendar a test file makes once) is tried by importing anew.

Mutants are taken in an order that is the same every time and spreads over the modules, so that a
run that is stopped by its time says something about all of them. Survivors are listed in
``test-results/mutants.txt``. A mutant that makes no difference (an equivalent one) is struck from
the list by a line in ``tests/mutants_alike.txt``, with its reason.
"""

import argparse
import importlib
import importlib.abc
import importlib.util
import inspect
import os
import shutil
import signal
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from mutation import ROOT, Mutant, changed, mutants_of  # beside this file, run as a script

HOUSE = ROOT / "openhall"
FOUND = ROOT / "test-results" / "mutants.txt"
ALIKE = Path(__file__).with_name("mutants_alike.txt")
FLOORS = Path(__file__).with_name("floors.toml")
# A second run in one process finds its plugins imported already.
ANEW = ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
QUIET = ["-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:xdist", *ANEW]
SLOWEST = 600  # seconds that the tests of one mutant may take before it counts as gone astray


# ------------------------------------------------------------------------------------ grafting
def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the module of ``mutant`` as changed, every other as it stands."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> Any:
        if name != module_name(self.mutant.path):
            return None
        package = self.mutant.path.name == "__init__.py"
        return importlib.util.spec_from_file_location(
            name,
            self.mutant.path,
            loader=self,
            submodule_search_locations=[str(self.mutant.path.parent)] if package else None,
        )

    def create_module(self, _spec: object) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(changed(self.mutant), str(self.mutant.path), "exec"), module.__dict__)


def import_anew(mutant: Mutant, files: list[str]) -> int:
    """Forget our modules, import them with the change, run ``files``; 0 if all pass."""
    import pytest

    for name in list(sys.modules):
        if name.partition(".")[0] in ("openhall", "tests"):
            del sys.modules[name]
    sys.meta_path.insert(0, Changed(mutant))
    return 0 if pytest.main([*files, "-x", *QUIET, "-p", "no:django"]) == 0 else 1


def graft(mutant: Mutant) -> None:
    """Put the changed code into the functions that everybody has imported already.

    A changed table of the module takes the place of the old one wherever it was imported to.
    """
    old = importlib.import_module(module_name(mutant.path))
    code = compile(changed(mutant), str(mutant.path), "exec")
    if mutant.at_import:
        new = dict(old.__dict__)
        exec(code, new)
        _exchange(old, new)
        return
    new = {"__name__": old.__name__, "__file__": old.__file__, "__package__": old.__package__}
    exec(code, new)
    for name, one in new.items():
        _into(old.__dict__.get(name), one)


def _into(old: Any, new: Any) -> None:
    old, new = inspect.unwrap(old) if callable(old) else old, _bare(new)
    if isinstance(old, FunctionType) and isinstance(new, FunctionType):
        if old.__code__.co_freevars == new.__code__.co_freevars:
            old.__code__ = new.__code__
    elif isinstance(old, type) and isinstance(new, type) and old.__module__ == new.__module__:
        for name, one in vars(new).items():
            _into(_bare(vars(old).get(name)), _bare(one))


def _bare(one: Any) -> Any:
    """The function inside a property, class method, cache or context manager."""
    if isinstance(one, (classmethod, staticmethod)):
        return one.__func__
    if isinstance(one, property):
        return one.fget
    return inspect.unwrap(one) if callable(one) and not isinstance(one, type) else one


def _exchange(old: ModuleType, new: dict[str, Any]) -> None:
    """Each changed value takes its place in every module that had imported the old one."""
    for name, value in list(vars(old).items()):
        fresh = new.get(name)
        if name.startswith("__") or fresh is value or isinstance(value, (ModuleType, type)):
            continue
        if isinstance(value, FunctionType):
            _into(value, fresh)
            value.__globals__.update()
            continue
        for module in list(sys.modules.values()):
            if getattr(module, "__name__", "").partition(".")[0] in ("openhall", "tests"):
                for known, held in list(vars(module).items()):
                    if held is value:
                        setattr(module, known, fresh)


# ------------------------------------------------------------------------------------ running
class Killing:
    """A pytest plugin: runs everything once with its lines, then a process for each mutant."""

    def __init__(self, mutants: list[Mutant], minutes: float, workers: int) -> None:
        self.mutants, self.minutes, self.workers = mutants, minutes, workers
        self.through: dict[tuple[str, int], set[int]] = defaultdict(set)
        self.verdicts: dict[Mutant, str] = {}
        self.sound = True

    def pytest_sessionstart(self) -> None:
        """Lines gone through while the tests are only being gathered."""
        self.gathered: set[tuple[str, int]] = set()
        self._trace(self.gathered)

    def pytest_runtestloop(self, session: Any) -> bool:
        sys.settrace(None)
        self._items = session.items
        self.sound = not session.testsfailed
        if self.sound:
            self._record(session)
        if self.sound:
            self._kill(session)
        return True

    def _trace(self, lines: set[tuple[str, int]]) -> None:
        files = {str(one.path) for one in self.mutants}

        def within(frame: Any, event: str, _arg: Any) -> Any:
            if event == "line":
                lines.add((frame.f_code.co_filename, frame.f_lineno))
            return within

        def entered(frame: Any, _event: str, _arg: Any) -> Any:
            if frame.f_code.co_filename not in files:
                return None
            lines.add((frame.f_code.co_filename, frame.f_lineno))
            return within

        sys.settrace(entered)

    def _record(self, session: Any) -> None:
        from _pytest.runner import runtestprotocol

        lines: set[tuple[str, int]] = set()
        for n, item in enumerate(session.items):
            lines.clear()
            self._trace(lines)
            try:
                # The next item is itself, so that what the session holds (a database) stays.
                reports = runtestprotocol(item, nextitem=item, log=False)
            finally:
                sys.settrace(None)
            _settle(item)
            if any(one.failed for one in reports):
                print(f"fails already: {item.nodeid}")
                for one in reports:
                    if one.failed:
                        print(one.longreprtext[-2000:])
                self.sound = False
                return
            for place in lines:
                self.through[place].add(n)

    def _tests(self, mutant: Mutant) -> list[int]:
        """The tests that pass through the line of the mutant."""
        return sorted(self.through[str(mutant.path), mutant.line])

    def _files(self, mutant: Mutant) -> list[str]:
        """The files of tests that name the module, or pass through it."""
        path = str(mutant.path)
        through = {n for (at, _line), some in self.through.items() if at == path for n in some}
        module = module_name(mutant.path)
        files = {item.path for item in self._items}
        named = {file for file in files if module in file.read_text(encoding="utf-8")}
        return sorted(map(str, named or {self._items[n].path for n in through}))

    def _kill(self, session: Any) -> None:
        ends, running = time.monotonic() + 60 * self.minutes, {}
        for mutant in self.mutants:
            if time.monotonic() > ends:
                break
            tests = self._tests(mutant)
            on_import = mutant.at_import or (str(mutant.path), mutant.line) in self.gathered
            files = self._files(mutant) if on_import and not tests else []
            if not tests and not files:
                self.verdicts[mutant] = "no test passes here"
                continue
            while len(running) >= self.workers:
                self._reap(running)
            running[self._fork(session, mutant, tests, files)] = mutant
        while running:
            self._reap(running)

    def _reap(self, running: dict[int, Mutant]) -> None:
        pid, status = os.wait()
        mutant = running.pop(pid)
        if os.WIFSIGNALED(status):
            self.verdicts[mutant] = "killed"
            return
        said = {0: "survived", 1: "killed", 2: "cannot be made"}
        self.verdicts[mutant] = said.get(os.WEXITSTATUS(status), "killed")

    def _fork(self, session: Any, mutant: Mutant, tests: list[int], files: list[str]) -> int:
        sys.stdout.flush()
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            signal.alarm(SLOWEST)
            with Path(os.devnull).open("w") as nothing:
                os.dup2(nothing.fileno(), 1)
                os.dup2(nothing.fileno(), 2)
                if files and "django" not in sys.modules:
                    status = import_anew(mutant, files)
                else:
                    status = self._survives(session, mutant, tests or range(len(self._items)))
        except BaseException:
            status = 1
        finally:
            _own_database(remove=True)
            os._exit(status)

    def _survives(self, session: Any, mutant: Mutant, tests: Iterable[int]) -> int:
        from _pytest.runner import runtestprotocol

        try:
            graft(mutant)
        except Exception:
            # What cannot even be imported is noticed by everybody.
            return 1
        _own_database()
        for n in tests:
            item = session.items[n]
            reports = runtestprotocol(item, nextitem=item, log=False)
            _settle(item)
            if any(one.failed for one in reports):
                return 1
        return 0


def _settle(item: Any) -> None:
    """Take down what belongs to one test; leave what belongs to the session."""

    class Beside:
        """What would be next: it shares only the session."""

        def listchain(self) -> list[Any]:
            return [item.session]

    item.session._setupstate.teardown_exact(Beside())


def _own_database(*, remove: bool = False) -> None:
    """A copy of the database for this process: two may not write in one file."""
    if "django" not in sys.modules or "django.db" not in sys.modules:
        return
    from django.conf import settings
    from django.db import connection

    if not settings.configured or connection.vendor != "sqlite":
        return
    name = str(connection.settings_dict["NAME"])
    if remove:
        if name.endswith(f".{os.getpid()}"):
            for suffix in ("", "-wal", "-shm"):
                Path(name + suffix).unlink(missing_ok=True)
        return
    if not Path(name).exists():
        return
    mine = f"{name}.{os.getpid()}"
    shutil.copyfile(name, mine)
    connection.connection = None  # inherited from the parent: neither used nor closed here
    connection.settings_dict["NAME"] = mine
    connection.connect()


# ------------------------------------------------------------------------------------ telling
KINDS = {
    # The law alone, without Django; the permissions with the rooms that ask them.
    "rules": ("*/rules/**/*.py", ["tests/rules", "-p", "no:django"]),
    "permissions": ("*/permissions.py", ["tests/rooms", "tests/stories"]),
}


def chosen(kind: str, only: str) -> list[Mutant]:
    paths = sorted(HOUSE.glob(KINDS[kind][0]))
    found = [
        one
        for path in paths
        if only in path.relative_to(ROOT).as_posix()
        for one in mutants_of(path)
    ]
    alike = {
        line.partition("  #")[0].strip()
        for line in ALIKE.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    }
    return sorted((one for one in found if one.name not in alike), key=lambda one: one.turn)


def run(kind: str, only: str, minutes: float, workers: int, tests: list[str]) -> Killing | None:
    import pytest

    mutants = chosen(kind, only)
    if not mutants:
        return None
    killing = Killing(mutants, minutes, workers)
    asked = tests or [word for word in KINDS[kind][1] if word != "-p" and word != "no:django"]
    asked += ["-p", "no:django"] if kind == "rules" else []
    pytest.main([*asked, *QUIET, "--hypothesis-profile=mutants"], plugins=[killing])
    return killing


def tell(kind: str, killing: Killing) -> float:
    """Print the table of a kind, and write down its survivors; the share that was killed."""
    tried, killed = Counter(), Counter()
    for mutant, verdict in killing.verdicts.items():
        path = mutant.path.relative_to(ROOT).as_posix()
        tried[path] += 1
        killed[path] += verdict == "killed"
    all_of_them = Counter(one.path.relative_to(ROOT).as_posix() for one in killing.mutants)
    print(f"\n{kind}: {'mutants':>52}{'tried':>8}{'killed':>8}")
    for path in sorted(all_of_them):
        share = f"{100 * killed[path] / tried[path]:.0f}%" if tried[path] else "—"
        print(f"{path:52}{all_of_them[path]:>8}{tried[path]:>8}{share:>8}")
    total = 100 * killed.total() / max(tried.total(), 1)
    print(f"{'together':52}{all_of_them.total():>8}{tried.total():>8}{total:>7.1f}%")
    FOUND.parent.mkdir(exist_ok=True)
    left = sorted(
        (one.path.as_posix(), one.line, f"{one.name}  # {verdict}")
        for one, verdict in killing.verdicts.items()
        if verdict != "killed"
    )
    with FOUND.open("a", encoding="utf-8") as file:
        file.writelines(f"{said}\n" for _path, _line, said in left)
    print(f"{len(left)} survivors in {FOUND.relative_to(ROOT)}")
    return total


def main(words: list[str]) -> int:
    asked = argparse.ArgumentParser(description="Does a test notice when the law is changed?")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--only", default="", help="a word of the module's path")
    asked.add_argument("--kind", choices=[*KINDS, "both"], default="both")
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("tests", nargs="*", help="instead of all tests of the kind")
    said = asked.parse_args(words)
    floor = tomllib.loads(FLOORS.read_text())["mutants"]["floor"]
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text("")
    kinds = list(KINDS) if said.kind == "both" else [said.kind]
    under = False
    for kind in kinds:
        # A process of its own: the law is tried where Django was never imported.
        pid = os.fork()
        if pid == 0:
            killing = run(kind, said.only, said.minutes / len(kinds), said.workers, said.tests)
            if killing is not None and not killing.sound:
                os._exit(2)
            share = 100.0 if killing is None else tell(kind, killing)
            sys.stdout.flush()
            os._exit(1 if share < floor else 0)
        _pid, status = os.waitpid(pid, 0)
        under = under or status != 0
    if under:
        print(f"Under the floor of {floor} % in {FLOORS.relative_to(ROOT)}, or not run at all.")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
