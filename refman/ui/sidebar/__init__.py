"""The sidebar: the parts of the library, from all papers to the trash, with their counts."""
