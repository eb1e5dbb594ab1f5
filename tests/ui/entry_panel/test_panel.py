"""What the panel shows of none, one and several papers, and what is organised there."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.model.entry import Entry
from refman.ui.entry_panel.panel import EntryPanel
from refman.ui.jobs import Jobs
from tests.library.making import prose
from tests.ui.waiting import finish

Show = Callable[..., None]
Settle = Callable[[], None]


def test_top_of_the_page(panel: EntryPanel, show: Show, ids: list[int]) -> None:
    show(ids[0])
    assert panel.heading.facts.text() == "2022-05 · Reading"
    assert panel.heading.link_names == ["DOI"]
    show(ids[1])
    assert panel.heading.link_names == ["Search the web for the title"]


def test_tags(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    panel.edit_tags()
    qtbot.keyClicks(panel.organise.tags.field, "to  discuss")
    qtbot.keyClick(panel.organise.tags.field, Qt.Key.Key_Return)
    settle()
    assert panel.organise.tags.texts == ["to discuss"]
    panel.organise.tags.removed.emit("to discuss")
    settle()
    assert panel.organise.tags.texts == []
    assert empty_library.entries.get(ids[0]).tags == ()


def test_status_rating_and_collections(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    box = panel.organise.status
    box.setCurrentIndex(box.findData("reading"))
    box.activated.emit(box.currentIndex())
    qtbot.keyClick(panel.organise.rating, Qt.Key.Key_4)
    panel.organise.held.added.emit("Thesis/Chapter 2")
    settle()
    details = empty_library.entries.get(ids[0])
    assert (details.status, details.rating) == ("reading", 4)
    assert [name for _number, name in details.collections] == ["Chapter 2"]
    panel.organise.held.removed.emit("Chapter 2")
    settle()
    assert empty_library.entries.get(ids[0]).collections == ()


def test_several_papers(
    panel: EntryPanel, show: Show, settle: Settle, empty_library: Library, ids: list[int]
) -> None:
    empty_library.tags.add("old", [ids[0]])
    show(*ids)
    page = panel.selection
    assert page.heading.text() == "2 papers selected"
    assert page.tags.texts == ["old"]
    page.tags.added.emit("new")
    page.status.setCurrentIndex(page.status.findData("read"))
    page.status.activated.emit(0)
    page.held.added.emit("Box")
    settle()
    found = [empty_library.entries.get(entry_id) for entry_id in ids]
    assert [[tag.name for tag in one.tags] for one in found] == [["new", "old"], ["new"]]
    assert [one.status for one in found] == ["read", "read"]
    assert [one.collections[0][1] for one in found] == ["Box", "Box"]


def test_more_papers_than_can_be_merged_at_once_offer_no_merge(
    panel: EntryPanel, show: Show, empty_library: Library, ids: list[int]
) -> None:
    offered = []
    for count in (2, 13):
        while len(ids) < count:
            ids.extend(empty_library.entries.add(Entry(title="One More")).entries)
        show(*ids[:count])
        offered.append(panel.selection._merge.isVisible())
    assert offered == [True, False]


def test_trashed_paper_is_restored(
    qtbot: QtBot, panel: EntryPanel, show: Show, settle: Settle, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    empty_library.entries.trash([ids[0]])
    show(ids[0])
    assert panel.notices.trash.isVisible()
    panel.notices.trash.acted.emit()
    settle()
    assert empty_library.entries.get(ids[0]).trashed is None
    assert not panel.notices.trash.isVisible()


def test_paper_that_is_gone(
    panel: EntryPanel, show: Show, settle: Settle, jobs: Jobs, empty_library: Library,
    ids: list[int],
) -> None:  # fmt: skip
    show(ids[0])
    empty_library.entries.trash([ids[0]])
    jobs.write("", empty_library.entries.empty_trash)
    settle()
    assert panel.shown_id is None


def test_bibtex_is_shown_and_copied(
    panel: EntryPanel, show: Show, settle: Settle, empty_library: Library, ids: list[int]
) -> None:
    show(ids[0])
    shown = panel.bibtex.text
    assert shown.startswith("@article{lovelace2022marking,")
    panel.bibtex.copy_text()
    settle()
    assert QGuiApplication.clipboard().text().strip() == shown


def test_key_is_copied(
    panel: EntryPanel, show: Show, settle: Settle, empty_library: Library, ids: list[int]
) -> None:
    show(ids[0])
    panel.heading.copy_key()
    settle()
    assert QGuiApplication.clipboard().text() == "lovelace2022marking"


def test_attachments(
    panel: EntryPanel, show: Show, settle: Settle, empty_library: Library, ids: list[int],
    tmp_path: Path,
) -> None:  # fmt: skip
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.4")
    show(ids[0])
    panel.attachments.attach([str(file), "https://example.org/code"])
    settle()
    file.unlink()
    show(ids[1])
    show(ids[0])
    rows = [row for row in panel.attachments.rows if row.isVisible()]
    assert [(row.name, row.is_missing) for row in rows] == [
        ("paper.pdf", True),
        ("https://example.org/code", False),
    ]
    rows[0].removal_wanted.emit(empty_library.attachments.of(ids[0])[0].id)
    settle()
    assert [one.url for one in empty_library.attachments.of(ids[0])] == ["https://example.org/code"]


def test_sources_say_what_a_page_gave(panel: EntryPanel, show: Show, library: Library) -> None:
    found = library.search.ids(sort="title", descending=False)
    show(found[0])
    card = panel.sources.cards[0]
    assert card.isVisible()
    assert card.name == "reading-list.txt"
    assert "Title" in card.gave


def test_sources_tell_the_score_and_category_of_every_page(
    panel: EntryPanel, show: Show, empty_library: Library
) -> None:
    for day, meta in ((1, "77.5AIJun 2, 2024"), (2, "71.5MLJun 2, 2024")):
        page = f"{meta}\nZebra Stripes\n\nGrace Hopper\n\n{prose(3)}\n"
        empty_library.importing.run(Source.from_text(page, f"{day}.txt", date(2026, 12, day)))
    show(1)
    said = [card.said for card in panel.sources.cards if card.isVisible()]
    assert said == ["stat.ML · 2024-06-02 · score 71.5", "cs.AI · 2024-06-02 · score 77.5"]


def test_read_only_library_cannot_be_edited(
    qtbot: QtBot, empty_library: Library, ids: list[int]
) -> None:
    library = Library.open(empty_library.path, read_only=True)
    jobs = Jobs(library)
    panel = EntryPanel(library, jobs)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_entries([ids[0]])
    qtbot.waitUntil(lambda: panel.shown_id == ids[0])
    assert panel.heading.title.isReadOnly()
    assert not panel.organise.status.isEnabled()
    assert not panel.organise.tags.field.isVisible()
    assert all(row.line.isReadOnly() for row in panel.details.rows if row.isVisible())
    finish(qtbot, jobs)
    jobs.close()
    library.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape], ids=["Enter", "Esc"])
@pytest.mark.parametrize(
    ("part", "then"),
    [
        pytest.param("title", "Authors: Ada Lovelace, UNESCO and others", id="title"),
        pytest.param("abstract", "Abstract", id="abstract"),
        pytest.param("no abstract", "Abstract", id="no abstract"),
        pytest.param("note", "Write a note", id="note"),
    ],
)
def test_the_keyboard_stays_in_the_panel_when_an_edit_ends(
    qtbot: QtBot,
    panel: EntryPanel,
    show: Show,
    settle: Settle,
    empty_library: Library,
    ids: list[int],
    part: str,
    then: str,
    key: Qt.Key,
) -> None:
    if part == "no abstract":
        empty_library.entries.edit(ids[0], {"abstract": ""})
    show(ids[0])
    if part == "title":
        panel.edit_title()
    elif part == "note":
        panel.write_note()
    else:
        panel.abstract.edit_text()
    field = QApplication.focusWidget()
    assert field
    if "abstract" in part and key == Qt.Key.Key_Return:
        qtbot.keyClicks(field, "Typed.")
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(field, key, control if part != "title" else Qt.KeyboardModifier.NoModifier)
    settle()
    focused = QApplication.focusWidget()
    assert focused
    if part == "no abstract" and key == Qt.Key.Key_Escape:
        then = "Add an abstract"
    assert then in (focused.accessibleName(), getattr(focused, "text", str)())


def test_tab_goes_down_the_page(
    qtbot: QtBot, panel: EntryPanel, show: Show, empty_library: Library, ids: list[int]
) -> None:
    empty_library.tags.add("one", [ids[0]])
    empty_library.annotations.add_note(ids[0], "a note")
    show(ids[0])
    panel.edit_title()
    met = []
    for _ in range(13):
        focused = QApplication.focusWidget()
        assert focused is not None
        met.append(focused.accessibleName() or focused.property("text"))
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert met == [
        "Title",
        "Authors: Ada Lovelace, UNESCO and others",
        "Copy the citation key",
        "Open DOI in the browser",
        "Reading status",
        "Rating: none",
        "one",
        "Add tag",
        "Add to collection",
        "Abstract",
        "Edit the text of the abstract",
        "Abstract",
        "Notes",
    ]
