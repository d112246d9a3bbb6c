"""Holds the house to its own rules (ARCHITECTURE.md, CONTRIBUTING.md)."""
