"""The migrations, of which some make all tables of a room at once (`people/creating.py`), leave no rule of a table out."""

import pytest
from django.apps import apps
from django.db import connection, models

OWN = "dijkwacht.apps."


def rules() -> dict[str, set[str]]:
    """Per table of ours the names of its rules and indexes, as the models say."""
    found: dict[str, set[str]] = {}
    for each in apps.get_models():
        if not each._meta.managed or each._meta.proxy or not each.__module__.startswith(OWN):
            continue
        held = [rule for rule in each._meta.constraints if connection.vendor != "sqlite" or not _odd(rule)]
        found[each._meta.db_table] = {rule.name for rule in held} | {index.name for index in each._meta.indexes}
    return found


def _odd(rule: models.BaseConstraint) -> bool:
    return getattr(rule, "nulls_distinct", None) is not None


def there(table: str) -> str:
    """All that the database tells of the rules of a table, as one text."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT group_concat(sql, ' ') FROM sqlite_master WHERE tbl_name = %s", [table])
            return str(cursor.fetchone()[0])
        return " ".join(connection.introspection.get_constraints(cursor, table))


@pytest.mark.django_db
def test_every_rule_and_index_is_in_the_database() -> None:
    wanted = rules()
    assert len(wanted) > 100
    missing = {(table, name) for table, names in wanted.items() if names for name in names - set(_words(there(table)))}
    assert missing == set()


def _words(text: str) -> list[str]:
    return text.replace('"', " ").replace("(", " ").split()
