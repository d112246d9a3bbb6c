"""Pages of this room, one module per subject of conversation."""
