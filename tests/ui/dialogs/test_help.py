"""The help pages: each is reached by F1 where it is meant, and names what there is."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from refman import paths
from refman.cli import COMMANDS
from refman.library import Library, Source
from refman.library.queries import WORDS
from refman.ui.dialogs.help import HelpDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import settle

Make = Callable[..., MainWindow]

PAGES = sorted(path.stem for path in paths.resource("help").glob("*.md"))
PAGE = """@misc{lists, title={On Lists}, author={Berg, Ann}, year={2020}}"""


def text(page: str) -> str:
    return paths.resource(f"help/{page}.md").read_text(encoding="utf-8")


def title(page: str) -> str:
    return text(page).partition("\n")[0].removeprefix("# ")


@pytest.fixture
def window(make_window: Make, empty_library: Library) -> MainWindow:
    empty_library.importing.run(Source.from_text(PAGE, "page.bib"))
    return make_window(empty_library)


@pytest.mark.parametrize(
    ("view", "page"),
    [("", "help"), ("duplicates", "duplicates"), ("check", "doctor"), ("review", "review")],
)
def test_f1_opens_the_page_on_what_is_shown(
    qtbot: QtBot, window: MainWindow, view: str, page: str
) -> None:
    if view == "review":
        window.stage.show_review(1)
    elif view:
        window.trigger(view)
    settle(qtbot, window)
    qtbot.keyClick(window.stage.review or window.table, Qt.Key.Key_F1)
    dialogs = window.findChildren(HelpDialog)
    assert [each.page.toPlainText().partition("\n")[0] for each in dialogs] == [title(page)]
    dialogs[0].close()


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_subcommands_that_there_are(page: str) -> None:
    named = set(re.findall(r"`refman ([a-z][a-z-]*)", text(page)))
    assert named <= set(COMMANDS)


def test_the_table_of_searches_has_words_that_there_are() -> None:
    table = text("help").partition("| you type |")[2].partition("\n## ")[0]
    named = set(re.findall(r"`([a-z]+):", table))
    assert named <= set(WORDS)
    assert {"score", "best", "seen", "category"} <= named


@pytest.mark.parametrize(("page", "prefix"), [("review", "review-"), ("duplicates", "duplicates-")])
def test_pages_name_every_key_of_their_commands(window: MainWindow, page: str, prefix: str) -> None:
    def keys(action: QAction) -> list[str]:
        portable = QKeySequence.SequenceFormat.PortableText
        return [key.toString(portable) for key in action.shortcuts()[:1]]

    said = set(re.findall(r"\*([^*\n]+)\*", text(page)))
    said = {key.replace("Ctrl+Enter", "Ctrl+Return") for key in said}
    wanted = {
        key
        for name, action in window.commands.items()
        if name.startswith(prefix) and not name.startswith("review-reading")
        for key in keys(action)
    }
    assert wanted <= said
