"""The list of exports and workspaces, and what its buttons do, on real files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from refman.library import ExportSettings, Library, Scope
from refman.ui.dialogs.export.dialog import ExportDialog
from refman.ui.dialogs.exports.dialog import WORKSPACES, ExportsDialog
from refman.ui.dialogs.resolve_export import ResolveExportDialog
from refman.ui.jobs import EVERYTHING
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Make = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier

BIB = """% my own order
@article{hopper1952,
  author = {Hopper, Grace},
  title  = {The Education of a Computer},
  year   = 1952
}

@book{lovelace1843, title = "Notes", author = "Ada Lovelace", year = 1843}
"""


def showing(window: MainWindow, kind: type) -> list:
    return [each for each in window.findChildren(kind) if each.isVisible()]  # type: ignore[var-annotated]


def open_list(qtbot: QtBot, window: MainWindow) -> ExportsDialog:
    window.trigger("exports")
    settle(qtbot, window)
    (dialog,) = showing(window, ExportsDialog)
    assert isinstance(dialog, ExportsDialog)
    return dialog


def choose(dialog: ExportsDialog, name: str) -> None:
    table = dialog.exports.table
    table.setCurrentCell([row[0] for row in table.texts()].index(name), 0)


def test_an_empty_list_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_list(qtbot, window)
    buttons = [b for b in dialog.exports.findChildren(QPushButton) if b.isVisible()]
    assert [b.text() for b in buttons if b.isEnabled()] == ["New export …", "&New export …"]
    qtbot.mouseClick(buttons[0], LEFT)
    assert len(dialog.findChildren(ExportDialog)) == 1
    window.trigger("exports")
    assert showing(window, ExportsDialog) == [dialog]  # once is enough


def test_every_state_stands_in_words(
    qtbot: QtBot, window: MainWindow, library: Library, tmp_path: Path
) -> None:
    exports = library.exports
    exports.save("by hand", ExportSettings())
    exports.save("kept", ExportSettings(which="tag", value="forget"), tmp_path / "k.bib", kept=True)
    exports.save("lost", ExportSettings("ris"), tmp_path / "none" / "l.ris", kept=True)
    exports.save("theirs", ExportSettings(), tmp_path / "t.bib", kept=True)
    exports.keep_up()
    (tmp_path / "t.bib").write_text("% mine\n")
    exports.keep_up()
    exports.save("waits", ExportSettings(), tmp_path / "w.bib", kept=True)
    dialog = open_list(qtbot, window)
    count = str(len(library.search.ids()))
    assert [row[:5] for row in dialog.exports.table.texts()] == [
        ["by hand", "Written when asked", "All papers", count, "none"],
        ["kept", "Up to date", "Tag “forget”", "3", str(tmp_path / "k.bib")],
        ["lost", "Error", "All papers", count, str(tmp_path / "none" / "l.ris")],
        ["theirs", "Edited outside", "All papers", count, str(tmp_path / "t.bib")],
        ["waits", "Waiting", "All papers", count, str(tmp_path / "w.bib")],
    ]
    told = {}
    for name in ("by hand", "kept", "lost", "theirs", "waits"):
        choose(dialog, name)
        page = dialog.exports
        told[name] = (page.detail.text().partition(".")[0], page.resolve.isVisible())
    assert told["by hand"] == ("It has no file: “Now” asks for one", False)
    assert told["theirs"][1]
    assert "cannot be written" in dialog.exports.table.item(2, 1).toolTip() or told["lost"][0]  # type: ignore[union-attr]


def test_now_writes_an_export_and_edit_changes_it(
    qtbot: QtBot, window: MainWindow, library: Library, tmp_path: Path
) -> None:
    library.exports.save("kept", ExportSettings(which="tag", value="forget"), tmp_path / "k.bib")
    dialog = open_list(qtbot, window)
    qtbot.mouseClick(dialog.exports.now, LEFT)
    settle(qtbot, window)
    text = (tmp_path / "k.bib").read_text(encoding="utf-8")
    assert text == library.exports.preview(ExportSettings(which="tag", value="forget"))
    assert dialog.said == f"3 papers written to {tmp_path / 'k.bib'}."
    assert dialog.exports.table.texts()[0][5] != "never"
    qtbot.keyClick(dialog.exports.table, Qt.Key.Key_Return)
    (edited,) = showing(window, ExportDialog)
    assert edited.windowTitle() == "Edit the export “kept”"


def test_an_export_without_a_file_asks_for_one(
    qtbot: QtBot, window: MainWindow, library: Library, tmp_path: Path
) -> None:
    library.exports.save("loose", ExportSettings("ris", "tag", "forget"))
    dialog = open_list(qtbot, window)
    qtbot.mouseClick(dialog.exports.now, LEFT)
    asked = window.findChild(QFileDialog)
    assert asked
    asked.fileSelected.emit(str(tmp_path / "loose.ris"))
    asked.reject()
    settle(qtbot, window)
    assert (tmp_path / "loose.ris").read_text(encoding="utf-8").count("TY  - ") == 3
    assert library.exports.get("loose").path == ""


def test_an_export_is_deleted_and_comes_back_by_undo(
    qtbot: QtBot, window: MainWindow, library: Library
) -> None:
    library.exports.save("gone", ExportSettings())
    dialog = open_list(qtbot, window)
    qtbot.keyClick(dialog.exports.table, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert (library.exports.list(), dialog.exports.table.texts()) == ([], [])
    window.trigger("undo")
    settle(qtbot, window)
    assert [row[0] for row in dialog.exports.table.texts()] == ["gone"]


def test_the_folder_of_a_file_is_shown(
    qtbot: QtBot,
    window: MainWindow,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.path()) or True)  # type: ignore[func-returns-value]
    library.exports.save("kept", ExportSettings(), tmp_path / "k.bib")
    dialog = open_list(qtbot, window)
    qtbot.mouseClick(dialog.exports.show_file, LEFT)
    assert opened == [str(tmp_path)]


@pytest.mark.parametrize(
    ("button", "files", "kept"),
    [
        ("ours", {"t.bib": "ours", "t.theirs.bib": "theirs"}, True),
        ("theirs", {"t.bib": "theirs"}, False),
        ("both", {"t.bib": "theirs", "t.refman.bib": "ours"}, True),
    ],
)
def test_a_file_that_was_edited_outside(
    qtbot: QtBot,
    window: MainWindow,
    library: Library,
    tmp_path: Path,
    button: str,
    files: dict[str, str],
    kept: bool,
) -> None:
    file = tmp_path / "out" / "t.bib"
    file.parent.mkdir()
    library.exports.save("t", ExportSettings(which="tag", value="forget"), file, kept=True)
    library.exports.keep_up()
    ours = file.read_text(encoding="utf-8")
    theirs = ours.replace("@", "% mine\n@", 1)
    file.write_text(theirs, encoding="utf-8")
    library.exports.keep_up()
    dialog = open_list(qtbot, window)
    qtbot.mouseClick(dialog.exports.resolve, LEFT)
    settle(qtbot, window)
    (asking,) = showing(window, ResolveExportDialog)
    assert isinstance(asking, ResolveExportDialog)
    lines = asking.view.toPlainText().splitlines()
    assert [line for line in lines if line[:1] in "+-"] == ["-% mine"]
    qtbot.mouseClick(getattr(asking, button), LEFT)
    settle(qtbot, window)
    texts = {"ours": ours, "theirs": theirs}
    there = {}
    for each in file.parent.iterdir():
        name = "t.theirs.bib" if ".theirs-" in each.name else each.name
        there[name] = each.read_text(encoding="utf-8")
    assert there == {name: texts[which] for name, which in files.items()}
    info = library.exports.get("t")
    assert (info.kept, info.status) == (kept, "current" if kept else "manual")


def test_named_exports_are_in_the_menu_of_the_button(
    qtbot: QtBot, window: MainWindow, library: Library, tmp_path: Path
) -> None:
    library.exports.save("A & B", ExportSettings(which="tag", value="forget"), tmp_path / "a.bib")
    window.keeping.look()
    settle(qtbot, window)
    menu = window.top.export_button.menu()
    for _time in range(2):  # opened again it has them once
        menu.aboutToShow.emit()
    (action,) = [each for each in menu.actions() if each.text() == "A && B"]
    action.trigger()
    settle(qtbot, window)
    assert window.status.message == f"3 papers written to {tmp_path / 'a.bib'}."
    assert isinstance(window.top.export_button, QToolButton)


# --- workspaces ---------------------------------------------------------------------------


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "mine.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def open_workspace(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.trigger("open-workspace")
    dialog = window.findChild(QFileDialog)
    assert dialog
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    dialog.deleteLater()
    settle(qtbot, window)
    with qtbot.waitActive(window):
        window.activateWindow()


def rename(library: Library, key: str, title: str) -> None:
    (entry_id,) = library.search.ids(f"key:{key}")
    library.entries.edit(entry_id, {"title": title})


def test_a_workspace_is_written_with_one_line_changed(
    qtbot: QtBot, make_window: Make, empty_library: Library, bib: Path
) -> None:
    window = make_window(empty_library)
    open_workspace(qtbot, window, bib)
    dialog = open_list(qtbot, window)
    dialog.show_tab(WORKSPACES)
    page = dialog.workspaces
    assert page.table.texts() == [["mine.bib", "2", str(bib)]]
    assert (page.sentence.text(), page.write.isEnabled()) == (
        "mine.bib is as it has to be.",
        False,
    )
    rename(empty_library, "hopper1952", "The Education of Computers")
    window.jobs.library_changed.emit(EVERYTHING)
    settle(qtbot, window)
    assert page.sentence.text() == "Writing takes lines out and puts lines in (− 1, + 1):"
    qtbot.mouseClick(page.write, LEFT)
    settle(qtbot, window)
    assert bib.read_text(encoding="utf-8") == BIB.replace("a Computer", "Computers")
    assert (page.sentence.text(), page.write.isEnabled()) == (
        "mine.bib is as it has to be.",
        False,
    )


def test_ctrl_s_writes_the_only_workspace(
    qtbot: QtBot, make_window: Make, empty_library: Library, bib: Path
) -> None:
    window = make_window(empty_library)
    qtbot.keyClick(window.table, Qt.Key.Key_S, CTRL)
    settle(qtbot, window)
    assert window.status.message.startswith("No .bib file is a workspace yet")
    open_workspace(qtbot, window, bib)
    rename(empty_library, "hopper1952", "The Education of Computers")
    qtbot.keyClick(window.table, Qt.Key.Key_S, CTRL)
    settle(qtbot, window)
    assert bib.read_text(encoding="utf-8") == BIB.replace("a Computer", "Computers")
    assert window.status.message.startswith(f"{bib} is written. 1 paper changed")


def test_ctrl_s_takes_what_is_being_typed(
    qtbot: QtBot, make_window: Make, empty_library: Library, bib: Path
) -> None:
    window = make_window(empty_library)
    open_workspace(qtbot, window, bib)
    (entry_id,) = empty_library.search.ids("key:hopper1952")
    window.show_paper(entry_id)
    settle(qtbot, window)
    window.trigger("edit-title")
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QTextEdit))
    field = QApplication.focusWidget()
    assert isinstance(field, QTextEdit)
    qtbot.waitUntil(lambda: field.toPlainText() == "The Education of a Computer")
    field.selectAll()
    qtbot.keyClicks(field, "Education")
    qtbot.keyClick(field, Qt.Key.Key_S, CTRL)
    settle(qtbot, window)
    new = BIB.replace("The Education of a Computer", "Education")
    qtbot.waitUntil(lambda: bib.read_text(encoding="utf-8") == new)


def test_of_several_workspaces_that_of_the_collection_in_view_is_written(
    qtbot: QtBot, make_window: Make, empty_library: Library, bib: Path
) -> None:
    window = make_window(empty_library)
    other = bib.with_name("other.bib")
    other.write_text("@misc{x2000, title = {Ex}, year = 2000}\n", encoding="utf-8")
    open_workspace(qtbot, window, bib)
    open_workspace(qtbot, window, other)
    rename(empty_library, "hopper1952", "The Education of Computers")
    rename(empty_library, "x2000", "Why")
    qtbot.keyClick(window.table, Qt.Key.Key_S, CTRL)
    settle(qtbot, window)
    (dialog,) = showing(window, ExportsDialog)  # one has to be chosen
    assert dialog.tabs.currentIndex() == WORKSPACES
    dialog.close()
    collection = empty_library.collections.find("other")
    node = window.sidebar
    node.refresh()
    settle(qtbot, window)
    node.choose(Scope("collection", collection))
    settle(qtbot, window)
    window.activateWindow()
    window.table.setFocus()
    window.trigger("write-workspace")
    settle(qtbot, window)
    assert (bib.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == (
        BIB,
        "@misc{x2000, title = {Why}, year = 2000}\n",
    )


def test_a_workspace_is_forgotten(
    qtbot: QtBot, make_window: Make, empty_library: Library, bib: Path
) -> None:
    window = make_window(empty_library)
    open_workspace(qtbot, window, bib)
    dialog = open_list(qtbot, window)
    dialog.show_tab(WORKSPACES)
    qtbot.mouseClick(dialog.workspaces.forget, LEFT)
    settle(qtbot, window)
    assert (empty_library.workspaces.list(), dialog.workspaces.table.texts()) == ([], [])
    assert dialog.said == "mine.bib is kept no longer; the file stays."
    assert bib.read_text(encoding="utf-8") == BIB
