"""What goes out of a crisis on paper or as a file: the mayor's card as PDF, the contacts as one page that works anywhere."""
