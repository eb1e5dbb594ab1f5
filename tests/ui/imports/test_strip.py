"""The strip above the papers of an import: what it says, its chips and its buttons."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from refman.library import ALL, Library, Source
from refman.ui import import_wording, menus
from refman.ui.dialogs.as_of import AsOfDialog
from refman.ui.dialogs.source_text import SourceTextDialog
from refman.ui.import_review.review import ImportReview
from refman.ui.imports.comparison import ComparisonDialog
from refman.ui.imports.passed_over import PassedOverDialog
from refman.ui.imports.take_back import TakeBackDialog
from refman.ui.main_window import MainWindow
from tests.ui.conftest import DAY, settle, titles
from tests.ui.imports.conftest import (
    FIRST,
    LISTS,
    RAIN,
    SHEEP,
    TEA,
    choose,
    newest,
    page,
    toast_texts,
)

Make = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


def chips(window: MainWindow) -> dict[str, bool]:
    """The chips from left to right, and whether each is chosen."""
    return {chip.text(): chip.isChecked() for chip in window.strip.chips.values()}


@pytest.fixture
def window(qtbot: QtBot, open_window: Make, twice: Library) -> MainWindow:
    """On the papers of the second import."""
    window = open_window(twice)
    choose(qtbot, window, newest(twice).id)
    return window


def press(qtbot: QtBot, window: MainWindow, name: str) -> None:
    qtbot.mouseClick(window.strip.buttons[name], LEFT)
    settle(qtbot, window)


def test_it_is_there_for_the_papers_of_an_import_alone(qtbot: QtBot, window: MainWindow) -> None:
    assert window.strip.isVisible()
    window.sidebar.choose(ALL)
    settle(qtbot, window)
    assert not window.strip.isVisible()


def test_it_says_what_when_and_from_where(window: MainWindow, twice: Library) -> None:
    name, profile, where = window.strip.texts
    listing = newest(twice)
    assert name == "Ada Lovelace"
    assert profile == "LG · h-index 7 · 3 papers · 1,200 citations · novelty 51% · AI score 63"
    assert where.startswith("Imported ")
    assert where.endswith(listing.path)
    assert import_wording.format_of(listing) in where


def test_a_chip_shows_the_papers_of_its_rows(qtbot: QtBot, window: MainWindow) -> None:
    assert chips(window) == {
        "3 papers": True,
        "1 added": False,
        "1 merged": False,
        "1 unchanged": False,
    }
    assert len(titles(window)) == 3
    qtbot.mouseClick(window.strip.chips["merged"], LEFT)
    settle(qtbot, window)
    assert chips(window) == {
        "3 papers": False,
        "1 added": False,
        "1 merged": True,
        "1 unchanged": False,
    }
    assert titles(window) == [SHEEP[0]]
    qtbot.keyClick(window.strip.chips["added"], Qt.Key.Key_Space)
    settle(qtbot, window)
    assert titles(window) == [RAIN[0]]
    qtbot.mouseClick(window.strip.chips["added"], LEFT)
    settle(qtbot, window)
    assert len(titles(window)) == 3


def test_a_chip_is_forgotten_with_another_import(
    qtbot: QtBot, window: MainWindow, twice: Library
) -> None:
    qtbot.mouseClick(window.strip.chips["added"], LEFT)
    settle(qtbot, window)
    first = twice.listings.list()[1]
    choose(qtbot, window, first.id)
    assert sorted(titles(window)) == sorted([SHEEP[0], TEA[0], LISTS[0]])
    assert chips(window) == {"3 papers": True, "3 added": False}


def test_without_an_earlier_import_there_is_nothing_to_compare(
    qtbot: QtBot, window: MainWindow, twice: Library
) -> None:
    assert window.strip.buttons["compare"].isEnabled()
    choose(qtbot, window, twice.listings.list()[1].id)
    button = window.strip.buttons["compare"]
    assert (button.isEnabled(), button.toolTip()) == (
        False,
        "There is no earlier import of this page",
    )


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("compare", ComparisonDialog),
        ("take-back", TakeBackDialog),
        ("source", SourceTextDialog),
    ],
)
def test_its_buttons_open(qtbot: QtBot, window: MainWindow, name: str, kind: type[QDialog]) -> None:
    press(qtbot, window, name)
    (dialog,) = [each for each in window.findChildren(kind) if each.isVisible()]
    dialog.close()


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("import-compare", ComparisonDialog),
        ("import-take-back", TakeBackDialog),
        ("import-source", SourceTextDialog),
        ("import-passed-over", PassedOverDialog),
        ("import-day", AsOfDialog),
    ],
)
def test_the_same_by_commands(
    qtbot: QtBot, window: MainWindow, command: str, kind: type[QDialog]
) -> None:
    window.trigger(command)
    settle(qtbot, window)
    (dialog,) = [each for each in window.findChildren(kind) if each.isVisible()]
    dialog.close()


def test_the_commands_are_there_for_an_import_alone(qtbot: QtBot, window: MainWindow) -> None:
    names = [command for command in window.commands if command.startswith("import-")]
    own = [name for name in names if "this import" in str(window.commands[name].data()).lower()]
    assert len(own) == 7
    assert all(window.commands[name].isEnabled() for name in own)
    window.sidebar.choose(ALL)
    settle(qtbot, window)
    menus.update(window)
    assert not any(window.commands[name].isEnabled() for name in own)


def test_the_rows_are_reviewed(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "review")
    assert window.stage.currentWidget() is window.stage.review is not None


@pytest.mark.parametrize(
    ("part", "kind"),
    [(import_wording.TO_LOOK_AT, "doubtful"), ("skipped", "skipped"), ("failed", "failed")],
)
def test_a_chip_leads_to_its_rows(
    qtbot: QtBot, open_window: Make, empty_library: Library, part: str, kind: str
) -> None:
    text = "TY  - JOUR\nTI  - A Good One\nER  - \n\nTY  - JOUR\nKW  - nothing\nER  - \n"
    report = empty_library.importing.run(Source.from_text(text, "page.ris", DAY))
    good = next(r for r in empty_library.listings.rows(1) if r.outcome == "added")
    empty_library.review.leave_out([good.id])
    window = open_window(empty_library)
    choose(qtbot, window, report.listing_id or 0)
    qtbot.mouseClick(window.strip.chips[part], LEFT)
    settle(qtbot, window)
    review = window.stage.review
    assert isinstance(review, ImportReview)
    assert (review.filters.kind, review.model.rowCount()) == (kind, 1)


def test_it_is_run_again_and_told(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, "again")
    said, _buttons = toast_texts(window)
    assert said
    assert window.errors.text == ""


def test_what_was_passed_over_is_counted_and_shown(
    qtbot: QtBot, open_window: Make, empty_library: Library
) -> None:
    text = f"Home  Search  Sign in\n\n{page(FIRST)}\nPrivacy · Terms · Contact\n"
    empty_library.importing.run(Source.from_text(text, "page", DAY))
    window = open_window(empty_library)
    choose(qtbot, window, newest(empty_library).id)
    assert window.strip.buttons["passed-over"].text() == "Passed over (2)"
    press(qtbot, window, "passed-over")
    (dialog,) = window.findChildren(PassedOverDialog)
    assert [line.split("  ")[1] for line in dialog.text.toPlainText().splitlines()] == [
        "Home Search Sign in",
        "Privacy · Terms · Contact",
    ]


def test_every_part_has_a_name(window: MainWindow) -> None:
    parts = [*window.strip.buttons.values(), *window.strip.chips.values()]
    assert all(part.accessibleName() and part.toolTip() for part in parts)
