"""Documents and registers that change at the same moment: who comes second waits, and so meets what the first one wrote.

Without it neither sees the other, and nobody is warned. Only PostgreSQL lets two write at once. A turn lasts until the end of the
transaction, and is asked for once the chain is locked, never before.
"""

from django.db import connection

LOCK = 7_342_002
"""Any number that nothing else locks, the same for every process (`commands/preparing` has the one before it)."""


def of_documents() -> None:
    """No register changes meanwhile, and no other documents come in."""
    _wait("pg_advisory_xact_lock")


def of_register() -> None:
    """No documents come in meanwhile; other registers may change."""
    _wait("pg_advisory_xact_lock_shared")


def _wait(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])
