"""A drive of the window by mouse and keys: the duplicates of two bibliographies."""

import pytest
from PySide6.QtWidgets import (
    QMessageBox,
    QScrollArea,
)
from pytestqt.qtbot import QtBot

from refman.library import Library
from refman.model.entry import Entry
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.entry_panel.panel import RESTS, EntryPanel
from refman.ui.main_window import PANEL_DELAY
from refman.ui.widgets.tag_chips import AddField
from tests.ui.driving import ALT, CTRL, SHIFT, Drive, Key, Make

MINE = """@article{berg2019,
  title = {A Study of Long Lists and of What Is in Them},
  author = {Berg, Ann and Park, Kim},
  journal = {Journal of Lists},
  year = {2019},
}
@article{rossi2020,
  title = {Rain Gauges That Tell One Another Lies},
  author = {Rossi, Maria},
  year = {2020},
}
@article{dupont2018,
  title = {On Seeds and How They Are Sown in Rows},
  author = {Dupont, Jean},
  year = {2018},
}
@article{haas2015,
  title = {Editorial: Special Issue on Weather},
  author = {Haas, Eva},
  year = {2015},
}
"""
THEIRS = """@inproceedings{berg2019study,
  title = {A Stuyd of Long Lists and of What Is in Them},
  author = {Berg, Ann},
  booktitle = {Proceedings of the Meeting on Lists},
  year = {2019},
}
@article{rossi2020gauges,
  title = {When Instruments Deceive: Gauges of Rain},
  author = {Rossi, M.},
  doi = {10.1000/rain.1},
  year = {2020},
}
@article{dupont2018seeds,
  title = {On Seeds and How They Were Sown in a Row},
  author = {Dupont, Jean},
  year = {2018},
}
@article{doe2015weather,
  title = {Editorial: Special Issue on Weather},
  author = {Doe, Jo},
  year = {2015},
}
"""
CERTAIN_ONE = ("rossi2020", "rossi2020gauges")
TWO_VERSIONS = ("berg2019", "berg2019study")
TWO_PAPERS = ("dupont2018", "dupont2018seeds")
TWO_EDITORIALS = ("doe2015weather", "haas2015")


class Duplicates(Drive):
    """The view of duplicates."""

    @property
    def duplicates(self) -> DuplicatesView:
        view = self.window.stage.review
        assert isinstance(view, DuplicatesView)
        return view

    def settle(self) -> None:
        super().settle()
        if isinstance(self.window.stage.review, DuplicatesView):
            view = self.window.stage.review
            self.qtbot.waitUntil(lambda: view.up_to_date, timeout=10_000)

    def papers(self) -> dict[str, Entry]:
        """The whole library, by the citation keys."""
        entries = [self.library.entries.get(i).entry for i in self.library.search.ids()]
        return {entry.citation_key: entry for entry in entries}

    def groups(self) -> list[tuple[str, ...]]:
        """The groups in the list, from top to bottom, by the keys of their papers."""
        clusters = self.duplicates.list.clusters.clusters
        return [
            tuple(sorted(self.library.entries.get(i).entry.citation_key for i in each.ids))
            for each in clusters
        ]

    @property
    def current(self) -> tuple[str, ...]:
        return self.groups()[self.duplicates.list.currentIndex().row()]

    def choose_paper(self, key: str) -> None:
        """Click a paper in the table."""
        table = self.window.table
        keys = [self.library.entries.get(i).entry.citation_key for i in table.entries.ids]
        index = table.entries.index(keys.index(key), 0)
        self.click(table.viewport(), table.visualRect(index).center())
        self.qtbot.wait(PANEL_DELAY + RESTS + 20)
        self.settle()

    @property
    def panel(self) -> EntryPanel:
        panel = self.window.panel
        assert isinstance(panel, EntryPanel)
        return panel

    def take(self, field: str, column: int) -> None:
        """Click what one of the papers says of a field."""
        table = self.duplicates.page.table
        index = table.model.index(table.model.rows.index(field), column)
        table.view.scrollTo(index)
        self.click(table.view.viewport(), table.view.visualRect(index).center())


@pytest.fixture
def reader(qtbot: QtBot, make_window: Make, empty_library: Library) -> Duplicates:
    window = make_window(empty_library)
    window.resize(1400, 900)
    return Duplicates(qtbot, window)


def test_duplicates_of_two_bibliographies(reader: Duplicates) -> None:
    reader.paste(MINE)
    assert reader.said == "4 found: 4 added"
    reader.paste(THEIRS)
    assert reader.said == "4 found: 4 added, 3 to look at"
    reader.close()
    reader.choose_paper("rossi2020")
    field = reader.panel.details.findChild(AddField)
    assert field
    reader.click(field)
    reader.enter("DOI")
    reader.press(Key.Key_Return)
    reader.enter("10.1000/rain.1")
    reader.press(Key.Key_Return)
    before = reader.papers()
    assert before["rossi2020"].fields["doi"] == "10.1000/rain.1"

    reader.press(Key.Key_F8, ALT)
    assert reader.groups() == [CERTAIN_ONE, TWO_VERSIONS, TWO_PAPERS, TWO_EDITORIALS]
    merged = merge_with_a_chosen_value(reader, before)
    assert reader.current == TWO_PAPERS
    reader.press(Key.Key_D, CTRL)
    assert reader.groups() == [CERTAIN_ONE, TWO_EDITORIALS]
    assert reader.papers() == merged

    reader.press(Key.Key_Escape)
    reader.paste(THEIRS)
    assert reader.said == "4 found: 4 unchanged"
    assert reader.papers() == merged
    reader.press(Key.Key_F8, ALT)
    reader.press(Key.Key_P, CTRL | SHIFT)
    reader.enter("look at all papers again")
    reader.press(Key.Key_Return)
    assert reader.groups() == [CERTAIN_ONE, TWO_EDITORIALS]

    merge_all_certain_and_undo(reader, merged)
    take_apart(reader, before)


def merge_with_a_chosen_value(reader: Duplicates, before: dict[str, Entry]) -> dict[str, Entry]:
    """The two versions of a paper become one, with the names of the one that does not stay."""
    assert reader.current == TWO_VERSIONS  # where it stood when the certain ones came
    choosing = reader.duplicates.page.table.choosing
    assert choosing
    columns = [details.entry.citation_key for details in choosing.papers]
    keeper, other = columns[choosing.keeper], columns[1 - choosing.keeper]
    reader.take("creators", columns.index("berg2019study"))
    for field in ("title", "entry_type"):
        reader.take(field, columns.index("berg2019"))
    reader.press(Key.Key_Return, CTRL)
    merged = {key: entry for key, entry in before.items() if key != other}
    both = {**before["berg2019"].fields, **before["berg2019study"].fields}
    creators = before["berg2019study"].creators
    merged[keeper] = before["berg2019"].with_values(
        citation_key=keeper, creators=creators, fields=both
    )
    assert reader.papers() == merged
    return merged


def merge_all_certain_and_undo(reader: Duplicates, merged: dict[str, Entry]) -> None:
    reader.click(reader.duplicates.head.merge_certain)
    box = reader.dialog(QMessageBox)
    assert box.text() == "Make one paper of the group that is certain?"
    reader.button("Merge", box)
    assert reader.groups() == [TWO_EDITORIALS]
    one, other = (merged[key] for key in CERTAIN_ONE)
    (stays,) = set(CERTAIN_ONE) & set(reader.papers())
    others = {key: entry for key, entry in merged.items() if key not in CERTAIN_ONE}
    outcome = reader.papers()[stays]
    assert reader.papers() == others | {stays: outcome}
    assert outcome.title in (one.title, other.title)
    reader.press(Key.Key_Z, CTRL)
    assert reader.groups() == [CERTAIN_ONE, TWO_EDITORIALS]
    assert reader.papers() == merged


def take_apart(reader: Duplicates, before: dict[str, Entry]) -> None:
    """Both papers are back as they were, and are not offered again."""
    reader.close()
    (kept,) = set(TWO_VERSIONS) & set(reader.papers())
    reader.choose_paper(kept)
    sources = reader.panel.sources
    sources.set_open(True)
    part = sources.parts[0]
    reader.window.panel.findChildren(QScrollArea)[0].ensureWidgetVisible(part.take_apart)
    reader.click(part.take_apart)
    assert reader.papers() == before
    reader.press(Key.Key_F8, ALT)
    assert reader.groups() == [CERTAIN_ONE, TWO_EDITORIALS]
