"""The table of papers: a model of ids with a cache of the rows on screen, its view and painting."""
