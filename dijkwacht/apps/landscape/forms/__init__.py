"""What people fill in in this room, one file per part. No form reads or writes the database."""
