"""The table's model: what it holds, what it fetches, and Qt's own demands on a model."""

from array import array
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from refman.library import Library, TableRow
from refman.library.columns import COLUMNS
from refman.ui.entry_table.model import PAGE, EntryTableModel
from refman.ui.entry_table.view import EntryTable
from refman.ui.widgets.mime import ENTRIES, entries_in

NAMES = [column.name for column in COLUMNS]
TITLE = NAMES.index("title")


def test_qt_finds_nothing_wrong(qtmodeltester: ModelTester, library: Library) -> None:
    model = EntryTableModel(library.search.rows)
    model.show(library.search.ids())
    qtmodeltester.check(model)


def test_only_pages_that_are_looked_at_are_fetched(qtbot: QtBot) -> None:
    fetched: list[tuple[int, int]] = []

    def fetch(ids: Sequence[int]) -> list[TableRow]:
        fetched.append((ids[0], len(ids)))
        return []

    model = EntryTableModel(fetch)
    model.show(array("q", range(100_000)))
    for row in (0, 1, PAGE - 1, PAGE, 99_999, 0):
        model.row(row)
    last = 99_999 // PAGE * PAGE
    assert fetched == [(0, PAGE), (PAGE, PAGE), (last, 100_000 - last)]


def test_a_cell_says_what_the_library_says(library: Library) -> None:
    (paper,) = library.search.ids("adam method")
    library.entries.rate([paper], 4)
    model = EntryTableModel(library.search.rows)
    model.show(array("q", [paper]))
    shown = {name: model.index(0, i).data() for i, name in enumerate(NAMES)}
    wanted = {
        "status": "",
        "title": "Adam: A Method for Stochastic Optimization",
        "creators": "Kingma, Ba",
        "year": "2014",
        "category": "cs.LG",
        "code": "",
        "rating": "★★★★",
    }
    assert {name: shown[name] for name in wanted} == wanted


def test_tex_in_a_title_is_shown_as_text(library: Library) -> None:
    (paper,) = library.search.ids("adam method")
    library.entries.edit(paper, {"title": r"Adam in $L_\infty$", "journaltitle": r"G\"odel \& Co"})
    model = EntryTableModel(library.search.rows)
    model.show(array("q", [paper]))
    shown = [model.index(0, NAMES.index(name)).data() for name in ("title", "venue")]
    assert shown == ["Adam in L_∞", "Gödel & Co"]


def test_signs_are_spoken(library: Library) -> None:
    (paper,) = library.search.ids("adam method")
    model = EntryTableModel(library.search.rows)
    model.show(array("q", [paper]))
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = [model.index(0, NAMES.index(name)).data(role) for name in ("status", "rating")]
    assert spoken == ["Inbox", "0 of 5 stars"]


def test_a_paper_that_has_gone_is_an_empty_row(library: Library) -> None:
    model = EntryTableModel(library.search.rows)
    model.show(array("q", [*library.search.ids()[:1], 999_999]))
    assert (model.row(1), model.index(1, TITLE).data()) == (None, None)


class Asked:
    """Notes what other programs ask for."""

    formats = ("text/plain", "text/html")

    def __init__(self) -> None:
        self.asked: list[str] = []

    def text(self, format: str) -> str:
        self.asked.append(format)
        return format.upper()


def test_papers_are_dragged_as_ids_and_as_texts_when_they_are_asked_for(library: Library) -> None:
    ids = library.search.ids("adam")
    asked = Asked()
    model = EntryTableModel(library.search.rows)
    model.texts_of = lambda wanted: asked if wanted == ids else None  # type: ignore[assignment,return-value]
    model.show(ids)
    data = model.mimeData([model.index(0, TITLE)])
    assert (data.formats(), data.hasText(), data.hasHtml(), data.hasUrls(), entries_in(data)) == (
        [ENTRIES, "text/plain", "text/html"], True, True, False, ids,
    )  # fmt: skip
    assert asked.asked == []
    assert (data.html(), data.text(), asked.asked) == (
        "TEXT/HTML", "TEXT/PLAIN", ["text/html", "text/plain"],
    )  # fmt: skip


def test_papers_are_dragged_as_ids_alone(library: Library) -> None:
    ids = library.search.ids("adam")
    data = EntryTableModel(library.search.rows).mime_of(ids)
    assert (data.formats(), data.text(), entries_in(data)) == ([ENTRIES], "", ids)


def test_what_was_selected_stays_selected_in_another_order(qtbot: QtBot, library: Library) -> None:
    table = EntryTable(library.search.rows)
    qtbot.addWidget(table)
    by_title = library.search.ids(sort="title", descending=False)
    table.show_ids(by_title)
    table.selectAll()
    table.show_ids(library.search.ids(sort="title", descending=True))
    assert table.selected_ids() == by_title[::-1]
    table.show_ids(by_title[3:9])
    assert table.selected_ids() == by_title[3:9]


def test_where_the_selected_has_gone_the_next_is_selected(qtbot: QtBot, library: Library) -> None:
    table = EntryTable(library.search.rows)
    qtbot.addWidget(table)
    ids = library.search.ids()
    table.show_ids(ids)
    table.select_id(ids[4])
    table.show_ids(ids[:4] + ids[5:])
    assert list(table.selected_ids()) == [ids[5]]
    table.select_id(ids[-1])
    table.show_ids(ids[:4] + ids[5:-1])
    assert list(table.selected_ids()) == [ids[-2]]


def test_columns_come_back_as_they_were(qtbot: QtBot, library: Library) -> None:
    table = EntryTable(library.search.rows)
    qtbot.addWidget(table)
    wanted = ("status", "year", "title", "venue")
    table.head.restore((*wanted, "no such column"), {"venue": 222})
    assert (table.head.shown_names(), table.head.widths()["venue"]) == (wanted, 222)
    table.head.set_defaults()
    defaults = tuple(column.name for column in COLUMNS if column.default_visible)
    assert table.head.shown_names() == defaults


def test_a_paper_is_selected_whatever_key_is_held(qtbot: QtBot, library: Library) -> None:
    table = EntryTable(library.search.rows)
    qtbot.addWidget(table)
    ids = library.search.ids()
    table.show_ids(ids)
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyPress(table, Qt.Key.Key_Control, control)
    try:
        assert QApplication.keyboardModifiers() == control
        table.select_id(ids[4])
        table.select_id(ids[7])
        assert list(table.selected_ids()) == [ids[7]]
        table.select_row(2)
        assert list(table.selected_ids()) == [ids[2]]
    finally:
        qtbot.keyRelease(table, Qt.Key.Key_Control)
