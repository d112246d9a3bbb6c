"""What stands in a database, asked in the SQL that SQLite and PostgreSQL share; of this version or an older one."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dijkwacht.adapters.backup.manifest import Chain

Ask = Callable[[str], Iterable[tuple[Any, ...]]]
OWN = {"django_migrations", "django_content_type", "auth_permission"}
"""Filled by making the tables: a database with rows in these only is empty."""


@dataclass(frozen=True, slots=True)
class Content:
    """Rows per table, migrations that were applied, the head of each chain."""

    counts: dict[str, int]
    migrations: list[str]
    chains: dict[str, Chain]

    @property
    def is_empty(self) -> bool:
        """Whether nobody has put anything in it."""
        return not any(number for table, number in self.counts.items() if table not in OWN)


def content(ask: Ask, tables: list[str]) -> Content:
    """Counts and heads of a database with these tables."""
    counts = {table: next(iter(ask(f'SELECT COUNT(*) FROM "{table}"')))[0] for table in tables}  # noqa: S608 - its own names
    migrations, chains = [], {}
    if "django_migrations" in counts:
        migrations = [
            f"{app}.{name}" for app, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name")
        ]
    if "trail_head" in counts:
        heads = ask(
            "SELECT o.slug, h.seq, h.hash FROM trail_head h "
            "JOIN people_organisation o ON o.id = h.organisation_id ORDER BY o.slug"
        )
        chains = {slug: Chain(seq, head) for slug, seq, head in heads}
    return Content(counts, migrations, chains)


def named_files(ask: Ask, tables: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Every file that the database names, as part of the archive, with what people call it; by name, each once."""
    known = set(tables)
    if "ledger_evidence" in known:
        for digest, name in ask("SELECT sha256, MIN(name) FROM ledger_evidence GROUP BY sha256 ORDER BY sha256"):
            yield f"evidence/{digest[:2]}/{digest}", name
    if "accountability_statement" in known:
        for (digest,) in ask("SELECT DISTINCT package FROM accountability_statement ORDER BY package"):
            yield f"statements/{digest}.zip", f"statement {digest[:12]}"
        for (digest,) in ask("SELECT DISTINCT norms FROM accountability_statement ORDER BY norms"):
            yield f"statements/norms/{digest}.zip", f"norms {digest[:12]}"


def keys_in_use(ask: Ask, tables: Iterable[str]) -> list[tuple[str, str]]:
    """The organisations that sign, with the number of the key they sign with."""
    if "accountability_signingkey" not in set(tables):
        return []
    return [
        (slug, key)
        for slug, key in ask(
            "SELECT o.slug, k.key FROM accountability_signingkey k JOIN people_organisation o ON o.id = k.organisation_id "
            "WHERE k.until IS NULL ORDER BY o.slug"
        )
    ]
