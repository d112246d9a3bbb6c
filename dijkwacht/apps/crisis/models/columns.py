"""The columns that many of these tables have."""

from dijkwacht.apps.ledger.columns import organisation_column, person_column

__all__ = ["organisation_column", "person_column"]
