"""Who does what beyond the own walls: cells, what is missing or double among them, whose turn it is, and how packs merge."""
