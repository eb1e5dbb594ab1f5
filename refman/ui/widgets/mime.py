"""The formats in which papers are dragged from one part of the window to another."""

from array import array

from PySide6.QtCore import QMimeData

ENTRIES = "application/x-refman-entries"  # ids as 64-bit integers of this machine


def entries_in(data: QMimeData) -> "array[int]":
    """The papers that are dragged in `data`."""
    ids: array[int] = array("q")
    ids.frombytes(data.data(ENTRIES).data())
    return ids
