"""Undo and redo: triggers note how each row of `schema.UNDOABLE` was before it changed.

For every such table T there is a log `history_T`, whose columns are those of T and
`_seq` (order), `_step`, `_op` and `_mask`. A line of it says

- INSERTED: the rows `id` to `_last` were not there (a bulk insert is one line);
- UPDATED: the columns in `_mask` (bit n: the nth column after `id`) of the row `id` were as
  stored here, the others are NULL here and did not change;
- DELETED: the row `id` was as stored here.

Values are copied from column to column and never pass through text, so that a NUL, a blob and
every bit of a number come back. To undo a step is to replay its lines backwards, table by
table, those that refer to others first: then no row that is deleted has rows which refer to it,
and no cascade runs. The triggers log this in turn under the same step, which is the redo.

`history_part` says which lines of a log belong to a step; `history_current` which step is
being written (NULL: none, nothing is logged) and the greatest number that any step had.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, LargeBinary, Table, Text, UniqueConstraint

from refman.db import schema, search_index

KEPT_STEPS = 200
KEPT_BYTES = 256 * 1024 * 1024

_INSERTED, _UPDATED, _DELETED = 0, 1, 2
# Those that refer to others first.
_TABLES = tuple(
    table for table in reversed(schema.metadata.sorted_tables) if table in schema.UNDOABLE
)


@dataclass(frozen=True)
class Step:
    """One undoable change of a library."""

    id: int
    label: str
    made: str  # ISO 8601, UTC


def create(connection: Connection) -> None:
    """Make the history's tables and triggers in a library that has none."""
    for statement in _statements():
        connection.exec_driver_sql(statement)


def _statements() -> Iterable[str]:
    yield (
        "CREATE TABLE history_step (id INTEGER PRIMARY KEY, label TEXT NOT NULL, "
        "made TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0, size INTEGER NOT NULL)"
    )
    yield (
        "CREATE TABLE history_part (step INTEGER NOT NULL, name TEXT NOT NULL, "
        "first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (step, name)) WITHOUT ROWID"
    )
    yield "CREATE TABLE history_current (step INTEGER, greatest INTEGER NOT NULL)"
    yield "INSERT INTO history_current VALUES (NULL, 0)"
    for table in _TABLES:
        yield from _table_statements(table)


def _table_statements(table: Table) -> Iterable[str]:
    log = f"history_{table.name}"
    names = _columns(table)
    columns = ", ".join(names)
    step = "(SELECT step FROM history_current)"
    changed = [f"old.{name} COLLATE BINARY IS NOT new.{name}" for name in names]
    mask = " + ".join(f"({test}) * {1 << bit}" for bit, test in enumerate(changed))
    before = ", ".join(
        f"CASE WHEN {test} THEN old.{name} END" for name, test in zip(names, changed, strict=True)
    )
    yield (
        f"CREATE TABLE {log} (_seq INTEGER PRIMARY KEY, _step, _op, _mask, _last, id, {columns})"
    )
    yield f"""CREATE TRIGGER {log}_insert AFTER INSERT ON "{table.name}"
        WHEN {step} IS NOT NULL BEGIN
        UPDATE {log} SET _last = new.id
        WHERE _seq = (SELECT max(_seq) FROM {log}) AND _op = {_INSERTED}
        AND _last = new.id - 1 AND _step = {step};
        INSERT INTO {log} (_step, _op, _last, id)
        SELECT step, {_INSERTED}, new.id, new.id FROM history_current WHERE changes() = 0;
        END"""
    yield f"""CREATE TRIGGER {log}_update AFTER UPDATE ON "{table.name}"
        WHEN {step} IS NOT NULL AND ({" OR ".join(changed)}) BEGIN
        INSERT INTO {log} (_step, _op, _mask, id, {columns})
        SELECT step, {_UPDATED}, {mask}, old.id, {before} FROM history_current;
        END"""
    yield f"""CREATE TRIGGER {log}_delete AFTER DELETE ON "{table.name}"
        WHEN {step} IS NOT NULL BEGIN
        INSERT INTO {log} (_step, _op, id, {columns})
        SELECT step, {_DELETED}, old.id, {", ".join(f"old.{name}" for name in names)}
        FROM history_current;
        END"""
    yield f"""CREATE TRIGGER {log}_renumber BEFORE UPDATE OF id ON "{table.name}"
        WHEN old.id IS NOT new.id BEGIN
        SELECT RAISE(ABORT, 'the id of a row never changes');
        END"""


def _columns(table: Table) -> list[str]:
    return [f'"{column.name}"' for column in table.columns if column.name != "id"]


# ------------------------------------------------------------------------------------ recording


def start(connection: Connection, *, log: bool) -> None:
    """Log what follows in this transaction, if `log`, as a new step."""
    if log:
        connection.exec_driver_sql(
            "UPDATE history_current SET step = greatest + 1, greatest = greatest + 1"
        )


def finish(connection: Connection, label: str) -> None:
    """End what `start` began: keep the step if it changed something, and then no redo steps."""
    step = connection.exec_driver_sql("SELECT step FROM history_current").scalar()
    if step is None:
        return
    size = _close(connection, step)
    if size is None:
        return
    undone = connection.exec_driver_sql("SELECT id FROM history_step WHERE undone").scalars()
    _forget(connection, undone.all())
    connection.exec_driver_sql(
        "INSERT INTO history_step (id, label, made, size) VALUES (?, ?, ?, ?)",
        (step, label, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", size),
    )
    _prune(connection)


def _close(connection: Connection, step: int) -> int | None:
    """Stop logging; note which lines are those of `step`, and return their size in bytes.

    None if there are no lines. The newest lines of a log that belong to no part are the step's.
    """
    connection.exec_driver_sql("UPDATE history_current SET step = NULL")
    known = dict(
        connection.exec_driver_sql("SELECT name, max(last) FROM history_part GROUP BY name")
        .tuples()
        .all()
    )
    last = connection.exec_driver_sql(
        f"SELECT {', '.join(f'(SELECT max(_seq) FROM history_{t.name})' for t in _TABLES)}"
    ).one()
    size = None
    for table, end in zip(_TABLES, last, strict=True):
        begin = known.get(table.name, 0) + 1
        if end is not None and end >= begin:
            connection.exec_driver_sql(
                "INSERT INTO history_part VALUES (?, ?, ?, ?)", (step, table.name, begin, end)
            )
            size = (size or 0) + _size(connection, table, begin, end)
    return size


def _size(connection: Connection, table: Table, first: int, last: int) -> int:
    texts = "".join(
        f' + coalesce(length("{column.name}"), 0)'
        for column in table.columns
        if isinstance(column.type, Text | LargeBinary)
    )
    line = 8 * len(table.columns)
    size: int = connection.exec_driver_sql(
        f"SELECT sum({line}{texts}) FROM history_{table.name} WHERE _seq BETWEEN ? AND ?",
        (first, last),
    ).scalar_one()
    return size


def _prune(connection: Connection) -> None:
    """Forget the oldest steps beyond KEPT_STEPS and KEPT_BYTES, but never the newest."""
    sizes = connection.exec_driver_sql("SELECT id, size FROM history_step ORDER BY id DESC").all()
    total, kept = 0, 0
    for _, size in sizes[:KEPT_STEPS]:
        total += size
        if kept and total > KEPT_BYTES:
            break
        kept += 1
    _forget(connection, [step for step, _ in sizes[kept:]])


def _forget(connection: Connection, steps: Sequence[int]) -> None:
    for step in steps:
        for name, first, last in _parts(connection, step):
            _forget_lines(connection, name, first, last)
        connection.exec_driver_sql("DELETE FROM history_part WHERE step = ?", (step,))
        connection.exec_driver_sql("DELETE FROM history_step WHERE id = ?", (step,))


def _forget_lines(connection: Connection, name: str, first: int, last: int) -> None:
    connection.exec_driver_sql(
        f"DELETE FROM history_{name} WHERE _seq BETWEEN ? AND ?", (first, last)
    )


def _parts(connection: Connection, step: int) -> Sequence[tuple[str, int, int]]:
    return (
        connection.exec_driver_sql(
            "SELECT name, first, last FROM history_part WHERE step = ?", (step,)
        )
        .tuples()
        .all()
    )


# ------------------------------------------------------------------------------------ replaying


def steps(connection: Connection) -> list[Step]:
    """What can be undone, newest first."""
    return _steps(connection, "NOT undone ORDER BY id DESC")


def redo_steps(connection: Connection) -> list[Step]:
    """What can be redone, the next first."""
    return _steps(connection, "undone ORDER BY id")


def _steps(connection: Connection, which: str) -> list[Step]:
    rows = connection.exec_driver_sql(f"SELECT id, label, made FROM history_step WHERE {which}")
    return [Step(*row) for row in rows]


def undo(connection: Connection) -> Step | None:
    """Take the newest step back. In a transaction, which the caller ends."""
    return _move(connection, steps(connection), undone=True)


def redo(connection: Connection) -> Step | None:
    """Do the step again that was undone last. In a transaction, which the caller ends."""
    return _move(connection, redo_steps(connection), undone=False)


def _move(connection: Connection, steps: list[Step], *, undone: bool) -> Step | None:
    if not steps:
        return None
    step = steps[0]
    parts = {name: (first, last) for name, first, last in _parts(connection, step.id)}
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # until the commit
    # The sign keeps the triggers from going on with a line that is being replayed.
    connection.exec_driver_sql(
        "UPDATE history_current SET step = ?", (-step.id if undone else step.id,)
    )
    if "entry" in parts:
        search_index.expect(connection, _texts_lost(connection, *parts["entry"]))
    for table in _TABLES:
        if table.name in parts:
            _replay(connection, table, *parts[table.name])
    connection.exec_driver_sql("UPDATE history_part SET step = -1 WHERE step = ?", (step.id,))
    size = _close(connection, step.id)
    for name, (first, last) in parts.items():
        _forget_lines(connection, name, first, last)
    connection.exec_driver_sql("DELETE FROM history_part WHERE step = -1")
    connection.exec_driver_sql(
        "UPDATE history_step SET undone = ?, size = ? WHERE id = ?", (undone, size or 0, step.id)
    )
    return step


def _texts_lost(connection: Connection, first: int, last: int) -> int:
    """How many entries a replay of these lines takes out of the search index."""
    names = _columns(schema.entry)
    indexed = sum(1 << names.index(f'"{name}"') for name in search_index.ENTRY_COLUMNS)
    lost: int = connection.exec_driver_sql(
        f"SELECT coalesce(sum(CASE _op WHEN {_INSERTED} THEN _last - id + 1 ELSE 2 END), 0) "
        "FROM history_entry WHERE _seq BETWEEN ? AND ? "
        f"AND (_op = {_INSERTED} OR _op = {_UPDATED} AND _mask & {indexed})",
        (first, last),
    ).scalar_one()
    return lost


def _replay(connection: Connection, table: Table, first: int, last: int) -> None:
    """Take the lines `first` to `last` of the table's log back, newest first.

    Neighbours of one kind go in one statement, where their order makes no difference.
    """
    log = f"history_{table.name}"
    starts = (
        connection.exec_driver_sql(
            "SELECT _seq, _op, _mask FROM (SELECT _seq, _op, _mask, "
            "lag(_op) OVER lines AS op, lag(_mask) OVER lines AS mask "
            f"FROM {log} WHERE _seq BETWEEN ? AND ? WINDOW lines AS (ORDER BY _seq)) "
            "WHERE op IS NULL OR op <> _op OR mask IS NOT _mask ORDER BY _seq DESC",
            (first, last),
        )
        .tuples()
        .all()
    )
    for start, op, mask in starts:
        if op == _INSERTED:
            _delete(connection, table, start, last)
        elif op == _DELETED:
            _insert(connection, table, start, last)
        else:
            _update(connection, table, mask, start, last)
        last = start - 1


def _delete(connection: Connection, table: Table, first: int, last: int) -> None:
    ranges = connection.exec_driver_sql(
        f"SELECT id, _last FROM history_{table.name} WHERE _seq BETWEEN ? AND ?", (first, last)
    ).all()
    connection.exec_driver_sql(
        f'DELETE FROM "{table.name}" WHERE id BETWEEN ? AND ?', [tuple(row) for row in ranges]
    )


def _insert(connection: Connection, table: Table, first: int, last: int) -> None:
    # In the order in which they were deleted: mostly that of their ids, the quickest.
    columns = ", ".join(["id", *_columns(table)])
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM history_{table.name} '
        "WHERE _seq BETWEEN ? AND ? ORDER BY _seq",
        (first, last),
    )


def _update(connection: Connection, table: Table, mask: int, first: int, last: int) -> None:
    log = f"history_{table.name}"
    columns = [name for bit, name in enumerate(_columns(table)) if mask >> bit & 1]
    where = "_seq BETWEEN ? AND ?"
    (repeated,) = connection.exec_driver_sql(
        f"SELECT count(*) > count(DISTINCT id) FROM {log} WHERE {where}", (first, last)
    ).one()
    if not repeated and _unique_columns(table).isdisjoint(columns):
        values = ", ".join(f"{name} = log.{name}" for name in columns)
        connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET {values} FROM {log} AS log '
            f'WHERE log.{where} AND "{table.name}".id = log.id',
            (first, last),
        )
    else:  # such as two tags that changed their places by way of a third
        rows = connection.exec_driver_sql(
            f"SELECT {', '.join(columns)}, id FROM {log} WHERE {where} ORDER BY _seq DESC",
            (first, last),
        ).all()
        connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET {", ".join(f"{name} = ?" for name in columns)} '
            "WHERE id = ?",
            [tuple(row) for row in rows],
        )


def _unique_columns(table: Table) -> set[str]:
    constraints = [c for c in table.constraints if isinstance(c, UniqueConstraint)]
    indexes = [index for index in table.indexes if index.unique]
    return {f'"{column.name}"' for group in (*constraints, *indexes) for column in group.columns}
