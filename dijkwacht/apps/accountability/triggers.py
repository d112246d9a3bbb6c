"""The lock in the database itself: a statement and a key are written once; only that they ended can be noted, once.

The lock of statements and keys is used by migration 0002, that of lost keys by 0004: a key that had ended can be marked as
lost, once. Change them only together with a new migration.
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


_KEYS = "accountability_signingkey"
_LOST = "OLD.lost_act IS NOT NULL AND (NEW.lost_act {differs} OLD.lost_act OR NEW.lost_from {differs} OLD.lost_from)"
INSTALL_LOST = {
    "sqlite": [
        f"CREATE TRIGGER {_KEYS}_lost_once BEFORE UPDATE ON {_KEYS} WHEN {_LOST.format(differs='IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    ],
    "postgresql": [
        f"CREATE FUNCTION {_KEYS}_losing() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_LOST.format(differs='IS DISTINCT FROM')} THEN {_RAISE}; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {_KEYS}_lost_once BEFORE UPDATE ON {_KEYS} FOR EACH ROW EXECUTE FUNCTION {_KEYS}_losing()",
    ],
}
REMOVE_LOST = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {_KEYS}_lost_once"],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {_KEYS}_lost_once ON {_KEYS}",
        f"DROP FUNCTION IF EXISTS {_KEYS}_losing()",
    ],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Puts the whole lock on. Raises KeyError on a database that is neither SQLite nor PostgreSQL."""
    install_first(connection)
    install_lost(connection)


def install_first(connection: BaseDatabaseWrapper) -> None:
    """The lock of statements and keys, as they were before a key could be marked as lost."""
    _run(connection, INSTALL)


def install_lost(connection: BaseDatabaseWrapper) -> None:
    """The lock of keys that are marked as lost."""
    _run(connection, INSTALL_LOST)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Takes the whole lock off: only to undo the migrations, and in tests."""
    _run(connection, REMOVE_LOST)
    _run(connection, REMOVE)


def _run(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
