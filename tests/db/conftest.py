"""A library for one test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.db.database import Database
from tests.db.filling import ABSTRACT, add


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.refman"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database.open(path, create=True)
    yield opened
    opened.close()


@pytest.fixture
def papers(database: Database) -> Database:
    with database.write("Add") as connection:
        add(connection, 1, title="Forgetting Transformer", names="Zhixuan Lin", venue="ICML")
        add(connection, 2, title="Soft-Actor in C++", names="Émile Zola", abstract=ABSTRACT)
        connection.exec_driver_sql("UPDATE entry SET citation_key = 'Lin2025' WHERE id = 1")
    return database
