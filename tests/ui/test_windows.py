"""Which library the window shows: made, opened, changed, restored; and bugs told in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from refman import crash
from refman.errors import RefmanError
from refman.library import Library
from refman.settings import Settings
from refman.ui import theme
from refman.ui.dialogs.crash_report import CrashReportDialog
from refman.ui.main_window import MainWindow
from refman.ui.windows import Windows
from tests.ui.conftest import SAMPLE, settle


@pytest.fixture
def windows(qtbot: QtBot, home: Path) -> Iterator[Windows]:
    theme.theme().follow("light", 1.0)
    windows = Windows(Settings())
    yield windows
    if windows.window:
        settle(qtbot, windows.window)
        windows.window.close()
    crash.stop_listening(windows.listener)
    qtbot.wait(0)


def complete(qtbot: QtBot, windows: Windows) -> MainWindow:
    """The window when all of it is there."""
    qtbot.waitUntil(lambda: bool(windows.window and windows.window.commands))
    assert windows.window
    settle(qtbot, windows.window)
    return windows.window


def test_a_missing_library_is_made_and_files_are_imported(
    qtbot: QtBot, windows: Windows, tmp_path: Path
) -> None:
    windows.show(tmp_path / "new" / "papers.refman", [SAMPLE])
    window = complete(qtbot, windows)
    qtbot.waitUntil(lambda: window.pane.count > 0)
    assert window.windowTitle() == "papers – refman"
    assert window.stage.toast is not None


def test_another_library_takes_the_windows_place(
    qtbot: QtBot, windows: Windows, tmp_path: Path
) -> None:
    windows.show(tmp_path / "first.refman")
    first = complete(qtbot, windows)
    first.library_wanted.emit(tmp_path / "second.refman")
    qtbot.waitUntil(lambda: windows.window is not first)
    second = complete(qtbot, windows)
    assert (first.jobs.closed, second.library.path.name) == (True, "second.refman")
    assert second.settings.recent_libraries == (str(tmp_path / "first.refman"),)


def test_what_is_no_library_is_told_and_the_window_stays(
    qtbot: QtBot, windows: Windows, tmp_path: Path
) -> None:
    windows.show(tmp_path / "first.refman")
    window = complete(qtbot, windows)
    other = tmp_path / "other.refman"
    other.write_text("Good morning.", encoding="utf-8")
    window.library_wanted.emit(other)
    assert (windows.window, window.jobs.closed) == (window, False)
    assert str(other) in window.errors.text


def test_what_is_no_library_is_not_shown(windows: Windows, tmp_path: Path) -> None:
    other = tmp_path / "other.refman"
    other.write_text("Good morning.", encoding="utf-8")
    with pytest.raises(RefmanError, match=r"other\.refman"):
        windows.show(other)
    assert windows.window is None


def test_back_up_and_restore(qtbot: QtBot, windows: Windows, tmp_path: Path) -> None:
    windows.show(tmp_path / "papers.refman", [SAMPLE])
    window = complete(qtbot, windows)
    qtbot.waitUntil(lambda: window.pane.count > 0)
    whole = window.pane.count
    backup = tmp_path / "backup.refman"
    window.jobs.write("Back up", lambda: window.library.database.backup(backup))
    window.jobs.write("Trash", lambda: window.library.entries.trash(window.library.search.ids()))
    settle(qtbot, window)
    assert window.pane.count == 0
    window.restore_wanted.emit(backup)
    box = window.findChild(QMessageBox)
    assert box
    next(b for b in box.findChildren(QPushButton) if b.text() == "Restore").click()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.pane.count == whole)


def test_a_bug_is_shown_once_and_can_be_copied(
    qtbot: QtBot, windows: Windows, tmp_path: Path
) -> None:
    windows.show(tmp_path / "papers.refman")
    window = complete(qtbot, windows)
    for number in range(3):
        crash.report(ValueError(f"bug {number}"))
    qtbot.waitUntil(lambda: window.findChild(CrashReportDialog) is not None)
    (dialog,) = window.findChildren(CrashReportDialog)
    assert "ValueError: bug 0" in dialog.report.toPlainText()
    dialog.close()


def test_the_library_is_let_go_of(qtbot: QtBot, windows: Windows, tmp_path: Path) -> None:
    path = tmp_path / "papers.refman"
    windows.show(path)
    window = complete(qtbot, windows)
    window.close()
    path.rename(tmp_path / "moved.refman")
    Library.open(tmp_path / "moved.refman").close()
