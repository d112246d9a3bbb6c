"""Keys of products and versions are compared byte by byte: SQLite does so by itself, PostgreSQL has to be told.

Used by migration 0002; change it only together with a new migration.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

KEYS = {"advisories_row": ("product", "start", "stop"), "advisories_place": ("product", "version")}


def compare_bytes(connection: BaseDatabaseWrapper) -> None:
    """Makes the columns that are joined compare their octets. SQLite does nothing else."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table, columns in KEYS.items():
            told = ", ".join(f'ALTER COLUMN {column} TYPE varchar(510) COLLATE "C"' for column in columns)
            cursor.execute(f"ALTER TABLE {table} {told}")
