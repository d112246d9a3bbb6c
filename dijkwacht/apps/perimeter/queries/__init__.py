"""What can be read of the outside, always of one organisation."""
