"""What the panel shows of a paper as a style cites it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from refman import settings
from refman.library import Library
from refman.ui.dialogs.preferences.dialog import PreferencesDialog
from refman.ui.entry_panel.panel import RESTS, EntryPanel
from refman.ui.jobs import Jobs
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle as settle_window

Show = Callable[..., None]
APA = "Lovelace, A., UNESCO, et al. (2022). Marking L_∞ Texts. Reading. https://doi.org/10.1000/182"


def test_a_paper_as_it_is_cited(panel: EntryPanel, show: Show, ids: list[int]) -> None:
    show(ids[0])
    section = panel.citation
    assert (section.style_button.text(), section.text, section.in_the_text) == (
        "APA",
        APA,
        "(Lovelace et al., 2022)",
    )
    show(ids[1])
    assert (section.text, section.in_the_text) == (
        "A Second Paper. (n.d.).",
        "(A Second Paper, n.d.)",
    )


def test_it_follows_an_edit(
    panel: EntryPanel, show: Show, settle: Callable[[], None], jobs: Jobs,
    empty_library: Library, ids: list[int],
) -> None:  # fmt: skip
    show(ids[1])
    jobs.write("Edit", lambda: empty_library.entries.edit(ids[1], {"title": "A Third Paper"}))
    settle()
    assert panel.citation.text == "A Third Paper. (n.d.)."


def test_folded_away_it_is_not_read(panel: EntryPanel, show: Show, ids: list[int]) -> None:
    show(ids[0])
    panel.citation.set_open(False)
    show(ids[1])
    assert panel.citation.text == APA


def test_brought_back_it_is_read(
    panel: EntryPanel, show: Show, settle: Callable[[], None], ids: list[int]
) -> None:
    panel.citation.set_open(False)
    show(ids[1])
    panel.citation.set_open(True)
    settle()
    assert panel.citation.text == "A Second Paper. (n.d.)."


@pytest.fixture
def shown(qtbot: QtBot, window: MainWindow) -> EntryPanel:
    """The panel of the window, with a paper in it."""
    window.table.select_id(window.library.search.ids("adam method")[0])
    panel = window.panel
    assert isinstance(panel, EntryPanel)
    qtbot.waitUntil(lambda: panel.citation.text != "")
    settle_window(qtbot, window)
    return panel


def test_the_entry_is_copied(qtbot: QtBot, window: MainWindow, shown: EntryPanel) -> None:
    qtbot.mouseClick(shown.citation.copy_button, Qt.MouseButton.LeftButton)
    settle_window(qtbot, window)
    assert QGuiApplication.clipboard().text() == (
        "Kingma, D. P., & Ba, J. (2014, December 22). Adam: A Method for Stochastic Optimization."
    )


def test_another_style_by_the_menu(qtbot: QtBot, window: MainWindow, shown: EntryPanel) -> None:
    menu = shown.citation.style_button.menu()
    menu.aboutToShow.emit()
    actions = [action for action in menu.actions() if not action.isSeparator()]
    assert [(action.text(), action.isChecked()) for action in actions] == [
        ("APA", True),
        ("IEEE", False),
        ("Chicago (author-date)", False),
        ("Vancouver", False),
        ("Nature", False),
        ("ACM", False),
        ("Other styles …", False),
    ]
    actions[1].trigger()
    settle_window(qtbot, window)
    assert (shown.citation.style_button.text(), shown.citation.text) == (
        "IEEE",
        "[1] D. P. Kingma and J. Ba, “Adam: A Method for Stochastic Optimization.” Dec. 22, 2014.",
    )
    assert settings.load()[0].citing.style == "ieee"
    menu.aboutToShow.emit()
    assert [action.isChecked() for action in menu.actions()][:2] == [False, True]
    menu.actions()[-1].trigger()
    assert window.findChild(PreferencesDialog)
    qtbot.wait(RESTS)
    settle_window(qtbot, window)


def test_a_style_without_a_bibliography(
    qtbot: QtBot, window: MainWindow, shown: EntryPanel
) -> None:
    window.settings = settings.Settings(citing=settings.Citing(style="bluebook-inline"))
    shown.read_citation()
    settle_window(qtbot, window)
    assert (
        shown.citation.text,
        shown.citation.complaint,
        shown.citation.copy_button.isEnabled(),
    ) == (
        "",
        "This style has no bibliography, only citations.",
        False,
    )
    assert shown.citation.in_the_text
