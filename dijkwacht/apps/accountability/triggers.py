"""The lock in the database itself: a statement and a key are written once; only that they ended can be noted, once.

Used by migration 0002; change it only together with a new migration.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

MESSAGE = "a statement or key is never changed or deleted"
_FIXED = {
    "accountability_statement": (
        "id", "organisation_id", "number", "account", "subject", "on", "known_at", "at", "head_seq", "head_hash", "packs",
        "norms", "counts", "root", "seed", "frame", "key", "signature", "stamp", "package", "size", "signer_id",
        "signer_name", "signer_role", "mandate", "replaces_id", "why", "act",
    ),
    "accountability_signingkey": (
        "id", "organisation_id", "key", "public", "since", "previous", "endorsement", "act",
    ),
}  # fmt: skip
_ENDED = {
    "accountability_statement": ("state", "ended_at", "ended_by_id", "ended_why", "ended_act"),
    "accountability_signingkey": ("until", "ended_act"),
}


def _changed(table: str, differs: str) -> str:
    """The condition that an update does more than note the end of what has not ended. A lost key is found out later."""
    fixed = [f'NEW."{column}" {differs} OLD."{column}"' for column in _FIXED[table]]
    ended = " OR ".join(f'NEW."{column}" {differs} OLD."{column}"' for column in _ENDED[table])
    return " OR ".join([*fixed, f"(OLD.ended_act IS NOT NULL AND ({ended}))"])


_RAISE = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
TABLES = tuple(_FIXED)
INSTALL = {
    "sqlite": [
        statement
        for table in TABLES
        for statement in (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} WHEN {_changed(table, 'IS NOT')} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        )
    ],
    "postgresql": [
        statement
        for table in TABLES
        for statement in (
            f"CREATE FUNCTION {table}_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_RAISE}; END $$",
            f"CREATE FUNCTION {table}_ending() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {_changed(table, 'IS DISTINCT FROM')} THEN {_RAISE}; END IF; RETURN NEW; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_ending()",
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_locked()",
        )
    ],
}
REMOVE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for table in TABLES for verb in ("change", "delete")],
    "postgresql": [
        statement
        for table in TABLES
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
            f"DROP TRIGGER IF EXISTS {table}_no_delete ON {table}",
            f"DROP FUNCTION IF EXISTS {table}_ending()",
            f"DROP FUNCTION IF EXISTS {table}_locked()",
        )
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts the lock on. Raises KeyError on a database that is neither SQLite nor PostgreSQL."""
    _run(connection, INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the lock off: only to undo the migration, and in tests."""
    _run(connection, REMOVE)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
