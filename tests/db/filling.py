"""Libraries with something in every table, and everything that a library says."""

from typing import Any

from sqlalchemy import Connection, Float, Integer, LargeBinary, Table

from refman.db import schema
from refman.db.database import Database

# What texts and numbers can be that a copy by way of SQL text would not bring back.
ODD_TEXTS = ["", "a\0b", "Żółć «q» 'quoted' \"twice\"", "\\n\n\t", "注意力", "x" * 5000]
ODD_NUMBERS = [0.1 + 0.2, -1e-308, 1e308, 123456789.123456789]
ABSTRACT = " ".join(f"word{number} of a text about networks 注意力" for number in range(30))
ODD_BYTES = [b"", b"\0\1\2\xff", b"x" * 3000]


def row(table: Table, number: int) -> dict[str, Any]:
    """A row of `table` with the id `number`; what it refers to has that id too."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.name in ("id", "entry", "tag", "collection", "listing", "first", "second"):
            values[column.name] = number
        elif column.name == "parent":
            values[column.name] = number - 1 or None
        elif isinstance(column.type, Float):
            values[column.name] = ODD_NUMBERS[number % len(ODD_NUMBERS)]
        elif isinstance(column.type, Integer):
            values[column.name] = number
        elif isinstance(column.type, LargeBinary):
            values[column.name] = ODD_BYTES[number % len(ODD_BYTES)]
        else:
            odd = ODD_TEXTS[number % len(ODD_TEXTS)]
            values[column.name] = f"{table.name} {column.name} {number} {odd}"
    return values


def fill(connection: Connection, numbers: range = range(1, 8)) -> None:
    for table in schema.metadata.sorted_tables:
        if table.name != "abstract_fingerprint":
            connection.execute(table.insert(), [row(table, number) for number in numbers])


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every undoable table, bit by bit."""
    with database.read() as connection:
        return {
            table.name: [
                tuple(repr(value) for value in found)
                for found in connection.execute(table.select().order_by(table.c.id))
            ]
            for table in schema.UNDOABLE
        }


def counts(connection: Connection) -> dict[str, int]:
    return {
        name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
        for name in schema.metadata.tables
    }


def found(database: Database, expression: str, index: str = "entry_text") -> list[int]:
    with database.read() as connection:
        return list(
            connection.exec_driver_sql(
                f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid", (expression,)
            ).scalars()
        )


def add(connection: Connection, number: int, **values: Any) -> None:
    connection.execute(
        schema.entry.insert(),
        {"id": number, "uuid": f"uuid {number}", "citation_key": f"key{number}", **values},
    )
