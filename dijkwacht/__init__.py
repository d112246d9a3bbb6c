"""Dijkwacht: facts asked once, verdicts for every norm, accounts to every addressee."""

__version__ = "0.1.0"
