"""Values as they are stored: plain JSON in one form only, so that the same value always has the same digest."""

from collections.abc import Mapping
from typing import Any

from dijkwacht.core import chain
from dijkwacht.core.facts import NOTHING_HAPPENED, FactType
from dijkwacht.core.values import ValueFormError, plain, read_value

__all__ = ["ValueFormError", "read", "to_core", "to_stored"]


def to_core(fact_type: FactType, value: Any) -> Any:
    """The engine's value from the engine's own or the plain form, checked. Raises ValueFormError."""
    if isinstance(value, str):
        value = value.strip()
        if "\0" in value:
            raise ValueFormError(fact_type.value, value)
    try:
        return read_value(fact_type, to_stored(value))
    except ValueFormError:
        raise
    except ValueError:  # infinity, half a surrogate pair
        raise ValueFormError(fact_type.value, value) from None


def to_stored(value: Any) -> Any:
    """The plain form of a value, numbers without an empty fraction. Raises ValueError on what JSON cannot hold."""
    if isinstance(value, Mapping) and isinstance(value.get(NOTHING_HAPPENED), str):
        return chain.plain(value)
    return chain.plain(plain(value))


def read(fact_type: FactType, stored: Any) -> Any:
    """The engine's value from what is stored. A value that a newer pack no longer allows comes back as it stands."""
    if fact_type.value in ("yes_no", "count", "percentage", "choice", "text", "reference") and not isinstance(
        stored, dict
    ):
        return stored
    try:
        return read_value(fact_type, stored)
    except ValueFormError:
        return stored
