"""New citation keys put into manuscripts by keys and mouse: the preview, and what is written."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from refman import settings
from refman.library import Library
from refman.model.entry import Entry
from refman.ui.dialogs.rewriting.changed_keys import Parts, compare, shortened
from refman.ui.dialogs.rewriting.dialog import RewritingDialog
from refman.ui.dialogs.rewriting.lines import CHANGE, FILE, LINE
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton

TEX = "\\documentclass{article}\nAs \\cite{old, other} shows. % \\cite{old}\n"
MARKDOWN = "See [@old, p. 3] and @elder.\n"


@pytest.fixture
def library(empty_library: Library) -> Library:
    """A paper that had two keys before today's."""
    (paper,) = empty_library.entries.add(Entry(title="On Keys")).entries
    for key in ("elder", "old"):
        empty_library.citation_keys.change({paper: key})
    return empty_library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Manuscripts that cite it."""
    folder = tmp_path / "thesis"
    folder.mkdir()
    (folder / "main.tex").write_text(TEX, encoding="utf-8")
    (folder / "notes.md").write_text(MARKDOWN, encoding="utf-8")
    return folder


@pytest.fixture
def remembered(window: MainWindow, folder: Path) -> Path:
    """The manuscripts are in the settings."""
    citing = replace(window.settings.citing, manuscripts=(str(folder),))
    window.settings = replace(window.settings, citing=citing)
    return folder


Offer = Callable[[], RewritingDialog]


@pytest.fixture
def offered(qtbot: QtBot, window: MainWindow) -> Offer:
    """Changes the key in the panel, and takes the offer that follows."""

    def change_key() -> RewritingDialog:
        panel = window.panel
        assert isinstance(panel, EntryPanel)
        window.table.select_id(window.library.search.ids("keys")[0])
        qtbot.waitUntil(lambda: panel.shown_id is not None)
        settle(qtbot, window)
        row = panel.details.rows[0]
        row.line.setFocus()
        row.line.selectAll()
        qtbot.keyClicks(row.line, "new")
        qtbot.keyClick(row.line, Key.Key_Return)
        settle(qtbot, window)
        toast = window.stage.toast
        assert toast
        assert toast.accessibleName() == "old is new now"
        qtbot.mouseClick(toast.buttons[1], LEFT)
        dialog = window.findChild(RewritingDialog)
        assert dialog
        qtbot.waitUntil(dialog.isVisible)
        settle(qtbot, window)
        return dialog

    return change_key


def lines(dialog: RewritingDialog) -> list[tuple[str, str, str]]:
    model = dialog.model
    return [
        tuple(model.index(row, column).data() for column in (FILE, LINE, CHANGE))
        for row in range(model.rowCount())
    ]


TEX_LINE = (
    "main.tex",
    "2",
    "As \\cite{old, other} shows. % \\cite{old}\nAs \\cite{new, other} shows. % \\cite{old}",
)


def test_a_changed_key_is_rewritten_in_the_files_of_the_settings(
    qtbot: QtBot, window: MainWindow, remembered: Path, offered: Offer
) -> None:
    dialog = offered()
    assert dialog.files.paths() == (str(remembered),)
    assert lines(dialog) == [
        TEX_LINE,
        ("notes.md", "1", "See [@old, p. 3] and @elder.\nSee [@new, p. 3] and @elder."),
    ]
    assert dialog.told.text() == (
        "2 lines in 2 files. Each file is written whole, in its own encoding."
    )
    assert dialog.rewrite.text() == "Rewrite (2)"
    qtbot.mouseClick(dialog.rewrite, LEFT)
    settle(qtbot, window)
    assert (remembered / "main.tex").read_text() == TEX.replace("{old, other}", "{new, other}")
    assert (remembered / "notes.md").read_text() == "See [@new, p. 3] and @elder.\n"
    toast = window.stage.toast
    assert toast
    assert toast.accessibleName() == "2 lines were rewritten"
    ids = window.library.search.ids("keys")
    (change,) = window.library.citation_keys.proposals(ids, "[title]")
    assert (change.old, change.given) == ("new", True)  # it stands in a text now


def test_keys_that_were_changed_earlier_are_rewritten_if_asked_for(
    qtbot: QtBot, window: MainWindow, remembered: Path, offered: Offer
) -> None:
    dialog = offered()
    dialog.earlier.setFocus()
    qtbot.keyClick(dialog.earlier, Key.Key_Space)
    settle(qtbot, window)
    assert lines(dialog) == [
        TEX_LINE,
        ("notes.md", "1", "See [@old, p. 3] and @elder.\nSee [@new, p. 3] and @new."),
    ]


def test_the_command_looks_for_all_keys_of_before(
    qtbot: QtBot, window: MainWindow, remembered: Path
) -> None:
    window.trigger("rewrite-citations")
    dialog = window.findChild(RewritingDialog)
    assert dialog
    settle(qtbot, window)
    assert dialog.earlier.isHidden()
    assert lines(dialog) == [
        ("notes.md", "1", "See [@old, p. 3] and @elder.\nSee [@old, p. 3] and @old.")
    ]


def test_a_change_that_was_undone_is_not_rewritten(
    qtbot: QtBot, window: MainWindow, remembered: Path, offered: Offer
) -> None:
    dialog = offered()
    window.trigger("undo")
    settle(qtbot, window)
    qtbot.mouseClick(dialog.again, LEFT)
    settle(qtbot, window)
    assert lines(dialog) == []
    assert not dialog.rewrite.isEnabled()


def test_files_are_added_dropped_taken_off_and_remembered(
    qtbot: QtBot, window: MainWindow, folder: Path, offered: Offer
) -> None:
    dialog = offered()
    assert dialog.files.paths() == ()
    assert not dialog.rewrite.isEnabled()
    qtbot.mouseClick(dialog.files.add_folder, LEFT)
    asking = dialog.findChild(QFileDialog)
    assert asking
    asking.filesSelected.emit([str(folder)])
    asking.reject()
    data = QMimeData()
    main = str(folder / "main.tex")
    data.setUrls([QUrl.fromLocalFile(main), QUrl("https://example.org/main.tex")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    dialog.files.list.dropEvent(drop)
    settle(qtbot, window)
    assert dialog.files.paths() == (str(folder), main)
    assert settings.load()[0].citing.manuscripts == (str(folder), main)
    assert len(lines(dialog)) == 2
    dialog.files.list.setCurrentRow(0)
    qtbot.keyClick(dialog.files.list, Key.Key_Delete)
    settle(qtbot, window)
    assert settings.load()[0].citing.manuscripts == (main,)
    assert lines(dialog) == [TEX_LINE]


def test_what_cannot_be_done_is_told(
    qtbot: QtBot, window: MainWindow, remembered: Path, offered: Offer
) -> None:
    dialog = offered()
    gone = remembered / "gone.tex"
    dialog.files.add([str(gone)])
    settle(qtbot, window)
    assert dialog.problems.toPlainText() == (
        f"⚠ “{gone}” cannot be read (No such file or directory): check its name and permissions."
    )
    main = remembered / "main.tex"
    main.write_text("Another text, \\cite{old}.\n")
    qtbot.mouseClick(dialog.rewrite, LEFT)
    settle(qtbot, window)
    assert dialog.isVisible()
    assert main.read_text() == "Another text, \\cite{old}.\n"
    assert (remembered / "notes.md").read_text() == "See [@new, p. 3] and @elder.\n"
    assert (
        f"“{main}” was changed in the meantime and left alone: look at it again."
        in dialog.problems.toPlainText()
    )
    toast = window.stage.toast
    assert toast
    assert toast.accessibleName() == "1 line was rewritten"


def test_nothing_to_rewrite(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, offered: Offer
) -> None:
    dialog = offered()
    empty = tmp_path / "empty.tex"
    empty.write_text("Nothing is cited.\n")
    dialog.files.add([str(empty)])
    settle(qtbot, window)
    assert lines(dialog) == []
    assert dialog.rewrite.text() == "Rewrite"
    assert not dialog.rewrite.isEnabled()


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        pytest.param(
            "\\cite{a,b}", "\\cite{c,b}",
            [("\\cite{", False), ("a", True), (",b}", False)],
            [("\\cite{", False), ("c", True), (",b}", False)],
            id="one of two",
        ),
        pytest.param(
            "@a; @b", "@c:d; @e",
            [("@", False), ("a", True), ("; @", False), ("b", True)],
            [("@", False), ("c:d", True), ("; @", False), ("e", True)],
            id="both",
        ),
        pytest.param(
            "x <a> y", '#cite(label("b")) y',
            [("x <a>", True), (" y", False)],
            [('#cite(label("b"))', True), (" y", False)],
            id="written in another way",
        ),
        pytest.param("@a", "@ab", [("@", False), ("a", True)], [("@", False), ("ab", True)],
                     id="longer"),
    ],
)  # fmt: skip
def test_what_differs_is_marked(before: str, after: str, old: Parts, new: Parts) -> None:
    assert compare(before, after) == (old, new)


def test_a_paragraph_in_one_line_is_shortened() -> None:
    parts = [("\t" + "a" * 100, False), ("key", True), ("b" * 100, False), ("c", True)]
    assert shortened(parts) == [
        ("… " + "a" * 36, False),
        ("key", True),
        ("b" * 36 + "… " + "b" * 36, False),
        ("c", True),
    ]
