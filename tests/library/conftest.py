"""A real library in a folder of its own for every test."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from refman.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.refman", create=True)
    yield library
    library.close()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user can look into; pytest's own is closed to all others."""
    with tempfile.TemporaryDirectory(prefix="refman-test-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
