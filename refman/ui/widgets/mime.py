"""The formats in which papers are dragged, within the window and out of it."""

from array import array
from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QMetaType, QMimeData

ENTRIES = "application/x-refman-entries"  # ids as 64-bit integers of this machine
TEXT, HTML, MARKDOWN = "text/plain", "text/html", "text/markdown"


class Texts(Protocol):
    """What dragged papers are for other programs, which ask for it when they are dropped."""

    formats: Sequence[str]

    def text(self, format: str) -> str:
        """The papers in one of `formats`, without keeping the window waiting for long."""
        ...


class PapersData(QMimeData):
    """Papers that are dragged: their ids at once, their texts when somebody asks for them."""

    def __init__(self, ids: "array[int]", texts: Texts | None = None) -> None:
        super().__init__()
        self._texts = texts
        self.setData(ENTRIES, QByteArray(ids.tobytes()))

    def formats(self) -> list[str]:
        return [ENTRIES, *(self._texts.formats if self._texts else ())]

    def hasFormat(self, mimetype: str) -> bool:
        return mimetype in self.formats()

    def retrieveData(self, mimetype: str, preferred: QMetaType) -> Any:
        if self._texts and mimetype in self._texts.formats:
            return self._texts.text(mimetype)
        return super().retrieveData(mimetype, preferred)


def entries_in(data: QMimeData) -> "array[int]":
    """The papers that are dragged in `data`."""
    ids: array[int] = array("q")
    ids.frombytes(data.data(ENTRIES).data())
    return ids
