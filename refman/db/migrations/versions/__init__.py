"""One revision a version; the file name begins with its number."""
