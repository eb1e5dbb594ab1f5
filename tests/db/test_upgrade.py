"""A migrated library is a fresh one with the old rows; a failed migration changes nothing.

`revisions/` stands for a future version 2: it has the shipped first revision and one that
undoes what `older` does to a library of today.
"""

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from refman.db import check, layout, schema, upgrade
from refman.db.database import Database
from refman.errors import ReadError
from tests.db.filling import contents, counts, fill, found

SECOND = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("entry") as batch:  # drops and remakes it
        batch.alter_column("rating", existing_type=sa.Text(), type_=sa.Integer())
        batch.drop_column("obsolete")
    with op.batch_alter_table("sighting") as batch:
        batch.add_column(sa.Column("reviewed", sa.Integer(), server_default="0", nullable=False))
"""


@pytest.fixture
def revisions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "revisions 100%"
    shutil.copytree(upgrade.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0002_second.py").write_text(SECOND)
    monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
    return folder


@pytest.fixture
def older(path: Path, revisions: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A full library of version 1, in a world where 2 is today's."""
    database = Database.open(path, create=True)
    with database.write("Fill") as connection:
        fill(connection)
    database.close()
    raw = sqlite3.connect(path)
    for kind, name in raw.execute(
        "SELECT type, name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        raw.execute(f"DROP {kind} {name}")  # as another version would have made others
    raw.execute("DROP INDEX entry_year")
    raw.execute("ALTER TABLE entry ADD COLUMN obsolete TEXT")
    raw.execute("DROP INDEX sighting_doubtful")  # which has the column
    raw.execute("ALTER TABLE sighting DROP COLUMN reviewed")
    raw.execute("CREATE TABLE history_of_old (x)")
    raw.commit()
    raw.close()
    monkeypatch.setattr(schema, "SCHEMA_VERSION", 2)
    return path


def _counts(path: Path) -> dict[str, int]:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = counts(connection)
    engine.dispose()
    return found


def _bytes(path: Path) -> bytes:
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    return path.read_bytes()


def test_the_first_revision_is_the_schema() -> None:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(upgrade.MIGRATIONS))
        command.upgrade(config, "head")
        connection.exec_driver_sql("DROP TABLE alembic_version")
        layout.create_derived(connection)
        made = check.structure(connection)
    engine.dispose()
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        layout.create(connection)
        assert made == check.structure(connection)
    engine.dispose()


def test_the_newest_revision_is_the_version() -> None:
    config = Config()
    config.set_main_option("script_location", str(upgrade.MIGRATIONS))
    heads = ScriptDirectory.from_config(config).get_heads()
    assert heads == [f"{schema.SCHEMA_VERSION:04}"]


def test_opening_an_older_library_brings_it_up_to_date(older: Path) -> None:
    before = _counts(older)
    assert min(count for name, count in before.items()) > 0
    database = Database.open(older)
    assert database.check() == []  # its structure is that of a fresh one
    with database.read() as connection:
        assert counts(connection) == before
        assert connection.exec_driver_sql("PRAGMA user_version").scalar() == 2
    assert found(database, "注意力")
    assert found(database, "注意力", "annotation_text")
    assert database.steps() == []
    state = contents(database)
    with database.write("Delete") as connection:
        connection.exec_driver_sql("DELETE FROM entry")
    database.undo()
    assert contents(database) == state
    assert database.check() == []
    database.close()
    copies = [file for file in older.parent.iterdir() if "before-upgrade" in file.name]
    assert [_counts(copy) for copy in copies] == [before]
    Database.open(older).close()
    assert len([file for file in older.parent.iterdir() if "before-" in file.name]) == 1


def test_an_older_library_is_read_by_way_of_a_copy(older: Path) -> None:
    before = _bytes(older)
    database = Database.open(older, read_only=True)
    assert database.read_only
    assert database.check() == []
    assert len(contents(database)["entry"]) == 7
    database.close()
    assert _bytes(older) == before
    assert not [file for file in older.parent.iterdir() if "before-" in file.name]


def test_a_migration_that_fails_changes_nothing(older: Path, revisions: Path) -> None:
    with (revisions / "versions" / "0002_second.py").open("a") as file:
        file.write("    op.execute('SELECT * FROM nowhere')\n")
    before = _bytes(older)
    for _again in range(2):
        with pytest.raises(Exception, match="no such table: nowhere"):
            Database.open(older)
    assert _bytes(older) == before
    assert not [file for file in older.parent.iterdir() if "before-" in file.name]


def test_a_library_with_dangling_rows_is_not_migrated(older: Path) -> None:
    raw = sqlite3.connect(older)
    raw.execute("DELETE FROM listing WHERE id = 3")
    raw.commit()
    raw.close()
    before = _bytes(older)
    with pytest.raises(ReadError, match="could not be brought up to date"):
        Database.open(older)
    assert _bytes(older) == before
