"""Pages of the outside."""
