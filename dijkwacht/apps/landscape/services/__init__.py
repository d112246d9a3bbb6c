"""What changes the landscape, one file per part."""
