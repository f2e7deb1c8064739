"""``openhall migrate``: Django's own, but a new, empty database is drawn as it ends.

Django renders every known model again for nearly each of some two hundred steps: a minute before
the first page. Two things shorten it, and only where no table stands yet:

* what sows rows on its way (Wagtail: its root page, groups, collections, permissions and locale)
  is migrated for real, step by step, but first, while few models are known;
* the tables of everything else are created from the last state, and their own steps (triggers and
  seeds) are run on it.

All migrations are then written down as applied. That both ways end alike, table for table and row
for row, is held by ``tests/rooms/config/test_new_database.py`` on both databases. A database that
has tables already is never touched here: it migrates as Django does it.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser, no_translations
from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

from openhall.config import databases
from openhall.ledger.publishing import published_size

# What sows rows on its way, speaks to one kind of database alone, or (embeds) names a constraint
# on its way as PostgreSQL would not name it at once.
STEP_BY_STEP = frozenset(
    (
        "wagtailadmin",
        "wagtailcore",
        "wagtaildocs",
        "wagtailembeds",
        "wagtailimages",
        "wagtailsearch",
    )
)
STEPS = (RunPython, RunSQL)


def draw_if_empty(connection: BaseDatabaseWrapper) -> bool:
    """Draw the tables of a database that has none; whether it was done."""
    if connection.introspection.table_names():
        return False
    executor = MigrationExecutor(connection)
    first = with_what_they_stand_on(executor)
    executor.migrate(first)
    _draw_the_rest(connection)
    return True


def with_what_they_stand_on(executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last migrations of all apps to go step by step; an app goes one way as a whole."""
    graph = executor.loader.graph
    leaves = graph.leaf_nodes()
    apps = set(STEP_BY_STEP)
    while True:
        chosen = [leaf for leaf in leaves if leaf[0] in apps]
        needed = {migration.app_label for migration, _ in executor.migration_plan(chosen)}
        if needed == apps:
            return chosen
        apps |= needed


def _draw_the_rest(connection: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(connection)
    plan = [one for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    apps = {migration.app_label for migration in plan}
    state = executor.loader.project_state()
    recorder = MigrationRecorder(connection)
    with connection.schema_editor(atomic=True) as editor:  # all of it or nothing
        for model in _models(state, apps):
            editor.create_model(state.apps.get_model(model.app_label, model.name))
        for migration in plan:
            for operation in migration.operations:
                if isinstance(operation, STEPS):
                    operation.database_forwards(migration.app_label, editor, state, state)
            recorder.record_applied(migration.app_label, migration.name)


def _models(state: ProjectState, apps: set[str]) -> list[ModelState]:
    """The models of ``apps`` that have tables; foreign keys are added when all of them stand."""
    return [
        model
        for (label, _), model in state.models.items()
        if label in apps and model.options.get("managed", True) and not model.options.get("proxy")
    ]


def _begin_if_new() -> None:
    """Make the file of a new installation; a lived-in one whose file is gone is not begun anew."""
    if databases.is_missing() and (lived := published_size()):
        raise CommandError(
            f"The database file is not there, but this home has published a log of {lived} "
            "entries. Nothing was made. Put the file back, or: openhall restore BACKUP. Another "
            "city takes another OPENHALL_HOME."
        )
    databases.begin()


class Command(migrate.Command):
    help = "Bring the database to this version; a new one is drawn at once"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--step-by-step",
            action="store_true",
            help="migrate even a new database the long way, every step as it was written",
        )

    def execute(self, *args: Any, **options: Any) -> Any:
        _begin_if_new()  # before the checks, which read the database
        return super().execute(*args, **options)

    @no_translations  # names of permissions are kept in English
    def handle(self, *args: Any, **options: Any) -> None:
        plain = not (options["app_label"] or options["plan"] or options["check_unapplied"])
        plain = plain and not (options["fake"] or options["step_by_step"])
        if plain:
            draw_if_empty(connections[options["database"]])
        super().handle(*args, **options)
