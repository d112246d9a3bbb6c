"""Reads of this room, always scoped to an organisation."""
