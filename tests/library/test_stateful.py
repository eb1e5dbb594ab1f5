"""Random verbs over all nouns, undone to the start and redone to the end.

After every verb: it left a step of the history if and only if it says that it changed
something. At the end every undoable table is as it was, both ways, and the file is sound.
"""

import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from refman.errors import RefmanError
from refman.library import STATUSES, Changes, ImportOptions, Library, Report
from refman.library.annotations import COLOURS
from tests.library.making import (
    abstracts,
    differing,
    entry,
    page,
    pasted,
    people,
    prose,
    row,
    state,
)

TITLES = (
    "Counting Sheep",
    "Counting Sheep in Practice",
    "Counting Sheep in Practise",
    "Goats of the Night",
)
NAMES = ("Ada Lovelace, Grace Hopper", "Ada Lovelace et al.", "Alan Turing")
TAGS = ("farm", "Farm", "farm/wool", "to do")
PATHS = ("Thesis", "Thesis/Chapter", "Reading")
KEYS = ("one", "ONE", "two", "lovelace2022counting")
BIB = (
    "@article{one, title={Counting Sheep}, author={Lovelace, Ada}, year=2022, keywords={farm}, "
    "doi={10.1/2}}"
)
ROWS = [
    *(
        row(title, names, meta=meta, abstract=prose(i), glued=glued)
        for i, title in enumerate(TITLES)
        for names, meta, glued in zip(
            NAMES,
            ("LGJun 2", "77.1AIMay 1, 2022Code", "LGMay 1, 2012"),
            (False, True, False),
            strict=True,
        )
    ),
    f"LGMay 16, 2022\nAda Lovelace, Grace Hopper et al.\n{prose(1)}\n",
    "LGMay 1, 2020\n",
]

_IDS = st.lists(st.integers(1, 8), max_size=4)
_ONE = st.integers(1, 8)
_SMALL = st.integers(0, 12)
_FIELDS = st.dictionaries(
    st.sampled_from(["title", "abstract", "date", "entry_type", "doi", "note", "citation_key"]),
    st.sampled_from(["", "x", "2022", "2021-05", "10.1000/1", prose(1), *KEYS]),
    max_size=3,
)
_CREATORS = st.sampled_from([(), people("Ada Lovelace"), people("Al Gore, Li Na")])


class Verbs(RuleBasedStateMachine):
    """A library on which verbs are done in any order; each may be refused."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="refman-test-"))
        self.library = Library.open(self.folder / "library.refman", create=True)
        self.pages = 0
        self.now: dict[str, Any] = {}  # the state after the last verb, if it is known

    def do(self, verb: Callable[[], Changes | Report]) -> None:
        steps = self.library.history.steps()
        before = self.now or state(self.library)
        try:
            done = verb()
        except RefmanError:
            changes = Changes("refused")
        else:
            changes = done.changes if isinstance(done, Report) else done
        self.now = after = state(self.library)
        new = [step for step in self.library.history.steps() if step not in steps]
        changed = differing(before, after)
        assert bool(changed) == bool(new) == bool(changes.count), (changes, changed, new)
        if new:
            assert [step.label for step in new] == [changes.label]
            there = {row[0] for row in before["entry"]} | {row[0] for row in after["entry"]}
            assert changes.entries <= there
            if not changes.everything:
                moved = set(before["entry"]) ^ set(after["entry"])
                assert {row[0] for row in moved} <= changes.entries

    # Importing.

    @initialize(rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=6))
    def begin(self, rows: list[str]) -> None:
        self.import_page(rows, ())

    @rule(
        rows=st.lists(st.sampled_from(ROWS), min_size=1, max_size=5),
        tags=st.lists(st.sampled_from(TAGS), max_size=2).map(tuple),
    )
    def import_page(self, rows: list[str], tags: tuple[str, ...]) -> None:
        self.pages += 1
        source = pasted(page(*rows), f"{self.pages}.txt")
        options = ImportOptions(tags=tags, collection=PATHS[len(tags)] if tags else None)
        self.do(lambda: self.library.importing.run(source, options))

    @rule(seeds=st.lists(st.integers(0, 3), min_size=1, max_size=3))
    def import_abstracts(self, seeds: list[int]) -> None:
        self.do(lambda: self.library.importing.run(pasted(abstracts(*map(prose, seeds)))))

    @rule()
    def import_bib(self) -> None:
        self.do(lambda: self.library.importing.run(pasted(BIB, "x.bib")))

    # --- papers

    @rule(
        title=st.sampled_from(TITLES),
        names=st.sampled_from(["", "Ada Lovelace"]),
        key=st.sampled_from(["", *KEYS]),
        tags=st.lists(st.sampled_from(TAGS), max_size=2),
    )
    def add(self, title: str, names: str, key: str, tags: list[str]) -> None:
        typed = entry(title, names, "2022", citation_key=key, keywords=tuple(tags))
        self.do(lambda: self.library.entries.add(typed))

    @rule(
        paper=_ONE, values=_FIELDS, creators=st.none() | _CREATORS, more=st.none() | st.booleans()
    )
    def edit(self, paper: int, values: dict[str, Any], creators: Any, more: bool | None) -> None:
        typed = dict(values)
        if creators is not None:
            typed["creators"] = creators
        if more is not None:
            typed["creators_truncated"] = more
        self.do(lambda: self.library.entries.edit(paper, typed))

    @rule(ids=_IDS, rating=st.integers(0, 5))
    def rate(self, ids: list[int], rating: int) -> None:
        self.do(lambda: self.library.entries.rate(ids, rating))

    @rule(ids=_IDS, status=st.sampled_from(STATUSES))
    def set_status(self, ids: list[int], status: str) -> None:
        self.do(lambda: self.library.reading_list.set_status(status, ids))

    @rule(ids=_IDS, back=st.booleans())
    def trash(self, ids: list[int], back: bool) -> None:
        entries = self.library.entries
        self.do(lambda: entries.restore(ids) if back else entries.trash(ids))

    @rule()
    def empty_trash(self) -> None:
        self.do(self.library.entries.empty_trash)

    @rule(paper=_ONE, others=_IDS)
    def merge(self, paper: int, others: list[int]) -> None:
        self.do(lambda: self.library.entries.merge(paper, others))

    @rule(one=_ONE, other=_ONE)
    def keep_apart(self, one: int, other: int) -> None:
        self.do(lambda: self.library.entries.keep_apart(one, other))

    @rule(ids=_IDS)
    def mark_reviewed(self, ids: list[int]) -> None:
        self.do(lambda: self.library.entries.mark_reviewed(ids))

    @rule(sighting=_SMALL, title=st.sampled_from(TITLES), creators=_CREATORS)
    def choose(self, sighting: int, title: str, creators: Any) -> None:
        self.do(lambda: self.library.listings.choose(sighting, title, creators))

    @rule(listing=st.integers(1, 4), year=st.integers(2020, 2026))
    def change_day(self, listing: int, year: int) -> None:
        self.do(lambda: self.library.listings.change_as_of(listing, date(year, 7, 1)))

    # --- tags and collections

    @rule(name=st.sampled_from(TAGS), ids=_IDS, how=st.sampled_from(["add", "remove", "toggle"]))
    def tag(self, name: str, ids: list[int], how: str) -> None:
        self.do(lambda: getattr(self.library.tags, how)(name, ids))

    @rule(old=st.sampled_from(TAGS), new=st.sampled_from(TAGS))
    def rename_tag(self, old: str, new: str) -> None:
        self.do(lambda: self.library.tags.rename(old, new))

    @rule(name=st.sampled_from(TAGS), position=st.none() | st.integers(1, 2))
    def colour_tag(self, name: str, position: int | None) -> None:
        self.do(lambda: self.library.tags.set_colour(name, "#ff0000", position))

    @rule(name=st.sampled_from(TAGS))
    def delete_tag(self, name: str) -> None:
        self.do(lambda: self.library.tags.delete(name))

    @rule(ids=_IDS)
    def clear_coloured(self, ids: list[int]) -> None:
        self.do(lambda: self.library.tags.clear_coloured(ids))

    @rule(path=st.sampled_from(PATHS), ids=_IDS)
    def collect(self, path: str, ids: list[int]) -> None:
        self.do(lambda: self.library.collections.add_to_path(path, ids))

    @rule(node=st.integers(1, 4), ids=_IDS, out=st.booleans())
    def collect_by_id(self, node: int, ids: list[int], out: bool) -> None:
        nodes = self.library.collections
        self.do(lambda: nodes.remove(node, ids) if out else nodes.add(node, ids))

    @rule(node=st.integers(1, 4), parent=st.none() | st.integers(1, 4))
    def move_collection(self, node: int, parent: int | None) -> None:
        self.do(lambda: self.library.collections.move(node, parent))

    @rule(node=st.integers(1, 4), name=st.sampled_from(["Thesis", "Reading", "reading"]))
    def rename_collection(self, node: int, name: str) -> None:
        self.do(lambda: self.library.collections.rename(node, name))

    @rule(node=st.integers(1, 4))
    def delete_collection(self, node: int) -> None:
        self.do(lambda: self.library.collections.delete(node))

    # --- notes and files

    @rule(paper=_ONE, text=st.sampled_from(["", "A note", "Another"]))
    def note(self, paper: int, text: str) -> None:
        self.do(lambda: self.library.annotations.add_note(paper, text))

    @rule(paper=_ONE, start=_SMALL, length=_SMALL, colour=st.sampled_from(COLOURS))
    def highlight(self, paper: int, start: int, length: int, colour: str) -> None:
        self.do(lambda: self.library.annotations.highlight(paper, start, start + length, colour))

    @rule(
        note=st.integers(1, 4),
        comment=st.sampled_from([None, "", "Changed"]),
        colour=st.sampled_from([None, *COLOURS]),
    )
    def edit_note(self, note: int, comment: str | None, colour: str | None) -> None:
        self.do(lambda: self.library.annotations.edit(note, comment=comment, colour=colour))

    @rule(note=st.integers(1, 4))
    def delete_note(self, note: int) -> None:
        self.do(lambda: self.library.annotations.delete(note))

    @rule(paper=_ONE, file=st.booleans())
    def attach(self, paper: int, file: bool) -> None:
        what = str(self.library.path) if file else "https://a.org"
        self.do(lambda: self.library.attachments.attach(paper, what))

    @rule(attachment=st.integers(1, 3))
    def detach(self, attachment: int) -> None:
        self.do(lambda: self.library.attachments.detach(attachment))

    # --- citation keys

    @rule(keys=st.dictionaries(_ONE, st.sampled_from(KEYS), max_size=3))
    def change_keys(self, keys: dict[int, str]) -> None:
        self.do(lambda: self.library.citation_keys.change(keys))

    @rule(pattern=st.sampled_from(["", "[auth][year]", "[title];[auth]", "[wrong]"]))
    def set_pattern(self, pattern: str) -> None:
        self.do(lambda: self.library.citation_keys.set_pattern(pattern))

    # --- outside of the history, and the history

    @rule(ids=_IDS)
    def give_out(self, ids: list[int]) -> None:
        self.now = {}
        keys = self.library.citation_keys.give_out(ids)
        assert [self.library.entries.find(key.swapcase()) for key in keys] == [
            i for i in ids if i in {row[0] for row in state(self.library)["entry"]}
        ]

    @rule(back=st.integers(1, 3), forth=st.integers(0, 3))
    def undo_and_redo(self, back: int, forth: int) -> None:
        self.now = {}
        for _ in range(back):
            self.library.history.undo()
        for _ in range(forth):
            self.library.history.redo()

    def teardown(self) -> None:
        try:
            while self.library.history.redo():
                pass
            end = state(self.library)
            texts = self._search()
            count = len(self.library.history.steps())
            while self.library.history.undo():
                pass
            assert all(rows == [] for rows in state(self.library).values())
            assert self.library.database.check() == []
            while self.library.history.redo():
                pass
            assert differing(end, state(self.library)) == set()
            assert len(self.library.history.steps()) == count
            assert self._search() == texts
            assert self.library.database.check() == []
        finally:
            self.library.close()
            shutil.rmtree(self.folder)

    def _search(self) -> list[list[int]]:
        queries = ("", "sheep", "author:lovelace", "tag:farm", "note", "year:2022", "no:title")
        return [list(self.library.search.ids(query)) for query in queries]


TestVerbs = Verbs.TestCase
TestVerbs.settings = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
