"""The library's public names: all are there, and none costs a start that does not need it."""

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from refman import library

SOURCE = Path(library.__file__)
# What reading a list of papers takes, besides the library itself.
NOT_FOR_A_LIST = (
    "annotations", "attachments", "citations", "collection_tree", "doctor", "duplicates",
    "entries", "exporting", "exports", "importing", "key_proposals", "listings", "matching",
    "planning", "report", "reviewing", "selecting", "sources", "styles", "watched", "workspaces",
)  # fmt: skip


@pytest.mark.parametrize("name", library.__all__)
def test_a_name_is_the_one_of_its_module(name: str) -> None:
    if name != "Library":
        module = import_module(f"refman.library.{library._HOMES[name]}")
        assert getattr(library, name) is getattr(module, name)


def test_what_mypy_sees_is_what_there_is() -> None:
    tree = ast.parse(SOURCE.read_text(encoding="utf-8"))
    seen = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("refman.library.")
        for alias in node.names
    }
    assert {n: f"refman.library.{module}" for n, module in library._HOMES.items()} == seen
    assert {*seen, "Library"} == {*library.__all__}


def test_another_name_is_none() -> None:
    with pytest.raises(AttributeError, match=r"'refman\.library' has no attribute 'nothing'"):
        _ = library.nothing  # type: ignore[attr-defined]


def test_nouns_are_made_once(tmp_path: Path) -> None:
    opened = library.Library.open(tmp_path / "a.refman", create=True)
    other = library.Library.open(tmp_path / "b.refman", create=True)
    for name, kind in vars(library.Library)["__annotations__"].items():
        noun = getattr(opened, name)
        assert (type(noun).__name__, noun is getattr(opened, name)) == (kind, True)
        assert noun is not getattr(other, name)
    opened.close()
    other.close()


def test_a_list_imports_no_more_than_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "library.refman"
    library.Library.open(path, create=True).close()
    code = (
        "import sys, refman.app; refman.app.main(sys.argv[1:]);"
        "print(*[name for name in sys.modules if name.startswith('refman.')])"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code, "list", "--library", str(path)],
        cwd=SOURCE.parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    imported = set(outcome.stdout.split())
    assert "refman.library.search" in imported
    assert [name for name in NOT_FOR_A_LIST if f"refman.library.{name}" in imported] == []
    commands = {name for name in imported if name.startswith("refman.cli.")}
    assert commands == {f"refman.cli.{name}" for name in ("command", "progress_line", "reading")}
