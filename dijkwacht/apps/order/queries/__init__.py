"""What this room can tell: always of one organisation."""
