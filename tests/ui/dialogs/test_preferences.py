"""What can be set, by keys and mouse: it takes effect at once and is remembered."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from refman import settings
from refman.library.styles import find
from refman.settings import Citing, Importing, Settings
from refman.ui import theme
from refman.ui.dialogs.preferences.dialog import PreferencesDialog
from refman.ui.dialogs.preferences.page import Page, RadioButtons
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier

Open = Callable[[], PreferencesDialog]


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow) -> Open:
    """Opens the preferences by their keys."""

    def open_it() -> PreferencesDialog:
        qtbot.keyClick(window.table, Key.Key_Comma, CTRL)
        dialog = window.findChild(PreferencesDialog)
        assert dialog
        qtbot.waitUntil(dialog.isVisible)
        settle(qtbot, window)
        return dialog

    return open_it


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, opened: Open) -> PreferencesDialog:
    """On the paper that is selected."""
    window.table.select_id(window.library.search.ids("adam method")[0])
    return opened()


def page(qtbot: QtBot, dialog: PreferencesDialog, wanted: Page) -> None:
    """Go to a page by the keyboard."""
    titles = [dialog.pages.item(row).text() for row in range(dialog.pages.count())]
    dialog.pages.setFocus()
    qtbot.keyClick(dialog.pages, Key.Key_Home)
    for _step in range(titles.index(wanted.title)):
        qtbot.keyClick(dialog.pages, Key.Key_Down)
    assert wanted.isVisible()


def press(qtbot: QtBot, buttons: RadioButtons, value: str) -> None:
    qtbot.mouseClick(buttons.button(value), LEFT, pos=QPoint(8, 8))


def pick(qtbot: QtBot, box: QComboBox, value: str) -> None:
    """Choose from a box by the keyboard."""
    box.setFocus()
    steps = box.findData(value) - box.currentIndex()
    for _step in range(abs(steps)):
        qtbot.keyClick(box, Key.Key_Down if steps > 0 else Key.Key_Up)


def kept(window: MainWindow) -> Settings:
    """What is used now, and was written down."""
    assert settings.load() == (window.settings, "")
    return window.settings


# --- citations ----------------------------------------------------------------------------


def shown(dialog: PreferencesDialog) -> tuple[str, str]:
    page = dialog.citations
    return page.citation.toPlainText(), page.entry.toPlainText()


def listed(dialog: PreferencesDialog) -> list[str]:
    styles = dialog.citations.styles
    return [styles.index(row).data() for row in range(styles.rowCount())]


OFFERED = ["APA", "IEEE", "Chicago (author-date)", "Vancouver", "Nature", "ACM"]


def test_it_shows_the_style_with_the_selected_paper(dialog: PreferencesDialog) -> None:
    assert listed(dialog) == OFFERED
    assert dialog.citations.list.currentIndex().data() == "APA"
    assert shown(dialog) == (
        "(Kingma & Ba, 2014)",
        "Kingma, D. P., & Ba, J. (2014, December 22). Adam: A Method for Stochastic Optimization.",
    )
    assert dialog.citations.told == ("APA", "with “Adam: A Method for Stochastic Optimization”")


def test_without_a_paper_there_is_a_sample(window: MainWindow, opened: Open) -> None:
    window.table.clearSelection()
    dialog = opened()
    assert shown(dialog) == (
        "(Lovelace & Hopper, 2020)",
        "Lovelace, A., & Hopper, G. (2020). On the Price of Tea. Journal of Samples, 12, 100–109.",
    )
    assert dialog.citations.told == ("APA", "with a made-up paper")


def test_another_style_by_the_keyboard(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog
) -> None:
    qtbot.keyClick(dialog.citations.list, Key.Key_Down)
    settle(qtbot, window)
    assert shown(dialog) == (
        "[1]",
        "[1] D. P. Kingma and J. Ba, “Adam: A Method for Stochastic Optimization.” Dec. 22, 2014.",
    )
    assert kept(window).citing == Citing(style="ieee")


def test_another_style_by_the_mouse(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog
) -> None:
    view = dialog.citations.list
    place = view.visualRect(dialog.citations.styles.index(4)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)
    assert kept(window).citing == Citing(style="nature")


@pytest.mark.parametrize(
    ("typed", "first", "name"),
    [
        pytest.param("nature gen", "Nature Genetics", "nature-genetics", id="beginning first"),
        pytest.param("psychological american", "APA", "apa", id="words in any order"),
        pytest.param("Zeitschrift fur soz", "Zeitschrift für Soziologie (Deutsch)",
                     "zeitschrift-fur-soziologie", id="without accents"),
    ],
)  # fmt: skip
def test_searching_all_styles(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog, typed: str, first: str, name: str
) -> None:
    search = dialog.citations.search
    qtbot.keyClicks(search, typed)
    assert listed(dialog)[0] == first
    assert window.settings.citing.style == "apa"
    qtbot.keyClick(search, Key.Key_Return)
    assert (dialog.isVisible(), kept(window).citing) == (True, Citing(style=name))
    search.clear()
    assert listed(dialog) == ([*OFFERED, first] if first not in OFFERED else OFFERED)
    assert dialog.citations.list.currentIndex().data() == first
    settle(qtbot, window)


def test_from_the_search_down_into_the_list(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog
) -> None:
    qtbot.keyClicks(dialog.citations.search, "nature gen")
    qtbot.keyClick(dialog.citations.search, Key.Key_Down)
    assert QApplication.focusWidget() is dialog.citations.list
    qtbot.keyClick(dialog.citations.list, Key.Key_Down)
    assert window.settings.citing.style == dialog.citations.styles.style(1).name
    settle(qtbot, window)


def test_a_search_that_finds_nothing(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    qtbot.keyClicks(dialog.citations.search, "xyzzy")
    assert listed(dialog) == []
    assert dialog.citations.count.startswith("0 of 10,")
    qtbot.keyClick(dialog.citations.search, Key.Key_Return)
    assert dialog.isVisible()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A style of the user's, which is IEEE's under another name."""
    file = tmp_path / "house.csl"
    text = find("ieee").path.read_text(encoding="utf-8")
    title = text[text.index("<title>") : text.index("</title>")]
    file.write_text(text.replace(title, "<title>House Style", 1), encoding="utf-8")
    return file


def test_an_own_style_is_added_and_removed(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog, own: Path
) -> None:
    page = dialog.citations
    qtbot.mouseClick(page.add_button, LEFT)
    files = page.findChild(QFileDialog)
    assert files
    files.fileSelected.emit(str(own))
    files.reject()
    settle(qtbot, window)
    assert (listed(dialog), page.list.currentIndex().data()) == (
        [*OFFERED, "House Style (your own)"],
        "House Style (your own)",
    )
    assert (shown(dialog)[0], page.remove_button.isEnabled()) == ("[1]", True)
    assert kept(window).citing == Citing(style="house")
    qtbot.mouseClick(page.remove_button, LEFT)
    box = page.findChild(QMessageBox)
    assert box
    assert box.text() == "Remove the style “House Style”?"
    go = next(b for b in box.findChildren(QPushButton) if b.text() == "Remove")
    qtbot.mouseClick(go, LEFT)
    settle(qtbot, window)
    assert (listed(dialog), page.list.currentIndex().data()) == (OFFERED, "APA")
    assert (shown(dialog)[0], page.remove_button.isEnabled()) == ("(Kingma & Ba, 2014)", False)
    assert kept(window).citing == Citing()


def test_a_file_that_is_no_style_is_told(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.csl"
    file.write_text("<html/>", encoding="utf-8")
    dialog.citations.add(file)
    settle(qtbot, window)
    assert dialog.citations.complaint.startswith("wrong.csl: This is no CSL style")
    assert window.settings.citing == Citing()
    qtbot.keyClick(dialog.citations.list, Key.Key_Down)
    assert dialog.citations.complaint == ""
    settle(qtbot, window)


# --- the other pages ----------------------------------------------------------------------


def test_copying_and_dragging(qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog) -> None:
    page(qtbot, dialog, dialog.copying)
    press(qtbot, dialog.copying.drag, "pandoc")
    press(qtbot, dialog.copying.markup, "markdown")
    assert kept(window).citing == Citing("apa", "markdown", "pandoc")
    assert window.table.entries.mime_of(window.table.selected_ids()).text() == "[@kingma2014adam]"
    assert dialog.copying.drag.examples == {
        "latex": r"\cite{hopper1952,lovelace2020}",
        "pandoc": "[@hopper1952; @lovelace2020]",
        "typst": "@hopper1952 @lovelace2020",
        "keys": "hopper1952,lovelace2020",
        "bibtex": "@article{hopper1952, …}",
        "biblatex": "@article{hopper1952, …}",
        "citation": "(Kingma & Ba, 2014)",
        "bibliography": (
            "Kingma, D. P., & Ba, J. (2014, December 22). Adam: A Method for Stochastic"
            " Optimization."
        ),
    }


def test_importing(qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog) -> None:
    page(qtbot, dialog, dialog.importing)
    dialog.importing.tags.setFocus()
    qtbot.keyClicks(dialog.importing.tags, "rl, to cite,, rl")
    qtbot.keyClick(dialog.importing.tags, Key.Key_Return)
    dialog.importing.collection.setFocus()
    qtbot.keyClicks(dialog.importing.collection, " Thesis/New ")
    pick(qtbot, dialog.importing.status, "to-read")
    press(qtbot, dialog.importing.review, "never")
    assert dialog.isVisible()
    assert kept(window).importing == Importing(("rl", "to cite"), "Thesis/New", "to-read", "never")


def test_what_is_typed_last_is_kept(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog
) -> None:
    page(qtbot, dialog, dialog.importing)
    qtbot.keyClicks(dialog.importing.tags, "rl")
    qtbot.keyClick(dialog.importing.tags, Key.Key_Escape)
    assert not dialog.isVisible()
    assert kept(window).importing == Importing(("rl",))


def test_appearance(qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog) -> None:
    page(qtbot, dialog, dialog.appearance)
    press(qtbot, dialog.appearance.theme, theme.DARK)
    assert theme.theme().dark
    pick(qtbot, dialog.appearance.scale, "1.25")
    changed = kept(window)
    assert (changed.theme, changed.text_scale) == ("dark", 1.25)
    assert (theme.theme().wanted, theme.theme().scale) == ("dark", 1.25)
    assert window.commands["theme-dark"].isChecked()
    theme.theme().follow("light", 1.0)


# --- the dialog ---------------------------------------------------------------------------


def test_it_shows_what_was_set(
    qtbot: QtBot, make_window: Callable[..., MainWindow], window: MainWindow, opened: Open
) -> None:
    window.settings = Settings(
        theme="dark",
        text_scale=1.1,
        importing=Importing(("a", "b"), "C", "read", "always"),
        citing=Citing("nature-genetics", "markdown", "typst"),
    )
    dialog = opened()
    assert (
        dialog.citations.list.currentIndex().data(),
        dialog.copying.drag.value,
        dialog.copying.markup.value,
        dialog.importing.tags.text(),
        dialog.importing.collection.text(),
        dialog.importing.status.currentData(),
        dialog.importing.review.value,
        dialog.appearance.theme.value,
        dialog.appearance.scale.currentData(),
    ) == ("Nature Genetics", "typst", "markdown", "a, b", "C", "read", "always", "dark", "1.1")
    dialog.reject()
    assert window.settings.citing == Citing("nature-genetics", "markdown", "typst")


def test_escape_closes_it(qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog) -> None:
    before = window.settings
    qtbot.keyClick(dialog.citations.search, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(PreferencesDialog) is None)
    assert window.settings == before


def test_tab_leads_through_the_page_and_back(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    dialog.pages.setFocus()
    seen = []
    for _step in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused
        seen.append(focused)
    page = dialog.citations
    assert seen[:3] == [page.search, page.list, page.add_button]
    assert seen[-1] is dialog.close_button


def test_everything_has_a_name(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    kinds: tuple[type[QWidget], ...] = (QLineEdit, QComboBox, QAbstractItemView, QAbstractButton)
    nameless = []
    for row in range(dialog.pages.count()):
        dialog.pages.setCurrentRow(row)
        nameless += [
            widget
            for kind in kinds
            for widget in dialog.findChildren(kind)
            if widget.isVisible()
            and not widget.accessibleName()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and not (isinstance(widget, QAbstractButton) and widget.text())
        ]
    assert nameless == []


# --- watched folders ----------------------------------------------------------------------


def add_folder(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog, folder: Path, *, present: bool
) -> None:
    """Choose a folder to be watched, and say what becomes of the files that are in it."""
    qtbot.mouseClick(dialog.watched.add, LEFT)
    (asking,) = dialog.findChildren(QFileDialog)
    asking.fileSelected.emit(str(folder))
    asking.reject()
    (box,) = [each for each in dialog.findChildren(QMessageBox) if each.isVisible()]
    assert box.checkBox()
    box.checkBox().setChecked(present)
    go = next(each for each in box.buttons() if each.text().replace("&", "") == "Watch")
    qtbot.mouseClick(go, LEFT)
    settle(qtbot, window)


@pytest.mark.parametrize("present", [False, True])
def test_a_folder_is_watched_with_or_without_what_is_in_it(
    qtbot: QtBot, window: MainWindow, dialog: PreferencesDialog, tmp_path: Path, present: bool
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "x.bib").write_text("@misc{x, title = {Ex}, year = {2000}}", encoding="utf-8")
    page(qtbot, dialog, dialog.importing)
    assert (dialog.watched.none.isVisible(), dialog.watched.list.isVisible()) == (True, False)
    add_folder(qtbot, window, dialog, folder, present=present)
    assert dialog.watched.folders == [str(folder)] == window.library.watched.folders()
    due = [path.name for path in window.library.watched.due()]
    due = due or [path.name for path in window.library.watched.due()]  # the same at two looks
    assert due == (["x.bib"] if present else [])


def test_a_folder_is_taken_off(
    qtbot: QtBot, window: MainWindow, opened: Open, tmp_path: Path
) -> None:
    window.library.watched.watch(tmp_path)
    dialog = opened()
    page(qtbot, dialog, dialog.importing)
    qtbot.keyClick(dialog.watched.list, Key.Key_Delete)
    settle(qtbot, window)
    assert window.library.watched.folders() == []
    assert dialog.watched.none.isVisible()


def test_a_folder_that_is_gone_says_so(
    qtbot: QtBot, window: MainWindow, opened: Open, tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    window.library.watched.watch(folder)
    folder.rmdir()
    dialog = opened()
    item = dialog.watched.list.item(0)
    assert item.text() == f"{folder} (not there now)"


def test_a_folder_is_watched_once(
    qtbot: QtBot, window: MainWindow, opened: Open, tmp_path: Path
) -> None:
    window.library.watched.watch(tmp_path)
    dialog = opened()
    page(qtbot, dialog, dialog.importing)
    qtbot.mouseClick(dialog.watched.add, LEFT)
    (asking,) = dialog.findChildren(QFileDialog)
    asking.fileSelected.emit(str(tmp_path))
    asking.reject()
    assert dialog.watched.said.text() == "This folder is watched already."
    assert not [each for each in dialog.findChildren(QMessageBox) if each.isVisible()]
