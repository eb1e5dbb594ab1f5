"""refman.crash: a bug is logged with its place and told once."""

import subprocess
import sys
from pathlib import Path

import pytest

from refman import crash, paths


def failure(message: str = "the cause") -> ValueError:
    try:
        raise ValueError(message)
    except ValueError as error:
        return error


def test_a_report_is_logged_whole_and_told(home: Path) -> None:
    told: list[tuple[str, Path | None]] = []

    def listener(text: str, log: Path | None) -> None:
        told.append((text, log))

    crash.listen(listener)
    try:
        log = crash.report(failure())
    finally:
        crash.stop_listening(listener)
    assert log == paths.log_file()
    written = log.read_text(encoding="utf-8")
    assert [(text + "\n", place) for text, place in told] == [(written, log)]
    assert "refman 0." in written
    assert "raise ValueError(message)" in written
    assert written.endswith("ValueError: the cause\n\n")


def test_the_command_line_gets_one_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crash.tell(failure("a\nb")) == 4
    assert capsys.readouterr().err == (
        f"refman: this is a bug (ValueError: a). Please report it with {paths.log_file()}\n"
    )


def test_a_log_that_cannot_be_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths.log_file().parent.parent.mkdir(parents=True)
    paths.log_file().parent.touch()
    assert crash.tell(failure()) == 4
    assert "could not be written" in capsys.readouterr().err


def test_a_long_log_is_put_aside(home: Path) -> None:
    log = paths.log_file()
    log.parent.mkdir(parents=True)
    log.write_text("x" * (crash.LOG_SIZE + 1))
    crash.report(failure())
    assert log.with_name("refman.log.1").stat().st_size == crash.LOG_SIZE + 1
    assert log.stat().st_size < 10_000


@pytest.mark.parametrize(
    "code",
    [
        "raise ValueError('cause')",
        "import threading; t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()",
        "class A:\n  def __del__(self): 1 / 0\na = A(); del a",
    ],
    ids=["main thread", "another thread", "a finaliser"],
)
def test_what_nothing_catches_is_logged(home: Path, code: str) -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", f"from refman import crash; crash.install()\n{code}"],
        cwd=Path(crash.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.stderr.startswith("refman: this is a bug (")
    assert outcome.stderr.count("\n") == 1
    assert "Traceback" in paths.log_file().read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a signal of Unix")
def test_a_crash_of_c_code_is_logged(home: Path) -> None:
    code = "import os, signal; from refman import crash; crash.install(); os.kill(os.getpid(), 11)"
    subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert "Segmentation fault" in paths.log_file().read_text(encoding="utf-8")
