"""What people type into this room's pages, checked field by field. No form reads or writes the database."""
