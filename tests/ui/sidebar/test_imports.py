"""The imports in the sidebar: their lines, their folding, their menu, and what is not shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from refman.formats.format import Header
from refman.library import Counts, Library, Listing, Scope, Source
from refman.ui import import_wording
from refman.ui.imports.all_imports import AllImportsDialog
from refman.ui.main_window import MainWindow
from refman.ui.moments import moment
from refman.ui.sidebar import nodes
from refman.ui.sidebar.menu import Callbacks, node_menu
from refman.ui.sidebar.nodes import Node
from refman.ui.sidebar.pages import pages_of
from refman.ui.sidebar.verbs import SidebarVerbs
from tests.ui.conftest import DAY, SAMPLE, settle


def listing(number: int, **values: Any) -> Listing:
    """An import of a page of its own, unless `values` say otherwise."""
    made = Listing(
        id=number,
        name=f"page{number}.txt",
        format="profile",
        path=f"/x/page{number}.txt",
        imported=f"2026-06-{number % 28 + 1:02}T10:00:00Z",
        as_of="2026-06-01",
        header=Header(),
        counts={"added": 3},
        count=3,
        source_sha256=str(number),
    )
    return replace(made, **values)


def listings_of(*imports: Listing, shown: int = 0) -> Node:
    counts = Counts(all=0, by_status={}, attention=0, trash=0)
    root = nodes.build(counts, [], imports, [], shown=shown)
    return next(node for node in root.children if node.section == nodes.LISTINGS)


EXTRA = """
80.1LGJul 3, 2026
A Quiet Paper About Reading Lists

Grace Hopper, Ada Lovelace

We follow twelve readers for a year and count how often a list is read from its end.
"""
ADA = Header(name="Ada Lovelace", subject="LG")


@pytest.mark.parametrize(
    ("imports", "pages"),
    [
        pytest.param([listing(2), listing(1)], [[2], [1]], id="pages of their own"),
        pytest.param([listing(2, path="/x"), listing(1, path="/x")], [[2, 1]], id="a file"),
        pytest.param([listing(2, path=""), listing(1, path="")], [[2], [1]], id="pasted"),
        pytest.param([listing(2, header=ADA), listing(1, header=ADA)], [[2, 1]], id="a profile"),
        pytest.param([listing(2, header=ADA), listing(1, header=replace(ADA, subject="AI"))],
                     [[2], [1]], id="another subject"),
        pytest.param([listing(2, source_sha256="1"), listing(1)], [[2, 1]], id="a text"),
        pytest.param([listing(2, path="/x"), listing(1, path="/x", format="ris")], [[2], [1]],
                     id="another format"),
        pytest.param([listing(4), listing(3, header=ADA, path="/x"), listing(2, path="/x"),
                      listing(1, header=ADA)], [[4], [3, 2, 1]], id="one that is both"),
        pytest.param([listing(3, header=ADA), listing(2, path="/x"),
                      listing(1, header=ADA, path="/x")], [[3, 2, 1]], id="joined by the last"),
        pytest.param([listing(2, path="/x", taken_back="2026-06-09T10:00:00Z"),
                      listing(1, path="/x")], [[1, 2]], id="taken back comes last"),
    ],
)  # fmt: skip
def test_imports_of_the_same_page_stand_together(
    imports: list[Listing], pages: list[list[int]]
) -> None:
    assert [[each.id for each in page] for page in pages_of(imports)] == pages


def test_earlier_imports_are_under_the_newest_of_their_page() -> None:
    same = {"header": ADA, "imported": "2026-06-02T10:00:00Z"}
    section = listings_of(
        listing(4, header=ADA, imported="2026-06-09T10:00:00Z", doubtful=2),
        listing(3),
        listing(2, **same),
        listing(1, header=ADA, imported="2026-05-02T10:00:00Z", taken_back="2026-06-01T10:00:00Z"),
    )
    first, second = section.children
    assert (first.label, first.note, first.earlier) == (
        "Ada Lovelace",
        "2 to look at · 9 Jun 2026",
        2,
    )
    assert [(child.label, child.note, child.dim) for child in first.children] == [
        ("2 Jun 2026", "", False),
        ("2 May 2026", "taken back", True),
    ]
    assert (second.label, second.children) == ("page3.txt", [])


def clock(stamp: str) -> str:
    """The time of day as it is shown here."""
    return moment(stamp).split(", ")[1]


def test_imports_of_one_name_and_day_are_told_apart() -> None:
    early, late, other = (f"2026-06-{day}" for day in ("09T10:00:00Z", "09T10:07:00Z", "11T10:00Z"))
    ai = replace(ADA, subject="AI")
    section = listings_of(
        listing(5, header=ADA, imported=other),
        listing(4, header=ai, imported=late, doubtful=1, name="b.txt", path="/x/b.txt"),
        listing(3, header=ai, imported=early, name="b.txt", path="/x/b.txt"),
        listing(2, header=Header(), imported=late, name="c.txt", path="/x/c.txt"),
        listing(1, header=Header(), imported=late, name="c.txt", path="/y/c.txt"),
    )
    first, second, third, fourth = section.children
    assert (first.label, first.note) == ("Ada Lovelace", "11 Jun 2026")
    assert (second.label, second.note, second.file) == (
        "Ada Lovelace",
        f"1 to look at · 9 Jun, {clock(late)}",
        "b.txt",
    )
    assert [(child.label, child.note, child.file) for child in second.children] == [
        (f"9 Jun, {clock(early)}", "", "b.txt")
    ]
    assert [(node.label, node.note, node.file) for node in (third, fourth)] == [
        ("c.txt", f"9 Jun, {clock(late)}", "x/c.txt"),
        ("c.txt", f"9 Jun, {clock(late)}", "y/c.txt"),
    ]


def test_of_many_pages_the_newest_are_shown_and_the_chosen_one() -> None:
    imports = [listing(number) for number in range(300, 0, -1)]
    section = listings_of(*imports, shown=7)
    assert [node.id for node in section.children[:-1]] == [*range(300, 288, -1), 7]
    assert section.children[-1].label == "Show all imports … (300)"
    assert len(section.children[-1].others) == 288


def test_the_tool_tip_says_everything() -> None:
    header = replace(ADA, h_index=67, papers=210, citations=99_704, novelty=51, ai_score=63)
    made = listing(1, header=header, counts={"added": 43, "merged": 7}, doubtful=2)
    assert import_wording.tool_tip(made, 1).splitlines() == [
        "Ada Lovelace",
        f"Imported {moment(made.imported)}, as of 1 Jun 2026",
        "From /x/page1.txt (Author profile page)",
        "LG · h-index 67 · 210 papers · 99,704 citations · novelty 51% · AI score 63",
        "50 rows: 43 added, 7 merged, 2 to look at",
        "1 earlier import of this page",
    ]


def test_one_that_was_taken_back_says_so() -> None:
    made = listing(1, taken_back="2026-06-09T10:00:00Z", doubtful=2)
    (node,) = listings_of(made).children
    assert (node.dim, node.note) == (True, "taken back · 2 Jun 2026")
    assert import_wording.tool_tip(made).splitlines()[-1].startswith("Taken back 9 Jun 2026")


def test_its_menu(qtbot: QtBot, library: Library, make_window: Callable[..., MainWindow]) -> None:
    window = make_window(library)
    wanted: list[tuple[str, int]] = []
    do = Callbacks(
        edit=lambda: None,
        new_collection=lambda _parent: None,
        listing=lambda name, listing_id: wanted.append((name, listing_id)),
        all_imports=lambda: None,
    )
    node = window.sidebar.nodes.node(window.sidebar.nodes.find("l:1"))
    verbs = SidebarVerbs(library, window.jobs)
    menu = node_menu(window, node, verbs, do, read_only=False)
    assert menu
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == [text for _name, _icon, text in import_wording.ACTIONS] + ["All imports …"]
    for action in menu.actions():
        action.trigger()
    assert wanted == [(name, 1) for name, _icon, _text in import_wording.ACTIONS]
    protected = node_menu(window, node, verbs, do, read_only=True)
    assert protected
    assert len(protected.actions()) == len(menu.actions()) - len(import_wording.WRITING)


def test_earlier_imports_are_folded_until_somebody_opens_them(
    qtbot: QtBot, library: Library, make_window: Callable[..., MainWindow]
) -> None:
    text = SAMPLE.read_text(encoding="utf-8") + EXTRA
    library.importing.run(Source.from_text(text, "again", DAY))
    window = make_window(library)
    sidebar = window.sidebar
    newest, first = (f"l:{each.id}" for each in library.listings.list())
    assert not sidebar.isExpanded(sidebar.nodes.find(newest))
    sidebar.setCurrentIndex(sidebar.nodes.find(newest))
    sidebar.setFocus()
    qtbot.keyClick(sidebar, Qt.Key.Key_Right)
    assert sidebar.isExpanded(sidebar.nodes.find(newest))
    window.jobs.write("Tag", lambda: library.tags.add("new", library.search.ids()[:1]))
    settle(qtbot, window)
    assert sidebar.isExpanded(sidebar.nodes.find(newest))
    qtbot.keyClick(sidebar, Qt.Key.Key_Left)
    sidebar.choose(Scope("listing", int(first[2:])))
    settle(qtbot, window)
    assert sidebar.isExpanded(sidebar.nodes.find(newest))  # to show what is chosen


def test_an_import_that_is_not_listed_can_be_chosen(
    qtbot: QtBot,
    library: Library,
    make_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nodes, "PAGES", 1)
    bib = "@misc{x, title = {Ex}, year = {2000}}\n"
    library.importing.run(Source.from_text(bib, "x.bib", DAY))
    window = make_window(library)
    sidebar = window.sidebar
    assert not sidebar.nodes.find("l:1").isValid()
    assert sidebar.names("listing") == ["x.bib", "Robin Marlowe"]
    sidebar.choose(Scope("listing", 1))
    settle(qtbot, window)
    node = sidebar.current_node()
    assert node
    assert (node.id, window.pane.scope, window.strip.isVisible()) == (1, Scope("listing", 1), True)


def test_the_last_line_leads_to_all_imports(
    qtbot: QtBot,
    library: Library,
    make_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nodes, "PAGES", 0)
    window = make_window(library)
    sidebar = window.sidebar
    index = sidebar.nodes.find(nodes.ALL_IMPORTS)
    sidebar.setCurrentIndex(index)
    sidebar.setFocus()
    qtbot.keyClick(sidebar, Qt.Key.Key_Return)
    settle(qtbot, window)
    (dialog,) = window.findChildren(AllImportsDialog)
    dialog.close()
    settle(qtbot, window)
    place = sidebar.visualRect(sidebar.nodes.find(nodes.ALL_IMPORTS)).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, window)
    assert any(each.isVisible() for each in window.findChildren(AllImportsDialog))
