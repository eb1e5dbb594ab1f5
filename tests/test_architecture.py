"""The layers of refman hold, and each contract in pyproject.toml is able to fail."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "refman"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}

# Imports inside functions: (file or folder, what is imported) → why not at the top.
LATE_IMPORTS = {
    ("app.py", "refman.cli"): "the window does not need click",
    ("app.py", "refman.ui"): "the command line does not need Qt",
    ("ui/windows.py", "refman.ui.rest"): "the first rows are on screen before panel and dialogs",
    ("db/", "alembic"): "a migration is seldom due, and Alembic takes longer than the rest",
    ("formats/", "bibtexparser"): "only when BibTeX is read or written",
    ("formats/", "pylatexenc"): "only when a text holds TeX",
    ("formats/", "lxml"): "only when a page is HTML",
    ("formats/", "markdownify"): "only when a note is HTML",
    ("formats/", "rispy"): "only when RIS is read or written",
    ("formats/citations.py", "refman.formats.csl"): "citeproc-py only when something is cited",
    ("formats/recipes/", "cssselect"): "only when a recipe is read",
    ("cli/keys.py", "refman.library.manuscripts"): "only when manuscripts are read",
    ("cli/keys.py", "refman.model.key_pattern"): "only when its markers are listed",
    ("library/citation_keys.py", "refman.library.key_proposals"): "only when keys are made anew",
    ("library/key_patterns.py", "refman.model.key_pattern"): "only if a library has a pattern",
    ("library/queries.py", "refman.library.citation_keys"): "only when a key is looked for",
    ("library/search.py", "refman.formats.csl_json"): "only for what programs read",
    ("library/search.py", "refman.library.storing"): "only for what programs read",
    ("library/selecting.py", "refman.library.manuscripts"): "only for what manuscripts cite",
    ("library/selecting.py", "refman.library.bib_order"): "only when BibTeX is written",
    ("library/duplicates.py", "refman.library.scanning"): "not before they are looked for",
    ("library/exporting.py", "refman.library.rendering"): "only when something is written",
    ("library/exports.py", "refman.library.differences"): "only when one is asked for",
    ("library/exports.py", "refman.library.following"): "only when something is written",
    ("library/exports.py", "refman.library.style_options"): "only when a style is chosen",
    ("library/workspaces.py", "refman.library.revising"): "only for a .bib file that is kept",
    ("library/importing.py", "refman.library.revising"): "only for a .bib file that is kept",
    ("library/recipes.py", "refman.formats.recipes"): "not before a page is imported",
    ("library/doctor/", "refman.library.doctor"): "not before something is checked",
    ("library/listings.py", "refman.library.taking_back"): "only when an import is taken back",
    ("library/listings.py", "refman.library.reading_again"): "only when a page is read again",
    ("library/listings.py", "refman.library.listing_comparison"): "only when pages are compared",
    ("library/matching.py", "rapidfuzz"): "only when two titles are nearly the same",
}

# One change for each contract, made in a copy, that breaks it: (contract, file, its new last line).
BREAKS = [
    pytest.param("layers", "db/schema.py", "import refman.library", id="an import goes up"),
    pytest.param("layers", "cli/__init__.py", "import refman.ui", id="cli imports ui"),
    pytest.param("layers", "utils.py", "", id="a module that is in no layer"),
    pytest.param("cycles", "model/creator.py", "import refman.model.entry", id="a cycle in model"),
    pytest.param("cycles", "paths.py", "import refman.i18n", id="a cycle at the top"),
    pytest.param("qt", "cli/__init__.py", "import PySide6.QtCore", id="Qt in cli"),
    pytest.param("qt", "app.py", "def f(): import PySide6.QtGui", id="Qt in app, in a function"),
    pytest.param("sql", "cli/__init__.py", "import sqlalchemy", id="SQL in cli"),
    pytest.param("sql", "ui/theme.py", "import sqlite3", id="SQLite in ui"),
    pytest.param("migrations", "library/tags.py", "import alembic", id="Alembic in library"),
    pytest.param("formats-in-db", "db/schema.py", "import refman.formats", id="a format in db"),
    pytest.param("model", "model/text.py", "import rapidfuzz", id="a library in model"),
    pytest.param("model", "model/text.py", "import refman.errors", id="errors in model"),
    pytest.param(
        "settings", "formats/format.py", "import refman.settings", id="settings in formats"
    ),
    pytest.param(
        "regions", "ui/widgets/new.py", "import refman.ui.main_window", id="a part, the window"
    ),
    pytest.param("dialogs", "ui/dialogs/one.py", "import refman.ui.dialogs.two", id="two dialogs"),
]


def lint_imports(folder: Path, contract: str | None = None) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command as main; main()"
    chosen = ["--contract", contract] if contract else []
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache", *chosen],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def imports(tree: ast.AST) -> Iterator[str]:
    """The module names that `tree` imports, in full."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            # `from refman import ui` imports refman.ui.
            own = module.split(".", maxsplit=1)[0] == "refman"
            yield from ([f"{module}.{each.name}" for each in node.names] if own else [module])


def functions(tree: ast.AST) -> Iterator[ast.AST]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def test_every_contract_is_kept() -> None:
    outcome = lint_imports(ROOT)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "refman", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.parametrize(("contract", "file", "line"), BREAKS)
def test_each_contract_can_fail(copy: Path, contract: str, file: str, line: str) -> None:
    broken = copy / "refman" / file
    before = broken.read_text(encoding="utf-8") if broken.exists() else None
    other = copy / "refman" / "ui" / "dialogs" / "two.py"
    other.touch()
    broken.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        outcome = lint_imports(copy, contract)
    finally:
        other.unlink()
        if before is None:
            broken.unlink()
        else:
            broken.write_text(before, encoding="utf-8")
    name = CONTRACTS[contract]["name"]
    told = outcome.stdout + outcome.stderr
    # A module in no layer is told in another way than an import.
    assert outcome.returncode == 1, told
    assert f"{name} BROKEN" in told or "utils" in told, told


def test_every_contract_has_a_change_that_breaks_it() -> None:
    assert {case.values[0] for case in BREAKS} == set(CONTRACTS)


def test_imports_stand_at_the_top() -> None:
    late = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in MODULES
        for function in functions(ast.parse(path.read_text(encoding="utf-8")))
        for name in imports(function)
    }

    def allowed(file: str, name: str) -> bool:
        return any(
            file.startswith(place) and re.match(rf"{re.escape(what)}(\.|$)", name)
            for place, what in LATE_IMPORTS
        )

    assert sorted(each for each in late if not allowed(*each)) == []


def test_only_ui_imports_qt() -> None:
    outside = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if path.relative_to(PACKAGE).parts[0] != "ui"
        for name in imports(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".", maxsplit=1)[0] in ("PySide6", "shiboken6")
    ]
    assert outside == []


def test_the_model_needs_only_the_standard_library() -> None:
    foreign = [
        (path.name, name)
        for path in (PACKAGE / "model").rglob("*.py")
        for name in imports(ast.parse(path.read_text(encoding="utf-8")))
        if not name.startswith("refman.model")
        and name.split(".", maxsplit=1)[0] not in sys.stdlib_module_names
    ]
    assert foreign == []


def test_the_models_contract_names_every_dependency() -> None:
    dependencies = {
        re.split(r"[<>=\[]", each)[0].removesuffix("-Essentials")
        for each in PROJECT["project"]["dependencies"]
    }
    assert dependencies <= set(CONTRACTS["model"]["forbidden_modules"])


def test_no_module_is_named_after_nothing() -> None:
    vague = {"utils", "util", "common", "core", "services", "managers", "helpers", "misc"}
    assert [path for path in MODULES if path.stem in vague or path.parent.name in vague] == []
