"""The review of a page that is imported into an empty library."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.ui import theme
from refman.ui.actions.review import VERBS
from refman.ui.commands import COMMANDS, ROWS
from refman.ui.import_review.review import ImportReview
from refman.ui.jobs import Jobs
from tests.ui.waiting import finish

PAGE = """LGFeb 30, 2024
Marks in the Margin of ListsAnn Berg, Olga Petrova et al. · mila
Readers of long lists mark what they want to come back to. We count how often they do.
MLJan 9, 2024Code
A Table for the Seeds of RunsHugo Martin, Kim Park
A published number changes its rank when the seed does. We propose a table that shows it.
CLMay 5, 2023
Rules of Thumb for Short ListsMaria Rossi, Jean Dupont
Lists grow faster than they are read. We describe rules that keep a list short.
Load more
"""
Settle = Callable[[], None]
Open = Callable[[str], ImportReview]


@pytest.fixture
def jobs(qtbot: QtBot, empty_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(empty_library)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()


@pytest.fixture
def settle(qtbot: QtBot, jobs: Jobs) -> Settle:
    def wait() -> None:
        qtbot.waitUntil(lambda: not jobs.busy)

    return wait


@pytest.fixture
def open_review(qtbot: QtBot, empty_library: Library, jobs: Jobs, settle: Settle) -> Iterator[Open]:
    """Imports a page and opens its review, in the place of the one before."""
    opened: list[ImportReview] = []
    theme.theme().follow("light", 1.0)

    def open_it(text: str) -> ImportReview:
        report = empty_library.importing.run(Source.from_text(text, "page.txt", date(2024, 6, 1)))
        assert report.listing_id is not None
        for before in opened:
            before.hide()
        review = ImportReview(empty_library, jobs, report.listing_id)
        qtbot.addWidget(review)
        bind(review)
        review.resize(1100, 700)
        review.show()
        review.activateWindow()
        review.setFocus()
        opened.append(review)
        settle()
        return review

    yield open_it
    for review in opened:
        review.commit()
    finish(qtbot, jobs)


@pytest.fixture
def review(open_review: Open) -> ImportReview:
    return open_review(PAGE)


def bind(review: ImportReview) -> None:
    """Give the review its commands' usual keys, as the window does."""
    within = Qt.ShortcutContext.WidgetWithChildrenShortcut
    for command in COMMANDS:
        if command.name not in VERBS:
            continue
        act = partial(VERBS[command.name], review)
        owner = review.list if command.where == ROWS else review
        for key in filter(None, command.keys.split("; ")):
            QShortcut(QKeySequence(key), owner, act, context=within)
    review.set_keys({command.name: command.keys.split("; ")[0] for command in COMMANDS})


def titles(review: ImportReview) -> list[str]:
    return [review.model.index(row).data() for row in range(review.model.rowCount())]


def current(review: ImportReview) -> str:
    return str(review.list.currentIndex().data())


def entry_of(library: Library, place: int, listing_id: int = 1) -> int:
    """The paper of a row, by its place on the page."""
    rows = sorted(library.listings.rows(listing_id), key=lambda row: row.position)
    entry_id = rows[place].entry_id
    assert entry_id is not None
    return entry_id
