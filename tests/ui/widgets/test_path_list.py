"""A list of paths: what is put on it, in what ways, and what it does not take."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from refman.ui.widgets.path_list import Asking, PathList

LEFT = Qt.MouseButton.LeftButton
FILES, FOLDERS = Asking("Which files", "Some files", "Pages (*.html)"), Asking("Which", "Some")


def drop(widget: PathList, urls: Sequence[QUrl]) -> None:
    data = QMimeData()
    data.setUrls(list(urls))
    none = Qt.KeyboardModifier.NoModifier
    widget.list.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, none))


@pytest.mark.parametrize(
    ("files", "folders", "taken", "buttons"),
    [
        pytest.param(FILES, FOLDERS, "folder a.html", ["fil&es", "folde&r"], id="both"),
        pytest.param(FILES, None, "a.html", ["fil&es"], id="files"),
        pytest.param(None, FOLDERS, "folder", ["folde&r"], id="folders"),
    ],
)
def test_what_it_takes(
    qtbot: QtBot,
    tmp_path: Path,
    files: Asking | None,
    folders: Asking | None,
    taken: str,
    buttons: list[str],
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.html").touch()
    widget = PathList("Pages", files=files, folders=folders)
    qtbot.addWidget(widget)
    widget.show()
    shown = [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]
    assert shown == [*(f"Add {each} …" for each in buttons), "Remo&ve"]
    here = [QUrl.fromLocalFile(str(tmp_path / name)) for name in ("folder", "a.html")]
    drop(widget, [*here, QUrl("https://example.org/a.html")])
    assert widget.paths() == tuple(str(tmp_path / name) for name in taken.split())


def test_each_is_there_once_and_every_change_is_told(qtbot: QtBot) -> None:
    widget = PathList("Pages", ["/a"], files=FILES)
    qtbot.addWidget(widget)
    told: list[tuple[str, ...]] = []
    widget.changed.connect(lambda: told.append(widget.paths()))
    widget.add(["/b", "/a", "/b"])
    widget.add(["/a"])
    widget.set_paths(("/a", "/b"))
    assert not widget.remove.isEnabled()
    widget.list.setCurrentRow(0)
    widget.remove.click()
    widget.list.setCurrentRow(0)
    qtbot.keyClick(widget.list, Qt.Key.Key_Delete)
    qtbot.keyClick(widget.list, Qt.Key.Key_Delete)
    widget.set_paths(["/c"])
    assert told == [("/a", "/b"), ("/b",), (), ("/c",)]


def test_files_are_asked_for(qtbot: QtBot) -> None:
    widget = PathList("Pages", files=FILES, folders=FOLDERS)
    qtbot.addWidget(widget)
    for button, title in ((widget.add_files, "Which files"), (widget.add_folder, "Which")):
        button.click()
        asking = next(each for each in widget.findChildren(QFileDialog) if each.isVisible())
        assert asking.windowTitle() == title
        asking.filesSelected.emit([f"/{title}"])
        asking.reject()
    assert widget.paths() == ("/Which files", "/Which")
