"""The steps from each version of a library to the next, run by `db.upgrade`."""
