"""Getting the database ready: what is missing is made, by one process at a time, however many start at once."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = 7_342_001  # any number, the same for every process of this program


def prepare() -> None:
    """Makes the tables that are missing. Raises OperationalError when there is no database."""
    if _behind():
        with one_at_a_time():
            if _behind():  # somebody else may have made them while we waited
                from django.core.management import call_command

                call_command("migrate", verbosity=0, interactive=False)


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Nobody else is in here meanwhile: by a lock in PostgreSQL, or by one on a file beside SQLite."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with (Path(settings.DATA_DIR) / "start.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed, also when the process dies
        yield
