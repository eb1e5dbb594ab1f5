"""The reading list: a status for each paper."""

import pytest

from refman.errors import RefmanError
from refman.library import STATUSES, Library
from tests.library.making import add, state


def test_setting_the_status(library: Library) -> None:
    ids = [add(library, title) for title in ("Sheep", "Goats", "Cows")]
    library.reading_list.set_status("read", ids[:1])
    before = state(library)
    changes = library.reading_list.set_status("read", ids)
    assert (changes.label, changes.entries, changes.count) == (
        "Set 3 papers to “read”",
        frozenset(ids[1:]),
        2,
    )
    assert library.search.counts().by_status == {
        status: 3 if status == "read" else 0 for status in STATUSES
    }
    assert library.reading_list.set_status("read", ids).count == 0
    library.history.undo()
    assert state(library) == before


@pytest.mark.parametrize("status", STATUSES)
def test_every_status(library: Library, status: str) -> None:
    paper = add(library, "Sheep", keywords=())
    library.reading_list.set_status(status, [paper])
    assert library.entries.get(paper).status == status


@pytest.mark.parametrize("status", ["", "Read", "done"])
def test_no_status(library: Library, status: str) -> None:
    with pytest.raises(RefmanError, match="is no reading status; there are inbox, to-read"):
        library.reading_list.set_status(status, [add(library, "Sheep")])
