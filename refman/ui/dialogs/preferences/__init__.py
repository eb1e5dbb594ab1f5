"""What the user can set, on pages; a new page is a module here and a line in `dialog`."""
