"""Papers side by side in a table: differences marked in the values, one of each row taken."""
