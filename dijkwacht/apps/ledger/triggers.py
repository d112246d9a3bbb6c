"""The lock in the database itself: facts and their evidence can be added; a fact can be closed once and seen again.

Used by migration 0002; change it only together with a new migration.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

FACT = "ledger_fact"
LINK = "ledger_fact_evidence"
MESSAGE = "a fact of the ledger is never changed or deleted"
FIXED = (
    "id", "organisation_id", "subject_id", "fact_type", "value", "valid_from", "valid_to", "recorded_at", "assurance",
    "origin", "said_by", "person_id", "explanation", "act",
)  # fmt: skip
CLOSING = ("superseded_at", "superseded_act")


def _changed(differs: str) -> str:
    """The condition that an update does more than close a standing fact or add a day on which it was seen."""
    fixed = [f"NEW.{column} {differs} OLD.{column}" for column in FIXED]
    closed = [f"NEW.{column} {differs} OLD.{column}" for column in (*CLOSING, "observed")]
    return " OR ".join([*fixed, f"(OLD.superseded_at IS NOT NULL AND ({' OR '.join(closed)}))"])


_RAISE = f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'"
INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER {FACT}_no_change BEFORE UPDATE ON {FACT} WHEN {_changed('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        *(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for table, verb in ((FACT, "DELETE"), (LINK, "UPDATE"), (LINK, "DELETE"))
        ),
    ],
    "postgresql": [
        f"CREATE FUNCTION {FACT}_locked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_RAISE}; END $$",
        f"CREATE FUNCTION {FACT}_closing() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_changed('IS DISTINCT FROM')} THEN {_RAISE}; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {FACT}_no_change BEFORE UPDATE ON {FACT} FOR EACH ROW EXECUTE FUNCTION {FACT}_closing()",
        f"CREATE TRIGGER {FACT}_no_delete BEFORE DELETE OR TRUNCATE ON {FACT} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FACT}_locked()",
        f"CREATE TRIGGER {LINK}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {LINK} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {FACT}_locked()",
    ],
}
REMOVE = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {name}"
        for name in (f"{FACT}_no_change", f"{FACT}_no_delete", f"{LINK}_no_update", f"{LINK}_no_delete")
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {FACT}_no_change ON {FACT}",
        f"DROP TRIGGER IF EXISTS {FACT}_no_delete ON {FACT}",
        f"DROP TRIGGER IF EXISTS {LINK}_no_change ON {LINK}",
        f"DROP FUNCTION IF EXISTS {FACT}_closing()",
        f"DROP FUNCTION IF EXISTS {FACT}_locked()",
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
