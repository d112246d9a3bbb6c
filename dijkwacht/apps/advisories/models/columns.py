"""The columns that many of these tables have, and the keys that a database compares."""

from hashlib import sha256
from typing import Any

from django.db import models

from dijkwacht.apps.people.models import Organisation, Person

LONGEST_KEY = 500
"""Octets of a key that an index holds; PostgreSQL refuses an entry of more than 2,700."""


def organisation_column() -> Any:
    """Whose it is."""
    return models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")


def person_column() -> Any:
    """A person, or nobody."""
    return models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)


def product_text(key: str) -> str:
    """The key of a product (`core/advisories/naming`) as a column holds it: a very long one by its digest, still one for one."""
    held = key.encode("utf-8", "replace")
    return key if len(held) <= LONGEST_KEY else f"#|{sha256(held).hexdigest()}"


def identifier(key: str) -> str:
    """A key by package URL or CPE as people know it: ``pkg:npm/lodash``, ``cpe a:vendor:product``."""
    form, _bar, rest = key.partition("|")
    return {"p": f"pkg:{rest.replace('//', '/')}", "c": f"cpe {rest}"}.get(form, key)


def version_text(key: str) -> str:
    """The key of a version (`core/advisories/versions`, plain ASCII) as a column holds it: cut, so that order stays."""
    return key[:LONGEST_KEY]
