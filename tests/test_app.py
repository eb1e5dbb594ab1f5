"""refman.app: the window or the command line, and a sentence where neither can be."""

import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import pytest

from refman import app, paths
from refman.library import Library
from refman.settings import Settings

linux = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="elsewhere a display is a given"
)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, home: Path) -> list[tuple[Path, list[Path], Settings]]:
    """What windows were opened with; `refman.ui` is a stand-in, since its loop would not end."""
    calls: list[tuple[Path, list[Path], Settings]] = []

    def start(library: Path, files: list[Path], settings: Settings) -> int:
        calls.append((library, files, settings))
        return 0

    ui = ModuleType("refman.ui")
    ui.start = start  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "refman.ui", ui)
    monkeypatch.setattr("refman.ui", ui, raising=False)
    monkeypatch.setattr("refman.crash.install", lambda: None)  # pytest has hooks of its own
    return calls


@pytest.fixture
def library(tmp_path: Path) -> Path:
    path = tmp_path / "mine.refman"
    Library.open(path, create=True).close()
    return path


@pytest.mark.parametrize("arguments", [(), ("--library",)], ids=["alone", "with a library"])
def test_alone_it_opens_the_window(
    shown: list[tuple[Path, list[Path], Settings]], library: Path, arguments: Sequence[str]
) -> None:
    place = library if arguments else paths.default_library()
    assert app.main([*arguments, *([str(library)] if arguments else [])]) == 0
    assert shown == [(place, [], Settings())]


def test_files_are_imported_and_a_library_is_shown(
    shown: list[tuple[Path, list[Path], Settings]], library: Path, tmp_path: Path
) -> None:
    page = tmp_path / "a page.txt"
    page.write_text("text")
    assert app.main([str(page)]) == 0
    assert app.main([str(page), str(library)]) == 0
    assert app.main(["--library", "other.refman", str(page)]) == 0
    assert shown == [
        (paths.default_library(), [page], Settings()),
        (library, [page], Settings()),
        (Path("other.refman"), [page], Settings()),
    ]


def window(**environment: str) -> subprocess.CompletedProcess[str]:
    """`refman` alone, in an environment with only these words about displays."""
    displays = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    kept = {name: value for name, value in os.environ.items() if name not in displays}
    return subprocess.run(
        [sys.executable, "-m", "refman"],
        env={**kept, **environment},
        cwd=Path(app.__file__).parent.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@linux
@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "There is no display"),
        ({"QT_QPA_PLATFORM": "xcb"}, "There is no display"),
        ({"QT_QPA_PLATFORM": "wayland", "WAYLAND_DISPLAY": "none"}, "There is no display"),
        ({"WAYLAND_DISPLAY": "none"}, "There is no display"),
    ],
    ids=["none", "xcb without one", "wayland without one", "a wrong wayland"],
)
def test_without_a_display_there_is_a_sentence(environment: dict[str, str], says: str) -> None:
    outcome = window(**environment)
    assert (outcome.returncode, outcome.stdout) == (3, "")
    assert outcome.stderr.startswith(f"refman: {says}")
    assert "refman --help" in outcome.stderr
    assert outcome.stderr.count("\n") == 1


@linux
@pytest.mark.skipif(bool(app._plugin_trouble("libqxcb.so")), reason="Qt's part for X11 is not here")
def test_a_display_that_does_not_answer() -> None:
    outcome = window(DISPLAY=":987")
    assert (outcome.returncode, outcome.stdout) == (3, "")
    assert outcome.stderr.startswith("refman: The display :987 does not answer.")


@linux
def test_a_wayland_display_that_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket may have 107 bytes only
    monkeypatch.setenv("XDG_RUNTIME_DIR", ".")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    assert not app._wayland_answers()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("wayland-9")
        server.listen()
        assert app._wayland_answers()


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            "libEGL.so.1: cannot open shared object file: No such file or directory",
            "needs the system library libEGL.so.1",
        ),
        ("DLL load failed while importing QtWidgets", "cannot be loaded: DLL load failed"),
    ],
    ids=["Linux", "Windows"],
)
def test_a_library_of_qts_that_is_missing(error: str, says: str) -> None:
    assert says in app._not_loaded(error)
