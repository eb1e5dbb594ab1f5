"""Undo and redo: triggers note how each row of `schema.UNDOABLE` was before it changed.

For every such table T there is a log `history_T`, whose columns are those of T and `_seq`
(order), `_op`, `_mask` and `_last`. A line of it says

- INSERTED: the rows `id` to `_last` were not there;
- UPDATED: the columns in `_mask` (bit n: the nth column after `id`) of the row `id` were as
  stored here, the others are NULL here and did not change;
- DELETED: the row `id` was as stored here.

Values are copied from column to column and never pass through text, so that a NUL, a blob and
every bit of a number come back. While a step is being written, the one row of `history_current`
has in the column T the greatest id that T had before. What happens to rows above it is not
logged: to undo the step they are simply deleted, by the step's last line. So a great import
costs next to nothing here.

To undo a step is to replay its lines backwards, table by table. Each state of a table on the
way is one that it had before, so that no unique column is in the way. Foreign keys are off: what
a cascade did has lines of its own, and an id that the step used twice must not set one off.
The triggers log all this in turn, and that is the redo. `history_part` says which lines belong
to a step.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, LargeBinary, Table, Text, UniqueConstraint

from refman.db import schema, search_index
from refman.errors import RefmanError
from refman.i18n import _

KEPT_STEPS = 200
KEPT_BYTES = 256 * 1024 * 1024

_AT_ONCE = 5000  # rows that one statement changes

_INSERTED, _UPDATED, _DELETED = 0, 1, 2
_TABLES = schema.UNDOABLE


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
    tables = [f'"{table.name}"' for table in _TABLES]
    yield f"CREATE TABLE history_current (greatest INTEGER NOT NULL, {', '.join(tables)})"
    yield "INSERT INTO history_current (greatest) VALUES (0)"
    for table in _TABLES:
        yield from _table_statements(table)


def _table_statements(table: Table) -> Iterable[str]:
    log = f"history_{table.name}"
    names = _columns(table)
    columns = ", ".join(names)
    before = f'(SELECT "{table.name}" FROM history_current)'  # NULL while nothing is logged
    changed = [f"old.{name} COLLATE BINARY IS NOT new.{name}" for name in names]
    mask = " + ".join(f"({test}) * {1 << bit}" for bit, test in enumerate(changed))
    old = ", ".join(f"old.{name}" for name in names)
    old_if_changed = ", ".join(
        f"CASE WHEN {test} THEN old.{name} END" for name, test in zip(names, changed, strict=True)
    )
    yield f"CREATE TABLE {log} (_seq INTEGER PRIMARY KEY, _op, _mask, _last, id, {columns})"
    yield f"""CREATE TRIGGER {log}_insert AFTER INSERT ON "{table.name}"
        WHEN new.id <= {before} BEGIN
        INSERT INTO {log} (_op, _last, id) VALUES ({_INSERTED}, new.id, new.id);
        END"""
    yield f"""CREATE TRIGGER {log}_update AFTER UPDATE ON "{table.name}"
        WHEN old.id <= {before} AND ({" OR ".join(changed)}) BEGIN
        INSERT INTO {log} (_op, _mask, id, {columns})
        VALUES ({_UPDATED}, {mask}, old.id, {old_if_changed});
        END"""
    yield f"""CREATE TRIGGER {log}_delete AFTER DELETE ON "{table.name}"
        WHEN old.id <= {before} BEGIN
        INSERT INTO {log} (_op, id, {columns}) VALUES ({_DELETED}, old.id, {old});
        END"""
    yield f"""CREATE TRIGGER {log}_renumber BEFORE UPDATE OF id ON "{table.name}"
        WHEN old.id IS NOT new.id BEGIN
        SELECT RAISE(ABORT, 'the id of a row never changes');
        END"""


def _columns(table: Table) -> list[str]:
    return [f'"{column.name}"' for column in table.columns if column.name != "id"]


# ------------------------------------------------------------------------------------ recording


def start(connection: Connection) -> None:
    """Log what follows in this transaction as a new step."""
    before = ", ".join(f'(SELECT coalesce(max(id), 0) FROM "{t.name}")' for t in _TABLES)
    tables = ", ".join(f'"{table.name}"' for table in _TABLES)
    connection.exec_driver_sql(f"UPDATE history_current SET ({tables}) = ({before})")


def finish(connection: Connection, label: str) -> None:
    """End what `start` began: keep the step if it changed something, and then no redo steps."""
    step = connection.exec_driver_sql("SELECT greatest + 1 FROM history_current").scalar_one()
    size = _close(connection, step)
    if size is None:
        return
    undone = connection.exec_driver_sql("SELECT id FROM history_step WHERE undone").scalars()
    _forget(connection, undone.all())
    connection.exec_driver_sql("UPDATE history_current SET greatest = ?", (step,))
    connection.exec_driver_sql(
        "INSERT INTO history_step (id, label, made, size) VALUES (?, ?, ?, ?)",
        (step, label, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", size),
    )
    _prune(connection)


def _close(connection: Connection, step: int) -> int | None:
    """Stop logging; note which lines are those of `step`, and return their size in bytes.

    None if there are no lines. The newest lines of a log that belong to no part are the step's.
    """
    ends = connection.exec_driver_sql("SELECT name, max(last) FROM history_part GROUP BY name")
    known = {row.name: row[1] for row in ends}
    sums = ", ".join(
        f'"{t.name}", (SELECT max(id) FROM "{t.name}"), (SELECT max(_seq) FROM history_{t.name})'
        for t in _TABLES
    )
    counts = connection.exec_driver_sql(f"SELECT {sums} FROM history_current").one()
    size = None
    for place, table in enumerate(_TABLES):
        before, now, line = counts[3 * place : 3 * place + 3]
        first, last = known.get(table.name, 0) + 1, line or 0
        if (now or 0) > before:
            last = max(last + 1, first)
            connection.exec_driver_sql(
                f"INSERT INTO history_{table.name} (_seq, _op, id, _last) VALUES (?, ?, ?, ?)",
                (last, _INSERTED, before + 1, now),
            )
        if last >= first:
            connection.exec_driver_sql(
                "INSERT INTO history_part VALUES (?, ?, ?, ?)", (step, table.name, first, last)
            )
            size = (size or 0) + _size(connection, table, first, last)
    nothing = ", ".join(f'"{table.name}" = NULL' for table in _TABLES)
    connection.exec_driver_sql(f"UPDATE history_current SET {nothing}")
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
    for _step, size in sizes[:KEPT_STEPS]:
        total += size
        if kept and total > KEPT_BYTES:
            break
        kept += 1
    _forget(connection, [step for step, _size in sizes[kept:]])


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


def _parts(connection: Connection, step: int) -> list[tuple[str, int, int]]:
    rows = connection.exec_driver_sql(
        "SELECT name, first, last FROM history_part WHERE step = ?", (step,)
    )
    return [(name, first, last) for name, first, last in rows]


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
    """Take the newest step back. In a transaction with foreign keys off; raises RefmanError."""
    return _move(connection, steps(connection), undone=True)


def redo(connection: Connection) -> Step | None:
    """Do the step again that was undone last. As `undo`."""
    return _move(connection, redo_steps(connection), undone=False)


def _move(connection: Connection, steps: list[Step], *, undone: bool) -> Step | None:
    if not steps:
        return None
    step = steps[0]
    parts = {name: (first, last) for name, first, last in _parts(connection, step.id)}
    start(connection)
    if "entry" in parts:
        search_index.expect(connection, _texts_lost(connection, *parts["entry"]))
    for table in _TABLES:
        if table.name in parts:
            _replay(connection, table, *parts[table.name])
    _check_references(connection, parts)
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
    starts = connection.exec_driver_sql(
        "SELECT _seq, _op, _mask FROM (SELECT _seq, _op, _mask, "
        "lag(_op) OVER lines AS op, lag(_mask) OVER lines AS mask "
        f"FROM {log} WHERE _seq BETWEEN ? AND ? WINDOW lines AS (ORDER BY _seq)) "
        "WHERE op IS NULL OR op <> _op OR mask IS NOT _mask ORDER BY _seq DESC",
        (first, last),
    ).all()
    for start, op, mask in starts:
        if op == _INSERTED:
            _delete(connection, table, start, last)
        elif op == _DELETED:
            for begin, end in _some(start, last):
                _insert(connection, table, begin, end)
        else:
            _update(connection, table, mask, start, last)
        last = start - 1


def _some(first: int, last: int) -> Iterator[tuple[int, int]]:
    """The numbers from `first` to `last`, not too many at a time.

    SQLite holds in memory what one statement has changed, to take it back if it fails.
    """
    for start in range(first, last + 1, _AT_ONCE):
        yield start, min(start + _AT_ONCE - 1, last)


def _check_references(connection: Connection, parts: Mapping[str, tuple[int, int]]) -> None:
    """Raises RefmanError where a replay has left a row without the row that it refers to.

    That can only be if there were changes which were not logged (see `Database.write`).
    """
    for child in _TABLES:
        for key in child.foreign_keys:
            parent, column = key.column.table, key.parent.name
            mine, theirs = parts.get(child.name), parts.get(parent.name)
            if (mine and _came_alone(connection, child, column, parent, mine)) or (
                theirs and _was_left(connection, child, column, parent, theirs)
            ):
                raise RefmanError(
                    _(
                        "This cannot be undone or redone, because a change that is not part of "
                        "the history stands in the way. Nothing was changed."
                    )
                )


def _came_alone(
    connection: Connection, child: Table, column: str, parent: Table, lines: tuple[int, int]
) -> bool:
    """Whether a row that came back or was changed refers to one that is not there."""
    bit = 1 << _columns(child).index(f'"{column}"')
    return _is_any(
        connection,
        f'history_{child.name} AS log JOIN "{child.name}" AS child ON child.id = log.id '
        f"WHERE log._seq BETWEEN ? AND ? AND (log._op = {_DELETED} OR log._mask & {bit}) "
        f'AND child."{column}" IS NOT NULL '
        f'AND child."{column}" NOT IN (SELECT id FROM "{parent.name}")',
        lines,
    )


def _was_left(
    connection: Connection, child: Table, column: str, parent: Table, lines: tuple[int, int]
) -> bool:
    """Whether a row that went away is still referred to."""
    return _is_any(
        connection,
        f'history_{parent.name} AS log CROSS JOIN "{child.name}" AS child '
        f'ON child."{column}" BETWEEN log.id AND log._last '
        f"WHERE log._seq BETWEEN ? AND ? AND log._op = {_INSERTED} "
        f'AND child."{column}" NOT IN (SELECT id FROM "{parent.name}")',
        lines,
    )


def _is_any(connection: Connection, rows: str, lines: tuple[int, int]) -> bool:
    return bool(connection.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM {rows})", lines).scalar())


def _delete(connection: Connection, table: Table, first: int, last: int) -> None:
    ranges = connection.exec_driver_sql(
        f"SELECT id, _last FROM history_{table.name} WHERE _seq BETWEEN ? AND ?", (first, last)
    ).all()
    connection.exec_driver_sql(
        f'DELETE FROM "{table.name}" WHERE id BETWEEN ? AND ?',
        [some for begin, end in ranges for some in _some(begin, end)],
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
    groups = [c.columns for c in table.constraints if isinstance(c, UniqueConstraint)]
    groups += [index.columns for index in table.indexes if index.unique]
    return {f'"{column.name}"' for group in groups for column in group}
