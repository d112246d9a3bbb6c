"""Reads of this room, one module per subject. What is about an organisation asks for that organisation."""
