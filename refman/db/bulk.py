"""Many rows at once, without an object for each: over them Core takes longer than SQLite.

The statements are Core's, each compiled once; only the values go past it, to the driver.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, repeat
from typing import Any, cast

from sqlalchemy import Column, Connection, Dialect, Select, Table, bindparam, delete, update

# For the IN (…) of a query that `rows_among` asks.
AMONG: Any = bindparam("among", expanding=True)
_SIZES = (1, 10, 100, 900)  # values in one IN (…); SQLite takes 999 in old versions


def insert_rows(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Insert `rows`: the values of `columns`, which stand in the order of the table's.

    Other columns have their defaults.
    """
    if rows:
        connection.exec_driver_sql(_insert(connection.dialect, table, columns), list(rows))


def update_rows(
    connection: Connection,
    table: Table,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Set `columns`, in the order of the table's, to the values of `rows`, whose last is the id."""
    if rows:
        connection.exec_driver_sql(_update(connection.dialect, table, columns), list(rows))


def delete_rows(connection: Connection, column: Column[Any], values: Collection[Any]) -> None:
    """Delete the rows whose `column` is one of `values`."""
    if values:
        connection.exec_driver_sql(
            _delete(connection.dialect, column), [(value,) for value in values]
        )


def write_blob(
    connection: Connection, column: Column[Any], row_id: int, size: int, pieces: Iterable[bytes]
) -> None:
    """Set `column` of a row to `pieces`, `size` bytes together, of which only one is in memory."""
    table, name = column.table.name, column.name
    connection.exec_driver_sql(
        f'UPDATE "{table}" SET "{name}" = zeroblob(?) WHERE id = ?', (size, row_id)
    )
    raw = cast(sqlite3.Connection, connection.connection.dbapi_connection)
    with raw.blobopen(table, name, row_id) as blob:
        for piece in pieces:
            blob.write(piece)


def rows_among(
    connection: Connection, query: Select[Any], values: Collection[Any]
) -> Iterator[tuple[Any, ...]]:
    """The rows of `query`, which has `column.in_(AMONG)`, for all `values`; each value once.

    The query is compiled once, so it should be a constant of its module. Rows of one value are
    together and in the query's order; the values come in an order of their own.
    """
    left = iter(values)
    while some := tuple(islice(left, _SIZES[-1])):
        size = next(size for size in _SIZES if len(some) <= size)
        statement, fixed = _among(connection.dialect, query, size)
        padded = iter((*some, *repeat(some[-1], size - len(some))))
        result = connection.exec_driver_sql(
            statement, tuple(next(padded) if value is AMONG else value for value in fixed)
        )
        try:
            assert result.cursor is not None
            found = result.cursor.fetchall()
        finally:
            result.close()
        yield from found


@lru_cache(maxsize=256)
def _insert(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    compiled: Any = table.insert().compile(dialect=dialect, column_keys=list(columns))
    if tuple(compiled.positiontup) != columns:
        raise ValueError(f"{columns} are not in the order of {table.name}")
    return str(compiled)


@lru_cache(maxsize=256)
def _update(dialect: Dialect, table: Table, columns: tuple[str, ...]) -> str:
    values: Any = {name: bindparam(f"new_{name}") for name in columns}
    statement = update(table).where(table.c.id == bindparam("of")).values(values)
    compiled: Any = statement.compile(dialect=dialect)
    if compiled.positiontup != [*(f"new_{name}" for name in columns), "of"]:
        raise ValueError(f"{columns} are not in the order of {table.name}")
    return str(compiled)


@lru_cache(maxsize=256)
def _delete(dialect: Dialect, column: Column[Any]) -> str:
    return str(delete(column.table).where(column == bindparam("one")).compile(dialect=dialect))


@lru_cache(maxsize=256)
def _among(dialect: Dialect, query: Select[Any], size: int) -> tuple[str, Sequence[Any]]:
    """The statement and its values, with AMONG itself for each that is to be filled in."""
    compiled: Any = query.compile(dialect=dialect)
    state = compiled.construct_expanded_state({AMONG.key: [AMONG] * size})
    return state.statement, state.positional_parameters
