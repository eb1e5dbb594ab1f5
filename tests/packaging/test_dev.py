"""packaging/dev.py, in a copy of its own with stand-ins for Python, apt-get and sudo."""

import ast
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

DEV = Path(__file__).parents[2] / "packaging" / "dev.py"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


def script(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    place.chmod(0o755)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout in a folder with blanks in its name."""
    folder = tmp_path / "my own checkout"
    (folder / "packaging").mkdir(parents=True)
    shutil.copy(DEV, folder / "packaging")
    (folder / "pyproject.toml").write_text("[project]\n")
    return folder


@pytest.fixture
def dev(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The copy's dev.py, on a system where no library is missing and there is no display."""
    spec = importlib.util.spec_from_file_location("dev_copy", checkout / "packaging" / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PAUSE", 0)
    monkeypatch.setattr(module, "QT_LIBRARIES", {})
    monkeypatch.setattr(module, "WINDOW_LIBRARIES", {})
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return module


@pytest.fixture
def calls(dev: ModuleType, checkout: Path) -> Callable[[], list[str]]:
    """What the environment's Python, a script that notes its arguments, was called with."""
    log = checkout / "calls.txt"
    script(dev.PYTHON, f'echo "$*" >> "{log}"\ncase "$*" in *FAIL*) exit 1;; esac')
    (dev.VENV / "refman-made-for.txt").write_text(dev.identity(), encoding="utf-8")

    def read() -> list[str]:
        found = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [call for call in found if call != "-m pip --version"]

    return read


INSTALL = "-m pip install --quiet --editable "


def test_an_old_python_can_read_it() -> None:
    source = DEV.read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    before, found, _after = source.partition("if sys.version_info < NEEDED:")
    assert found
    # Annotations are evaluated when a function is made: before the check, none may be new.
    for node in ast.walk(ast.parse(before)):
        if isinstance(node, ast.FunctionDef):
            assert isinstance(node.returns, ast.Constant)


def test_it_installs_only_what_changed(
    dev: ModuleType, calls: Callable[[], list[str]], checkout: Path
) -> None:
    def installed(extra: str) -> list[str]:
        dev.set_up(extra, {})
        return calls()

    assert installed("") == [INSTALL + "."]
    assert installed("") == []
    assert installed("dev") == [INSTALL + ".[dev]"]
    assert installed("dev") == []
    assert installed("") == []
    (checkout / "pyproject.toml").write_text("[project]\nname = 'refman'\n")
    assert installed("") == [INSTALL + ".[dev]"]
    assert installed("bundle") == [INSTALL + ".[bundle,dev]"]


def test_an_environment_of_another_place_is_not_used(
    dev: ModuleType, calls: Callable[[], list[str]]
) -> None:
    assert dev.ready_environment()
    (dev.VENV / "refman-made-for.txt").write_text("/elsewhere\n/usr\n3.11\n", encoding="utf-8")
    assert not dev.ready_environment()


def test_arguments_go_to_pytest(dev: ModuleType, calls: Callable[[], list[str]]) -> None:
    assert dev.main(["test", "-k", "one or two", "-x"]) == 0
    assert calls() == [INSTALL + ".[dev]", "-m pytest -k one or two -x"]
    assert dev.main(["test", "FAIL"]) == 1


def test_lint_runs_every_check(dev: ModuleType, calls: Callable[[], list[str]]) -> None:
    assert dev.main(["lint"]) == 0
    assert [call.split()[1:3] for call in calls()[1:]] == [
        ["ruff", "check"],
        ["ruff", "format"],
        ["mypy"],
        ["from", "importlinter.cli"],
    ]


TERMINAL = [
    "-m refman --library {demo} import --as-of 2026-11-20 {sample}",
    "-m refman --library {demo} list",
    "-m refman --library {demo} export --output {bibliography}",
]


def expected(dev: ModuleType, lines: list[str]) -> list[str]:
    places = {
        "demo": dev.DEMO, "sample": dev.SAMPLE, "bibliography": dev.DEMO.with_suffix(".bib"),
    }  # fmt: skip
    return [line.format(**places) for line in lines]


def test_without_a_display_it_runs_in_the_terminal(
    dev: ModuleType, calls: Callable[[], list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(["run"]) == 0
    assert calls() == [INSTALL + ".", *expected(dev, TERMINAL)]
    assert f"The bibliography is in {dev.DEMO.with_suffix('.bib')}" in capfd.readouterr().out


def test_with_a_display_it_opens_the_window(
    dev: ModuleType, calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run"]) == 0
    assert calls()[1:] == expected(dev, [TERMINAL[0], "-m refman --library {demo}"])


def test_with_a_display_that_does_not_answer_it_runs_in_the_terminal(
    dev: ModuleType, calls: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    text = dev.PYTHON.read_text(encoding="utf-8")
    script(dev.PYTHON, text + '\ncase "$*" in *demo.refman) exit 3;; esac')
    assert dev.main(["run"]) == 0
    window = "-m refman --library {demo}"
    assert calls()[1:] == expected(dev, [TERMINAL[0], window, *TERMINAL[1:]])


def test_words_go_to_refman(dev: ModuleType, calls: Callable[[], list[str]]) -> None:
    assert dev.main(["run", "list", "--json"]) == 0
    assert calls()[1:] == ["-m refman list --json"]


def test_pip_is_tried_three_times(
    dev: ModuleType, calls: Callable[[], list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    script(dev.PYTHON, f"{dev.PYTHON.read_text(encoding='utf-8')}\nexit 1")
    (dev.VENV / "refman-setup.txt").write_text("another\n")
    assert dev.main(["setup"]) == 1
    assert calls() == [INSTALL + ".[dev]"] * 3
    assert "dev.py: pip did not install what refman needs" in capfd.readouterr().err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt brings its own elsewhere")
def test_libraries_are_tried_not_guessed(dev: ModuleType) -> None:
    libraries = {"libc.so.6": "libc6", "libnothing.so.9": "libnothing9"}
    assert dev.missing_libraries(libraries) == {"libnothing.so.9": "libnothing9"}


@pytest.fixture
def debian(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[str]]:
    """A Debian without libnothing9, with an apt-get that notes what it is asked."""
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libnothing.so.9": "libnothing9"})
    programs, log = tmp_path / "bin", tmp_path / "apt.txt"
    script(programs / "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> "{log}"')
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    def asked() -> list[str]:
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    return asked


APT = "noninteractive -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
ASKED = [f"{APT} update", f"{APT} install -y --no-install-recommends libnothing9"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has apt-get")
class TestDebian:
    """What it does where a package is missing."""

    def test_root_installs(
        self, dev: ModuleType, debian: Callable[[], list[str]], calls: Callable[[], list[str]]
    ) -> None:
        assert dev.main(["test"]) == 0
        assert debian() == ASKED

    def test_sudo_without_a_password_installs(
        self,
        dev: ModuleType,
        debian: Callable[[], list[str]],
        calls: Callable[[], list[str]],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        script(tmp_path / "bin" / "sudo", 'shift\nexec "$@"')
        assert dev.main(["test"]) == 0
        assert debian() == ASKED

    def test_anybody_else_is_told_the_one_command(
        self,
        dev: ModuleType,
        debian: Callable[[], list[str]],
        calls: Callable[[], list[str]],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        script(tmp_path / "bin" / "sudo", "exit 1")
        assert dev.main(["test"]) == 1
        assert (debian(), calls()) == ([], [])
        told = capfd.readouterr().err
        assert "libnothing.so.9" in told
        assert (
            "\n  sudo apt-get update &&"
            " sudo apt-get install -y --no-install-recommends libnothing9\n"
        ) in told

    def test_a_system_without_apt_is_told_the_names(
        self,
        dev: ModuleType,
        debian: Callable[[], list[str]],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path / "nothing here"))
        assert dev.main(["test"]) == 1
        assert "libnothing9" in capfd.readouterr().err
