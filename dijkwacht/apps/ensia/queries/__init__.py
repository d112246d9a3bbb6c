"""Reads of this room, always for one organisation or for what was shared with it."""
