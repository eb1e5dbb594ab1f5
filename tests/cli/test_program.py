"""refman as a program: streams, signals, what it loads, what it says when something is wrong."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click import Context

from refman import app, cli, crash
from refman.cli import reading
from refman.cli.command import refman as refman_command
from tests.cli.conftest import PAGE, Refman
from tests.library.making import ROOT, run_child

Program = Callable[..., subprocess.CompletedProcess[bytes]]


def test_standard_input(program: Program) -> None:
    outcome = program("import", "-", "--as-of", "2026-11-20", "--json", input=PAGE.encode())
    assert (outcome.returncode, outcome.stderr) == (0, b"")
    printed = json.loads(outcome.stdout)
    assert (printed["file"], printed["added"]) == ("standard input", 3)


def test_a_note_from_standard_input(program: Program, library: Path) -> None:
    assert (
        program("note", "lindqvist2020cold", "-", input="Über *Draht*\n".encode()).returncode == 0
    )
    assert program("note", "lindqvist2020cold").stdout.decode() == "Über *Draht*\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Unix")
@pytest.mark.parametrize("command", [["list"], ["list", "--json"], ["export"], ["history"]])
def test_a_reader_that_has_enough_is_no_error(library: Path, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        outcome = subprocess.run(
            [sys.executable, "-m", "refman", *command],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
            cwd=Path(app.__file__).parent.parent,
        )
    finally:
        os.close(writing)
    assert outcome.returncode == 0
    assert b"rror" not in outcome.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
@pytest.mark.parametrize(
    ("first", "says"),
    [
        ("no such file.txt", "refman: Stopped. Nothing was changed."),
        ("ada.txt", "Stopped. What was imported before is in the library: ada.txt."),
    ],
    ids=["nothing done", "one file done"],
)
def test_ctrl_c(page: Path, home: Path, first: str, says: str) -> None:
    # Python leaves out its own handler where the signal is ignored, as it is in shells' jobs.
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from refman.__main__ import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "import", first, "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=page.parent,
        env={**os.environ, "PYTHONPATH": str(Path(app.__file__).parent.parent)},
    )
    assert process.stdout is not None
    assert process.stdout.readline()  # of the first file; then it waits for its standard input
    process.send_signal(signal.SIGINT)
    told, _nothing = process.communicate(timeout=120)
    assert (process.returncode, told.decode().strip()) == (130, says)


def test_list_loads_nothing_heavy(library: Path) -> None:
    code = (
        "import sys; from refman import app; status = app.main(['list']); "
        "print(status, *sorted(sys.modules), file=sys.stderr)"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(app.__file__).parent.parent,
    )
    status, *modules = outcome.stderr.split()
    assert status == "0"
    heavy = re.compile(r"(PySide6|shiboken6|alembic|bibtexparser|pylatexenc|lxml|refman\.ui)\b")
    assert [name for name in modules if heavy.match(name)] == []


LISTED = [refman_command.get_command(Context(refman_command), name) for name in cli.COMMANDS]
COMMANDS = [
    (name, *(["--help"] if not sub else [sub, "--help"]))
    for name, command in zip(cli.COMMANDS, LISTED, strict=True)
    for sub in ["", *getattr(command, "commands", {})]
]


@pytest.mark.parametrize("arguments", [("--help",), ("-h",), *COMMANDS], ids=" ".join)
def test_help(refman: Refman, arguments: tuple[str, ...]) -> None:
    outcome = refman(*arguments)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: refman ")
    # One line says what each command does: click cuts what is too long.
    assert not re.search(r"^  .*\.\.\.$", outcome.out, re.MULTILINE)


def test_every_command_is_called_as_it_is_listed() -> None:
    assert [command and command.name for command in LISTED] == [*cli.COMMANDS]


def test_every_command_takes_a_library() -> None:
    def leaves(command: object) -> list[object]:
        below = getattr(command, "commands", None)
        return [leaf for each in below.values() for leaf in leaves(each)] if below else [command]

    without = {
        leaf.name  # type: ignore[attr-defined]
        for command in LISTED
        for leaf in leaves(command)
        if not any(each.name == "library" for each in leaf.params)  # type: ignore[attr-defined]
    }
    assert without == {"formats", "add", "remove"}  # of styles, which belong to no library


def test_version(refman: Refman) -> None:
    outcome = refman("--version")
    assert (outcome.status, outcome.err) == (0, "")
    assert re.fullmatch(r"refman \d+\.\d+\.\d+\n", outcome.out)


@pytest.mark.parametrize(
    "arguments", [("lsit",), ("no such file.txt",), ("--frobnicate",), ("tag",), ("tag", "x")]
)
def test_wrong_usage(refman: Refman, arguments: tuple[str, ...]) -> None:
    outcome = refman(*arguments)
    assert outcome.status == 2
    assert outcome.out == ""
    assert outcome.err


def test_a_bug_is_told_with_the_logs_place(
    refman: Refman, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("as if")

    monkeypatch.setattr(reading, "opened", broken)
    outcome = refman("list")
    assert (outcome.status, outcome.out) == (crash.EXIT_STATUS, "")
    assert re.fullmatch(
        r"refman: this is a bug \(ZeroDivisionError: as if\)\. Please report it with .*\.log\n",
        outcome.err,
    )


def test_damaged_settings_are_told_and_do_not_matter(
    refman: Refman, library: Path, home: Path
) -> None:
    (home / "config" / "refman").mkdir(parents=True)
    (home / "config" / "refman" / "settings.json").write_text("{")
    outcome = refman("list")
    assert (outcome.status, outcome.out.count("\n")) == (0, 3)
    assert outcome.err.startswith("refman: The settings were damaged")


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="root and permissions are of Unix")
@pytest.mark.parametrize(
    ("mode", "status", "says"),
    [
        (0o000, 3, "Check its permissions"),
        (0o444, 0, "is open for reading only."),
    ],
    ids=["unreadable", "read-only"],
)
def test_a_library_without_permission(library: Path, mode: int, status: int, says: str) -> None:
    with tempfile.TemporaryDirectory(prefix="refman-test-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        closed = folder / "l.refman"
        shutil.copy(library, closed)
        closed.chmod(mode)
        # The checkout may lie where nobody can read, and so may the libraries.
        for part in ("refman", "resources"):
            shutil.copytree(ROOT / part, folder / part)
        done = run_child(
            f"sys.path.insert(0, {name!r})\nimport sqlalchemy.dialects.sqlite\n"
            "from refman import app, cli\ndef main(*arguments): sys.exit(app.main(arguments))",
            "list",
            "--library",
            str(closed),
            unprivileged=True,
        )
    assert (done.returncode, done.stdout.count("\n")) == (status, 0 if status else 3)
    assert says in done.stderr
