"""A library with papers that are the same, or nearly."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from refman.library import Library, Source
from refman.model.creator import Creator
from refman.model.entry import Entry
from refman.ui.duplicates.view import DuplicatesView
from refman.ui.jobs import Jobs

ANN, KIM = Creator(family="Berg", given="Ann"), Creator(family="Park", given="Kim")

PAGE = """@inproceedings{sorted2020,
  title = {Sorting Lists of Lists in a Short Time},
  author = {Berg, Ann and Park, Kim},
  booktitle = {Proceedings of the Meeting on Lists},
  year = {2020},
}
@misc{sorting2020,
  title = {Sortng Lists of Lists in a Short Time},
  author = {Berg, Ann},
  year = {2020},
  eprint = {2001.00001},
  archiveprefix = {arXiv},
}
"""


@pytest.fixture
def same_library(empty_library: Library) -> Library:
    """Two that are certainly the same, a preprint and its published version, and three alike."""
    entries = empty_library.entries
    entries.add(Entry(title="A Study of Long Lists", creators=(ANN,), date="2019",
                      citation_key="berg2019study", fields={"doi": "10.1000/1"}))  # fmt: skip
    second = entries.add(
        Entry(title="A study of long lists", creators=(ANN, KIM), date="2019-05",
              citation_key="berg2019lists",
              fields={"doi": "10.1000/1", "journaltitle": "Journal of Lists"})
    )  # fmt: skip
    empty_library.tags.add("old", second.entries)
    empty_library.importing.run(Source.from_text(PAGE, "page.bib", date(2026, 11, 20)))
    for key, title in (
        ("seeds1", "On Seeds and How They Are Sown in Rows"),
        ("seeds2", "On Seeds and How They Are Sown in Row"),
        ("seeds3", "On Seeds and How They Were Sown in Rows"),
    ):
        entries.add(Entry(title=title, creators=(KIM,), date="2021", citation_key=key))
    entries.add(Entry(title="Nothing Like Any of the Others", creators=(ANN,), date="2022"))
    return empty_library


@pytest.fixture
def jobs(qtbot: QtBot, same_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(same_library)
    yield jobs
    qtbot.waitUntil(lambda: not jobs.busy)
    jobs.close()


@pytest.fixture
def view(qtbot: QtBot, same_library: Library, jobs: Jobs) -> DuplicatesView:
    """The view, when it has looked for duplicates and shows the first group."""
    view = DuplicatesView(same_library, jobs)
    qtbot.addWidget(view)
    view.resize(1100, 700)
    view.show()
    settled(qtbot, view)
    return view


def settled(qtbot: QtBot, view: DuplicatesView) -> None:
    """Wait until the view has nothing to do any more."""
    qtbot.waitUntil(lambda: view.up_to_date, timeout=10_000)
