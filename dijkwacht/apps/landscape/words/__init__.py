"""What this room says, one file per part."""
