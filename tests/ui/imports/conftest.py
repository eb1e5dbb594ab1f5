"""A page that is imported twice: in between a row went, one came, and a score changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from refman.library import Library, Listing, Source
from refman.settings import Importing, Settings
from refman.ui.main_window import MainWindow
from tests.ui.conftest import DAY, settle

Make = Callable[..., MainWindow]

HEAD = """Ada Lovelace

LG
h-index7
3papers
1,200citations
Novelty51%
AI Score63

{count} Papers

"""
ROW = """{meta}
{title}

Ada Lovelace, Grace Hopper

{abstract}

"""
SHEEP = (
    "Counting Sheep With Patience",
    "A flock is counted three times by three people, who do not agree, and we explain why.",
)
LISTS = (
    "The Weight of First Impressions in Lists",
    "People who read lists from top to bottom remember what stood first. We count how much.",
)
TEA = (
    "On the Price of Tea in Small Ports",
    "Prices of tea are gathered from the ledgers of nine ports, and they follow the tide tables.",
)
RAIN = (
    "Rain Gauges That Tell One Another Lies",
    "Gauges that share what they measure agree on the wrong amount; we show how to stop them.",
)
FIRST = (("71.5LGJun 2, 2024Code", SHEEP), ("64LGJun 1, 2024", LISTS), ("60AIMay 3, 2024", TEA))
SECOND = (("60AIMay 3, 2024", TEA), ("88LGJun 2, 2024Code", SHEEP), ("55LGJul 9, 2024", RAIN))


def page(rows: tuple[tuple[str, tuple[str, str]], ...]) -> str:
    text = HEAD.format(count=len(rows))
    return text + "".join(ROW.format(meta=m, title=t, abstract=a) for m, (t, a) in rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "saved" / "ada.txt"
    path.parent.mkdir()
    path.write_text(page(FIRST), encoding="utf-8")
    return path


@pytest.fixture
def imported(empty_library: Library, file: Path) -> Library:
    """A library with the page as it was first."""
    empty_library.importing.run(Source.from_path(file, DAY))
    return empty_library


@pytest.fixture
def twice(imported: Library, file: Path) -> Library:
    """A library with both."""
    file.write_text(page(SECOND), encoding="utf-8")
    imported.importing.run(Source.from_path(file, DAY))
    return imported


@pytest.fixture
def open_window(make_window: Make) -> Make:
    """A window in which the review does not open by itself."""
    return lambda library: make_window(library, Settings(importing=Importing(review="never")))


def newest(library: Library) -> Listing:
    return library.listings.list()[0]


def choose(qtbot: QtBot, window: MainWindow, listing_id: int) -> None:
    """Choose an import in the sidebar by its line."""
    index = window.sidebar.nodes.find(f"l:{listing_id}")
    assert index.isValid()
    window.sidebar.setCurrentIndex(index)
    settle(qtbot, window)


def toast_texts(window: MainWindow) -> tuple[str, list[str]]:
    """What is said, and the buttons."""
    toast = window.stage.toast
    if toast is None:
        return "", []
    return toast.accessibleName(), [button.text() for button in toast.buttons]


def press_toast(qtbot: QtBot, window: MainWindow, text: str) -> None:
    toast = window.stage.toast
    assert toast
    next(button for button in toast.findChildren(QPushButton) if button.text() == text).click()
    settle(qtbot, window)
