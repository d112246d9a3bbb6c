"""Cybercrime in a municipality: figures with their uncertainty, what helps against it, and what runs. Pure."""
