"""What people fill in in this room, checked field by field. No form reads or writes the database."""
