"""Watched folders: what is saved into them while the window is open is imported."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QFileSystemWatcher, QTimer
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.settings import Importing, Settings
from refman.ui import watching
from refman.ui.main_window import MainWindow
from refman.ui.watching import Watching
from tests.ui.conftest import settle

Make = Callable[..., MainWindow]

BIB = "@misc{{x{n}, title = {{Ex {n}}}, year = {{200{n}}}}}\n"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "SOON", 30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


def save(folder: Path, n: int) -> Path:
    path = folder / f"page{n}.bib"
    path.write_text(BIB.format(n=n), encoding="utf-8")
    return path


def all_titles(library: Library) -> list[str]:
    return sorted(row.title for row in library.search.rows(library.search.ids()))


@pytest.fixture
def window(qtbot: QtBot, make_window: Make, empty_library: Library, folder: Path) -> MainWindow:
    """A window on a library of which a folder is watched, in which a file lies already."""
    save(folder, 0)
    empty_library.watched.watch(folder)
    window = make_window(empty_library)
    qtbot.waitUntil(lambda: window.watching.active)
    return window


def test_without_a_folder_nothing_runs(make_window: Make, empty_library: Library) -> None:
    window = make_window(empty_library)
    timers = window.watching.findChildren(QTimer)
    assert [timer.isActive() for timer in timers] == [False, False]
    assert window.watching.findChildren(QFileSystemWatcher) == []


def test_what_is_saved_is_imported_with_the_usual_options(
    qtbot: QtBot, make_window: Make, empty_library: Library, folder: Path
) -> None:
    empty_library.watched.watch(folder)
    window = make_window(empty_library, Settings(importing=Importing(tags=("seen",))))
    qtbot.waitUntil(lambda: window.watching.active)
    save(folder, 1)
    qtbot.waitUntil(lambda: all_titles(empty_library) == ["Ex 1"])
    settle(qtbot, window)
    assert len(empty_library.search.ids("tag:seen")) == 1
    assert window.stage.toast
    assert window.stage.toast.accessibleName().startswith("1 found: 1 added")


def test_what_was_there_before_is_left_alone(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    save(folder, 1)
    qtbot.waitUntil(lambda: all_titles(window.library) == ["Ex 1"])


def test_a_batch_is_told_once(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    told: list[int] = []
    window.imports.done.connect(lambda reports: told.append(len(reports)))
    for n in range(1, 5):
        save(folder, n)
    qtbot.waitUntil(lambda: len(all_titles(window.library)) == 4)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: sum(told) == 4)
    assert len(told) <= 2  # the system may tell of the first before the last is there


def test_a_file_that_is_replaced_is_imported_again(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    path = save(folder, 1)
    qtbot.waitUntil(lambda: all_titles(window.library) == ["Ex 1"])
    settle(qtbot, window)
    new = folder / "new.tmp"
    new.write_text(BIB.format(n=1) + BIB.format(n=2), encoding="utf-8")
    new.replace(path)
    qtbot.waitUntil(lambda: all_titles(window.library) == ["Ex 1", "Ex 2"])


def test_what_cannot_be_read_is_told_once_by_name(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    bad = folder / "bad.txt"
    bad.write_bytes(b"%PDF-1.7\x00\x01\x02 no text at all")
    qtbot.waitUntil(window.errors.isVisible)
    assert window.errors.text.startswith(f"“bad.txt”, saved into {folder}, was not imported. ")
    settle(qtbot, window)
    window.errors.clear()
    save(folder, 1)  # has the folder looked through again
    qtbot.waitUntil(lambda: all_titles(window.library) == ["Ex 1"])
    settle(qtbot, window)
    assert not window.errors.isVisible()
    assert list(window.library.watched.failed()) == [str(bad)]


def test_a_slow_timer_looks_where_the_system_does_not_tell(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    assert window.watching._watcher
    qtbot.waitUntil(lambda: window.watching._looks == 0)
    window.watching._watcher.removePaths(window.watching._watcher.directories())
    window.watching._watcher.blockSignals(True)
    save(folder, 1)
    window.watching._slowly.setInterval(40)
    qtbot.waitUntil(lambda: all_titles(window.library) == ["Ex 1"])


def test_a_folder_that_comes_back_is_watched_again(
    qtbot: QtBot, window: MainWindow, folder: Path
) -> None:
    away = folder.with_name("away")
    window.watching._slowly.setInterval(40)
    folder.rename(away)
    watcher = window.watching._watcher
    assert watcher
    qtbot.waitUntil(lambda: not watcher.directories())
    away.rename(folder)
    qtbot.waitUntil(lambda: bool(watcher.directories()))
    save(folder, 1)
    qtbot.waitUntil(lambda: all_titles(window.library) == ["Ex 1"])


def test_it_follows_the_list_of_folders(qtbot: QtBot, window: MainWindow, folder: Path) -> None:
    window.jobs.write("Unwatch", lambda: window.library.watched.unwatch(folder))
    qtbot.waitUntil(lambda: not window.watching.active)
    window.trigger("undo")
    qtbot.waitUntil(lambda: window.watching.active)


def test_it_stops_with_the_window(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.watching.active


def test_the_review_does_not_open_for_what_nobody_asked_for(
    qtbot: QtBot, make_window: Make, empty_library: Library, folder: Path
) -> None:
    empty_library.watched.watch(folder)
    window = make_window(empty_library, Settings(importing=Importing(review="always")))
    qtbot.waitUntil(lambda: window.watching.active)
    path = save(folder, 1)
    qtbot.waitUntil(lambda: window.stage.toast is not None)
    toast = window.stage.toast
    assert toast
    assert [button.text() for button in toast.buttons][:2] == ["Undo", "Review"]
    assert window.stage.review is None
    path.write_text(BIB.format(n=2), encoding="utf-8")
    window.open_files([path])
    settle(qtbot, window)
    assert window.stage.review is not None


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.txt"], "“a.txt”, saved into /x, was not imported. Why."),
        (["a", "b"], "2 files in watched folders were not imported: “a”, “b”. Why."),
        (list("abcde"),
         "5 files in watched folders were not imported: “a”, “b”, “c” and 2 more. Why."),
    ],
)  # fmt: skip
def test_errors_in_words(names: list[str], said: str) -> None:
    errors = {str(Path("/x") / name): "Why." for name in names}
    assert watching._sentence(errors) == said


def test_a_library_that_is_write_protected_watches_nothing(
    make_window: Make, empty_library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty_library.watched.watch(folder)
    monkeypatch.setattr(Library, "read_only", property(lambda _self: True))
    window = make_window(empty_library)
    assert isinstance(window.watching, Watching)
    assert not window.watching.active
