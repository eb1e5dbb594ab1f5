"""The rows of a page, however many: those of a great page wait in a temporary file.

A row is read back where somebody asks for it, so what holds `Rows` holds no texts.
"""

import pickle
import tempfile
from array import array
from collections.abc import Iterator, Mapping, Sequence
from copyreg import dispatch_table
from dataclasses import fields
from io import BytesIO
from operator import attrgetter
from types import MappingProxyType
from typing import IO, Any, overload
from weakref import finalize

from refman.formats.format import Boundary, FileLink, Row
from refman.model.creator import Creator
from refman.model.entry import NO_FIELDS, Entry

PIECE = 200  # rows that are matched and written together: some 50 milliseconds
KEPT = 60_000_000  # bytes in memory, about, above which the rows go to the file
_ROW = 2_000  # bytes of a row besides its long texts
_BLOCK = 4  # rows that are packed together; what one row in the midst costs


class Rows(Sequence[Row]):
    """Rows in their order; `append` is the only change. To be read by one thread at a time."""

    def __init__(self, rows: Sequence[Row] = (), kept: int = KEPT) -> None:
        self._kept: list[Row] = []  # those that are not in the file: all, or the last ones
        self._room = kept
        self._file: IO[bytes] | None = None
        self._places = array("q")  # where each block begins in the file
        self._block: tuple[int, list[Row]] = (-1, [])  # the one that was read last
        for row in rows:
            self.append(row)

    def append(self, row: Row) -> None:
        self._kept.append(row)
        if self._file is not None:
            if len(self._kept) == _BLOCK:
                self._write(self._kept)
                self._kept = []
            return
        self._room -= len(row.raw_text) + len(row.entry.abstract) + _ROW
        if self._room < 0:
            self._file = tempfile.TemporaryFile(prefix="refman-")  # noqa: SIM115
            finalize(self, self._file.close)  # when nobody holds the rows any more
            whole = len(self._kept) // _BLOCK * _BLOCK
            for start in range(0, whole, _BLOCK):
                self._write(self._kept[start : start + _BLOCK])
            self._kept = self._kept[whole:]

    def _write(self, block: list[Row]) -> None:
        assert self._file is not None
        self._places.append(self._file.seek(0, 2))
        self._file.write(_packed(block))

    def __len__(self) -> int:
        return len(self._places) * _BLOCK + len(self._kept)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        block, place = divmod(index % len(self), _BLOCK)
        if block < len(self._places):
            return self._read(block)[place]
        return self._kept[index % len(self) - len(self._places) * _BLOCK]

    def pieces(self) -> Iterator[tuple[int, list[Row]]]:
        """All rows, PIECE of them at a time, with the position of the first."""
        for start in range(0, len(self), PIECE):
            yield start, self[start : start + PIECE]

    def _read(self, block: int) -> list[Row]:
        if self._block[0] != block:
            assert self._file is not None
            self._file.seek(self._places[block])
            self._block = (block, pickle.load(self._file))
        return self._block[1]


# --- packing: what dataclasses with slots do to be pickled is slow, and a mapping that cannot be
# changed cannot be pickled at all


def _packed(rows: list[Row]) -> bytes:
    buffer = BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(rows)
    return buffer.getvalue()


def _reducer(kind: type) -> Any:
    values = attrgetter(*(each.name for each in fields(kind)))
    return lambda one: (kind, values(one))


def _unchangeable(mapping: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(mapping) if mapping else NO_FIELDS


_REDUCERS: dict[type, Any] = {
    **dispatch_table,
    **{kind: _reducer(kind) for kind in (Row, Entry, Creator, Boundary, FileLink)},
    MappingProxyType: lambda mapping: (_unchangeable, (dict(mapping),)),
}
