"""What this room shows, one file per part; always of one organisation."""
