"""What a user does in the window, by its keys, menus and drops, on a real library."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import (
    QLibraryInfo,
    QMimeData,
    QObject,
    QPointF,
    Qt,
    QUrl,
    QVersionNumber,
    Slot,
)
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from refman.library import ALL, Library, Scope, Source
from refman.progress import Progress
from refman.settings import Importing, Settings
from refman.ui import menus, remembering, theme
from refman.ui.commands import COMMANDS
from refman.ui.dialogs.add_paper import AddPaperDialog
from refman.ui.dialogs.pick_name import PickNameDialog
from refman.ui.dialogs.shortcuts import ShortcutsDialog
from refman.ui.main_window import MainWindow
from refman.ui.widgets.command_palette import CommandPalette
from tests.ui.conftest import DAY, SAMPLE, settle, titles

Make = Callable[..., MainWindow]
Key = Qt.Key
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier

PAGE = """LGMay 16, 2022
The Weight of First Impressions in Lists
Ada Lovelace, Grace Hopper
People who read lists from top to bottom remember what stood first. We count how much.

LGMay 17, 2022
Counting Sheep With Patience
Grace Hopper
A flock is counted three times by three people, who do not agree, and we explain why that is.
"""
BIB = """@article{hopper1952education,
  author = {Hopper, Grace},
  title = {The Education of a Computer},
  year = {1952},
}
"""


def press(
    qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN
) -> None:
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)
    settle(qtbot, window)


def run(qtbot: QtBot, window: MainWindow, name: str) -> None:
    window.trigger(name)
    settle(qtbot, window)


def select(window: MainWindow, *rows: int) -> list[int]:
    """Select these rows of the table; their papers."""
    window.table.setFocus()
    window.table.clearSelection()
    model = window.table.selectionModel()
    for row in rows:
        flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
        model.setCurrentIndex(window.table.entries.index(row, 1), flags)
    return list(window.table.selected_ids())


def drop(qtbot: QtBot, window: MainWindow, data: QMimeData) -> None:
    where, buttons = QPointF(300, 300), Qt.MouseButton.LeftButton
    copy = Qt.DropAction.CopyAction
    # Qt 6.12 takes a QPointF there, those before a QPoint.
    at: Any = where if QLibraryInfo.version() >= QVersionNumber(6, 12) else where.toPoint()
    enter = QDragEnterEvent(at, copy, data, buttons, PLAIN)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(where, copy, data, buttons, PLAIN))
    settle(qtbot, window)


def toast_text(window: MainWindow) -> str:
    return window.stage.toast.accessibleName() if window.stage.toast else ""


def press_in_toast(qtbot: QtBot, window: MainWindow, text: str) -> None:
    assert window.stage.toast
    button = next(b for b in window.stage.toast.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)


# --- importing ----------------------------------------------------------------------------


def test_nothing_but_the_first_rows_is_read_before_they_are_painted(
    qtbot: QtBot, library: Library
) -> None:
    window = MainWindow(library, Settings())
    qtbot.addWidget(window)
    window.start()
    assert (window.pane.count, window.jobs.busy) == (len(library.search.ids()), False)
    window.read_around()
    settle(qtbot, window)
    assert window.sidebar.current_node()


def test_an_empty_library_says_what_to_do(make_window: Make, empty_library: Library) -> None:
    window = make_window(empty_library)
    buttons = [b.text() for b in window.pane.empty.findChildren(QPushButton)]
    assert (window.pane.empty.heading, buttons) == (
        "This library is empty",
        ["Choose a file …", "Paste"],
    )


def test_import_by_the_file_dialog(qtbot: QtBot, make_window: Make, empty_library: Library) -> None:
    window = make_window(empty_library)
    run(qtbot, window, "import-files")
    dialog = window.findChild(QFileDialog)
    assert dialog
    dialog.filesSelected.emit([str(SAMPLE)])
    dialog.reject()
    settle(qtbot, window)
    assert window.pane.count == len(empty_library.search.ids()) > 10
    assert toast_text(window).startswith(f"{window.pane.count} found: {window.pane.count} added")


def test_import_of_dropped_files(
    qtbot: QtBot, make_window: Make, empty_library: Library, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    window = make_window(empty_library)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(page)), QUrl.fromLocalFile(str(SAMPLE))])
    drop(qtbot, window, data)
    assert len(empty_library.listings.list()) == 2
    assert toast_text(window).startswith(f"{window.pane.count} found:")


def test_import_of_dropped_text(qtbot: QtBot, make_window: Make, empty_library: Library) -> None:
    window = make_window(empty_library)
    data = QMimeData()
    data.setText(PAGE)
    drop(qtbot, window, data)
    assert sorted(titles(window)) == [
        "Counting Sheep With Patience",
        "The Weight of First Impressions in Lists",
    ]


@pytest.mark.parametrize(
    ("text", "html", "title"),
    [
        pytest.param(PAGE, "", "Counting Sheep With Patience", id="text"),
        pytest.param(
            "",
            "".join(f"<div>{line}</div>" for line in PAGE.splitlines() if line),
            "Counting Sheep With Patience",
            id="html",
        ),
        pytest.param(BIB, "<pre>" + BIB + "</pre>", "The Education of a Computer", id="bib"),
        pytest.param(
            PAGE, "<p>Nothing to see</p>", "Counting Sheep With Patience", id="html without rows"
        ),
    ],
)
def test_import_by_pasting(
    qtbot: QtBot, make_window: Make, empty_library: Library, text: str, html: str, title: str
) -> None:
    window = make_window(empty_library)
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)
    window.table.setFocus()
    press(qtbot, window, Key.Key_V, CTRL)
    assert (window.errors.text, title in titles(window)) == ("", True)


def test_pasting_into_the_search_line_imports_nothing(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("attention")
    before = window.pane.count
    press(qtbot, window, Key.Key_F, CTRL)
    press(qtbot, window, Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: window.pane.query == "attention")
    settle(qtbot, window)
    assert 0 < window.pane.count < before
    assert len(window.library.listings.list()) == 1


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        pytest.param(b"", "There is nothing in it", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0", "This is a picture", id="picture"),
        pytest.param(b"Good morning, Grace.\n", "", id="no row"),
    ],
)
def test_what_cannot_be_imported_is_told_in_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, content: bytes, begins: str
) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(content)
    before = list(window.table.entries.ids)
    window.open_files([file])
    settle(qtbot, window)
    assert window.errors.isVisible()
    assert begins in window.errors.text
    assert list(window.table.entries.ids) == before
    press(qtbot, window, Key.Key_Escape)
    assert not window.errors.isVisible()


def test_the_toast_undoes_its_import(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    before = titles(window)
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    window.open_files([file])
    settle(qtbot, window)
    assert len(titles(window)) == len(before) + 2
    press_in_toast(qtbot, window, "Undo")
    assert (titles(window), window.stage.toast) == (before, None)


def test_the_toast_does_not_undo_something_else(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(PAGE, encoding="utf-8")
    window.open_files([file])
    settle(qtbot, window)
    select(window, 0)
    run(qtbot, window, "status-read")
    after = titles(window)
    press_in_toast(qtbot, window, "Undo")
    assert titles(window) == after
    assert window.errors.text.startswith("Something was done since. ")


def test_the_toast_opens_the_review(
    qtbot: QtBot, make_window: Make, empty_library: Library
) -> None:
    window = make_window(empty_library, Settings(importing=Importing(review="never")))
    window.open_files([SAMPLE])
    settle(qtbot, window)
    press_in_toast(qtbot, window, "Review")
    assert window.stage.currentWidget() is window.stage.review is not None
    press(qtbot, window, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.stage.review is None)
    assert window.stage.currentWidget() is window.stage.inner


@pytest.mark.parametrize(
    ("when", "doubtful", "opens"),
    [
        pytest.param("always", False, True, id="always"),
        pytest.param("doubt", False, False, id="in doubt, of which there is none"),
        pytest.param("doubt", True, True, id="in doubt"),
        pytest.param("never", True, False, id="never"),
        pytest.param("sometimes", True, True, id="a word that nobody knows"),
    ],
)
def test_when_the_review_opens_by_itself(
    qtbot: QtBot, make_window: Make, empty_library: Library, tmp_path: Path,
    when: str, doubtful: bool, opens: bool,
) -> None:  # fmt: skip
    window = make_window(empty_library, Settings(importing=Importing(review=when)))
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    window.open_files([SAMPLE if doubtful else page])
    settle(qtbot, window)
    toast = window.stage.toast
    assert toast
    offered = [button.text() for button in toast.buttons if button.text() == "Review"]
    assert (window.stage.review is not None, bool(offered)) == (opens, not opens)
    assert ("to look at" in toast_text(window)) is doubtful


@pytest.mark.parametrize(
    ("key", "reviewed"),
    [
        pytest.param(Key.Key_Return, True, id="Enter presses the button"),
        pytest.param(Key.Key_Escape, False, id="Esc leads back to the papers"),
    ],
)
def test_the_toast_by_keyboard(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, key: Qt.Key, reviewed: bool
) -> None:
    source = tmp_path / "page.txt"
    source.write_text(PAGE, encoding="utf-8")
    window.open_files([source])
    qtbot.waitUntil(lambda: window.stage.toast is not None)
    settle(qtbot, window)
    run(qtbot, window, "focus-toast")
    press(qtbot, window, Key.Key_Tab)  # from Undo to Review
    press(qtbot, window, key)
    assert (window.stage.toast, window.stage.review is not None) == (None, reviewed)
    assert (QApplication.focusWidget() is window.table) is not reviewed


def test_the_settings_say_what_an_import_gives(
    qtbot: QtBot, make_window: Make, empty_library: Library
) -> None:
    usual = Settings()
    settings = replace(
        usual, importing=replace(usual.importing, tags=("new",), collection="A/B", status="to-read")
    )
    window = make_window(empty_library, settings)
    window.open_files([SAMPLE])
    settle(qtbot, window)
    details = empty_library.entries.get(empty_library.search.ids()[0])
    assert (
        [tag.name for tag in details.tags],
        [name for _id, name in details.collections],
        details.status,
    ) == (["new"], ["B"], "to-read")


# --- finding ------------------------------------------------------------------------------


def test_search_as_one_types(qtbot: QtBot, window: MainWindow) -> None:
    whole = window.pane.count
    press(qtbot, window, Key.Key_F, CTRL)
    qtbot.keyClicks(window.top.search, "adam")
    qtbot.waitUntil(lambda: window.pane.query == "adam")
    settle(qtbot, window)
    assert titles(window) == ["Adam: A Method for Stochastic Optimization"]
    press(qtbot, window, Key.Key_Escape)
    assert (window.top.search.text(), window.pane.count) == ("", whole)


def test_what_is_not_found_offers_to_clear_the_search(qtbot: QtBot, window: MainWindow) -> None:
    whole = window.pane.count
    window.top.search.set_query("xyzzy")
    settle(qtbot, window)
    assert window.pane.empty.heading == "Nothing found"
    (button,) = window.pane.empty.findChildren(QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.pane.count == whole


def test_sort_by_a_click_and_again(qtbot: QtBot, window: MainWindow) -> None:
    head = window.table.head
    x = head.sectionViewportPosition(1) + 30
    place = head.viewport().rect().topLeft() + QPointF(x, 8).toPoint()
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)
    ascending = titles(window)
    assert (window.pane.sort, window.pane.descending) == ("title", False)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)
    assert titles(window) == ascending[::-1]


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Home], ids=["Down", "Home"])
def test_the_first_key_selects_the_first_paper(
    qtbot: QtBot, window: MainWindow, key: Qt.Key
) -> None:
    assert window.table.selected_count() == 0
    press(qtbot, window, key)
    assert list(window.table.selected_ids()) == [window.table.entries.ids[0]]


def test_home_and_end_lead_to_the_first_and_last_paper(qtbot: QtBot, window: MainWindow) -> None:
    select(window, 2)
    ids = window.table.entries.ids
    press(qtbot, window, Key.Key_End)
    assert list(window.table.selected_ids()) == [ids[-1]]
    press(qtbot, window, Key.Key_Home)
    assert list(window.table.selected_ids()) == [ids[0]]
    press(qtbot, window, Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert window.table.selected_count() == len(ids)


def test_letters_find_the_next_title(qtbot: QtBot, window: MainWindow) -> None:
    window.pane.sort_by("title", descending=False)
    settle(qtbot, window)
    select(window, 0)
    qtbot.keyClicks(window.table, "adam")
    settle(qtbot, window)
    (row,) = window.library.search.rows([window.table.current_id()])
    assert row.title == "Adam: A Method for Stochastic Optimization"


def test_the_sidebar_narrows_the_table(qtbot: QtBot, window: MainWindow) -> None:
    window.sidebar.choose(Scope("status", "to-read"))
    settle(qtbot, window)
    assert window.pane.count == 3
    window.sidebar.choose(ALL)
    settle(qtbot, window)
    assert window.pane.count == window.library.search.counts().all


# --- changing -----------------------------------------------------------------------------


def tagged(window: MainWindow) -> list[int]:
    return sorted(window.library.search.ids("tag:forget"))


def test_a_digit_toggles_its_tag_and_undo_takes_it_back(qtbot: QtBot, window: MainWindow) -> None:
    window.pane.sort_by("title", descending=False)
    settle(qtbot, window)
    before = tagged(window)
    chosen = select(window, 2, 3, 4)
    press(qtbot, window, Key.Key_1)
    assert tagged(window) == sorted({*before, *chosen})
    assert list(window.table.selected_ids()) == chosen
    press(qtbot, window, Key.Key_1)
    assert tagged(window) == sorted(set(before) - set(chosen))
    press(qtbot, window, Key.Key_Z, CTRL)
    press(qtbot, window, Key.Key_Z, CTRL)
    assert tagged(window) == before
    press(qtbot, window, Key.Key_Y, CTRL)
    assert tagged(window) == sorted({*before, *chosen})
    press(qtbot, window, Key.Key_Z, CTRL_SHIFT)
    press(qtbot, window, Key.Key_Z, CTRL)
    press(qtbot, window, Key.Key_0)
    assert tagged(window) == sorted(set(before) - set(chosen))


def test_a_text_field_keeps_its_own_undo(qtbot: QtBot, window: MainWindow) -> None:
    label = window.undo_label
    press(qtbot, window, Key.Key_F, CTRL)
    qtbot.keyClicks(window.top.search, "x")
    press(qtbot, window, Key.Key_Z, CTRL)
    assert (window.top.search.text(), window.undo_label) == ("", label)


def test_all_papers_are_tagged_at_once(qtbot: QtBot, window: MainWindow) -> None:
    window.table.setFocus()
    press(qtbot, window, Key.Key_A, CTRL)
    press(qtbot, window, Key.Key_1)
    assert tagged(window) == sorted(window.library.search.ids())
    assert window.table.selected_count() == window.pane.count


def test_a_tag_by_name(qtbot: QtBot, window: MainWindow) -> None:
    chosen = select(window, 0, 1)
    run(qtbot, window, "add-tag")
    dialog = window.findChild(PickNameDialog)
    assert dialog
    qtbot.keyClicks(dialog.line, "lists")
    qtbot.keyClick(dialog.line, Key.Key_Return)
    settle(qtbot, window)
    assert sorted(window.library.search.ids("tag:lists")) == sorted(chosen)


def test_a_paper_added_by_hand_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    window.top.search.set_query("adam")
    settle(qtbot, window)
    press(qtbot, window, Key.Key_N, CTRL)
    dialog = window.findChild(AddPaperDialog)
    assert dialog
    dialog.form.title.setText("Hand Made")
    dialog.accept()
    settle(qtbot, window)
    (shown,) = window.table.selected_ids()
    assert window.library.entries.get(shown).entry.title == "Hand Made"


def test_bibtex_pasted_as_a_new_paper_is_told_of(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Key.Key_N, CTRL)
    dialog = window.findChild(AddPaperDialog)
    assert dialog
    dialog.paste_bibtex(BIB)
    dialog.accept()
    settle(qtbot, window)
    assert toast_text(window) == "1 found: 1 added"


class Opener(QObject):
    """Stands for the system, which opens addresses and files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def opener() -> Iterator[Opener]:
    opener = Opener()
    for scheme in ("https", "file"):
        QDesktopServices.setUrlHandler(scheme, opener, "open")  # type: ignore[arg-type]  # not bytes
    yield opener
    for scheme in ("https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_opening_link_search_and_file_by_key(
    qtbot: QtBot, window: MainWindow, opener: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.4")
    (paper,) = select(window, 3)
    press(qtbot, window, Key.Key_F4)
    assert "Nothing is attached" in window.status.message
    window.library.attachments.attach(paper, str(file))
    window.library.entries.edit(paper, {"doi": "10.1000/182", "title": "Sheep", "creators": ()})
    press(qtbot, window, Key.Key_F3)
    press(qtbot, window, Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    press(qtbot, window, Key.Key_F4)
    assert opener.opened == [
        "https://doi.org/10.1000/182",
        "https://duckduckgo.com/?q=Sheep",
        f"file://{file}",
    ]
    file.unlink()
    press(qtbot, window, Key.Key_F4)
    assert "is not there any more" in window.status.message


def test_trash_and_restore(qtbot: QtBot, window: MainWindow) -> None:
    whole = titles(window)
    (chosen,) = select(window, 1)
    press(qtbot, window, Key.Key_Delete)
    assert titles(window) == [whole[0], *whole[2:]]
    assert window.table.current_id() == window.table.entries.ids[1]
    window.sidebar.choose(Scope("trash"))
    settle(qtbot, window)
    assert list(window.table.entries.ids) == [chosen]
    select(window, 0)
    run(qtbot, window, "restore")
    window.sidebar.choose(ALL)
    settle(qtbot, window)
    assert titles(window) == whole


def test_papers_dropped_on_the_sidebar(qtbot: QtBot, window: MainWindow) -> None:
    chosen = select(window, 0, 2)
    collection = window.library.collections.find("Thesis")
    nodes = window.sidebar.nodes
    data = window.table.entries.mime_of(window.table.selected_ids())
    for key in (f"c:{collection}", "status:read"):
        nodes.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, nodes.find(key))
        settle(qtbot, window)
    found = window.library.search.ids("collection:thesis status:read")
    assert sorted(found) == sorted(chosen)


def test_a_new_collection_is_named_in_its_place(qtbot: QtBot, window: MainWindow) -> None:
    run(qtbot, window, "new-collection")
    editor = window.sidebar.findChild(QLineEdit)
    assert editor
    qtbot.waitUntil(editor.isVisible)
    editor.setText("Reading group")
    qtbot.keyClick(editor, Key.Key_Return)
    collections = window.library.collections
    qtbot.waitUntil(lambda: [n.path for n in collections.tree()] == ["Reading group", "Thesis"])
    settle(qtbot, window)


# --- exporting ----------------------------------------------------------------------------


def test_copying_keys_and_bibtex(qtbot: QtBot, window: MainWindow) -> None:
    ids = select(window, 0, 1)
    keys = [row.citation_key for row in window.library.search.rows(ids)]
    clipboard = QGuiApplication.clipboard()
    press(qtbot, window, Key.Key_K, CTRL)
    assert clipboard.text() == f"\\cite{{{','.join(keys)}}}"
    press(qtbot, window, Key.Key_K, CTRL_SHIFT)
    assert clipboard.text() == ",".join(keys)
    press(qtbot, window, Key.Key_C, CTRL)
    assert clipboard.text() == window.library.exporting.text(ids).text


def test_exporting_what_is_in_view(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "out.bib"
    window.top.search.set_query("status:to-read")
    settle(qtbot, window)
    run(qtbot, window, "export-as")
    dialog = window.findChild(QFileDialog)
    assert dialog
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    settle(qtbot, window)
    assert file.read_text(encoding="utf-8").count("\n@") + 1 >= 3
    assert window.status.message == f"3 papers exported. {file}"


def test_a_file_that_cannot_be_written_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.exports.write_file(window.exports.all_ids, tmp_path / "none" / "out.bib")
    settle(qtbot, window)
    assert "cannot be written" in window.errors.text


# --- the window ---------------------------------------------------------------------------


def test_another_programs_change_appears(qtbot: QtBot, window: MainWindow) -> None:
    before = window.pane.count
    other = Library.open(window.library.path)
    other.importing.run(Source.from_text(PAGE, "page", DAY))
    other.close()
    qtbot.waitUntil(lambda: window.pane.count == before + 2, timeout=5000)


def test_the_palette_runs_a_command(qtbot: QtBot, window: MainWindow) -> None:
    (chosen,) = select(window, 0)
    press(qtbot, window, Key.Key_P, CTRL_SHIFT)
    assert window.findChild(CommandPalette)
    qtbot.keyClicks(QApplication.focusWidget(), "status dropped")
    press(qtbot, window, Key.Key_Return)
    assert window.library.entries.get(chosen).status == "dropped"
    assert QApplication.focusWidget() is window.table


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param("edit paper title", "Title", id="edit-title"),
        pytest.param("read abstract", "Abstract", id="read-abstract"),
        pytest.param("write note", "Source of the note, in Markdown", id="write-note"),
        pytest.param("edit tags", "Add tag", id="edit-tags"),
    ],
)
@pytest.mark.parametrize("hidden", [False, True], ids=["panel shown", "panel hidden"])
def test_the_palette_brings_the_keyboard_into_the_panel(
    qtbot: QtBot, window: MainWindow, words: str, name: str, hidden: bool
) -> None:
    window.panel.setVisible(not hidden)
    select(window, 0)
    qtbot.waitUntil(lambda: getattr(window.panel, "shown_id", None) is not None)
    press(qtbot, window, Key.Key_P, CTRL_SHIFT)
    qtbot.keyClicks(QApplication.focusWidget(), words)
    press(qtbot, window, Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused
    assert (focused.accessibleName(), window.panel.isAncestorOf(focused)) == (name, True)


def test_enter_on_a_paper_leads_to_its_abstract(qtbot: QtBot, window: MainWindow) -> None:
    select(window, 0)
    qtbot.waitUntil(lambda: getattr(window.panel, "shown_id", None) is not None)
    press(qtbot, window, Key.Key_Return)
    focused = QApplication.focusWidget()
    assert focused
    assert focused.accessibleName() == "Abstract"


def test_every_command_is_enabled_where_it_means_something(
    qtbot: QtBot, window: MainWindow
) -> None:
    select(window, 0)
    menus.update(window)
    true = menus.facts(window)
    wrong = [
        command.name
        for command in COMMANDS
        if window.commands[command.name].isEnabled() != true.issuperset(command.needs)
    ]
    assert wrong == []


def test_no_two_commands_share_a_key() -> None:
    keys = [key for command in COMMANDS for key in command.keys.split("; ") if key]
    twice = {key for key in keys if keys.count(key) > 1}
    of_lists = {"Del", *"123456789"}  # of the table, of the sidebar, of an import's rows
    of_views = {"Alt+Down", "Alt+Up", "Ctrl+Return", "Ctrl+Enter"}  # duplicates and review
    of_papers = {"Ctrl+M", "Ctrl+E"}  # that are selected, and of rows, where no paper is
    assert twice == of_lists | of_views | of_papers


def test_no_two_commands_that_share_a_key_can_meet(window: MainWindow) -> None:
    window.trigger("shortcuts")
    dialog = window.findChild(ShortcutsDialog)
    assert dialog
    assert dialog.trouble == ""
    dialog.reject()


def test_every_menu_names_commands_that_there_are(window: MainWindow) -> None:
    dynamic = {"recent", "sort", "coloured", "copy-as", ""}
    copied = tuple(name for name, _text in menus.COPY_AS)
    named = {
        name
        for _title, entries in (*menus.MENUS, ("", menus.CONTEXT), ("", copied))
        for entry in entries
        for name in (entry[1] if isinstance(entry, tuple) else (entry,))
    }
    assert named - dynamic - set(window.commands) == set()


def test_every_control_has_a_name_and_a_tool_tip(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton

    nameless = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and not (button.text() or button.accessibleName())
    ]
    assert nameless == []


def test_large_text_gives_the_sidebar_more_room(make_window: Make, empty_library: Library) -> None:
    window = make_window(empty_library, Settings(text_scale=1.6))
    assert window.outer.sizes()[0] > remembering.DEFAULT_PANES[0]
    theme.theme().follow("light", 1.0)


def test_a_read_only_library_says_so(qtbot: QtBot, make_window: Make, library: Library) -> None:
    path = library.path
    shown = Library.open(path, read_only=True)
    window = make_window(shown)
    select(window, 0)
    assert window.read_only_banner.isVisible()
    assert "can be read but not changed" in window.read_only_banner.text
    assert not window.top.import_button.isVisible()
    headings = [node for node in window.sidebar._walk() if node.heading]
    assert [node.icon for node in headings] == [""] * 4
    enabled = {
        name
        for name in ("trash", "undo", "import-files", "add-tag", "copy-cite", "find")
        if window.commands[name].isEnabled()
    }
    assert enabled == {"copy-cite", "find"}


def test_closing_waits_for_what_is_being_written(
    qtbot: QtBot, make_window: Make, empty_library: Library
) -> None:
    path = empty_library.path
    window = make_window(empty_library)
    window.jobs.write("Tag", lambda: empty_library.collections.create("Kept"))
    with qtbot.waitSignal(window.closed):
        window.close()
    again = Library.open(path)
    assert [node.path for node in again.collections.tree()] == ["Kept"]
    again.close()


def test_closing_in_a_long_job_asks_and_can_stop_it(
    qtbot: QtBot, make_window: Make, empty_library: Library
) -> None:
    window = make_window(empty_library)
    progress, begun = Progress(), threading.Event()

    def work() -> None:
        begun.set()
        while True:
            progress.advance()

    window.jobs.write("Count", work, progress=progress)
    assert begun.wait(5)
    window.close()
    box = window.findChild(QMessageBox)
    assert box
    assert (window.isVisible(), box.text()) == (True, "Count is not done yet.")
    with qtbot.waitSignal(window.closed):
        next(b for b in box.findChildren(QPushButton) if b.text() == "Stop and close").click()
    assert window.jobs.closed


def test_how_the_window_stood_is_remembered(
    qtbot: QtBot, make_window: Make, library: Library
) -> None:
    first = make_window(library)
    first.pane.sort_by("year", descending=True)
    first.sidebar.choose(Scope("status", "to-read"))
    first.table.head.setSectionHidden(4, True)
    settle(qtbot, first)
    (chosen,) = select(first, 1)
    with qtbot.waitSignal(first.closed):
        first.close()
    second = make_window(Library.open(library.path), first.settings)
    assert (
        second.pane.sort,
        second.pane.descending,
        second.pane.scope,
        second.table.current_id(),
        second.table.isColumnHidden(4),
    ) == ("year", True, Scope("status", "to-read"), chosen, True)
