"""Reads of this room: how far the accounts are (``standing``), and what was stated (``statements``)."""

from dijkwacht.apps.accountability.queries.standing import (
    Shared,
    Standing,
    State,
    shared_accounts,
    standing,
    state_of,
)

__all__ = ["Shared", "Standing", "State", "shared_accounts", "standing", "state_of"]
