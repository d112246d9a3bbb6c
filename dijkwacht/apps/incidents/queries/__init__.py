"""Reads of this room, always of one organisation."""
