"""The sidebar: its tree, what may be dropped where, and its names and counts."""

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from refman.library import Library
from refman.ui.sidebar import nodes
from refman.ui.sidebar.model import COLLECTION, SidebarModel
from refman.ui.sidebar.nodes import Node
from refman.ui.widgets.mime import ENTRIES


@pytest.fixture
def model(library: Library) -> SidebarModel:
    library.collections.add_to_path("Thesis/Chapter 2", library.search.ids()[:2])
    model = SidebarModel()
    model.show(nodes.read(library))
    return model


def outline(node: Node) -> list[object]:
    """The labels and counts below `node`."""
    return [
        [f"{child.label} {child.count or ''}".strip(), *outline(child)] for child in node.children
    ]


def test_qt_finds_nothing_wrong(qtmodeltester: ModelTester, model: SidebarModel) -> None:
    qtmodeltester.check(model)


def test_the_tree(model: SidebarModel, library: Library) -> None:
    whole = library.search.counts().all
    waiting = whole - 3
    attention = library.search.counts().attention
    assert outline(model.node(QModelIndex())) == [
        [
            "Library",
            [f"All papers {whole}"],
            [f"Inbox {waiting}"],
            ["To read 3"],
            ["Reading"],
            ["Read"],
            ["Dropped"],
            [f"Needs attention {attention or ''}".strip()],
            ["Duplicates"],
            ["Trash"],
        ],
        ["Collections", ["Thesis", ["Chapter 2 2"]]],
        ["Listings", [f"Robin Marlowe {whole}"]],
        ["Tags", ["forget 3"]],
    ]


def test_an_empty_section_says_what_comes_there(empty_library: Library) -> None:
    root = nodes.read(empty_library)
    hints = [section.children[0].label for section in root.children[1:]]
    assert hints == [
        "None yet: press +",
        "Imported pages stand here",
        "Your tags for papers stand here",
    ]


def test_new_counts_keep_the_nodes(model: SidebarModel, library: Library) -> None:
    before = model.find("status:read")
    library.reading_list.set_status("read", library.search.ids()[:4])
    assert model.show(nodes.read(library)) is False
    assert (model.find("status:read"), model.node(before).count) == (before, 4)


@pytest.mark.parametrize(
    ("key", "taken"),
    [
        ("all", False),
        ("status:read", True),
        ("attention", False),
        ("trash", True),
        ("c:1", True),
        ("l:1", False),
        ("t:1", True),
        ("section:collections", False),
    ],
)
def test_where_papers_can_be_dropped(model: SidebarModel, key: str, taken: bool) -> None:
    data = QMimeData()
    data.setData(ENTRIES, b"")
    index = model.find(key)
    assert index.isValid()
    copy = Qt.DropAction.CopyAction
    assert model.canDropMimeData(data, copy, -1, -1, index) is taken


def test_a_collection_is_dropped_into_another_or_to_the_top(model: SidebarModel) -> None:
    moved: list[tuple[int, int | None]] = []
    model.collection_dropped.connect(lambda which, parent: moved.append((which, parent)))
    data = QMimeData()
    data.setData(COLLECTION, b"2")
    for key in ("c:1", "section:collections", "c:2"):
        model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, model.find(key))
    assert moved == [(2, 1), (2, None)]
