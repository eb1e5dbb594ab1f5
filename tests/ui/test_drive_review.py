"""A drive of the window by mouse and keys: a doubtful page is set right, taken back, imported
again, and compared."""

from typing import NamedTuple
from zlib import crc32

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from refman.library import Library, Scope
from refman.model.creator import Creator
from refman.ui.dialogs.creators import CreatorsDialog
from refman.ui.import_review.pick_paper import PickPaperDialog
from refman.ui.import_review.review import ImportReview
from refman.ui.imports.comparison import ComparisonDialog
from refman.ui.imports.take_back import TakeBackDialog
from tests.library.making import add, page, people, prose, row
from tests.library.test_setting_right import TEN, right
from tests.ui.driving import CTRL, LEFT, SHIFT, Drive, Key, Make


class Shelved(NamedTuple):
    """What the library says of a paper."""

    creators: tuple[Creator, ...]
    truncated: bool
    date: str
    doubtful: bool
    tags: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    category: str = "cs.LG"


def cells(table: QAbstractItemView) -> list[tuple[str, ...]]:
    """What a table shows."""
    model = table.model()
    return [
        tuple(str(model.index(line, column).data()) for column in range(model.columnCount()))
        for line in range(model.rowCount())
    ]


class Review(Drive):
    """The review of the import that was made last."""

    @property
    def view(self) -> ImportReview:
        view = self.window.stage.review
        assert isinstance(view, ImportReview)
        return view

    def shelf(self) -> dict[str, Shelved]:
        """The whole library, by the titles."""
        found = {}
        for entry_id in self.library.search.ids():
            details = self.library.entries.get(entry_id)
            entry = details.entry
            found[entry.title] = Shelved(
                entry.creators,
                entry.creators_truncated,
                entry.date,
                bool(details.attention),
                tuple(tag.name for tag in details.tags),
                tuple(sorted(entry.fields.items())),
                details.category,
            )
        return found

    def go_to(self, title: str) -> None:
        """Click the row whose title begins so."""
        model = self.view.model
        index = next(
            model.index(place)
            for place in range(model.rowCount())
            if model.index(place).data().startswith(title)
        )
        self.view.list.scrollTo(index)
        self.click(self.view.list.viewport(), self.view.list.visualRect(index).center())

    def drag_boundary(self, goal: int) -> None:
        """Drag the title's end to before the letter `goal`."""
        line = self.view.row_view.title_end.boundary
        start, end = line.place_of(line.boundary), line.place_of(goal)
        self.qtbot.mousePress(line, LEFT, pos=start)
        middle = QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
        for place in (middle, end):
            self.qtbot.mouseMove(line, place)
        self.qtbot.mouseRelease(line, LEFT, pos=end)
        self.settle()

    def edit_field(self, name: str, text: str) -> None:
        """Click a field and type another value into it."""
        line = next(r.line for r in self.view.row_view.form.details.rows if r.name == name)
        self.view.row_view.ensureWidgetVisible(line)
        self.click(line)
        self.press(Key.Key_A, CTRL)
        self.enter(text)
        self.press(Key.Key_Return)

    def choose_import(self) -> None:
        """Click the newest import in the sidebar."""
        newest = self.library.listings.list()[0].id
        sidebar = self.window.sidebar
        index = sidebar.nodes.find(f"l:{newest}")
        sidebar.scrollTo(index)
        self.click(sidebar.viewport(), sidebar.visualRect(index).center())
        assert self.window.pane.scope == Scope("listing", newest)

    def ask_to_take_back(self) -> TakeBackDialog:
        self.click(self.window.strip.buttons["take-back"])
        return self.dialog(TakeBackDialog)


(THEANO, MAGIC, GENOME, PLAY, RACE, LEMMA, GOEDEL, FALTINGS, YI, SUICIDE) = range(10)
KNOWN_FALTINGS, KNOWN_YI = "Endlichkeitssätze für abelsche Varietäten", "Yi, a Family of Models"
DAY = "2022-05-16"
LONGER = "Demarginalizing the Intersection of Race and Sex: A Black Feminist Critique"


def read_right(place: int, *, doubtful: bool = False, date: str = DAY) -> dict[str, Shelved]:
    title, creators, truncated = right(TEN[place])
    return {title: Shelved(creators, truncated, date, doubtful)}


def misread(place: int, title: str, names: str = "") -> dict[str, Shelved]:
    return {title: Shelved(people(names), TEN[place].truncated, DAY, True)}


MISREAD = {
    MAGIC: misread(MAGIC, f"{TEN[MAGIC].title}{TEN[MAGIC].names}"),
    LEMMA: {TEN[LEMMA].title: Shelved(people("Ngô Bảo Châu"), False, DAY, True)},
    GOEDEL: misread(GOEDEL, f"{TEN[GOEDEL].title}Kurt Gödel"),
    YI: misread(YI, "Yi: Open Foundation Models by 01.AI01.", "AI, Alex Young, Bei Chen"),
}  # fmt: skip
KNOWN = {
    KNOWN_FALTINGS: Shelved(
        people("Gerd Faltings"), False, "1983", False,
        fields=(("journaltitle", "Inventiones mathematicae"),), category="",
    ),
    KNOWN_YI: Shelved(people("Ann Berg"), False, "2022", False, category=""),
}  # fmt: skip


def as_imported() -> dict[str, Shelved]:
    """The library with the page as the reader understands it: all of it is in doubt."""
    shelf = dict(KNOWN)
    for place in range(10):
        shelf |= MISREAD.get(place) or read_right(place, doubtful=True)
    return shelf


@pytest.fixture
def person(qtbot: QtBot, make_window: Make, empty_library: Library) -> Review:
    """Before a window on a library that knows one of the papers, and one that is much alike."""
    add(empty_library, KNOWN_FALTINGS, "Gerd Faltings", "1983",
        journaltitle="Inventiones mathematicae")  # fmt: skip
    add(empty_library, KNOWN_YI, "Ann Berg", "2022", abstract=prose(crc32(TEN[YI].title.encode())))
    window = make_window(empty_library)
    window.resize(1400, 900)
    return Review(qtbot, window)


def set_all_right(person: Review, shelf: dict[str, Shelved]) -> None:
    """Each row in another way; after each, the whole library is looked at."""
    view = person.view

    person.go_to("Situating")
    person.drag_boundary(len(TEN[MAGIC].title))
    shelf.pop(*MISREAD[MAGIC])
    shelf |= read_right(MAGIC)
    assert person.shelf() == shelf

    person.go_to("Yi")
    person.press(Key.Key_E, CTRL)  # to where the title ends
    assert view.row_view.title_end.boundary.hasFocus()
    for _step in "01.":
        person.press(Key.Key_Left)
    person.press(Key.Key_Return)
    shelf.pop(*MISREAD[YI])
    shelf |= read_right(YI)
    assert person.shelf() == shelf
    (card,) = view.row_view.same.shown
    assert card.text.startswith(f"Likely the same\n{KNOWN_YI}\n")
    person.click(card.apart)
    assert person.library.duplicates.clusters() == []
    assert view.row_view.same.shown == []
    assert person.shelf() == shelf

    person.go_to("Über")
    person.press(Key.Key_2)
    shelf.pop(*MISREAD[GOEDEL])
    shelf |= read_right(GOEDEL)
    assert person.shelf() == shelf

    person.go_to("Demarg")
    view.row_view.ensureWidgetVisible(view.row_view.form.title)
    person.click(view.row_view.form.title)
    person.press(Key.Key_A, CTRL)
    person.enter(LONGER)
    person.press(Key.Key_Return)
    before = shelf.pop(TEN[RACE].title)
    shelf[LONGER] = before._replace(doubtful=False)
    assert person.shelf() == shelf

    person.go_to("Le lemme")
    person.click(view.row_view.form.names)
    names = person.dialog(CreatorsDialog)
    for label, text in (("Given names", "Bảo Châu"), ("Family name", "Ngô")):
        field = next(f for f in names.findChildren(QLineEdit) if f.accessibleName() == label)
        person.click(field)
        person.press(Key.Key_A, CTRL)
        person.enter(text)
    box = names.findChild(QDialogButtonBox)
    assert box
    person.click(box.button(QDialogButtonBox.StandardButton.Ok))
    shelf |= read_right(LEMMA)
    assert person.shelf() == shelf

    person.go_to("Theano")
    person.edit_field("date", "2016-05-09")
    shelf |= read_right(THEANO, date="2016-05-09")
    assert person.shelf() == shelf

    person.go_to("Initial sequencing")
    person.press(Key.Key_Return)
    shelf |= read_right(GENOME)
    assert person.shelf() == shelf
    person.go_to("Deep Play")
    person.click(view.buttons.accept)
    shelf |= read_right(PLAY)
    assert person.shelf() == shelf

    person.go_to("Le Suicide")
    person.press(Key.Key_Delete)
    del shelf[TEN[SUICIDE].title]
    assert person.shelf() == shelf

    person.go_to("Endlich")
    person.press(Key.Key_M, CTRL)
    picking = person.dialog(PickPaperDialog)
    person.enter("Endlich")
    person.qtbot.waitUntil(lambda: picking.papers.count() == 1)
    person.press(Key.Key_Return)
    del shelf[TEN[FALTINGS].title]  # what was typed stands, and the page gives the category
    shelf[KNOWN_FALTINGS] = KNOWN[KNOWN_FALTINGS]._replace(category="cs.LG")
    assert person.shelf() == shelf


NEW = "Counting Sheep With Patience"
HEAD = "Grace Hopper\n\nLG\nh-index7\n10papers\n\n10 Papers\n"
PAGE = page(*(row(case.title, case.names, glued=True) for case in TEN), header=HEAD)
LATER = page(
    row(TEN[THEANO].title, TEN[THEANO].names, glued=True, meta="88.5LGMay 16, 2022"),
    *(row(case.title, case.names, glued=True) for case in TEN[1:] if case is not TEN[GENOME]),
    row(NEW, "Ada Lovelace, Grace Hopper", meta="LGJun 2, 2022"),
    header=HEAD,
)


def test_a_doubtful_page_is_set_right_taken_back_and_imported_again(person: Review) -> None:
    person.paste(PAGE)
    assert person.said == "10 found: 10 added, 10 to look at"
    assert person.view.counts.startswith("10 found: 10 added, 10 to look at · as of ")
    shelf = as_imported()
    assert person.shelf() == shelf
    set_all_right(person, shelf)
    assert person.view.counts.startswith("10 found: 8 added, 1 merged, 1 left out · as of ")

    person.click(person.view.all_rows.tags)
    person.enter("genre")
    person.press(Key.Key_Return)
    shelf = {
        title: seen if title == KNOWN_YI else seen._replace(tags=("genre",))
        for title, seen in shelf.items()
    }
    assert person.shelf() == shelf
    person.close()

    take_back(person, shelf)
    come_again(person, shelf)
    come_changed(person, shelf)


def take_back(person: Review, shelf: dict[str, Shelved]) -> None:
    """What only looked right goes; what was set right stays, and is named with the reason."""
    before = dict(shelf)
    person.choose_import()
    asking = person.ask_to_take_back()
    assert asking.sentence.text() == "2 papers go, 7 stay because you changed them since:"
    edited = (TEN[THEANO].title, TEN[MAGIC].title, LONGER, TEN[LEMMA].title, TEN[GOEDEL].title,
              TEN[YI].title)  # fmt: skip
    assert {asking.kept.item(n).text() for n in range(asking.kept.count())} == {
        f"{KNOWN_FALTINGS}\nit was edited · it was merged with another paper",
        *(f"{title}\nit was edited" for title in edited),
    }
    person.press(Key.Key_Return)
    for place in (GENOME, PLAY):
        del shelf[TEN[place].title]
    assert person.shelf() == shelf
    assert person.said.startswith("2 papers gone. 7 papers kept, because somebody did something")
    person.press(Key.Key_Z, CTRL)
    assert person.shelf() == before
    asking = person.ask_to_take_back()
    person.click(asking.confirm)
    assert person.shelf() == shelf
    person.close()


def come_again(person: Review, shelf: dict[str, Shelved]) -> None:
    """What was set right stands; what was left out or only looked right is new, and in doubt."""
    person.paste(PAGE)
    assert person.said == "10 found: 3 added, 7 unchanged, 3 to look at"
    for place in (GENOME, PLAY, SUICIDE):
        shelf |= read_right(place, doubtful=True)
    assert person.shelf() == shelf
    assert person.view.counts.startswith("10 found: 3 added, 7 unchanged, 3 to look at")
    person.button("Compare")
    compared = person.dialog(ComparisonDialog)
    assert compared.earlier.currentText().endswith(" · 10 rows · taken back")
    assert compared.nothing.heading == "Nothing changed"
    person.press(Key.Key_Escape)

    view = person.view
    person.go_to("Initial sequencing")
    person.press(Key.Key_Down, SHIFT)
    assert view.buttons.accept.text() == "2 rows look right"
    person.press(Key.Key_Return)
    for place in (GENOME, PLAY):
        shelf |= read_right(place)
    person.go_to("Le Suicide")
    person.click(view.buttons.leave_out)
    del shelf[TEN[SUICIDE].title]
    assert person.shelf() == shelf
    person.close()


def come_changed(person: Review, shelf: dict[str, Shelved]) -> None:
    """The page has a score, a new row, and lacks one: nothing else changes, and it is told."""
    person.paste(LATER)
    assert person.said == "10 found: 1 added, 1 merged, 7 unchanged, 1 left out"
    theano = TEN[THEANO].title  # its row has another score; what was in doubt is settled
    shelf[NEW] = Shelved(people("Ada Lovelace, Grace Hopper"), False, "2022-06-02", False)
    assert person.shelf() == shelf
    toast = person.window.stage.toast
    assert toast
    assert toast.accessibleDescription() == "1 new, 1 gone, 1 changed score"
    person.button("Compare")
    compared = person.dialog(ComparisonDialog)
    said = [cells(table) for table in compared.tables]
    assert said == [
        [(NEW, "Lovelace, Hopper")],
        [(TEN[GENOME].title, "International Human Genome Sequencing Consortium")],
        [(theano, "The Theano Development Team, Al-Rfou, Alain et al.", "score none → 88.5")],
    ]
    person.press(Key.Key_Escape)
