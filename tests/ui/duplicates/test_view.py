"""The duplicates by keys and mouse: the list, the comparison, and what is decided."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.entry import Entry
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.jobs import Jobs
from tests.ui.duplicates.conftest import ANN, settled

Key = Qt.Key
STUDY, SORTING, SEEDS = (
    "A study of long lists",
    "Sorting Lists of Lists in a Short Time",
    "On Seeds and How They Are Sown in Rows",
)

ALL = [STUDY, SORTING, SEEDS]


def titles(view: DuplicatesView) -> list[str]:
    """The list from top to bottom."""
    model = view.list.clusters
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def current(view: DuplicatesView) -> str:
    return view.current.title if view.current else ""


def rows(view: DuplicatesView) -> dict[str, list[str]]:
    """The comparison by the names of its rows; a `✓` where a value is taken."""
    model = view.page.table.model
    return {
        str(model.headerData(row, Qt.Orientation.Vertical)): [
            ("✓ " if model.index(row, column).data(Qt.ItemDataRole.UserRole + 1) else "")
            + str(model.index(row, column).data()).partition("\n")[0]
            for column in range(model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def cell(view: DuplicatesView, name: str, column: int) -> QModelIndex:
    return view.page.table.model.index(list(rows(view)).index(name), column)


def click(qtbot: QtBot, view: DuplicatesView, name: str, column: int) -> None:
    """Click on a value."""
    values = view.page.table.view
    index = cell(view, name, column)
    values.scrollTo(index)
    place = values.visualRect(index).center()
    qtbot.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=place)


def choose(qtbot: QtBot, view: DuplicatesView, title: str) -> None:
    """Stand on a group, and wait for its papers."""
    view.list.select(titles(view).index(title))
    settled(qtbot, view)
    assert view.ready


def keys(library: Library) -> list[str]:
    """The citation keys of all papers."""
    return sorted(library.entries.get(each).entry.citation_key for each in library.search.ids())


ALL_KEYS = [
    "berg2019lists", "berg2019study", "berg2022nothing", "seeds1", "seeds2", "seeds3",
    "sorted2020", "sorting2020",
]  # fmt: skip


# --- 1: the list ------------------------------------------------------------------------------


def test_certain_first_with_tier_and_reasons_in_words(view: DuplicatesView) -> None:
    assert titles(view) == ALL
    model = view.list.clusters
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"{STUDY}. Certain · 2 papers · The same DOI: 10.1000/1"
    assert view.head.summary.whole == "8 papers looked at · 3 groups: 1 certain, 2 likely"
    assert (view.page.tier.text(), view.page.reasons.text()) == (
        "Certain",
        "The same DOI: 10.1000/1",
    )
    assert [button.text() for button in view.filters.tiers.values()] == [
        "1 certain",
        "2 likely",
        "0 possible",
    ]


def test_filters(qtbot: QtBot, view: DuplicatesView) -> None:
    certain, likely, _possible = view.filters.tiers.values()
    qtbot.mouseClick(certain, Qt.MouseButton.LeftButton)
    settled(qtbot, view)
    assert titles(view) == [SORTING, SEEDS]
    assert view.head.summary.whole == "8 papers looked at · 2 of 3 groups shown"
    qtbot.mouseClick(likely, Qt.MouseButton.LeftButton)
    settled(qtbot, view)
    assert view.empty.heading == "No such duplicates"
    view.filters.clear()
    settled(qtbot, view)
    assert titles(view) == ALL


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        pytest.param("sorting short", [SORTING], id="words of a title"),
        pytest.param("same doi", [STUDY], id="words of a reason"),
        pytest.param("author:park year:2021", [SEEDS], id="a search"),
        pytest.param("key:sorting", [SORTING], id="a key"),
    ],
)
def test_search(qtbot: QtBot, view: DuplicatesView, typed: str, expected: list[str]) -> None:
    qtbot.keyClick(view.list, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.filters.search.hasFocus()
    qtbot.keyClicks(view.filters.search, typed)
    settled(qtbot, view)
    assert titles(view) == expected
    qtbot.keyClick(view.filters.search, Key.Key_Escape)
    settled(qtbot, view)
    assert titles(view) == ALL


def test_letters_typed_in_the_list_search(qtbot: QtBot, view: DuplicatesView) -> None:
    qtbot.keyClicks(view.list, "s")
    qtbot.keyClicks(view.filters.search, "eeds")
    settled(qtbot, view)
    assert titles(view) == [SEEDS]


# --- 2: side by side --------------------------------------------------------------------------


def test_side_by_side(qtbot: QtBot, view: DuplicatesView) -> None:
    assert rows(view) == {
        "Stays": ["✓ berg2019lists", "berg2019study", "berg2019lists"],
        "Comes along": ["1 tag", "", "1 tag"],
        "≠ Title": ["✓ A study of long lists", "A Study of Long Lists", "A study of long lists"],
        "≠ Authors": ["✓ Ann Berg, Kim Park", "Ann Berg", "Ann Berg, Kim Park"],
        "≠ Date": ["✓ 2019-05", "2019", "2019-05"],
        "≠ Journal": ["✓ Journal of Lists", "", "Journal of Lists"],
    }
    assert view.page.table.equal.text() == "2 fields are the same in all"
    qtbot.mouseClick(view.page.table.equal, Qt.MouseButton.LeftButton)
    assert list(rows(view).items())[6:] == [
        ("= Type", ["Paper or other work"] * 3),
        ("= DOI", ["10.1000/1", "10.1000/1", "10.1000/1"]),
    ]


def test_differences_are_marked_and_spoken(view: DuplicatesView) -> None:
    index = cell(view, "≠ Authors", 1)
    assert "line-through" in index.data(Qt.ItemDataRole.UserRole)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ann Berg, lacking here: , Kim Park"
    taken = cell(view, "≠ Authors", 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert taken == "Ann Berg, Kim Park, taken"


def test_a_value_is_taken_by_click_and_by_key(
    qtbot: QtBot, view: DuplicatesView, same_library: Library
) -> None:
    click(qtbot, view, "≠ Title", 1)
    assert rows(view)["≠ Title"] == [
        "A study of long lists",
        "✓ A Study of Long Lists",
        "A Study of Long Lists",
    ]
    qtbot.keyClick(view.list, Key.Key_Return)
    assert view.page.table.view.hasFocus()
    view.page.table.view.setCurrentIndex(cell(view, "≠ Authors", 0))
    qtbot.keyClick(view.page.table.view, Key.Key_Right)
    qtbot.keyClick(view.page.table.view, Key.Key_Space)
    assert rows(view)["≠ Authors"] == ["Ann Berg, Kim Park", "✓ Ann Berg", "Ann Berg"]
    view.merge()
    settled(qtbot, view)
    (entry_id,) = same_library.search.ids("key:berg2019lists")
    assert same_library.entries.get(entry_id).entry == Entry(
        citation_key="berg2019lists",
        title="A Study of Long Lists",
        creators=(ANN,),
        date="2019-05",
        fields={"doi": "10.1000/1", "journaltitle": "Journal of Lists"},
        keywords=("old",),
    )


def test_another_paper_stays(qtbot: QtBot, view: DuplicatesView, same_library: Library) -> None:
    click(qtbot, view, "≠ Date", 1)
    click(qtbot, view, "Stays", 1)
    settled(qtbot, view)
    assert rows(view)["Stays"] == ["berg2019lists", "✓ berg2019study", "berg2019study"]
    assert rows(view)["≠ Date"] == ["2019-05", "✓ 2019", "2019"]  # what was chosen stands
    view.merge()
    settled(qtbot, view)
    assert "berg2019lists" not in keys(same_library)
    assert same_library.entries.find("berg2019lists") == same_library.entries.find("berg2019study")


def test_all_values_of_a_paper(view: DuplicatesView) -> None:
    view.page.table.take_all(1)
    assert [row[-1] for row in list(rows(view).values())[2:]] == [
        "A Study of Long Lists",
        "Ann Berg",
        "2019",
        "Journal of Lists",  # which it lacks
    ]


def test_a_preprint_and_its_published_version(
    qtbot: QtBot, view: DuplicatesView, same_library: Library
) -> None:
    assert view.page._preprint_box.isHidden()
    choose(qtbot, view, SORTING)
    assert not view.page._preprint_box.isHidden()
    model = view.page.table.model
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(3)]
    assert heads == ["Paper 1 · published", "Paper 2 · preprint", "Outcome"]
    assert rows(view)["≠ Book or proceedings"][2] == "Proceedings of the Meeting on Lists"
    assert rows(view)["≠ arXiv or other archive id"][2] == "2001.00001"
    view.merge()
    settled(qtbot, view)
    (entry_id,) = same_library.search.ids("key:sorted2020")
    merged = same_library.entries.get(entry_id).entry
    assert (merged.fields["eprint"], merged.entry_type) == ("2001.00001", "inproceedings")


# --- 3: what is decided -----------------------------------------------------------------------


def test_merge_shows_the_next_at_once_and_undo_brings_it_back(
    qtbot: QtBot, view: DuplicatesView, same_library: Library, jobs: Jobs
) -> None:
    qtbot.mouseClick(view.page.merge, Qt.MouseButton.LeftButton)
    assert (current(view), titles(view)) == (SORTING, [SORTING, SEEDS])  # before it is written
    settled(qtbot, view)
    assert "berg2019study" not in keys(same_library)
    assert view.head.summary.whole == "7 papers looked at · 2 groups: 2 likely"
    jobs.write("Undo", same_library.history.undo)
    settled(qtbot, view)
    assert [title.lower() for title in titles(view)] == [title.lower() for title in ALL]
    assert current(view) == titles(view)[0]
    assert keys(same_library) == ALL_KEYS


def test_not_the_same_is_remembered(
    qtbot: QtBot, view: DuplicatesView, same_library: Library, jobs: Jobs
) -> None:
    choose(qtbot, view, SORTING)
    qtbot.mouseClick(view.page.not_same, Qt.MouseButton.LeftButton)
    settled(qtbot, view)
    assert (current(view), titles(view)) == (SEEDS, [STUDY, SEEDS])
    jobs.write("Undo", same_library.history.undo)
    settled(qtbot, view)
    assert (current(view), titles(view)) == (SORTING, ALL)
    view.keep_apart()
    settled(qtbot, view)
    view.look_at_all()
    settled(qtbot, view)
    assert titles(view) == [STUDY, SEEDS]
    assert keys(same_library) == ALL_KEYS


def test_one_of_three_is_not_the_same(
    qtbot: QtBot, view: DuplicatesView, same_library: Library
) -> None:
    assert view.page.take_out.isHidden()
    choose(qtbot, view, SEEDS)
    assert not view.page.take_out.isHidden()
    assert view.page.not_same.text() == "None is the same"
    view.page.take_out.menu().aboutToShow.emit()
    texts = [action.text() for action in view.page.take_out.menu().actions()]
    place = next(i for i, text in enumerate(texts) if "seeds3" in text)
    assert texts[place] == f"Paper {place + 1}: seeds3 · On Seeds and How They Were Sown in Rows"
    view.page.take_out.menu().actions()[place].trigger()
    settled(qtbot, view)
    assert current(view) == SEEDS
    assert sorted(rows(view)["Stays"][:2]) == ["seeds2", "✓ seeds1"]
    assert view.page.take_out.isHidden()
    view.merge()
    settled(qtbot, view)
    assert [key for key in keys(same_library) if "seeds" in key] == ["seeds1", "seeds3"]


def test_the_paper_of_the_cursor_is_not_the_same(qtbot: QtBot, view: DuplicatesView) -> None:
    choose(qtbot, view, SEEDS)
    stays = rows(view)["Stays"]
    place = next(i for i, text in enumerate(stays) if "seeds2" in text)
    view.page.table.view.setCurrentIndex(cell(view, "Stays", place))
    view.take_out()
    settled(qtbot, view)
    assert sorted(rows(view)["Stays"][:2]) == ["seeds3", "✓ seeds1"]


def test_next_and_previous(qtbot: QtBot, view: DuplicatesView) -> None:
    said: list[str] = []
    view.message.connect(said.append)
    qtbot.mouseClick(view.page.skip, Qt.MouseButton.LeftButton)
    assert current(view) == SORTING
    view.step(1)
    view.step(1)
    assert (current(view), said) == (SEEDS, ["This is the last group."])
    qtbot.mouseClick(view.page.previous, Qt.MouseButton.LeftButton)
    assert current(view) == SORTING


def test_nothing_is_decided_before_the_papers_are_seen(
    view: DuplicatesView, same_library: Library
) -> None:
    view.step(1)
    assert not view.ready
    view.merge()
    view.keep_apart()
    assert keys(same_library) == ALL_KEYS
    assert titles(view) == ALL


def test_all_certain_in_one_step(qtbot: QtBot, view: DuplicatesView, same_library: Library) -> None:
    assert view.head.merge_certain.text() == "Merge all certain (1) …"
    told: list[str] = []
    view.merge_certain(lambda changes: told.append(changes.message))
    assert titles(view) == [SORTING, SEEDS]
    settled(qtbot, view)
    assert len(told) == 1
    assert view.head.merge_certain.isHidden()
    assert same_library.history.undo_label == "Merge certain duplicates"


def test_the_last_one_decided(qtbot: QtBot, view: DuplicatesView, jobs: Jobs) -> None:
    view.page.merge.setFocus()
    for _step in range(3):
        view.keep_apart()
        settled(qtbot, view)
    assert view.empty.heading == "No duplicates"
    assert QApplication.focusWidget() in (None, view.head.back)


# --- 4: looking -------------------------------------------------------------------------------


def test_only_what_is_new_is_looked_at(
    qtbot: QtBot, view: DuplicatesView, same_library: Library, jobs: Jobs
) -> None:
    assert same_library.duplicates.unscanned() == 0
    copy = Entry(title="Nothing like Any of the Others", creators=(ANN,), date="2022")
    jobs.write("Add", lambda: same_library.entries.add(copy))
    settled(qtbot, view)
    assert same_library.duplicates.unscanned() == 0
    assert len(titles(view)) == 4
    assert current(view) == STUDY  # it stays where it stood


def test_nothing_found(qtbot: QtBot, view: DuplicatesView, same_library: Library) -> None:
    ids = same_library.search.ids()
    view._jobs.write("Trash", lambda: same_library.entries.trash(ids))
    settled(qtbot, view)
    assert view.empty.heading == "No papers"
    view._jobs.write("Restore", lambda: same_library.entries.restore(ids[:1]))
    settled(qtbot, view)
    assert (view.empty.heading, view.empty._text.text()) == (
        "No duplicates",
        "1 paper was looked at.",
    )


def test_stopped_and_gone_on(qtbot: QtBot, same_library: Library, jobs: Jobs) -> None:
    view = DuplicatesView(same_library, jobs)
    qtbot.addWidget(view)
    view.scanning.moved_on.connect(jobs.cancel_all)  # as soon as it begins
    view.show()
    qtbot.waitUntil(lambda: view.scanning.stopped and not jobs.busy)
    assert view.empty.heading == "Stopped"
    assert view.head.summary.whole == "Stopped · 0 of 8 papers looked at"
    view.scanning.moved_on.disconnect(jobs.cancel_all)
    view.look_at_new()
    settled(qtbot, view)
    assert titles(view) == ALL


def test_a_library_that_can_only_be_read(
    qtbot: QtBot, view: DuplicatesView, same_library: Library
) -> None:
    path = same_library.path
    library = Library.open(path, read_only=True)
    jobs = Jobs(library)
    view = DuplicatesView(library, jobs)
    qtbot.addWidget(view)
    view.show()
    settled(qtbot, view)
    assert titles(view) == ALL
    page = view.page
    assert all(each.isHidden() for each in (page.merge, page.not_same, view.head.merge_certain))
    click(qtbot, view, "≠ Title", 1)
    assert rows(view)["≠ Title"][0].startswith("✓")
    jobs.close()
    library.close()


# --- 7: keyboard and looks --------------------------------------------------------------------


def test_tab_goes_through_the_view(view: DuplicatesView) -> None:
    order: list[QWidget] = []
    widget: QWidget | None = view.head.back
    while widget is not None and widget not in order[:1]:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(view):
            order.append(widget)
        widget = widget.nextInFocusChain()
    names = [w.accessibleName() or getattr(w, "text", str)() for w in order]
    wanted = ["Back", "Merge all certain (1) …", "Look again", "Help on duplicates",
              "Search duplicates", "1 certain", "2 likely", "0 possible", "Groups of duplicates",
              "The papers, field by field", "2 fields are the same in all", "Long texts whole",
              "Merge", "Not the same", "Previous", "Skip"]  # fmt: skip
    assert [name for name in names if name in wanted] == wanted


def test_narrow_windows_have_the_list_above(qtbot: QtBot, view: DuplicatesView) -> None:
    view.resize(430, 600)
    qtbot.wait(0)
    assert view._splitter.orientation() == Qt.Orientation.Vertical
    assert view.page.table.view.isVisible()
    view.resize(1100, 700)
    assert view._splitter.orientation() == Qt.Orientation.Horizontal


def test_every_control_has_a_name_and_a_tip(view: DuplicatesView) -> None:
    view.page.set_tips({"duplicates-merge": "Ctrl+Return"})
    page = view.page
    assert page.merge.toolTip() == (
        "Make one paper of these, as the outcome shows, and go on to the next (Ctrl+Return)"
    )
    for control in (page.not_same, page.skip, page.previous, page.take_out, page.table.equal,
                    page.table.whole, view.head.back, view.head.look, view.head.merge_certain,
                    view.filters.search, *view.filters.tiers.values()):  # fmt: skip
        assert control.toolTip()
        assert control.accessibleName() or control.text()  # type: ignore[attr-defined]
